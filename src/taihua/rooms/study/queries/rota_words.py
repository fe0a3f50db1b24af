"""A rota in words: how even it is, why each lecture is whose, what stands in the way of more."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from taihua.base.templatetags.page import listed, longday
from taihua.rooms.study.models import Rota, Turn
from taihua.rooms.study.queries.candidates import why_barred


def reasons_of(turn: Turn) -> list[str]:
    """Why this lecture is this lecturer's, a sentence each."""
    told = turn.because
    if not told:
        return []
    found = [_why(told)]
    if waits := told.get("waits"):
        found.append(
            _("%(names)s此前讲得更少或更早，但要留给别的一讲，全年才排得匀。")
            % {"names": listed(waits)}
        )
    if barred := told.get("barred"):
        why: dict[str, list[str]] = {}
        for name, code in barred.items():
            why.setdefault(code, []).append(name)
        each = [f"{listed(names)}（{why_barred(code)}）" for code, names in why.items()]
        found.append(_("讲不了的：%(who)s。") % {"who": listed(each)})
    if told.get("instead"):
        found.append(
            _("原定%(name)s，因“%(reason)s”换了人。")
            % {"name": told["instead"], "reason": told["reason"]}
        )
    if told.get("swapped"):
        found.append(
            _("经双方同意，与%(name)s换了日期：%(reason)s。")
            % {"name": told["swapped"], "reason": told["reason"]}
        )
    return found


def _why(told: dict[str, object]) -> str:
    if told.get("alone"):
        return _("这一讲只有这一位能讲。")
    given = int(str(told.get("given", 0)))
    last = str(told.get("last", ""))
    if not last:
        return _("此前还没有讲过，最先轮到。")
    from_then = longday(date.fromisoformat(last))
    if not given:
        return _("这段时间还没有讲过，上一次讲在 %(day)s。") % {"day": from_then}
    return ngettext(
        "这段时间讲过 %(given)d 次，上一次讲在 %(day)s。",
        "这段时间讲过 %(given)d 次，上一次讲在 %(day)s。",
        given,
    ) % {"given": given, "day": from_then}


def verdict_of(rota: Rota) -> list[str]:
    """How even a rota is, and if it is not, why it cannot be."""
    told = rota.verdict
    if not told:
        return []
    spread = told.get("spread", 0)
    if told.get("fair"):
        return [
            _("排得匀：这段时间里，讲得最多的和最少的相差 %(spread)d 讲，不超过 1 讲。")
            % {"spread": spread}
        ]
    found = [_("排不到相差一讲以内：讲得最多的和最少的相差 %(spread)d 讲。") % {"spread": spread}]
    obstacle = told.get("obstacle")
    if obstacle and obstacle["topics"]:
        found.append(
            _(
                "原因：%(topics)s这 %(count)d 讲只有%(few)s能讲，%(spared)s因请假、不在任或不讲这些题目，替不了。"
            )
            % {
                "topics": listed(f"《{topic}》" for topic in obstacle["topics"]),
                "count": len(obstacle["topics"]),
                "few": listed(obstacle["few"]),
                "spared": listed(obstacle["spared"]),
            }
        )
        found.append(_("要排匀，可以改这几讲的日期，或多写几位能讲的人。"))
    elif obstacle:
        found.append(
            _("原因：%(few)s在这段时间里早先已经讲得多了，这张表里没有再排。")
            % {"few": listed(obstacle["few"])}
        )
    return found

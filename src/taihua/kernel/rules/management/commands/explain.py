"""``taihua explain``: why one duty of one person or unit stands as it does."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from taihua.base import clock
from taihua.kernel.rules.enums import Subject
from taihua.kernel.rules.logic import Verdict, current_period
from taihua.kernel.rules.management.told import a_day, a_moment, as_json, plain, verdict_data
from taihua.kernel.rules.reasons import Looked, Reason, actor_of, reason_for
from taihua.kernel.rules.wordings import wordings_of
from taihua.kernel.rules.words import duty_sentence, why_sentences


class Command(BaseCommand):
    """One verdict with its reasons."""

    help = "说明一个结论：为什么是完成、为什么是欠"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rule", metavar="RULE", help="条目代码")
        parser.add_argument("subject", metavar="SUBJECT", help="工号或单位代码")
        parser.add_argument("period", metavar="PERIOD", help="周期，例如 2013-12、2013-Q4、2013")
        parser.add_argument("--on", metavar="DATE", type=a_day, help="问哪一天的情况，默认今天")
        parser.add_argument("--known", metavar="MOMENT", type=a_moment, help="按哪一刻所知道的")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        on = options["on"] or clock.today()
        wordings = wordings_of(options["rule"], options["known"])
        if not wordings:
            raise CommandError(_("没有条目 %(code)s。") % {"code": options["rule"]})
        actor = actor_of(wordings[-1].subject, options["subject"])
        if actor is None:
            raise CommandError(_nobody(wordings[-1].subject) % {"code": options["subject"]})
        reason = reason_for(options["rule"], actor, options["period"], on, options["known"])
        if reason is None:
            raise CommandError(
                _("%(rule)s 没有 %(period)s 这个周期；它的周期写作 %(like)s 这样。")
                % {
                    "rule": options["rule"],
                    "period": options["period"],
                    "like": current_period(wordings[-1], on).key,
                }
            )
        if options["json"]:
            self.stdout.write(as_json(_data(reason)))
        else:
            self.stdout.write("\n".join(_lines(reason)))


def _nobody(subject: Subject) -> str:
    if subject is Subject.UNIT:
        return _("没有代码是 %(code)s 的单位。")
    return _("没有工号是 %(code)s 的人。")


def _data(reason: Reason) -> dict[str, Any]:
    verdict = reason.verdict
    return {
        **_verdict(verdict, reason.actor.code),
        "sentence": verdict.rule.sentence,
        "source": verdict.rule.source,
        "duty": duty_sentence(verdict),
        "why": why_sentences(verdict),
        "member_days": verdict.member_days,
        "present_days": verdict.present_days,
        "on_time": plain(verdict.on_time),
        "not_counted": [_passed(act) for act in reason.acts if not act.counted],
        "terms": [
            {
                "unit": term.unit.code,
                "post": term.post.code,
                "first_day": term.first_day.isoformat(),
                "last_day": term.last_day.isoformat() if term.last_day else None,
                "counts": counts,
            }
            for term, counts in reason.terms
        ],
        "leave": [
            {"first_day": leave.first_day.isoformat(), "last_day": leave.last_day.isoformat()}
            for leave in reason.leaves
        ],
    }


def _verdict(verdict: Verdict, subject: str) -> dict[str, Any]:
    return verdict_data(
        verdict.rule,
        verdict.period,
        subject=subject,
        asked=verdict.asked,
        done=verdict.done,
        state=verdict.state,
        statements=[fact.uuid for fact in verdict.counted],
    )


def _passed(act: Looked) -> dict[str, Any]:
    return {"statement": act.fact.uuid, "reason": str(act.passed), "words": act.why_not}


def _lines(reason: Reason) -> list[str]:
    verdict = reason.verdict
    return [
        f"{reason.actor}：{duty_sentence(verdict)}",
        f"“{verdict.rule.sentence}”（{verdict.rule.source}）",
        *(f"  {line}" for line in why_sentences(verdict)),
        *(
            f"  {'●' if act.counted else '○'} {act.fact.day} {act.fact.label} {act.why_not}".rstrip()
            for act in reason.acts
        ),
    ]

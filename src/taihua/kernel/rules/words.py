"""Rules, periods and verdicts in plain words; nothing here reads a clock or a database."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from taihua.base.measures import spoken
from taihua.base.periods import Period
from taihua.base.templatetags.page import listed, quantity
from taihua.kernel.rules.acts import spoken_act
from taihua.kernel.rules.enums import Passed, Proration, State
from taihua.kernel.rules.logic import WHOLE, Fact, Rule, Verdict

NUMERALS = "零一两三四五六七八九十"
HALF = WHOLE // 2
SHOWN_DAYS = 6
LEAP_YEAR = 2000

PASSED = {
    Passed.NOT_YET: pgettext_lazy("not counted", "日期还没有到"),
    Passed.OUTSIDE: pgettext_lazy("not counted", "计入的日子不在这一周期以内"),
    Passed.TOO_LATE: pgettext_lazy("not counted", "补办也已经过期"),
    Passed.NOT_IN_FORCE: pgettext_lazy("not counted", "当时这条制度还没有施行或者已经废止"),
    Passed.NOT_IN_POST: pgettext_lazy("not counted", "当时不在这条制度规定的岗位上"),
}


# --- days, amounts, periods ------------------------------------------------------------------------


def day_words(day: date, on: date) -> str:
    """12 月 31 日; with the year where it is not that of ``on``."""
    if day.year == on.year:
        if _english():
            return f"{day.day} {day:%B}"
        return f"{day.month} 月 {day.day} 日"
    if _english():
        return f"{day.day} {day:%B %Y}"
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def amount_words(hundredths: int, measure: str) -> str:
    """How much of a measure: 一次, 两本, 半天, 12 次, 1.5 天."""
    measure = spoken(measure or "次", hundredths / WHOLE)
    if not _english():
        if hundredths == HALF:
            return f"半{measure}"
        whole, rest = divmod(hundredths, WHOLE)
        if rest == 0 and 0 < whole < len(NUMERALS):
            return f"{NUMERALS[whole]}{measure}"
    return f"{quantity(hundredths)} {measure}"


def period_words(period: Period, on: date) -> str:
    """What people on the day ``on`` call a period: 本月, 11 月, 第三季度, 今年, 本学年.

    A duty that comes once has no such name: it is the empty text.
    """
    key, running = period.key, period.first <= on <= period.last
    if key == "once":
        return ""
    if key.startswith("R"):
        return ngettext("最近 %(days)d 天", "最近 %(days)d 天", period.days) % {"days": period.days}
    if key.startswith("SY"):
        return _("本学年") if running else _school_year(period)
    if "/" in key:
        return _("%(first)d 至 %(last)d 年") % {
            "first": period.first.year,
            "last": period.last.year,
        }
    if "-" not in key:
        return _("今年") if running else _("%(year)d 年") % {"year": period.first.year}
    return _part_of_year(period, on, running=running)


def _school_year(period: Period) -> str:
    years = {"first": period.first.year, "last": period.last.year}
    return _("%(first)d—%(last)d 学年") % years


def _part_of_year(period: Period, on: date, *, running: bool) -> str:
    year, part = period.key.split("-")
    if running and part[0] in "WQ":
        return _("本周") if part[0] == "W" else _("本季度")
    if running and part.isdecimal():
        return _("本月")
    name = _part_name(part, period)
    if int(year) == on.year:
        return name
    # Chinese sets a digit off from the character before it: 2012 年 11 月, but 2012 年第三季度.
    set_off = f" {name}" if name[0].isascii() and not _english() else name
    return _("%(year)s 年%(part)s") % {"year": year, "part": set_off}


def _part_name(part: str, period: Period) -> str:
    match part[0]:
        case "W":
            return _("第 %(week)d 周") % {"week": int(part[1:])}
        case "Q":
            number = part[1] if _english() else NUMERALS[int(part[1])]
            return _("第%(quarter)s季度") % {"quarter": number}
        case "H":
            return _("上半年") if part == "H1" else _("下半年")
        case _:
            return f"{period.first:%B}" if _english() else f"{period.first.month} 月"


# --- a duty in one sentence --------------------------------------------------------------------------


def duty_sentence(verdict: Verdict) -> str:
    """How one duty stands, in one sentence: 本月还差一次下基层调研，12 月 31 日前."""
    # A duty that comes once has no period to begin the English sentence with.
    return _duty(verdict).lstrip(": ")


def _duty(verdict: Verdict) -> str:
    rule, period, on = verdict.rule, verdict.period, verdict.on
    named = {
        "when": period_words(period, on),
        "act": act_of(rule),
        "due": day_words(period.due, on),
    }
    match verdict.state:
        case State.DONE:
            return _("%(when)s%(act)s已完成") % named
        case State.DONE_LATE:
            return _("%(when)s%(act)s已补齐，晚于 %(due)s") % named
        case State.EXEMPT:
            return _("%(when)s%(act)s已免除") % named
        case State.NOT_APPLICABLE:
            return _("%(when)s%(act)s与此人此单位无关") % named
    named["missing"] = amount_words(verdict.short, rule.measure)
    if on <= period.due:
        return _("%(when)s还差%(missing)s%(act)s，%(due)s前") % named
    if on <= period.until:
        named["until"] = day_words(period.until, on)
        return _("%(when)s还差%(missing)s%(act)s，已过 %(due)s，%(until)s前补办仍然计入") % named
    return _("%(when)s欠%(missing)s%(act)s，应在 %(due)s前完成") % named


def act_of(rule: Rule) -> str:
    """What is to be done, in a few words; the whole sentence where nobody found them."""
    return spoken_act(rule.act) or rule.sentence.rstrip("。")


# --- why ------------------------------------------------------------------------------------------------


def why_sentences(verdict: Verdict) -> list[str]:
    """Why a duty stands as it does: what was asked, what counted, what did not, what remains."""
    if verdict.state is State.NOT_APPLICABLE:
        return [_("这一周期里没有一天在这条制度规定的范围之内，所以不适用。")]
    return [
        _what_was_asked(verdict),
        *_how_prorated(verdict),
        _what_counted(verdict),
        *_what_did_not(verdict),
        _what_remains(verdict),
    ]


def _what_was_asked(verdict: Verdict) -> str:
    rule, period = verdict.rule, verdict.period
    return _("%(first)s至 %(last)s这一周期，制度要求%(quota)s%(act)s。") % {
        "first": day_words(period.first, verdict.on),
        "last": day_words(period.last, verdict.on),
        "quota": amount_words(rule.hundredths, rule.measure),
        "act": act_of(rule),
    }


def _how_prorated(verdict: Verdict) -> list[str]:
    days, member, present = verdict.period.days, verdict.member_days, verdict.present_days
    said = []
    if member < days:
        said.append(
            _("周期共 %(days)d 天，其中属于规定范围的有 %(member)d 天。")
            % {"days": days, "member": member}
        )
    if present < member:
        said.append(_("另有 %(away)d 天请假或者免除。") % {"away": member - present})
    if present < days:
        said.append(_what_proration_did(verdict))
    return said


def _what_proration_did(verdict: Verdict) -> str:
    rule = verdict.rule
    if verdict.asked == 0 and verdict.present_days == 0:
        return _("所以这一周期不作要求。")
    if rule.proration is Proration.NONE:
        return _("这条制度不按天数折算，只要有一天在岗，就按原数要求。")
    numbers = {
        "present": verdict.present_days,
        "days": verdict.period.days,
        "asked": amount_words(verdict.asked, rule.measure),
    }
    if verdict.asked == 0:
        return (
            _("按在岗 %(present)d 天除以 %(days)d 天折算，不足半数，这一周期不作要求。") % numbers
        )
    return _("按在岗 %(present)d 天除以 %(days)d 天折算、四舍五入，要求%(asked)s。") % numbers


def _what_counted(verdict: Verdict) -> str:
    until = day_words(verdict.on, verdict.on)
    if not verdict.counted:
        return _("到 %(on)s为止，没有可以计入的记录。") % {"on": until}
    said = _("到 %(on)s为止，%(count)d 条记录计入，合%(done)s：%(days)s。") % {
        "on": until,
        "count": len(verdict.counted),
        "done": amount_words(verdict.done, verdict.rule.measure),
        "days": _days(verdict.counted, verdict.on),
    }
    if verdict.on_time < verdict.done:
        late = [fact for fact in verdict.counted if fact.day > verdict.period.due]
        said += _("其中 %(days)s是到期以后补办的。") % {"days": _days(late, verdict.on)}
    return said


def _what_did_not(verdict: Verdict) -> list[str]:
    said = []
    for reason, words in PASSED.items():
        if facts := [fact for fact, passed in verdict.passed_over if passed is reason]:
            said.append(
                _("%(days)s的 %(count)d 条记录没有计入：%(why)s。")
                % {"days": _days(facts, verdict.on), "count": len(facts), "why": words}
            )
    return said


def _what_remains(verdict: Verdict) -> str:
    period, on = verdict.period, verdict.on
    named = {
        "missing": amount_words(verdict.short, verdict.rule.measure),
        "due": day_words(period.due, on),
        "until": day_words(period.until, on),
        "left": (period.due - on).days,
    }
    match verdict.state:
        case State.DONE:
            return _("已经够数，所以是“已完成”。")
        case State.DONE_LATE:
            return _("够数的时候已过 %(due)s，所以是“逾期完成”。") % named
        case State.EXEMPT:
            return _("没有要求，所以是“免除”。")
        case State.OWED:
            return _("还差%(missing)s，期限已到，所以是“尚欠”。") % named
        case State.DUE_SOON:
            if on > period.due:
                return _("还差%(missing)s，%(due)s已过，%(until)s以前补办仍然计入。") % named
            return _("还差%(missing)s，离 %(due)s只有 %(left)d 天，所以是“临近到期”。") % named
        case _:
            return _("还差%(missing)s，离 %(due)s还有 %(left)d 天，所以是“进行中”。") % named


def passed_words(reason: Passed) -> str:
    """Why one act does not count."""
    return str(PASSED[reason])


def _days(facts: Sequence[Fact], on: date) -> str:
    days = [day_words(day, on) for day in sorted({fact.day for fact in facts})]
    if len(days) <= SHOWN_DAYS:
        return listed(days)
    return _("%(days)s等 %(count)d 天") % {
        "days": listed(days[:SHOWN_DAYS]),
        "count": len(days),
    }


def _english() -> bool:
    return (get_language() or "").startswith("en")

"""What a rule must not ask, and what it had better not: every refusal with its reason. Pure.

Since 国办函〔2026〕12号 presence on a screen is no evidence of work; here no rule can make it so.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from taihua.base.periods import Every
from taihua.base.templatetags.page import longday
from taihua.kernel.rules.enums import Confidence, Count, Level
from taihua.kernel.rules.logic import WHOLE, Rule
from taihua.kernel.rules.packtext import Pack
from taihua.kernel.rules.words import act_of, amount_words

# Parts of a verb's or kind's code that stand for somebody's traces on a screen.
TRACES = re.compile(
    r"(?:^|[^a-z])(check-?in|checked-?in|sign-?in|signed-?in|clock-?in|punch|log-?in|logged-?in"
    r"|online|minutes?-(?:online|spent)|duration|dwell|stay(?:ed)?|watch(?:ed)?|view(?:ed)?|click"
    r"|like[ds]?|vote[ds]?|forward(?:ed)?|points?|scores?|rank(?:ed|ing)?|streak|badge"
    r"|photo|video|track|gps|location|face)(?:[^a-z]|$)"
)
PRESENCE = re.compile(
    r"打卡|签到|签退|刷脸|人脸|在线时[长间]|学习时[长间]|阅读时[长间]|停留时[长间]|浏览时[长间]|时长"
    r"|在线\s*\d|分钟|积分|学分制|得分|打分|排名|排行|名次|点赞|点击[率量]|浏览量|转发|投票数|下载[率量]|登录|活跃度"
    r"|上传(?:工作)?(?:照片|视频|截图|轨迹)|拍照|照片留痕|截图|轨迹|定位"
)
DENIED = re.compile(
    r"不计|不记|不得|不以|不看|不按|不要求|不统计|不搞|不比|不作|不准|不用|无须|无需|严禁|禁止|杜绝"
)
PRESENCE_MEASURES = {"分钟", "小时", "分", "积分", "秒", "时长", "个赞", "赞", "步", "名次"}
CLAUSE = re.compile(r"[，。；：、！？,;（）()]")
CITED = re.compile(r"《[^》]+》|〔\d{4}〕\s*\d+\s*号|\[\d{4}\]\s*\d+\s*号|令第\s*\d+\s*号")
LOCAL_BODY = re.compile(
    r"(?:[县区旗]|街道|乡|镇)(?:委(?!员)|教育局|教体局|教育体育局|人民政府|政府|组织部|委组织部)"
    r"|市(?:委(?!员)|教育局|人民政府|政府)|省(?:委(?!员)|教育厅|人民政府|政府)"
    r"|局党委|我局|本局|我区|本区|我县|本县|我校|本校|学校党委"
)
# Documents that others have taken the place of: the last day, and what replaced them.
REPLACED = (
    (
        re.compile(r"党内监督条例[（(]试行[）)]"),
        date(2016, 10, 26),
        "《中国共产党党内监督条例》",
    ),
    (
        re.compile(r"1990\s*年.{0,30}民主生活会"),
        date(2016, 12, 22),
        "《县以上党和国家机关党员领导干部民主生活会若干规定》",
    ),
    (
        re.compile(r"2009\s*[—–-]\s*2013\s*年.{0,12}党员教育培训"),
        date(2013, 12, 31),
        "《2014—2018 年全国党员教育培训工作规划》",
    ),
    (
        re.compile(r"2014\s*[—–-]\s*2018\s*年.{0,12}党员教育培训"),
        date(2018, 12, 31),
        "《2019—2023 年全国党员教育培训工作规划》",
    ),
)
SHORTEST = {
    Every.WEEK: 7,
    Every.MONTH: 28,
    Every.QUARTER: 90,
    Every.HALF: 181,
    Every.YEAR: 365,
    Every.SCHOOL_YEAR: 365,
}
A_DAY = {"天", "日"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the linter has to say of a rule; a grave one keeps the book from adoption."""

    rule: str
    code: str
    reason: str
    grave: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the linter is told of the house; None means it is not known and not looked at.

    :param verbs: the verbs that some room records, ``kinds`` likewise
    :param concerned: how many people or units each rule would concern, by its code
    :param in_force: the rules of other books that hold, or will
    :param owners: which other book has used a code, whenever that was
    :param objects: how many different things of a kind there are
    """

    on: date
    verbs: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    concerned: Mapping[str, int] | None = None
    in_force: Sequence[Rule] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[str, int] = field(default_factory=dict)


def lint(pack: Pack, ground: Ground) -> list[Finding]:
    """Everything that speaks against the rules of ``pack``, in their order."""
    return [
        Finding(rule.code, code, reason, grave, pack.lines.get(rule.code, 0))
        for rule in pack.rules
        for look in _LOOKS
        for code, reason, grave in look(rule, pack, ground)
    ]


def refusals(findings: Sequence[Finding]) -> list[Finding]:
    """Those that keep a book from being adopted."""
    return [finding for finding in findings if finding.grave]


type _Said = Iterator[tuple[str, str, bool]]


# --- presence ---------------------------------------------------------------------------------------


def _presence(rule: Rule, pack: Pack, ground: Ground) -> _Said:
    for word in dict.fromkeys(_presence_in(rule)):
        reason = _(
            "要求的凭据是“%(word)s”，这是人在屏幕前的痕迹，不是做成的事。"
            "国办函〔2026〕12号不许拿它考核人；请改成能看得见的成果：笔记、授课、建议、答复、会议记录。"
        )
        yield "presence", reason % {"word": word}, True


def _presence_in(rule: Rule) -> Iterator[str]:
    for code in (*rule.verbs, *rule.kinds):
        if TRACES.search(code.lower().replace("_", "-")):
            yield code
    if rule.measure in PRESENCE_MEASURES:
        yield rule.measure
    for text in (rule.sentence, rule.act):
        for clause in CLAUSE.split(text):
            for found in PRESENCE.finditer(clause):
                before = clause[: found.start()]
                if not DENIED.search(before) and not before.endswith("不"):
                    yield found.group()


# --- can it be done? -----------------------------------------------------------------------------------


def _audience(rule: Rule, pack: Pack, ground: Ground) -> _Said:
    if ground.concerned is not None and ground.concerned.get(rule.code, 0) == 0:
        reason = _("现在的名册里没有一个人或单位在它的范围之内，这条制度管不到任何人。")
        yield "nobody", reason, True


def _quota(rule: Rule, pack: Pack, ground: Ground) -> _Said:
    days = _days_of(rule)
    asked = amount_words(rule.hundredths, rule.measure)
    by_days = rule.count is Count.DAYS or (rule.count is Count.QUANTITY and rule.measure in A_DAY)
    if days is not None and by_days and rule.hundredths > days * WHOLE:
        reason = ngettext(
            "一个周期最短只有 %(days)d 天，却要求%(asked)s，做不到。",
            "一个周期最短只有 %(days)d 天，却要求%(asked)s，做不到。",
            days,
        )
        yield "impossible", reason % {"days": days, "asked": asked}, True
    if rule.every is Every.ONCE and rule.hundredths > WHOLE and rule.count is Count.STATEMENTS:
        reason = _("只做一次的事要求了%(asked)s；要么改成一次，要么写明周期。")
        yield "impossible", reason % {"asked": asked}, True
    if rule.every is Every.ONCE and rule.due_date is not None and rule.due_date < rule.valid_from:
        reason = _("截止日期 %(due)s 早于施行日期 %(since)s，没有人来得及做。")
        named = {"due": longday(rule.due_date), "since": longday(rule.valid_from)}
        yield "impossible", reason % named, True
    yield from _objects(rule, ground, asked)


def _objects(rule: Rule, ground: Ground, asked: str) -> _Said:
    if rule.count is not Count.OBJECTS or not rule.kinds:
        return
    if all(kind in ground.objects for kind in rule.kinds):
        there = sum(ground.objects[kind] for kind in rule.kinds)
        if rule.hundredths > there * WHOLE:
            reason = _("要求%(asked)s各不相同的，可是一共只有 %(there)d 个。")
            yield "impossible", reason % {"asked": asked, "there": there}, True


def _days_of(rule: Rule) -> int | None:
    """The days of the rule's shortest period."""
    match rule.every:
        case Every.YEARS:
            return SHORTEST[Every.YEAR] * rule.n
        case Every.ROLLING:
            return rule.n
        case Every.ONCE:
            return (rule.due_date - rule.valid_from).days + 1 if rule.due_date else None
        case every:
            return SHORTEST[every]


def _times(rule: Rule, pack: Pack, ground: Ground) -> _Said:
    days = _days_of(rule) or 0
    if rule.n != 1 and rule.every not in {Every.YEARS, Every.ROLLING}:
        yield "idle", _("“n”只对“years”和“rolling”有用，这里不起作用。"), False
    if rule.every is Every.ROLLING and rule.grace_days:
        yield "idle", _("滚动周期天天都在结算，宽限天数不起作用。"), False
    if days and rule.grace_days >= days:
        yield "grace", _("宽限天数不短于周期本身，上一期和下一期会混在一起。"), False
    if days and rule.every is not Every.ONCE and rule.notice_days >= days:
        yield "notice", _("提前提醒的天数不短于周期本身，会一直显示“临近到期”。"), False


# --- does it agree with what holds? ------------------------------------------------------------------------


def _evidence(rule: Rule, pack: Pack, ground: Ground) -> _Said:
    for words, known in ((rule.verbs, ground.verbs), (rule.kinds, ground.kinds)):
        if known is not None:
            for word in words:
                if word not in known:
                    reason = _("没有哪个房间登记“%(word)s”，这条制度永远等不到记录。")
                    yield "unrecorded", reason % {"word": word}, True


def _codes(rule: Rule, pack: Pack, ground: Ground) -> _Said:
    owner = ground.owners.get(rule.code, pack.code)
    if owner != pack.code:
        reason = _("代码“%(code)s”已经用在《%(book)s》里，请换一个。")
        yield "code-taken", reason % {"code": rule.code, "book": owner}, True


def _contradiction(rule: Rule, pack: Pack, ground: Ground) -> _Said:
    earlier = pack.rules[: [other.code for other in pack.rules].index(rule.code)]
    for other in (*earlier, *(each for each in ground.in_force if each.book != pack.code)):
        if other.code == rule.code or _key(other) != _key(rule) or not _overlap(other, rule):
            continue
        named = {
            "other": other.sentence.rstrip("。"),
            "code": other.code,
            "theirs": amount_words(other.hundredths, other.measure),
            "ours": amount_words(rule.hundredths, rule.measure),
        }
        if other.hundredths != rule.hundredths:
            reason = _(
                "与“%(other)s”（%(code)s）对同一批人、同一种记录、同一个周期，"
                "一个要求%(theirs)s，一个要求%(ours)s，请先统一。"
            )
            yield "contradiction", reason % named, True
        elif (other.due_date, other.grace_days) != (rule.due_date, rule.grace_days):
            reason = _("与“%(other)s”（%(code)s）要求相同，截止或者宽限却不同，请先统一。")
            yield "contradiction", reason % named, True
        else:
            reason = _(
                "与“%(other)s”（%(code)s）完全重复；一次记录两边都算，但同样的话不必说两遍。"
            )
            yield "repeated", reason % named, False


def _key(rule: Rule) -> tuple[object, ...]:
    who = rule.audience
    return (
        rule.subject,
        *(frozenset(words) for words in (who.tiers, who.tags, who.posts)),
        *(frozenset(words) for words in (who.unit_kinds, who.units, rule.verbs, rule.kinds)),
        who.concurrent,
        rule.count,
        rule.every,
        rule.n,
    )


def _overlap(one: Rule, other: Rule) -> bool:
    return (one.valid_to is None or one.valid_to >= other.valid_from) and (
        other.valid_to is None or other.valid_to >= one.valid_from
    )


# --- where it comes from -------------------------------------------------------------------------------------


def _expired(rule: Rule, pack: Pack, ground: Ground) -> _Said:
    if rule.valid_to is not None and rule.valid_to < ground.on:
        reason = _("这一条到 %(day)s就失效了，不能再通过。")
        yield "expired", reason % {"day": longday(rule.valid_to)}, True
        return
    still_asked = rule.valid_to or date.max
    if rule.source_until is not None and rule.source_until < min(still_asked, ground.on):
        reason = _("所依据的文件到 %(day)s为止，已经失效，请换成现行的依据。")
        yield "expired", reason % {"day": longday(rule.source_until)}, True
    for pattern, last, successor in REPLACED:
        if pattern.search(rule.source) and last < min(still_asked, ground.on):
            reason = _("所依据的文件自 %(day)s以后由%(successor)s代替，请换成现行的依据。")
            yield "expired", reason % {"day": longday(last), "successor": successor}, True


def _source(rule: Rule, pack: Pack, ground: Ground) -> _Said:
    if rule.level in {Level.NATIONAL, Level.PROVINCE} and not CITED.search(rule.source):
        reason = _("写成了上级的规定，却没有写明是哪一个文件（名称或者文号）。")
        yield "uncited", reason, True
    if rule.level is Level.NATIONAL and (found := LOCAL_BODY.search(rule.source)):
        reason = _("依据是“%(body)s”的文件，只在本地有效，不能写成全国的规定。")
        yield "not-national", reason % {"body": found.group()}, True
    if rule.confidence is not Confidence.SURE:
        yield "unsure", _("依据还拿不准，施行前请在本地确认。"), False


def _words(rule: Rule, pack: Pack, ground: Ground) -> _Said:
    if not rule.act:
        yield (
            "wordless",
            _("没有写“act”，提醒里只能用整句话：%(act)s") % {"act": act_of(rule)},
            False,
        )
    if not rule.minutes:
        yield "burden", _("没有估计办一次要多少分钟，负担表里会少算这一条。"), False


_LOOKS: tuple[Callable[[Rule, Pack, Ground], _Said], ...] = (
    _presence,
    _audience,
    _quota,
    _times,
    _evidence,
    _codes,
    _contradiction,
    _expired,
    _source,
    _words,
)

"""The data of a rule in words: whom it concerns, how often, what counts, who laid it down. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from taihua.base.periods import Every
from taihua.base.templatetags.page import listed, longday
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.rules.acts import spoken_act
from taihua.kernel.rules.enums import Confidence, Count, Level, Proration, Subject
from taihua.kernel.rules.logic import Audience, Rule
from taihua.kernel.rules.mechanisms import mechanism_words
from taihua.kernel.rules.words import amount_words

LEVELS = {
    Level.NATIONAL: pgettext_lazy("level", "全国"),
    Level.PROVINCE: pgettext_lazy("level", "全省"),
    Level.LOCAL: pgettext_lazy("level", "本地"),
    Level.CUSTOM: pgettext_lazy("level", "惯例"),
}
CONFIDENCES = {
    Confidence.SURE: gettext_lazy("依据已核对"),
    Confidence.LIKELY: gettext_lazy("依据大致可靠，待本地确认"),
    Confidence.UNSURE: gettext_lazy("依据不确定，须本地确认"),
}
DOUBTS = {
    Confidence.LIKELY: gettext_lazy("待本地确认"),
    Confidence.UNSURE: gettext_lazy("须本地确认"),
}
EVERY = {
    Every.WEEK: gettext_lazy("每周"),
    Every.MONTH: gettext_lazy("每月"),
    Every.QUARTER: gettext_lazy("每季度"),
    Every.HALF: gettext_lazy("每半年"),
    Every.YEAR: gettext_lazy("每年"),
    Every.SCHOOL_YEAR: gettext_lazy("每学年"),
    Every.YEARS: gettext_lazy("每 %(n)d 年"),
    Every.ONCE: gettext_lazy("一次"),
    Every.ROLLING: gettext_lazy("任意连续 %(n)d 天"),
}
COUNTS = {
    Count.STATEMENTS: gettext_lazy("一条记录算一次"),
    Count.DAYS: gettext_lazy("同一天的记录算一天"),
    Count.OBJECTS: gettext_lazy("同一个对象只算一个"),
    Count.QUANTITY: gettext_lazy("按记录里的数量相加"),
}
PRORATIONS = {
    Proration.DAYS: gettext_lazy("中途到任、离任、请假的按天数折算"),
    Proration.NONE: gettext_lazy("不按天数折算"),
}
TAGS = {
    "leader": gettext_lazy("局领导"),
    "director": gettext_lazy("局长"),
    "principal": gettext_lazy("校长"),
    "vice_principal": gettext_lazy("副校长"),
    "teacher": gettext_lazy("教师"),
    "section_head": gettext_lazy("科室负责人"),
    "official": gettext_lazy("机关干部"),
    "party_member": gettext_lazy("党员"),
    "probationary": gettext_lazy("预备党员"),
    "secretary": gettext_lazy("书记"),
    "branch_secretary": gettext_lazy("支部书记"),
    "branch_committee": gettext_lazy("支部委员"),
    "cell_leader": gettext_lazy("党小组组长"),
    "cell_member": gettext_lazy("党小组成员"),
    "committee_secretary": gettext_lazy("党委书记"),
    "committee_member": gettext_lazy("党委委员"),
    "study_secretary": gettext_lazy("学习秘书"),
    "retired": gettext_lazy("离退休人员"),
}
LABELS = {
    "sentence": gettext_lazy("条文"),
    "who": gettext_lazy("对象"),
    "quota": gettext_lazy("要求"),
    "evidence": gettext_lazy("凭据"),
    "count": gettext_lazy("计数方式"),
    "due": gettext_lazy("截止和宽限"),
    "notice": gettext_lazy("提前提醒"),
    "proration": gettext_lazy("折算"),
    "leave": gettext_lazy("请假"),
    "act": gettext_lazy("说法"),
    "minutes": gettext_lazy("办一次约需"),
    "mechanism": gettext_lazy("机制"),
    "level": gettext_lazy("层级"),
    "source": gettext_lazy("依据"),
    "confidence": gettext_lazy("把握"),
    "ends": gettext_lazy("失效日期"),
}


def tag_words(tag: str) -> str:
    """What the posts of a tag are called; an unknown tag stays as it is."""
    return str(TAGS.get(tag, tag))


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called: verbs and kinds, posts, units. An unknown code stays as it is."""

    words: Mapping[str, str] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


def clauses(rule: Rule, names: Names) -> dict[str, str]:
    """Every clause of a rule in words, by the keys of :data:`LABELS`, in their order."""
    return {
        "sentence": rule.sentence,
        "who": audience_words(rule, names),
        "quota": quota_words(rule),
        "evidence": evidence_words(rule, names),
        "count": str(COUNTS[rule.count]),
        "due": _due_words(rule),
        "notice": ngettext("%(days)d 天", "%(days)d 天", rule.notice_days)
        % {"days": rule.notice_days},
        "proration": str(PRORATIONS[rule.proration]),
        "leave": _("请假和免除的天数不算在岗") if rule.leave_excuses else _("请假不减免"),
        "act": rule.act,
        "minutes": ngettext("%(minutes)d 分钟", "%(minutes)d 分钟", rule.minutes)
        % {"minutes": rule.minutes},
        "mechanism": mechanism_words(rule.mechanism),
        "level": str(LEVELS[rule.level]),
        "source": rule.source,
        "confidence": str(CONFIDENCES[rule.confidence]),
        "ends": longday(rule.valid_to) or _("长期有效"),
    }


def every_words(rule: Rule) -> str:
    """每月, 每 3 年, 任意连续 30 天."""
    words = str(EVERY[rule.every])
    return words % {"n": rule.n} if "%" in words else words


def quota_words(rule: Rule) -> str:
    """每月一次下基层调研."""
    named = {
        "every": every_words(rule),
        "amount": amount_words(rule.hundredths, rule.measure),
        "act": spoken_act(rule.act),
    }
    once = rule.every is Every.ONCE
    said = _("共%(amount)s%(act)s") if once else _("%(every)s至少%(amount)s%(act)s")
    # Where nobody said the act in a few words, nothing stands behind the English colon.
    return (said % named).rstrip(": ")


def audience_words(rule: Rule, names: Names) -> str:
    """领导班子, 学校的教师 …, 各党支部."""
    who = rule.audience
    where = [str(UnitKind(kind).label) for kind in who.unit_kinds]
    if named := [names.units.get(code, code) for code in who.units]:
        inside = _("%(units)s及下属单位") % {"units": listed(named)}
        where = (
            [_("%(units)s里的%(kinds)s") % {"units": inside, "kinds": listed(where)}]
            if where
            else [inside]
        )
    if rule.subject is Subject.UNIT:
        return _("各%(units)s") % {"units": listed(where)} if where else _("所有单位")
    people = _people_words(who, names)
    said = (
        _("%(where)s的%(people)s") % {"where": listed(where), "people": people} if where else people
    )
    return said if who.concurrent else _("%(who)s（兼任的不算）") % {"who": said}


def _people_words(who: Audience, names: Names) -> str:
    lists = [
        [str(Tier(tier).label) for tier in who.tiers],
        [tag_words(tag) for tag in who.tags],
        [names.posts.get(code, code) for code in who.posts],
    ]
    said = [listed(words) for words in lists if words]
    if not said:
        return _("所有在岗人员")
    return said[0] if len(said) == 1 else _("同时是%(all)s的人") % {"all": _("又是").join(said)}


def evidence_words(rule: Rule, names: Names) -> str:
    """What is looked at: 走访（下基层调研）."""
    verbs = listed(names.words.get(verb, verb) for verb in rule.verbs)
    if not rule.kinds:
        return _("“%(verbs)s”的记录") % {"verbs": verbs}
    kinds = listed(names.words.get(kind, kind) for kind in rule.kinds)
    return _("“%(verbs)s”的记录，限于%(kinds)s") % {"verbs": verbs, "kinds": kinds}


def _due_words(rule: Rule) -> str:
    if rule.due_date is not None:
        due = longday(rule.due_date)
    else:
        due = _("当天") if rule.every is Every.ROLLING else _("周期最后一天")
    if not rule.grace_days:
        return due
    words = ngettext("%(due)s，可补办 %(days)d 天", "%(due)s，可补办 %(days)d 天", rule.grace_days)
    return words % {"due": due, "days": rule.grace_days}


# --- what has changed ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """How one rule differs between two versions: added, dropped, or changed in some clauses."""

    code: str
    sentence: str
    kind: str
    clauses: tuple[tuple[str, str, str], ...] = ()


def changes(before: Sequence[Rule], after: Sequence[Rule], names: Names) -> list[Change]:
    """The differences between two versions of a book, in the order of the later one."""
    old = {rule.code: rule for rule in before}
    new = {rule.code: rule for rule in after}
    said: list[Change] = []
    for code, rule in new.items():
        if code not in old:
            added = tuple((label, "", now) for label, now in _labelled(rule, names))
            said.append(Change(code, rule.sentence, "added", added))
        elif differing := tuple(_differing(old[code], rule, names)):
            said.append(Change(code, rule.sentence, "changed", differing))
    dropped = [rule for code, rule in old.items() if code not in new]
    said += [Change(rule.code, rule.sentence, "dropped") for rule in dropped]
    return said


def _labelled(rule: Rule, names: Names) -> Iterator[tuple[str, str]]:
    for key, words in clauses(rule, names).items():
        if words:
            yield str(LABELS[key]), words


def _differing(old: Rule, new: Rule, names: Names) -> Iterator[tuple[str, str, str]]:
    then, now = clauses(old, names), clauses(new, names)
    for key, label in LABELS.items():
        if then[key] != now[key]:
            yield str(label), then[key], now[key]

"""Everything that an explanation shows beside the verdict: who, in which posts, away when."""

from dataclasses import dataclass
from datetime import date, datetime

from taihua.base.periods import Every, Period
from taihua.kernel.org.models import Leave, Person, Term, Unit
from taihua.kernel.org.queries import leaves_of, terms_of
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.enums import Passed, Subject
from taihua.kernel.rules.logic import Fact, Rule, Verdict
from taihua.kernel.rules.models import Exemption
from taihua.kernel.rules.queries import judged
from taihua.kernel.rules.wordings import turn_named, turns, wordings_of
from taihua.kernel.rules.words import passed_words


@dataclass(frozen=True, slots=True)
class Looked:
    """One act that was looked at: counted, or passed over for a reason."""

    fact: Fact
    passed: Passed | None

    @property
    def counted(self) -> bool:
        return self.passed is None

    @property
    def why_not(self) -> str:
        return passed_words(self.passed) if self.passed else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A verdict with what it rests on."""

    actor: Person | Unit
    verdict: Verdict
    acts: list[Looked]
    terms: list[tuple[Term, bool]]
    leaves: list[Leave]
    exemptions: list[Exemption]
    wordings: list[Rule]
    before: Period | None
    after: Period | None


def actor_of(subject: Subject, code: str) -> Person | Unit | None:
    """The person or unit of that code."""
    if subject is Subject.PERSON:
        return Person.objects.filter(code=code).first()
    return Unit.objects.filter(code=code).first()


def reason_for(
    code: str, actor: Person | Unit, key: str, on: date, known: datetime | None = None
) -> Reason | None:
    """Why a duty stands as it does, or None where there is no such rule or period."""
    turn = turn_named(code, key, on, known)
    if turn is None:
        return None
    rule, period = turn
    verdict = judged(actor, [turn], on, known)[0]
    before, after = _neighbours(rule, period, on, known)
    return Reason(
        actor=actor,
        verdict=verdict,
        acts=_acts(verdict),
        terms=_terms(actor, rule, period, known),
        leaves=_leaves(actor, period, known),
        exemptions=_exemptions(actor, rule, period, known),
        wordings=wordings_of(code, known),
        before=before,
        after=after,
    )


def _acts(verdict: Verdict) -> list[Looked]:
    acts = [Looked(fact, None) for fact in verdict.counted]
    acts += [Looked(fact, passed) for fact, passed in verdict.passed_over]
    return sorted(acts, key=lambda act: (act.fact.day, act.fact.uuid))


def _terms(
    actor: Person | Unit, rule: Rule, period: Period, known: datetime | None
) -> list[tuple[Term, bool]]:
    """The terms that touch the period, each with whether it makes the person owe this duty."""
    if isinstance(actor, Unit):
        return []
    directory = Directory.read()
    posts, units = directory.posts_named(rule), directory.units_named(rule)
    told = [
        (
            term,
            (posts is None or term.post_id in posts)
            and (units is None or term.unit_id in units)
            and (rule.audience.concurrent or not term.concurrent),
        )
        for term in terms_of(actor, known)
        if term.first_day <= period.last
        and (term.last_day is None or term.last_day >= period.first)
    ]
    return sorted(told, key=lambda each: not each[1])


def _leaves(actor: Person | Unit, period: Period, known: datetime | None) -> list[Leave]:
    if isinstance(actor, Unit):
        return []
    touching = leaves_of(actor, known)
    return list(touching.filter(first_day__lte=period.last, last_day__gte=period.first))


def _exemptions(
    actor: Person | Unit, rule: Rule, period: Period, known: datetime | None
) -> list[Exemption]:
    mine = {"person": actor} if isinstance(actor, Person) else {"unit": actor}
    return list(
        Exemption.objects.known(known)
        .filter(**mine, rule_code=rule.code, first_day__lte=period.last, last_day__gte=period.first)
        .order_by("first_day", "pk")
    )


def _neighbours(
    rule: Rule, period: Period, on: date, known: datetime | None
) -> tuple[Period | None, Period | None]:
    """The periods before and after, each by whatever wording judges it."""
    if rule.every in {Every.ONCE, Every.ROLLING}:
        return None, None
    reach = period.last - period.first
    found = [
        turn
        for each, periods in turns(period.first - reach * 2, period.last + reach * 2, on, known)
        if each.code == rule.code
        for turn in periods
    ]
    before = [each for each in found if each.last < period.first]
    after = [each for each in found if each.first > period.last and each.first <= on]
    return (
        max(before, key=lambda each: each.last, default=None),
        min(after, key=lambda each: each.first, default=None),
    )

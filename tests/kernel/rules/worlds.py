"""Small worlds of people, terms, leave and acts, with every awkward day in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from taihua.base.periods import Every
from taihua.kernel.rules.enums import Count, Level, Proration, Subject
from taihua.kernel.rules.logic import Audience, Fact, Rule, Span

MORNING = datetime(2012, 2, 1, 8, tzinfo=UTC)
YEAR_END, LEAP_DAY = date(2012, 12, 31), date(2012, 2, 29)
LOW, HIGH = date(2011, 12, 1), date(2013, 2, 28)


@dataclass(frozen=True)
class Term:
    person: int
    post: int
    unit: int
    span: Span
    concurrent: bool
    known_from: datetime
    known_until: datetime | None

    def believed(self, known: datetime | None) -> bool:
        return _believed(self.known_from, self.known_until, known)


@dataclass(frozen=True)
class Away:
    person: int
    span: Span
    rule_code: str | None
    known_from: datetime
    known_until: datetime | None

    def believed(self, known: datetime | None) -> bool:
        return _believed(self.known_from, self.known_until, known)


@dataclass(frozen=True)
class Act:
    """A statement; ``voided_at`` is when another took it back."""

    id: int
    actor: int
    verb: int
    kind: int
    fact: Fact
    stored_at: datetime
    voided_at: datetime | None

    def stands(self, known: datetime | None) -> bool:
        if known is None:
            return self.voided_at is None
        return self.stored_at <= known and not (self.voided_at and self.voided_at <= known)


@dataclass(frozen=True)
class World:
    subject: Subject
    terms: list[Term]
    aways: list[Away]
    units: dict[int, Span]
    acts: list[Act]

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        person = self.subject is Subject.PERSON
        return {
            "org_term": [
                (
                    t.person,
                    t.post,
                    t.unit,
                    *_span(t.span),
                    t.concurrent,
                    t.known_from,
                    t.known_until,
                )
                for t in self.terms
            ],
            "org_leave": [
                (a.person, *_span(a.span), a.known_from, a.known_until)
                for a in self.aways
                if a.rule_code is None
            ],
            "org_unit": [(pk, *_span(span)) for pk, span in self.units.items()],
            "rules_exemption": [
                (
                    a.rule_code,
                    a.person if person else None,
                    None if person else a.person,
                    *_span(a.span),
                    a.known_from,
                    a.known_until,
                )
                for a in self.aways
                if a.rule_code is not None
            ],
            "records_statement": [row for act in self.acts for row in self._statement(act)],
        }

    def _statement(self, act: Act) -> Iterator[tuple[Any, ...]]:
        person = self.subject is Subject.PERSON
        actor = (act.actor, None) if person else (None, act.actor)
        fact = act.fact
        days = (fact.day.toordinal(), fact.counts_on.toordinal())
        same = (*actor, act.verb, act.kind, fact.path, *days, fact.hundredths)
        yield (act.id, fact.uuid, *same, act.stored_at, None)
        if act.voided_at:
            yield (1000 + act.id, str(UUID(int=1000 + act.id)), *same, act.voided_at, act.id)


def _span(span: Span) -> tuple[int, int | None]:
    return span.first.toordinal(), span.last and span.last.toordinal()


def _believed(start: datetime, end: datetime | None, known: datetime | None) -> bool:
    if known is None:
        return end is None
    return start <= known and (end is None or end > known)


# --- Worlds ----------------------------------------------------------------------------------------
tricky = st.sampled_from(
    [YEAR_END, YEAR_END + timedelta(1), LEAP_DAY, LEAP_DAY + timedelta(1), date(2012, 6, 30)]
)
days = tricky | st.dates(LOW, HIGH)
moments = st.integers(0, 8).map(lambda weeks: MORNING + timedelta(weeks=8 * weeks))


@st.composite
def spans(draw: st.DrawFn, *, open_end: bool = True) -> Span:
    first = draw(days)
    last = draw(days.map(lambda day: max(day, first)))
    return Span(first, None if open_end and draw(st.integers(0, 3)) == 0 else last)


@st.composite
def beliefs(draw: st.DrawFn) -> tuple[datetime, datetime | None]:
    start = draw(moments)
    end = draw(st.none() | moments)
    return start, max(start, end) if end else None


@st.composite
def acts(draw: st.DrawFn, number: int) -> Act:
    day = draw(days)
    # Made up up to forty days later, or planned as long before.
    counts_on = day - timedelta(draw(st.sampled_from([0, 0, 0, 1, 5, 40, -1, -40])))
    verb, kind = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    stored_at = draw(moments)
    voided_at = draw(st.none() | st.none() | moments)
    fact = Fact(
        uuid=str(UUID(int=number)),
        verb=f"v{verb}",
        kind=f"k{kind}",
        path=f"book/{draw(st.integers(1, 2))}",
        day=day,
        counts_on=counts_on,
        hundredths=draw(st.sampled_from([50, 100, 100, 250])),
    )
    voided = max(stored_at, voided_at) if voided_at else None
    return Act(number, draw(st.integers(1, 3)), verb, kind, fact, stored_at, voided)


@st.composite
def worlds(draw: st.DrawFn, subject: Subject) -> World:
    terms = [
        Term(person, post, unit, span, concurrent, *belief)
        for person, post, unit, span, concurrent, belief in draw(
            st.lists(
                st.tuples(
                    st.integers(1, 3),
                    st.integers(1, 3),
                    st.integers(1, 3),
                    spans(),
                    st.booleans(),
                    beliefs(),
                ),
                max_size=6,
            )
        )
    ]
    aways = [
        Away(person, span, code, *belief)
        for person, span, code, belief in draw(
            st.lists(
                st.tuples(
                    st.integers(1, 3),
                    spans(open_end=False),
                    st.sampled_from([None, "r", "other"]),
                    beliefs(),
                ),
                max_size=4,
            )
        )
    ]
    units = {pk: draw(spans()) for pk in (1, 2, 3)}
    count = draw(st.integers(0, 9))
    return World(subject, terms, aways, units, [draw(acts(n)) for n in range(1, count + 1)])


@st.composite
def rules(draw: st.DrawFn, subject: Subject) -> Rule:
    every = draw(st.sampled_from(list(Every)))
    since = draw(st.just(date(2011, 8, 1)) | days)
    return Rule(
        code="r",
        sentence="",
        mechanism="L2",
        source="",
        level=Level.LOCAL,
        verbs=("v1", "v2"),
        kinds=draw(st.sampled_from([(), ("k1",)])),
        hundredths=draw(st.sampled_from([50, 100, 150, 200, 300])),
        every=every,
        n={Every.YEARS: 2, Every.ROLLING: draw(st.integers(1, 90))}.get(every, 1),
        due_date=max(since, YEAR_END) if every is Every.ONCE else None,
        count=draw(st.sampled_from(list(Count))),
        subject=subject,
        audience=Audience(concurrent=draw(st.booleans())),
        grace_days=draw(st.sampled_from([0, 10, 45])),
        notice_days=draw(st.sampled_from([0, 7, 20])),
        proration=draw(st.sampled_from(list(Proration))),
        leave_excuses=draw(st.booleans()),
        valid_from=since,
        valid_to=draw(st.none() | days.map(lambda day: max(day, since))),
    )

"""Who should go where next, with the reasons in words."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from taihua.base.periods import Every, Period, period_of
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.org.models import Leave, Person, Term, Unit, open_on
from taihua.kernel.org.queries import holders_on, open_units
from taihua.kernel.records.queries import Statement, statements
from taihua.kernel.records.remembered import newest_record, remembered
from taihua.rooms.outreach.enums import StepKind
from taihua.rooms.outreach.logic.coverage import (
    LONGEST_WAIT,
    Place,
    Visitor,
    send,
    urgency,
    weight,
)
from taihua.rooms.outreach.logic.days import next_free_day
from taihua.rooms.outreach.models import PlannedVisit, Problem, Proposal
from taihua.rooms.outreach.queries.visits import KIND, open_plans

MOST_A_QUARTER = 6  # days on which one unit is visited by anybody
RECENT = timedelta(days=180)
SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody should go somewhere on a day, and why."""

    visitor: Person
    place: Unit
    day: date | None
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Ground:
    """All that the plan is made from: the schools with their wants."""

    on: date
    window: Period
    units: dict[str, Unit]
    places: list[Place]

    @property
    def full(self) -> list[Unit]:
        """The schools that nobody should go to any more in this window."""
        return [self.units[place.code] for place in self.places if not place.room]


def ground_on(on: date) -> Ground:
    """The schools as they stand on ``on``; the window is its quarter."""
    window = period_of(Every.QUARTER, on)
    units = {unit.code: unit for unit in open_units(on).filter(kind=UnitKind.SCHOOL)}
    latest, taken = remembered(
        ("visited", window, on), newest_record(), lambda: _visited(window, on)
    )
    days = defaultdict(set, {code: set(days) for code, days in taken.items()})
    for plan in open_plans().filter(day__range=(on, window.last)):
        days[plan.place.code].add(plan.day)
    open_matters = matters_by_place()
    places = [
        Place(
            code=code,
            waited=(on - latest[code]).days if code in latest else None,
            open_matters=open_matters.get(unit.pk, 0),
            visits=len(days[code]),
            cap=MOST_A_QUARTER,
        )
        for code, unit in units.items()
    ]
    return Ground(on, window, units, places)


def _visited(window: Period, on: date) -> tuple[dict[str, date], dict[str, list[date]]]:
    """Where somebody was: place → the last day of the past year; place → the days of the window."""
    seen = _visits().filter(day__range=(on - timedelta(days=LONGEST_WAIT), on)).order_by()
    latest = dict(seen.values_list("context__place").annotate(Max("day")))
    days: dict[str, list[date]] = defaultdict(list)
    here = seen.filter(day__gte=window.first).values_list("context__place", "day")
    for code, day in here.distinct():
        days[code].append(day)
    return latest, dict(days)


def _visits() -> QuerySet[Statement]:
    return statements().filter(verb__code="visited", kind__code=KIND, person__isnull=False)


def matters_by_place() -> dict[int, int]:
    """Unit (by id) → how many problems and proposals of visits there wait for somebody."""
    found: dict[int, int] = defaultdict(int)
    done = Q(steps__kind=StepKind.CARRIED) | Q(steps__outcome__in=("refused", "explained"))
    for rows in (
        Problem.objects.filter(settled_at__isnull=True),
        Proposal.objects.exclude(pk__in=Proposal.objects.filter(done).values("pk")),
    ):
        counted = rows.order_by().values_list("visit__place").annotate(Count("pk"))
        for unit, number in counted:
            found[unit] += number
    return found


def who_has_not_been_out(on: date) -> list[Person]:
    """The leadership who neither went for this month nor mean to go in it, by name."""
    first = on.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    went = statements().filter(
        verb__code="visited", kind__code=KIND, counts_on__range=(first, last)
    )
    planned = PlannedVisit.objects.filter(cancelled_at__isnull=True, day__range=(on, last))
    return list(
        holders_on(on, tiers=[Tier.LEADERSHIP])
        .exclude(pk__in=went.filter(person__isnull=False).values("person"))
        .exclude(pk__in=planned.values("visitor"))
    )


def best_for(person: Person, ground: Ground) -> list[Suggestion]:
    """The places that want ``person`` most, the most urgent first."""
    visitor = _visitors([person], ground)[0]
    worth = {place.code: weight(visitor, place) for place in ground.places}
    wanted = [place for place in ground.places if worth[place.code]]
    wanted.sort(key=lambda place: (-(worth[place.code] or 0), place.code))
    day = _diaries([person], ground.on)[person.pk].free(ground)
    return [_suggestion(person, place, visitor, ground, day) for place in wanted[:SUGGESTED]]


def sent_together(people: Sequence[Person], ground: Ground) -> list[Suggestion]:
    """One place for each of ``people``, the best for all together; no two are there on one day."""
    visitors = _visitors(people, ground)
    sent = send(visitors, ground.places)
    by_code = {place.code: place for place in ground.places}
    diaries, found = _diaries(people, ground.on), []
    there: dict[str, list[date]] = defaultdict(list)
    for place_code, day in (
        open_plans().filter(day__gte=ground.on).values_list("place__code", "day")
    ):
        there[place_code].append(day)
    more: dict[str, int] = defaultdict(int)
    for person, visitor in zip(people, visitors, strict=True):
        if (code := sent.get(person.code)) is None:
            continue
        place = replace(by_code[code], visits=by_code[code].visits + more[code])
        chosen = diaries[person.pk].free(ground, there[code])
        found.append(_suggestion(person, place, visitor, ground, chosen))
        there[code] += [chosen] if chosen else []
        more[code] += 1
    return found


def _visitors(people: Sequence[Person], ground: Ground) -> list[Visitor]:
    own: dict[int, set[str]] = defaultdict(set)
    terms = Term.objects.known().filter(open_on(ground.on), person__in=people)
    for person, code in terms.order_by().values_list("person_id", "unit__code"):
        own[person].add(code)
    went: dict[int | None, set[str]] = defaultdict(set)
    recent = _visits().filter(person__in=people, day__range=(ground.on - RECENT, ground.on))
    for visitor, code in recent.order_by().values_list("person_id", "context__place"):
        went[visitor].add(code)
    return [
        Visitor(
            each.code,
            own=frozenset(own[each.pk]),
            recent=frozenset(went[each.pk]),
        )
        for each in people
    ]


@dataclass(frozen=True, slots=True)
class Diary:
    """When somebody is on leave, and the days on which he is going somewhere already."""

    away: list[tuple[date, date]] = field(default_factory=list)
    taken: set[date] = field(default_factory=set)

    def free(self, ground: Ground, others: Collection[date] = ()) -> date | None:
        """The first working day ahead on which he can go, and none of ``others``."""
        first, last = ground.on + timedelta(days=1), ground.window.last + timedelta(days=7)
        return next_free_day(first, last, away=self.away, taken={*self.taken, *others})


def _diaries(people: Sequence[Person], on: date) -> dict[int, Diary]:
    """For each person (by id) what is known of the days ahead."""
    found = {each.pk: Diary() for each in people}
    for leave in Leave.objects.known().filter(person__in=people, last_day__gte=on):
        found[leave.person_id].away.append((leave.first_day, leave.last_day))
    for plan in open_plans().filter(visitor__in=people, day__gte=on):
        found[plan.visitor_id].taken.add(plan.day)
    return found


def _suggestion(
    person: Person, place: Place, visitor: Visitor, ground: Ground, day: date | None
) -> Suggestion:
    longest = max(ground.places, key=urgency) if ground.places else None
    reasons = reasons_for(place, visitor, is_first=place == longest)
    return Suggestion(person, ground.units[place.code], day, reasons)


def reasons_for(place: Place, visitor: Visitor, *, is_first: bool = False) -> list[str]:
    """Why this place, in words: every number that the weight is made of."""
    told = [
        _("近一年还没有人去过")
        if place.waited is None
        else _("上次有人去是 %(days)d 天以前") % {"days": place.waited}
    ]
    if place.open_matters:
        told.append(_("还有 %(number)d 件问题和建议没有办完") % {"number": place.open_matters})
    told.append(
        _("本季度已去和已排 %(visits)d 天，不超过 %(cap)d 天")
        % {"visits": place.visits, "cap": place.cap}
    )
    if visitor.recent and place.code not in visitor.recent:
        told.append(_("本人半年内没有去过"))
    if is_first:
        told.append(_("各校里最该去的一所"))
    return told


def is_full(unit: Unit, day: date, on: date) -> bool:
    """Whether the quarter of ``day`` has no room for one more day at ``unit``."""
    window = period_of(Every.QUARTER, day)
    visited = statements().filter(
        verb__code="visited",
        kind__code=KIND,
        day__range=(window.first, min(window.last, on)),
        context__place=unit.code,
    )
    days = set(visited.order_by().values_list("day", flat=True))
    coming = open_plans().filter(place=unit, day__range=(max(on, window.first), window.last))
    days |= {plan.day for plan in coming}
    return day not in days and len(days) >= MOST_A_QUARTER

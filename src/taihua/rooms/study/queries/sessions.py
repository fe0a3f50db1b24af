"""Sessions: who may see them, who is expected, who was there, who still owes make-up study."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from taihua.kernel.org.access import sees_all
from taihua.kernel.org.enums import Role, Tier
from taihua.kernel.org.models import Account, Leave, Person, Unit
from taihua.kernel.org.queries import holders_on, subtree_ids
from taihua.kernel.records.queries import Statement, everything_said
from taihua.rooms.study.enums import Turnout
from taihua.rooms.study.models import Attendance, Plan, Session
from taihua.rooms.study.queries.between import between
from taihua.rooms.study.queries.roster import group_on, hosted_by, leave_on, places_of


@dataclass(frozen=True, slots=True)
class Expected:
    """One of those expected at a session: the leave that covers the day, and what was noted."""

    person: Person
    leave: Leave | None
    noted: Attendance | None
    is_lead: bool

    @property
    def turnout(self) -> str:
        """What was noted, or what is to be supposed."""
        if self.noted:
            return self.noted.turnout
        return Turnout.LEAVE if self.leave else Turnout.PRESENT

    @property
    def reason(self) -> str:
        if self.noted:
            return self.noted.reason
        return str(self.leave.get_kind_display()) if self.leave else ""


@dataclass(frozen=True, slots=True)
class Turnouts:
    """How many were expected, came, and had leave."""

    expected: int
    present: int
    on_leave: int
    absent: int


def sessions_seen_by(account: Account, on: date) -> QuerySet[Session]:
    """The sessions that ``account`` may see: those of its groups and units, and where it was named."""
    sessions = Session.objects.select_related("unit", "lead", "recorder", "plan")
    sessions = sessions.order_by("-starts_at", "-pk")
    if sees_all(account):
        return sessions
    own = account.granted_units([Role.LEADER, Role.UNIT_CLERK])
    seen = Q(unit__in=subtree_ids(account.granted_units([Role.LEADER])))
    seen |= Q(effects__owner_unit__in=own)
    if account.person is not None:
        seen |= _of_person(account.person, on)
    return sessions.filter(pk__in=Session.objects.filter(seen).values("pk"))


def _of_person(person: Person, on: date) -> Q:
    group, enlarged = places_of(person, on), places_of(person, on, enlarged=True)
    return (
        hosted_by(group)
        | (hosted_by(enlarged) & Q(enlarged=True))
        | Q(lead=person)
        | Q(attendances__person=person)
        | Q(effects__owner=person)
    )


def expected_at(session: Session) -> list[Expected]:
    """Who is expected, by the posts of the day, with leave; whoever was noted stays on the list."""
    people = {p.pk: p for p in group_on(session.unit, session.day, enlarged=session.enlarged)}
    people.setdefault(session.lead_id, session.lead)
    noted = {a.person_id: a for a in session.attendances.select_related("person")}
    for attendance in noted.values():
        people.setdefault(attendance.person_id, attendance.person)
    leave = leave_on(people.values(), session.day)
    return [
        Expected(person, leave.get(person.pk), noted.get(person.pk), person.pk == session.lead_id)
        for person in sorted(people.values(), key=lambda each: (each.name, each.pk))
    ]


def is_expected(person: Person, session: Session) -> bool:
    """Whether ``person`` belongs to those expected on the day of ``session``."""
    group = group_on(session.unit, session.day, enlarged=session.enlarged)
    return person.pk == session.lead_id or group.contains(person)


def turnouts_of(session: Session) -> Turnouts:
    """The figures of the attendance record."""
    marks = list(session.attendances.values_list("turnout", flat=True))
    return Turnouts(
        len(marks),
        marks.count(Turnout.PRESENT),
        marks.count(Turnout.LEAVE),
        marks.count(Turnout.ABSENT),
    )


def overlapping(
    unit: Unit, starts_at: datetime, ends_at: datetime, but: Session | None = None
) -> QuerySet[Session]:
    """The sessions of ``unit``, not cancelled, that take some of that time."""
    found = Session.objects.filter(
        unit=unit, cancelled_at__isnull=True, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).order_by("starts_at")
    return found.exclude(pk=but.pk) if but else found


def plan_for(unit: Unit, year: int) -> Plan | None:
    """The plan of a unit for a year."""
    return Plan.objects.filter(unit=unit, year=year).first()


def catch_up(account: Account, on: date) -> QuerySet[Attendance]:
    """Who still owes make-up study, oldest session first: of those ``account`` may see."""
    owed = (
        Attendance.objects.exclude(turnout=Turnout.PRESENT)
        .filter(made_up_date__isnull=True, session__held_at__isnull=False)
        .select_related("session__unit", "person")
        .order_by("session__starts_at", "person__name", "pk")
    )
    if sees_all(account):
        return owed
    led = subtree_ids(account.granted_units([Role.LEADER]))
    return owed.filter(Q(session__unit__in=led) | Q(person=account.person_id))


def owed_by(person: Person) -> QuerySet[Attendance]:
    """The sessions that ``person`` missed and has not made up for, oldest first."""
    return (
        Attendance.objects.filter(person=person, made_up_date__isnull=True)
        .exclude(turnout=Turnout.PRESENT)
        .select_related("session")
        .order_by("session__starts_at", "pk")
    )


def upcoming_for(account: Account, at: datetime, on: date) -> QuerySet[Session]:
    """The sessions that ``account`` may see and that are not over, the next first."""
    seen = sessions_seen_by(account, on)
    return seen.filter(ends_at__gte=at, cancelled_at__isnull=True).order_by("starts_at", "pk")


def sessions_of(whose: Person | Unit, first: date, last: date) -> Sequence[Session]:
    """The sessions of a unit or a person on the days ``first … last``, cancelled ones too."""
    found = Session.objects.filter(between(first, last)).select_related("unit", "lead")
    found = found.order_by("starts_at", "pk")
    if isinstance(whose, Unit):
        return list(found.filter(Q(unit=whose) | Q(unit__parent=whose)))
    return [session for session in found if is_expected(whose, session)]


def may_lead(on: date) -> QuerySet[Person]:
    """Whoever of any group can be asked to lead a session on ``on``, by name."""
    return holders_on(on, tiers=[Tier.LEADERSHIP, Tier.MIDDLE])


def changes_of(session: Session) -> list[Statement]:
    """How it was set and what became of that: the statements taken back, with why, oldest first."""
    told = everything_said().filter(object_path=session.path, voids__isnull=False)
    return list(told.filter(unit=session.unit).select_related("voids__verb", "entered_by__person"))

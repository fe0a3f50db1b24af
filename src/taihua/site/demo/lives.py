"""The people of the district and what they have been: drawn by chance, the same for one seed."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from taihua.kernel.org.enums import LeaveKind
from taihua.site.demo import plan
from taihua.site.demo.names import Names

EARLIEST = date(2008, 1, 1)
PARTY_SHARE = 0.46
CELLS_FROM = 12  # members of a branch that is divided into cells
COMMITTEE_FROM = 7  # members of a branch that has a committee


@dataclass(slots=True)
class Stint:
    """A post held at a unit (by its code) for some days."""

    post: str
    unit: str
    first: date
    last: date | None = None
    concurrent: bool = False

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(slots=True)
class Absence:
    """Some days of leave."""

    first: date
    last: date
    kind: str


@dataclass(slots=True)
class Life:
    """Somebody with everything that the roster knows of them."""

    code: str
    name: str
    stints: list[Stint] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    in_party: bool = False

    def now(self, day: date) -> Stint | None:
        """The main post on a day."""
        return next((s for s in self.stints if s.covers(day) and not s.concurrent), None)


@dataclass(slots=True)
class Span:
    """The days that the story tells, and the chance that tells it."""

    rng: random.Random
    first: date
    on: date

    def day(self, first: date | None = None, last: date | None = None) -> date:
        """A working day between two days, by default within the story."""
        first, last = first or self.first, last or self.on
        day = first + timedelta(days=self.rng.randrange(max(1, (last - first).days)))
        return day + timedelta(days=2) if day.weekday() >= 5 and day + timedelta(2) <= last else day  # noqa: PLR2004

    def chance(self, share: float) -> bool:
        return self.rng.random() < share


def schools_for(people: int) -> list[tuple[str, str]]:
    """The schools (code, name) of a district of that many people."""
    wanted = max(4, round(people * len(plan.SCHOOLS) / plan.USUAL_SIZE))
    more = [(f"school-{n}", f"苔花第{n}学校") for n in range(len(plan.SCHOOLS) + 1, wanted + 1)]
    return [*plan.SCHOOLS, *more][:wanted]


class Casting:
    """Gives every post its person, the cast first."""

    def __init__(self, span: Span, people: int) -> None:
        self.span = span
        self.names = Names(span.rng)
        self.people = people
        self.lives: list[Life] = []
        self.cast = [player for player in plan.CAST if player.name]

    def everybody(self) -> list[Life]:
        """All lives, movements and leave included."""
        for post in plan.LEADERS:
            self.appoint(post, plan.BUREAU[0])
        sections = [code for code, _name in plan.SECTIONS]
        schools = [code for code, _name in schools_for(self.people)]
        for section in sections:
            self.appoint("section-chief", section)
        for school in schools:
            self.appoint("principal", school)
        share = self.people / plan.USUAL_SIZE
        self._fill(sections, round(50 * share), "section-deputy", "official")
        self._retired(max(4, round(18 * share)))
        left = max(2 * len(schools), self.people - len(self.lives))
        self._fill(schools, left, "vice-principal", "teacher")
        for life in self.lives:
            self._party(life)
            self._move(life, schools)
            self._rest(life)
        return self.lives

    def appoint(self, post: str, unit: str, first: date | None = None) -> Life:
        """Somebody new in a post: one of the cast where the play asks for it."""
        player = next((p for p in self.cast if (p.post, p.unit) == (post, unit)), None)
        number = f"T{len(self.lives) + 1:04}"
        if player:
            self.cast.remove(player)
            first = self.span.on - timedelta(days=player.days) if player.days else first
            life = Life(player.username, player.name, in_party=player.username != "wu")
        else:
            life = Life(number, self.names.next())
        self.lives.append(life)
        first = first or self.span.day(EARLIEST, plan.OPENING)
        life.stints.append(Stint(post, unit, max(first, opened(unit))))
        return life

    def _fill(self, units: list[str], count: int, second: str, usual: str) -> None:
        """Spread ``count`` people over units, the first of each in the ``second`` post."""
        needed = [player for player in self.cast if player.unit in units]
        for player in needed:
            self.appoint(player.post, player.unit)
        for index in range(count - len(needed)):
            unit = units[index % len(units)]
            post = second if index < len(units) and self.span.chance(0.8) else usual
            if post == "teacher" and self.span.chance(0.08):
                post = self.span.rng.choice(["dean", "school-staff"])
            joined = self.span.day() if self.span.chance(0.1) else None
            self.appoint(post, unit, joined)

    def _retired(self, count: int) -> None:
        for index in range(count):
            life = self.appoint("retiree", plan.RETIRED[0])
            life.in_party = index % 3 > 0

    def _party(self, life: Life) -> None:
        leads = life.stints[0].post in {*plan.LEADERS, "section-chief", "principal"}
        life.in_party = life.in_party or leads or self.span.chance(PARTY_SHARE)

    def _move(self, life: Life, schools: list[str]) -> None:
        """Let some leave, change places, rise, take a second post or retire."""
        last = life.stints[-1]
        is_cast = any(life.code == player.username for player in plan.CAST)
        if is_cast or last.post not in {"teacher", "official", "dean", "section-deputy"}:
            return
        earliest = max(self.span.first, last.first + timedelta(days=200))
        if earliest >= self.span.on:
            return
        day, chance = self.span.day(earliest), self.span.rng.random()
        if chance < 0.04:  # noqa: PLR2004
            last.last = day
        elif chance < 0.08 and last.unit in schools:  # noqa: PLR2004
            other = self.span.rng.choice([s for s in schools if s != last.unit])
            self._change(life, last.post, other, day)
        elif chance < 0.11:  # noqa: PLR2004
            risen = "dean" if last.unit in schools else "section-deputy"
            self._change(life, risen, last.unit, day)
        elif chance < 0.13:  # noqa: PLR2004
            self._change(life, "retiree", plan.RETIRED[0], day)
        elif chance < 0.16 and last.unit in schools:  # noqa: PLR2004
            other = self.span.rng.choice([s for s in schools if s != last.unit])
            until = day + timedelta(days=150)
            life.stints.append(
                Stint("teacher", other, max(day, opened(other)), max(until, opened(other)), True)
            )

    def _change(self, life: Life, post: str, unit: str, day: date) -> None:
        day = max(day, opened(unit))
        life.stints[-1].last = day - timedelta(days=1)
        life.stints.append(Stint(post, unit, day))

    def _rest(self, life: Life) -> None:
        if life.stints[0].post == "retiree" or not self.span.chance(0.09):
            return
        kind, days = self.span.rng.choice(
            [(LeaveKind.SICK, 25), (LeaveKind.MATERNITY, 98), (LeaveKind.STUDY, 60),
             (LeaveKind.PERSONAL, 10), (LeaveKind.SECONDED, 120)]
        )  # fmt: skip
        first = self.span.day(max(self.span.first, life.stints[0].first))
        life.absences.append(Absence(first, first + timedelta(days=days - 1), kind))


def opened(unit: str) -> date:
    """The day on which a unit came to be; one school is younger than the story."""
    return date(2012, 9, 1) if unit == "school-8" else plan.FOUNDED


def party_stints(lives: list[Life], branches: dict[str, str], on: date) -> dict[str, list[Stint]]:
    """For each life (by code) its stints in the party: membership goes where the post goes."""
    found: dict[str, list[Stint]] = {}
    for life in lives:
        if not life.in_party:
            continue
        mine: list[Stint] = []
        for stint in (s for s in life.stints if not s.concurrent):
            branch = branches[stint.unit]
            if mine and mine[-1].unit == branch:
                mine[-1].last = stint.last
            else:
                mine.append(Stint("member", branch, stint.first, stint.last))
        found[life.code] = mine
    _recent(found, on)
    return found


def _recent(found: dict[str, list[Stint]], on: date) -> None:
    """Every seventeenth has joined the party of late: a year on probation comes first."""
    for code in [*found][::17]:
        joined = found[code][0]
        sworn = max(joined.first, on - timedelta(days=200))
        if sworn > joined.first and (joined.last is None or joined.last > sworn):
            begun = max(joined.first, sworn - timedelta(days=365))
            before = Stint("probationer", joined.unit, begun, sworn - timedelta(days=1))
            joined.first = sworn
            found[code].insert(0, before)

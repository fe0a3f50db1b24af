"""Writes the invented district into the roster, as a clerk would have kept it over the years."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from taihua.base.clock import ZONE
from taihua.kernel.org.enums import UnitKind
from taihua.kernel.org.models import Leave, Person, Post, PostTag, Term, Unit
from taihua.site.demo import plan
from taihua.site.demo.lives import (
    CELLS_FROM,
    COMMITTEE_FROM,
    Casting,
    Life,
    Span,
    Stint,
    opened,
    party_stints,
    schools_for,
)

BATCH = 500


@dataclass(frozen=True, slots=True)
class District:
    """What was written: how many of each."""

    units: int
    people: int
    terms: int
    leaves: int


class Builder:
    """Makes the units, posts, people and terms of one district."""

    def __init__(self, span: Span, people: int) -> None:
        self.span = span
        self.size = people
        self.schools = schools_for(people)
        self.units: dict[str, Unit] = {}
        self.posts: dict[str, Post] = {}
        self.people: dict[str, Person] = {}
        self.branch_of: dict[str, str] = {}
        self.lives: list[Life] = []

    def build(self) -> District:
        """Write everything; the database must be empty of people."""
        self._units()
        self._posts()
        self.lives = Casting(self.span, self.size).everybody()
        people = [Person(code=life.code, name=life.name) for life in self.lives]
        Person.objects.bulk_create(people, batch_size=BATCH)
        self.people = {person.code: person for person in people}
        stints = {life.code: list(life.stints) for life in self.lives}
        for code, party in self._party().items():
            stints[code] += party
        terms = [
            term
            for code, mine in stints.items()
            for each in mine
            for term in self._terms(code, each)
        ]
        Term.objects.bulk_create(sorted(terms, key=lambda t: t.known_from), batch_size=BATCH)
        leaves = self._leaves()
        Leave.objects.bulk_create(leaves, batch_size=BATCH)
        return District(len(self.units), len(people), len(terms), len(leaves))

    def _unit(self, code: str, name: str, kind: str, parent: str | None) -> None:
        self.units[code] = Unit.objects.create(
            code=code,
            name=name,
            kind=kind,
            parent=self.units[parent] if parent else None,
            opened=opened(code),
        )

    def _units(self) -> None:
        bureau, committee = plan.BUREAU[0], plan.COMMITTEE[0]
        self._unit(*plan.BUREAU, UnitKind.BUREAU, None)
        for section in plan.SECTIONS:
            self._unit(*section, UnitKind.SECTION, bureau)
        for school in self.schools:
            self._unit(*school, UnitKind.SCHOOL, bureau)
        self._unit(*plan.RETIRED, UnitKind.GROUP, bureau)
        self._unit(*plan.COMMITTEE, UnitKind.COMMITTEE, bureau)
        for branch in plan.BUREAU_BRANCHES:
            self._unit(*branch, UnitKind.BRANCH, committee)
        for code, name in self.schools:
            own = f"branch-{code.removeprefix('school-')}"
            self._branch(own, f"{name}党支部", code)
        self._branch(*plan.RETIRED_BRANCH, plan.RETIRED[0])
        self.branch_of[bureau] = plan.BUREAU_BRANCHES[0][0]
        for index, (code, _name) in enumerate(plan.SECTIONS):
            self.branch_of[code] = plan.BUREAU_BRANCHES[index * 3 // len(plan.SECTIONS)][0]

    def _branch(self, code: str, name: str, of: str) -> None:
        self.units[code] = Unit.objects.create(
            code=code,
            name=name,
            kind=UnitKind.BRANCH,
            parent=self.units[plan.COMMITTEE[0]],
            opened=opened(of),
        )
        self.branch_of[of] = code

    def _posts(self) -> None:
        for code, name, tier, tags in plan.POSTS:
            post = Post.objects.create(code=code, name=name, tier=tier)
            PostTag.objects.bulk_create(PostTag(post=post, tag=tag) for tag in tags)
            self.posts[code] = post

    def _party(self) -> dict[str, list[Stint]]:
        """Membership, offices and cells, by the code of the person."""
        found = party_stints(self.lives, self.branch_of, self.span.on)
        by_code = {life.code: life for life in self.lives}
        for code, mine in found.items():
            post = by_code[code].stints[0].post
            if post in plan.LEADERS:
                head = "committee-secretary" if post == "director" else "committee-member"
                mine.append(Stint(head, plan.COMMITTEE[0], by_code[code].stints[0].first))
        if "su" in found:
            mine = found["su"]
            mine.append(Stint("study-secretary", plan.COMMITTEE[0], mine[0].first, concurrent=True))
        for branch in sorted(set(self.branch_of.values())):
            self._offices(branch, found, by_code)
        return found

    def _offices(
        self, branch: str, found: dict[str, list[Stint]], by_code: dict[str, Life]
    ) -> None:
        """A secretary, where it is large enough a committee, where larger still two cells."""
        members = [
            (code, stint)
            for code, mine in found.items()
            for stint in mine
            if stint.unit == branch and stint.post == "member" and stint.covers(self.span.on)
        ]
        if not members:
            return
        members.sort(key=lambda each: _standing(by_code[each[0]]))
        offices = ["branch-secretary"]
        if len(members) >= COMMITTEE_FROM:
            offices += ["branch-committee"] * 2
        for office, (code, stint) in zip(offices, members, strict=False):
            found[code].append(Stint(office, branch, stint.first))
        if len(members) >= CELLS_FROM:
            self._cells(branch, members, found)

    def _cells(
        self, branch: str, members: list[tuple[str, Stint]], found: dict[str, list[Stint]]
    ) -> None:
        names = ("第一党小组", "第二党小组")
        for index, name in enumerate(names):
            code = f"{branch}-{index + 1}"
            self.units[code] = Unit.objects.create(
                code=code,
                name=f"{self.units[branch].name}{name}",
                kind=UnitKind.CELL,
                parent=self.units[branch],
                opened=self.units[branch].opened,
            )
            for place, (person, stint) in enumerate(members[index :: len(names)]):
                post = "cell-leader" if place == 1 else "cell-member"
                found[person].append(Stint(post, code, stint.first))

    def _terms(self, code: str, stint: Stint) -> list[Term]:
        """A stint as the clerk entered it: an end that came later corrects what was believed."""
        heard = self._heard(stint.first)
        base = Term(
            person=self.people[code],
            post=self.posts[stint.post],
            unit=self.units[stint.unit],
            first_day=stint.first,
            last_day=stint.last,
            concurrent=stint.concurrent,
            known_from=heard,
        )
        if stint.last is None or stint.concurrent or stint.last < self.span.first:
            return [base]
        ended = max(self._heard(stint.last), heard + timedelta(hours=1))
        believed = Term(
            person=base.person,
            post=base.post,
            unit=base.unit,
            first_day=stint.first,
            concurrent=stint.concurrent,
            known_from=heard,
            known_until=ended,
        )
        base.known_from = ended
        return [believed, base]

    def _heard(self, day: date) -> datetime:
        """When the office learnt of what begins or ends on ``day``: mostly soon, at times late."""
        rng = self.span.rng
        late = rng.randrange(15, 40) if self.span.chance(0.06) else rng.randrange(4)
        heard = min(max(day + timedelta(days=late), self.span.first), self.span.on)
        return datetime.combine(heard, time(8, rng.randrange(60)), ZONE)

    def _leaves(self) -> list[Leave]:
        return [
            Leave(
                person=self.people[life.code],
                first_day=absence.first,
                last_day=absence.last,
                kind=absence.kind,
                known_from=self._heard(absence.first),
            )
            for life in self.lives
            for absence in life.absences
        ]


def _standing(life: Life) -> int:
    """Who would be chosen first: heads before deputies before the others."""
    order = ("section-chief", "principal", "section-deputy", "vice-principal", "dean")
    post = life.stints[-1].post
    return order.index(post) if post in order else len(order)

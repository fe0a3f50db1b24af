"""Rounds of work talks, who is asked, who may read what, and what waits for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from taihua.base.clock import local_day
from taihua.kernel.commitments.models import Commitment
from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.org.access import sees_all
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.org.models import Account, Person, Term, Unit
from taihua.kernel.org.queries import terms_on, unit_of, units_seen_by
from taihua.kernel.records.queries import Statement, statements, statements_of
from taihua.kernel.rules.logic import Verdict
from taihua.kernel.rules.queries import duties_of
from taihua.rooms.forums.enums import Stage
from taihua.rooms.forums.models import Round, WorkTalk

TALKED = "talked-work"
READ = "read"
AT_THE_BUREAU = (UnitKind.BUREAU, UnitKind.SECTION)
ASKED = {Stage.HEADS: (Tier.MIDDLE,), Stage.EVERYBODY: (Tier.MIDDLE, Tier.STAFF)}


@dataclass(frozen=True, slots=True)
class Books:
    """The required books of a year, as the records and the rules have them."""

    verdicts: Sequence[Verdict]
    read: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is in one unit: how many are asked, how many have talked, who has not."""

    unit: Unit
    asked: int
    missing: Sequence[Person]

    @property
    def talked(self) -> int:
        return self.asked - len(self.missing)


def open_rounds(on: date) -> QuerySet[Round]:
    """The rounds that run on a day, the next to end first."""
    return Round.objects.filter(first_day__lte=on, last_day__gte=on).order_by("last_day", "pk")


def rounds() -> QuerySet[Round]:
    """All rounds, the latest first."""
    return Round.objects.select_related("unit").order_by("-first_day", "-pk")


def terms_asked(stage: str, on: date) -> QuerySet[Term]:
    """The main posts at the bureau whose holders talk in such a round."""
    return terms_on(on).filter(
        unit__kind__in=AT_THE_BUREAU, concurrent=False, post__tier__in=ASKED[Stage(stage)]
    )


def is_asked(person: Person, asked: Round, on: date) -> bool:
    """Whether ``person`` is to talk in a round."""
    return terms_asked(asked.stage, on).filter(person=person).exists()


def talked_in(asked: Round) -> set[int]:
    """The ids of those who are on record with a talk for the days of a round, or talked in it later."""
    said, late = _talks_in(asked)
    return {*said.values_list("person", flat=True), *late.values_list("speaker", flat=True)}


def has_talked(person: Person, asked: Round) -> bool:
    """Whether ``person`` is among those of :func:`talked_in`."""
    said, late = _talks_in(asked)
    return said.filter(person=person).exists() or late.filter(speaker=person).exists()


def _talks_in(asked: Round) -> tuple[QuerySet[Statement], QuerySet[WorkTalk]]:
    said = statements().filter(
        verb__code=TALKED,
        counts_on__range=(asked.first_day, asked.last_day),
        person__isnull=False,
    )
    return said, WorkTalk.objects.filter(round=asked, handed_in_at__isnull=False)


def rounds_owed(person: Person, on: date) -> list[Round]:
    """The running rounds in which ``person`` is to talk and has not."""
    return [
        each
        for each in open_rounds(on)
        if is_asked(person, each, on) and not has_talked(person, each)
    ]


def progress_of(asked: Round, account: Account, on: date) -> list[Progress]:
    """Who has talked in a round, unit by unit, as far as ``account`` looks after units."""
    seen = units_seen_by(account)
    done = talked_in(asked)
    by_unit: dict[Unit, dict[int, Person]] = {}
    terms = terms_asked(asked.stage, min(on, asked.last_day)).select_related("person", "unit")
    for term in terms.filter(unit__in=seen).order_by("unit__name", "unit", "person__name", "pk"):
        by_unit.setdefault(term.unit, {})[term.person_id] = term.person
    return [
        Progress(unit, len(people), [each for pk, each in people.items() if pk not in done])
        for unit, people in by_unit.items()
    ]


def talks() -> QuerySet[WorkTalk]:
    """What was handed in, the latest first."""
    return (
        WorkTalk.objects.filter(handed_in_at__isnull=False)
        .select_related("speaker", "unit", "owner", "round", "answer")
        .order_by("-handed_in_at", "-pk")
    )


def talks_seen_by(account: Account, on: date) -> QuerySet[WorkTalk]:
    """One's own, what one is asked in, those of one's section; the leadership reads all."""
    if sees_all(account) or leads(account.person, on):
        return talks()
    seen = Q(unit__in=units_seen_by(account))
    if (who := account.person_id) is not None:  # a comparison with nobody would find what has none
        seen |= Q(speaker=who) | Q(owner=who) | Q(answer__owner=who)
    own = unit_of(account.person, on) if account.person else None
    return talks().filter(seen | Q(unit=own) if own else seen)


def leads(person: Person | None, on: date) -> bool:
    """Whether somebody belongs to the leadership on a day."""
    return (
        person is not None
        and terms_on(on).filter(person=person, post__tier=Tier.LEADERSHIP).exists()
    )


def waiting_for(person: Person) -> QuerySet[WorkTalk]:
    """The asks that ``person`` has to answer, the oldest first."""
    return (
        talks().filter(owner=person, answer__isnull=True).exclude(ask="").order_by("handed_in_at")
    )


def drafts_of(person: Person) -> QuerySet[WorkTalk]:
    """What ``person`` has begun and not handed in."""
    return (
        WorkTalk.objects.filter(speaker=person, handed_in_at__isnull=True)
        .select_related("round")
        .order_by("-saved_at", "-pk")
    )


def same_talk(person: Person, words: dict[str, Any], day: date) -> WorkTalk | None:
    """What ``person`` handed in of their own accord on ``day`` in the very same words."""
    said = talks().filter(speaker=person, round=None, **words).first()
    is_today = said is not None and said.handed_in_at and local_day(said.handed_in_at) == day
    return said if is_today else None


def draft_for(person: Person, asked: Round | None) -> WorkTalk | None:
    """What ``person`` has written for a round so far."""
    return WorkTalk.objects.filter(speaker=person, round=asked, handed_in_at__isnull=True).first()


def possible_owners(asker: Person, on: date) -> QuerySet[Person]:
    """Who can be asked for something: the leadership and the section heads, never oneself."""
    terms = terms_on(on).filter(
        unit__kind__in=AT_THE_BUREAU, post__tier__in=[Tier.LEADERSHIP, Tier.MIDDLE]
    )
    return (
        Person.objects.filter(pk__in=terms.values("person"))
        .exclude(pk=asker.pk)
        .order_by("name", "pk")
    )


def books_of(person: Person, on: date) -> Books:
    """The rules about books that concern ``person``, and what is on record as read this year."""
    verdicts = [each for each in duties_of(person, on) if READ in each.rule.verbs]
    year = (date(on.year, 1, 1), date(on.year, 12, 31))
    read = statements_of(person).filter(verb__code=READ, counts_on__range=year)
    return Books(verdicts, list(read.order_by("day", "pk")))


def owners_as_told(on: date) -> dict[int, str]:
    """The name and the post of each who can be asked, by id."""
    terms = terms_on(on).filter(
        unit__kind__in=AT_THE_BUREAU, post__tier__in=[Tier.LEADERSHIP, Tier.MIDDLE]
    )
    told: dict[int, str] = {}
    for term in terms.select_related("person", "post", "unit"):
        told.setdefault(term.person_id, f"{term.person}（{term.unit} {term.post}）")
    return told


def oversees_talk(account: Account, talk: WorkTalk, on: date) -> bool:
    """Whether somebody may see more of the speaker than the talk: leaders of his unit, the leadership."""
    return talk.unit_id in units_seen_by(account) or leads(account.person, on)


def promised(talk: WorkTalk) -> Commitment | None:
    """By when the ask is to be answered, while it is not."""
    return of_origin(talk.path).filter(closed_at__isnull=True).first()

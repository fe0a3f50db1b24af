"""Notes, as far as somebody may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from taihua.kernel.org.enums import Tier
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.org.queries import Seat, seats_of
from taihua.rooms.reading.models import (
    Circle,
    Comment,
    Note,
    NoteVersion,
    Share,
)

SHARING_TIERS = (Tier.LEADERSHIP, Tier.MIDDLE)


@dataclass(frozen=True, slots=True)
class Audience:
    """Somebody to whom a note can be shown; ``key`` names it in a form."""

    key: str
    label: str
    unit: Unit | None = None
    tier: str = ""
    circle: Circle | None = None


def notes_of(writer: Person) -> QuerySet[Note]:
    """One's own notes with the shares that stand, the latest first."""
    return _notes().filter(writer=writer).prefetch_related(_live_shares())


def notes_seen_by(person: Person, on: date) -> QuerySet[Note]:
    """Own notes, and notes shared to an audience that ``person`` is in.

    A note given to review is not among them: the reviewer reads the version handed in, on the paper.
    """
    shares = shares_seen_by(person, on).filter(note=OuterRef("pk"))
    return _notes().filter(Q(writer=person) | Exists(shares))


def notes_shared_with(person: Person, on: date) -> QuerySet[Note]:
    """What colleagues show ``person``, the latest first."""
    shares = shares_seen_by(person, on).filter(note=OuterRef("pk"))
    return _notes().filter(Exists(shares)).exclude(writer=person)


def shares_seen_by(person: Person, on: date) -> QuerySet[Share]:
    """The shares that stand and whose audience ``person`` belongs to on ``on``."""
    return Share.objects.filter(reaching(person, seats_of(person, on)), withdrawn_at__isnull=True)


def reaching(person: Person, seats: Iterable[Seat]) -> Q:
    """The condition that a share reaches ``person`` in one of ``seats``."""
    seats = list(seats)
    units = {unit for seat in seats for unit in seat.units}
    tiers = {seat.tier for seat in seats}
    everybody = Q(unit__isnull=True, tier="", circle__isnull=True)
    circles = Circle.objects.filter(members=person).values("pk")
    return everybody | Q(unit__in=units) | Q(tier__in=tiers) | Q(circle__in=circles)


def audiences_for(writer: Person, on: date) -> list[Audience]:
    """To whom ``writer`` can show a note: nearest first."""
    own = dict.fromkeys(unit for seat in seats_of(writer, on) for unit in seat.units)
    named = Unit.objects.in_bulk(own)
    circles = Circle.objects.filter(members=writer).order_by("name")
    return [
        *(Audience(f"circle-{circle.pk}", circle.name, circle=circle) for circle in circles),
        *(Audience(f"unit-{pk}", named[pk].name, unit=named[pk]) for pk in own),
        *(Audience(f"tier-{tier}", str(tier.label), tier=tier) for tier in SHARING_TIERS),
        Audience("house", _("全局")),
    ]


def shares_of(note: Note) -> QuerySet[Share]:
    """To whom a note is shown now, the first first."""
    return (
        Share.objects.filter(note=note, withdrawn_at__isnull=True)
        .select_related("unit", "circle")
        .order_by("shared_at", "pk")
    )


def versions_of(note: Note) -> QuerySet[NoteVersion]:
    """Everything that was ever saved of a note, the latest first."""
    return NoteVersion.objects.filter(note=note).order_by("-number")


def comments_on(note: Note) -> QuerySet[Comment]:
    """What was said to a note and not taken back, the first first."""
    return (
        Comment.objects.filter(note=note, withdrawn_at__isnull=True)
        .select_related("writer", "note")
        .order_by("written_at", "pk")
    )


def _notes() -> QuerySet[Note]:
    return Note.objects.select_related("head", "book", "writer").order_by("-created_at", "-pk")


def _live_shares() -> "Prefetch[str, QuerySet[Share], str]":
    live = (
        Share.objects.filter(withdrawn_at__isnull=True)
        .select_related("unit", "circle")
        .order_by("shared_at", "pk")
    )
    return Prefetch("shares", live, to_attr="standing_shares")

"""What is on record, as far as it was known at a given moment."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.models import ObjectKind, Statement, Verb

__all__ = [
    "VOIDS_NOTHING",
    "Statement",
    "by_uuids",
    "everything_said",
    "history_of",
    "kind_ids",
    "kinds_by_code",
    "labels",
    "statements",
    "statements_of",
    "verb_ids",
    "verbs_by_code",
]


# Asked plainly whether it is null, SQLite begins with the index of what voids something and passes
# through all that voids nothing.
VOIDS_NOTHING = Exact(Coalesce("voids", 0), 0)


def statements(known: datetime | None = None) -> QuerySet[Statement]:
    """The statements that stand: neither voided nor voiding, newest first."""
    voiding = Statement.objects.filter(voids__isnull=False)
    rows = Statement.objects.filter(VOIDS_NOTHING)
    if known is not None:
        voiding = voiding.filter(stored_at__lte=known)
        rows = rows.filter(stored_at__lte=known)
    return (
        rows.exclude(pk__in=voiding.values("voids"))
        .select_related("verb", "kind")
        .order_by("-day", "-pk")
    )


def statements_of(actor: Person | Unit, known: datetime | None = None) -> QuerySet[Statement]:
    """The statements that stand of one person or unit, newest first."""
    if isinstance(actor, Person):
        return statements(known).filter(person=actor)
    return statements(known).filter(unit=actor)


def everything_said() -> QuerySet[Statement]:
    """All statements ever stored, the voided and the voiding too, in order of arrival."""
    return Statement.objects.select_related("verb", "kind").order_by("pk")


def by_uuids(uuids: Iterable[UUID | str]) -> QuerySet[Statement]:
    """The statements of these numbers, voided ones too, oldest act first."""
    return (
        Statement.objects.filter(uuid__in=list(uuids))
        .select_related("verb", "kind")
        .order_by("day", "pk")
    )


def history_of(statement: Statement) -> QuerySet[Statement]:
    """A statement, what voided it, and what was stated in its row of a ledger, oldest first."""
    stated = {statement.pk}
    if statement.row_key:
        row = Statement.objects.filter(row_key=statement.row_key)
        stated.update(row.values_list("pk", flat=True))
    # One by one, each by its index: asked for both at once, in order, SQLite looks at every record.
    voiding = Statement.objects.filter(voids__in=stated).values_list("pk", flat=True)
    found = Statement.objects.filter(pk__in=stated.union(voiding))
    return found.select_related("verb", "kind").order_by("pk")


def verb_ids(codes: Iterable[str]) -> list[int]:
    """The ids of the verbs of these codes; a code that no room declares has none."""
    return sorted(Verb.objects.filter(code__in=list(codes)).values_list("pk", flat=True))


def kind_ids(codes: Iterable[str]) -> list[int]:
    """The ids of the object kinds of these codes; a code that no room declares has none."""
    return sorted(ObjectKind.objects.filter(code__in=list(codes)).values_list("pk", flat=True))


def verbs_by_code() -> dict[str, int]:
    """The id of every verb, by code."""
    return dict(Verb.objects.values_list("code", "pk"))


def kinds_by_code() -> dict[str, int]:
    """The id of every object kind, by code."""
    return dict(ObjectKind.objects.values_list("code", "pk"))


def labels() -> dict[str, str]:
    """What each verb and object kind is called in the language of the page, by code."""
    return {word.code: str(word) for model in (Verb, ObjectKind) for word in model.objects.all()}

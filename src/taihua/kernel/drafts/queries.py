"""Drafts, as far as they are one's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet

from taihua.kernel.drafts.models import Draft
from taihua.kernel.org.models import Account

FRESH = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A form as it lies before its writer: on a draft or blank, and the other drafts of it.

    ``number`` is how often the draft had been saved when the page was opened.
    """

    place: str
    label: str
    line: UUID
    number: int
    hand: UUID
    draft: Draft | None = None
    others: tuple[Draft, ...] = ()

    @property
    def initial(self) -> dict[str, Any]:
        """What the form begins with: the key, and what the draft says."""
        words = self.draft.words if self.draft else {}
        told = {name: said[0] if len(said) == 1 else said for name, said in words.items()}
        return {**told, "once": self.line}


def drafts_of(owner: Account) -> QuerySet[Draft]:
    """What ``owner`` has not handed in, the latest first."""
    return Draft.objects.filter(owner=owner).order_by("-saved_at", "-pk")


def opened(owner: Account, place: str, label: str, asked: str = "", *, anew: bool = False) -> Sheet:
    """The form at ``place`` as it is opened: on the draft ``asked`` for, else on the latest.

    ``anew`` begins a blank one, as does asking for ``new``.
    """
    there = list(drafts_of(owner).filter(place=place))
    draft = _chosen(there, asked, anew=anew)
    return Sheet(
        place=place,
        label=label,
        line=draft.line if draft else uuid4(),
        number=draft.number if draft else 0,
        hand=uuid4(),
        draft=draft,
        others=tuple(each for each in there if each != draft),
    )


def _chosen(drafts: Iterable[Draft], asked: str, *, anew: bool) -> Draft | None:
    if asked == FRESH or (anew and not asked):
        return None
    drafts = list(drafts)
    named = (draft for draft in drafts if str(draft.line) == asked)
    return next(named, next(iter(drafts), None))

"""Keeping a draft, using it up, throwing it away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from taihua.kernel.drafts.models import Draft
from taihua.kernel.org.models import Account, Person

MOST_SIGNS = 300_000
MOST_DRAFTS = 200


class DraftRefused(Exception):
    """Nothing was kept; the message is written for the writer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What an opened page has in its form, and which saving of the draft it has seen."""

    place: str
    label: str
    line: UUID
    hand: UUID
    number: int
    words: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it was kept; ``aside`` says that another page had saved in between."""

    draft: Draft
    aside: bool = False


@transaction.atomic
def keep(*, owner: Account, typed: Typed, at: datetime) -> Kept:
    """Keep what is typed in place of what this page, or nobody since it was opened, kept before.

    Where another page saved in between, the words become a draft of their own: both are there.

    :raises DraftRefused: it is too long for a draft, or there are too many drafts
    """
    words = {name: list(said) for name, said in typed.words.items()}
    if sum(len(text) for said in words.values() for text in said) > MOST_SIGNS:
        raise DraftRefused(_("太长了，草稿存不下。请先提交，或者分成几篇。"))
    mine = Draft.objects.select_for_update().filter(owner=owner)
    there = mine.filter(line=typed.line).first()
    if there is None:
        return Kept(_begin(owner, typed, typed.line, words, at))
    if there.hand == typed.hand or there.number == typed.number:
        return Kept(_again(there, typed, words, at))
    own = mine.filter(place=typed.place, hand=typed.hand).first()
    if own is not None:
        return Kept(_again(own, typed, words, at), aside=True)
    return Kept(_begin(owner, typed, uuid4(), words, at), aside=True)


@transaction.atomic
def use_up(*, line: UUID | None, owner: Account | Person) -> None:
    """Let the draft go that was handed in under the key ``line``."""
    if line is None:
        return
    whose = Q(owner__person=owner) if isinstance(owner, Person) else Q(owner=owner)
    Draft.objects.filter(whose, line=line).delete()


@transaction.atomic
def throw_away(*, draft: Draft) -> None:
    """Let a draft go that its writer does not want any more."""
    draft.delete()


def _begin(
    owner: Account, typed: Typed, line: UUID, words: dict[str, list[str]], at: datetime
) -> Draft:
    if Draft.objects.filter(owner=owner).count() >= MOST_DRAFTS:
        raise DraftRefused(_("您没交的草稿太多了，请先到“没交的草稿”里清理几份。"))
    return Draft.objects.get_or_create(
        owner=owner,
        line=line,
        defaults={
            "place": typed.place,
            "label": typed.label,
            "hand": typed.hand,
            "number": 1,
            "words": words,
            "saved_at": at,
        },
    )[0]


def _again(draft: Draft, typed: Typed, words: dict[str, list[str]], at: datetime) -> Draft:
    if (draft.hand, draft.words) == (typed.hand, words):
        return draft
    draft.words, draft.hand, draft.saved_at = words, typed.hand, at
    draft.number += 1
    draft.save(update_fields=["words", "hand", "saved_at", "number"])
    return draft

"""What a form says about its draft, beside its own fields."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.urls import Resolver404, resolve

from taihua.kernel.drafts.actions import Typed

LONGEST_LABEL = 120
BESIDE = {"csrfmiddlewaretoken", "once", "draft-place", "draft-label", "draft-number", "draft-hand"}


class SheetForm(forms.Form):
    """Which form it is, which line of drafts, and which saving of it the page has seen."""

    prefix = "draft"

    place = forms.CharField(max_length=200)
    label = forms.CharField(max_length=LONGEST_LABEL)
    number = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    hand = forms.UUIDField()

    def clean_place(self) -> str:
        """Only a page of this house: one is led back there."""
        place: str = self.cleaned_data["place"]
        try:
            resolve(place)
        except Resolver404:
            raise forms.ValidationError("no such page", code="place") from None
        return place


class KeyForm(forms.Form):
    """The one-time key of the form whose draft is kept."""

    once = forms.UUIDField()


def typed_in(data: QueryDict) -> Typed | None:
    """What a page sends to be kept; nothing where it does not say which form it is."""
    sheet, key = SheetForm(data), KeyForm(data)
    if not (sheet.is_valid() and key.is_valid()):
        return None
    words = {name: data.getlist(name) for name in data if name not in BESIDE}
    return Typed(line=key.cleaned_data["once"], words=words, **sheet.cleaned_data)


def handed_back(data: QueryDict) -> dict[str, Any]:
    """Line, number and hand of a form that was posted and is shown again."""
    told = {name: data.get(f"draft-{name}", "") for name in ("number", "hand")}
    number = int(told["number"]) if told["number"].isdecimal() and len(told["number"]) < 10 else 0  # noqa: PLR2004
    return {"line": _uuid(data.get("once", "")), "hand": _uuid(told["hand"]), "number": number}


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()

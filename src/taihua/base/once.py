"""Handed in once (重复提交): a key that a form bears and its row keeps.

Pressed twice, or sent again after the answer was lost, a form comes with the same key: its second
post finds the row of the first. A form gets an :class:`OnceField`, its table a nullable ``once``
column that is unique together with whoever hands in, and its action calls :func:`made_once`.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction


class OnceField(forms.UUIDField):
    """The hidden key of a form, new each time it is opened; a spoilt one is no key, not an error."""

    def __init__(self, **kwargs: Any) -> None:
        hidden = forms.HiddenInput(attrs={"autocomplete": "off"})
        super().__init__(required=False, initial=uuid4, widget=hidden, **kwargs)

    def clean(self, value: Any) -> UUID | None:
        try:
            key: UUID | None = super().clean(value)
        except ValidationError:
            return None
        return key


def made_once[M: models.Model](
    rows: models.QuerySet[M], key: UUID | None, make: Callable[[], M]
) -> tuple[M, bool]:
    """The one of ``rows`` that was handed in under ``key``, and whether ``make`` made it just now.

    ``rows`` are those of one hand: nobody lands on what somebody else handed in. Of two posts at
    the same moment the database lets one make the row; the other finds it.
    """
    if key is None:
        return make(), True
    if there := rows.filter(once=key).first():
        return there, False
    try:
        with transaction.atomic():
            return make(), True
    except IntegrityError:
        there = rows.filter(once=key).first()
        if there is None:
            raise
        return there, False

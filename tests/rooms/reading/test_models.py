"""What the schema must not hold: no minutes, no streaks, no ranks, by construction."""

import pytest
from django.apps import apps
from django.db import models

from taihua.base.fields import DayField
from taihua.rooms.reading.models import Bookmark

BARRED = set(
    "minute minutes hour hours second seconds duration dwell elapsed streak score rank point points "
    "level badge like likes thumbs views visits online presence count total times".split()
)
# Every whole number that the room stores, and that none of them counts a person's doings.
NUMBERS = {
    "Edition.number", "Chapter.position", "Picture.position", "Question.position",
    "Attempt.number", "NoteVersion.number", "NoteVersion.grown_from", "Bookmark.offset",
    "Mark.offset", "Volume.number", "Section.place", "Contribution.place", "EditedText.number",
    "Volume.issued_version",  # which version of the document, not how many
}  # fmt: skip
ROOM = list(apps.get_app_config("reading").get_models())


def fields_of(model):
    return [field for field in model._meta.get_fields() if field.concrete]


@pytest.mark.parametrize("model", ROOM, ids=lambda model: model.__name__)
def test_no_field_is_named_for_presence_or_rank(model):
    named = [field.name for field in fields_of(model)]

    assert [name for name in named if BARRED & set(name.split("_"))] == []


def test_no_field_can_hold_an_amount_of_anything():
    amounts = (models.DurationField, models.FloatField, models.DecimalField)

    assert [f for model in ROOM for f in fields_of(model) if isinstance(f, amounts)] == []


def test_the_only_numbers_are_places_and_versions():
    numbers = {
        f"{model.__name__}.{field.name}"
        for model in ROOM
        for field in fields_of(model)
        if isinstance(field, models.IntegerField)
        and not isinstance(field, DayField | models.AutoField)
    }

    assert numbers == NUMBERS


def test_a_bookmark_knows_where_and_not_when():
    moments = (models.DateField, models.TimeField, DayField)

    assert [field for field in fields_of(Bookmark) if isinstance(field, moments)] == []


@pytest.mark.parametrize("model", ROOM, ids=lambda model: model.__name__)
def test_foreign_keys_leave_the_room_for_org_only(model):
    targets = {f.related_model._meta.app_label for f in fields_of(model) if f.is_relation}

    assert targets <= {"reading", "org"}

"""A form handed in twice makes one row, whoever is faster."""

from uuid import uuid4

import pytest
from django.db import IntegrityError

from taihua.base.once import OnceField, made_once
from taihua.rooms.reading.models import Note
from tests.factories import NINE, PersonFactory

KEY = uuid4()


def note_by(writer, once):
    return lambda: Note.objects.create(writer=writer, created_at=NINE, once=once)


def rows_of(writer):
    return Note.objects.filter(writer=writer)


@pytest.mark.parametrize("written", ["", None, "x", "0" * 40, "' OR 1=1"])
def test_a_spoilt_key_is_none_and_no_error(written):
    assert OnceField().clean(written) is None


def test_a_key_is_hidden_and_new_each_time_the_form_is_opened():
    field = OnceField()

    assert field.widget.is_hidden
    assert field.clean(str(KEY)) == KEY
    assert field.initial() != field.initial()


def test_a_second_post_finds_the_row_of_the_first(db):
    writer = PersonFactory()
    first, was_made = made_once(rows_of(writer), KEY, note_by(writer, KEY))
    again, was_made_again = made_once(rows_of(writer), KEY, note_by(writer, KEY))

    assert (again, was_made, was_made_again) == (first, True, False)
    assert Note.objects.count() == 1


def test_without_a_key_every_post_makes_a_row(db):
    writer = PersonFactory()
    for _each in range(2):
        made_once(rows_of(writer), None, note_by(writer, None))

    assert Note.objects.count() == 2


def test_the_same_key_in_another_hand_is_another_row(db):
    one, other = PersonFactory(), PersonFactory()
    made_once(rows_of(one), KEY, note_by(one, KEY))
    theirs, was_made = made_once(rows_of(other), KEY, note_by(other, KEY))

    assert was_made
    assert theirs.writer == other


def test_a_row_that_cannot_be_made_for_another_reason_says_so(db):
    writer = PersonFactory()

    with pytest.raises(IntegrityError):
        made_once(rows_of(writer), KEY, lambda: Note.objects.create(writer=None, created_at=NINE))


def test_who_looked_before_the_other_wrote_finds_the_row_that_the_database_kept(db):
    writer = PersonFactory()

    class Looked:
        """The writer's rows as two posts at one moment see them: none yet, then the other's."""

        has_looked = False

        def filter(self, **asked):
            if self.has_looked:
                return rows_of(writer).filter(**asked)
            self.has_looked = True
            self.others = note_by(writer, KEY)()
            return Note.objects.none()

    rows = Looked()
    found, was_made = made_once(rows, KEY, note_by(writer, KEY))

    assert (found, was_made) == (rows.others, False)
    assert Note.objects.count() == 1

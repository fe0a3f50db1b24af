"""Days by which something is to be done, mistyped."""

from datetime import date, timedelta

import pytest

from taihua.rooms.outreach.actions.notes import Matter, NoteRefused, take_in
from taihua.rooms.outreach.models import FieldVisit
from tests.factories import NINE
from tests.rooms.outreach.conftest import DAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("due", "reason"),
    [(DAY - timedelta(days=1), "不能早于调研那天"), (date(9999, 12, 31), "离调研那天三年以上")],
)
def test_a_matter_that_is_due_before_the_visit_or_ages_after_is_refused(
    note_of, section, due, reason
):
    matter = Matter(text="一件事", owner=section, due=due)

    with pytest.raises(NoteRefused, match=reason):
        take_in(note=note_of(problems=(matter,)), at=NINE)

    assert not FieldVisit.objects.exists()

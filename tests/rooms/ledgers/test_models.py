"""What the tables of the room hold to, whoever writes into them."""

import pytest
from django.db import IntegrityError, transaction

from taihua.rooms.ledgers.models import TitleChoice, Turn, Upload
from tests.factories import NINE


@pytest.fixture
def waiting(db):
    """A sheet that waits."""
    return Upload.objects.create(
        ledger="visits", file_name="调研.xlsx", digest="0", uploaded_at=NINE, body=b"x"
    )


def test_a_sheet_is_kept_until_it_is_imported_and_no_longer(waiting):

    for changes in ({"done_at": NINE}, {"body": None}):
        with pytest.raises(IntegrityError, match="body_until_done"), transaction.atomic():
            Upload.objects.filter(pk=waiting.pk).update(**changes)


def test_a_title_has_one_meaning_in_a_ledger(db):
    said = {"ledger": "visits", "title": "哪里", "at": NINE}
    TitleChoice.objects.create(column="place", **said)

    with pytest.raises(IntegrityError), transaction.atomic():
        TitleChoice.objects.create(column="topic", **said)


def test_rows_of_the_room_say_what_they_are(waiting):
    said = TitleChoice(ledger="visits", title="哪里", column="place")

    assert str(waiting).endswith("调研.xlsx")
    assert str(said) == "visits: 哪里 → place"
    assert str(Turn(ledger="visits")) == "visits"

"""What is done on the pages of a consultation fills its four marks and figures, and undone rows empty them."""

from datetime import date, timedelta

import pytest

from taihua.kernel import house
from taihua.kernel.measures.queries import value
from taihua.rooms.portal.actions.consultations import (
    look_back,
    publish,
    save,
    send_out,
    write_final,
)
from taihua.rooms.reports.logic.board import MarkState
from taihua.rooms.reports.queries.board import row_of
from tests.factories import NINE
from tests.rooms.portal.consultations.conftest import FINAL, LATER, asked, sent

IN_2013 = NINE - timedelta(days=200)
SETTLED = IN_2013 + timedelta(days=60)
DAYS = {"opens": IN_2013.date(), "closes": IN_2013.date() + timedelta(days=35)}


def marks(unit=None):
    """How full each of the four marks is on the last day of the year."""
    row = row_of("C1", 2013, date(2013, 12, 31), unit)
    return [cell.state is MarkState.DONE for cell in row.cells]


def figure(code, first=date(2013, 1, 1), last=date(2013, 12, 31)):
    return value(house.figures()[f"portal.{code}"], first=first, last=last).number


def test_each_step_fills_its_mark_and_counts_once(bureau, school, su):
    assert marks() == [False, False, False, False]

    made = save(asked=asked(bureau, su, **DAYS), by=su.account, at=IN_2013)
    assert marks() == [True, False, False, False]
    send_out(consultation=made, by=su.account, at=IN_2013)
    assert marks() == [True, True, False, False]
    write_final(consultation=made, text=FINAL, by=su.account, at=SETTLED)
    assert marks() == [True, True, False, False]
    publish(consultation=made, summary="", by=su.account, at=SETTLED)

    assert marks() == marks(bureau) == [True, True, True, True]
    assert marks(school) == [False, False, False, False]
    assert [figure(code) for code in ("consultations", "consultations_planned", "finals")] == [
        1,
        1,
        1,
    ]
    assert figure("consultations_answered") == figure("consultations_answered_share") == 1


def test_one_more_that_is_not_answered_yet_empties_its_mark(bureau, su):
    made = sent(bureau, su, IN_2013, **DAYS)
    write_final(consultation=made, text=FINAL, by=su.account, at=SETTLED)
    publish(consultation=made, summary="", by=su.account, at=SETTLED)

    sent(bureau, su, title="另一份")

    assert marks() == [True, True, False, True]
    assert figure("consultations_answered_share") == pytest.approx(0.5)


def test_a_look_back_counts_in_its_own_year(bureau, su):
    made = sent(bureau, su, IN_2013, **DAYS)
    write_final(consultation=made, text=FINAL, by=su.account, at=SETTLED)
    publish(consultation=made, summary="", by=su.account, at=SETTLED)
    look_back(consultation=made, text="三所都开学了。", by=su.account, at=LATER)

    assert figure("looked_back") == 0
    assert figure("looked_back", date(2014, 1, 1), date(2014, 12, 31)) == 1


def test_a_row_that_was_imported_fills_the_same_marks_and_voided_it_empties_them(bureau, su):
    store = house.ledgers()["consultations"].store
    row = dict.fromkeys((column.code for column in store.columns), None) | {
        "unit": "bureau", "day": date(2013, 4, 1), "topic": "招生办法", "explanation": "先听意见。",
        "answered": "意见 3 条，采纳 1 条", "final": "改了两处",
    }  # fmt: skip
    store.apply(store.plan([row]), None, NINE)
    assert marks() == [False, True, True, True]

    store.void(str(store.live().get().uuid), reason="写重了", by=su.account, at=NINE)

    assert marks() == [False, False, False, False]
    assert figure("consultations") == figure("finals") == 0

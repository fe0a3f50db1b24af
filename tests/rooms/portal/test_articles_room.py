"""What the house hears of articles: dues, the ledger out and in again, figures."""

from datetime import date

import pytest

from taihua.kernel import house
from taihua.kernel.measures.queries import value
from taihua.rooms.portal.room.articles import LEDGERS, asked_of
from tests.factories import NINE

TODAY = NINE.date()
pytestmark = pytest.mark.both_databases


def test_what_waits_for_me_is_asked_of_me_and_of_nobody_else(handed_in, su, shen, lin, zhou):
    asked = {
        person.code: [due.sentence for due in asked_of(person, TODAY)]
        for person in (su, shen, lin, zhou)
    }

    assert asked == {"su": ["《全区秋季开学检查》等您审核"], "shen": [], "lin": [], "zhou": []}


def test_what_was_passed_waits_for_the_leader_of_the_bureau(passed, su, lin):
    assert [due.act for due in asked_of(lin, TODAY)] == ["去签发"]
    assert list(asked_of(su, TODAY)) == []


def test_what_was_published_in_the_pages_is_a_row_of_the_ledger_and_imported_again_the_same(
    published,
):
    store = LEDGERS[0].store
    rows = list(store.rows(2013))

    assert rows == [
        {
            "unit": "苔花一小",
            "day": date(2013, 12, 4),
            "topic": "全区秋季开学检查",
            "column": "工作动态",
            "source": "苔花一小",
            "byline": None,
            "document": None,
        }
    ]
    plan = store.plan(rows)
    assert not plan.errors
    assert [step.state.value for step in plan.steps] == ["same"]


@pytest.mark.parametrize(("code", "number"), [("portal.articles", 1), ("portal.documents", 0)])
def test_the_figures_count_what_was_published_this_year(published, code, number):
    figure = house.figures()[code]
    counted = value(figure, first=date(2013, 1, 1), last=date(2013, 12, 31))

    assert counted.number == number
    assert str(figure.basis)

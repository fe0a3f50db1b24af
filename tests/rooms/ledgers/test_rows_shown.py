"""Rows of a ledger as pages and files bear them, and the page of one row."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from taihua.base.ledger import Column, Kind
from taihua.kernel import house
from taihua.kernel.records.actions import void
from taihua.kernel.records.queries import statements
from taihua.rooms.ledgers.actions import Sent, import_file
from taihua.rooms.ledgers.queries import rows
from tests.factories import NINE, PersonFactory, in_force
from tests.rooms.ledgers.browsing import HEADER, VISIT
from tests.rooms.ledgers.sheets import xlsx

TODAY = NINE.date()
OTHER = ("周明", "2013-10-05", "苔花二小", 1, "校园安全")
WRONG = ("林之远", "2013.13.1", "苔花一小", 1, "课堂")

pytestmark = pytest.mark.usefixtures("everybody")


@pytest.fixture
def ledger():
    return house.ledgers()["visits"]


@pytest.fixture
def recorded(ledger):
    """Put these visits on record."""

    def put(*sheet, header=HEADER):
        import_file(ledger, Sent(name="x", content=xlsx(header, *sheet)), at=NINE, dry_run=False)

    return put


def shown(value, kind=Kind.TEXT, **more):
    return rows.Shown(Column("x", "列", kind, **more), value)


@pytest.mark.parametrize(
    ("cell", "text", "measured", "brief"),
    [
        (shown(None), "—", "—", "—"),
        (shown(""), "—", "—", "—"),
        (shown(()), "—", "—", "—"),
        (shown(("甲", "乙")), "甲、乙", "甲、乙", "甲、乙"),
        (shown(Decimal("0.5"), Kind.NUMBER, measure="天"), "0.5", "0.5 天", "0.5"),
        (shown(None, Kind.NUMBER, measure="天"), "—", "—", "—"),
        (shown("很" * 40), "很" * 40, "很" * 40, "很" * 40),
        (shown("很" * 41), "很" * 41, "很" * 41, "很" * 39 + "…"),
        (shown("t-0123456789", Kind.TOKEN), "t-0123456789", "t-0123456789", "t-01234567"),
    ],
    ids=str,
)
def test_a_cell_is_shown_short_in_tables_and_whole_with_its_unit(cell, text, measured, brief):
    assert (cell.text, cell.measured, cell.brief) == (text, measured, brief)


def test_a_day_is_spelt_out_on_its_page_and_short_in_a_table():
    cell = shown(date(2013, 12, 4), Kind.DAY)

    assert (cell.text, cell.brief, cell.is_day) == ("2013 年 12 月 4 日", "2013-12-04", True)
    assert not cell.is_number
    assert shown(1, Kind.NUMBER).is_number


def test_the_rosters_on_which_all_lean_come_first(db):
    groups = rows.groups()

    assert groups[0].ledgers[0].code == "roster"
    assert {one.code for group in groups for one in group.ledgers} == set(rows.codes())


def test_a_ledger_that_nobody_declares_is_none(db):
    assert rows.ledger_of("nothing") is None


def test_the_synonyms_of_a_column_do_not_repeat_its_title(ledger):
    for column, others in rows.known_titles(ledger):
        assert str(column.title) not in others
        assert len(set(others)) == len(others)


@pytest.mark.parametrize(("number", "page"), [("1", 1), ("2", 2), ("99", 2), ("x", 1), (None, 1)])
def test_a_page_beyond_the_end_is_the_last_and_no_number_the_first(
    ledger, recorded, su, number, page
):
    recorded(*((*VISIT[:4], f"第{at}题") for at in range(26)))
    found = rows.entries(ledger, su.account, rows.Filter())

    got = rows.page_of(ledger, found, number, rows.PAGE)

    assert (got.number, len(got)) == (page, 25 if page == 1 else 1)


def test_rows_of_a_name_are_found_by_a_part_of_it(ledger, recorded, su):
    recorded(VISIT, OTHER)

    def named(name):
        return rows.entries(ledger, su.account, rows.Filter(name=name)).count()

    assert [named(name) for name in ("知", "林知远", "周", "吴", "%", "_")] == [1, 1, 1, 0, 0, 0]


def test_rows_of_a_unit_are_those_of_its_units_below_too(ledger, recorded, su, bureau, school):
    recorded(("沈青", *VISIT[1:]), ("吴江", *VISIT[1:]))

    def of(unit):
        return rows.entries(ledger, su.account, rows.Filter(unit=unit)).count()

    assert (of(bureau), of(school)) == (2, 1)


def test_a_row_tells_which_rules_count_it_and_none_once_taken_back(ledger, recorded, su):
    in_force(kinds=["outreach/visit"])
    recorded(VISIT)
    ref = str(statements().get().uuid)

    page = rows.row_page(ledger, ref, su.account)
    assert [rule.code for rule in page.rules] == ["visit.monthly"]
    assert page.stands

    void(statement=statements().get(), reason="重复", at=NINE)
    page = rows.row_page(ledger, ref, su.account)
    assert (page.rules, page.stands) == ([], False)
    assert [chapter.what for chapter in page.history] == ["记入", "作废"]


@pytest.mark.parametrize("ref", ["", "x", "00000000-0000-4000-8000-000000000000", "1 OR 1=1"])
def test_a_row_that_is_none_has_no_page(ledger, su, ref):
    assert rows.row_page(ledger, ref, su.account) is None
    assert not rows.may_write_row(ledger, ref, su.account)


def test_a_row_may_be_written_by_whom_it_is_about_and_by_clerks(
    ledger, recorded, su, wu, shen, zheng, lin
):
    recorded(("吴江", *VISIT[1:]))
    ref = str(statements().get().uuid)

    allowed = [
        somebody.name
        for somebody in (su, wu, shen, zheng, lin)
        if rows.may_write_row(ledger, ref, somebody.account)
    ]

    assert allowed == ["苏禾", "吴江"]


@pytest.mark.parametrize("count", [1, 3, 300])
def test_an_export_costs_the_same_however_many_rows(
    ledger, recorded, su, django_assert_num_queries, count
):
    people = PersonFactory.create_batch(3)
    recorded(
        *((people[at % 3].name, "2013-11-04", "苔花一小", 1, f"第{at}题") for at in range(count))
    )
    found = rows.entries(ledger, su.account, rows.Filter(year=2013))

    with django_assert_num_queries(4):
        entries = found.page(0, count)
        written = rows.exported(ledger, [entry.row for entry in entries])
    assert len(written) == count


def test_what_is_chosen_is_said_in_the_language_of_the_page():
    column = Column("x", "兼任", Kind.CHOICE, choices=("是", "否"))

    with translation.override("en"):
        said = [rows.Shown(column, "否").text, shown("否").text]

    assert said == ["No", "否"]

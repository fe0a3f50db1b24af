"""What waits, what importing it would do, its marked copy; and rows as a page bears them."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from taihua.base.intake import Reading
from taihua.base.ledger import ALL
from taihua.base.sheets.reading import Unreadable
from taihua.base.sheets.table import Line, Table
from taihua.kernel import house
from taihua.kernel.records.actions import void
from taihua.kernel.records.queries import statements
from taihua.rooms.ledgers import actions
from taihua.rooms.ledgers.actions import Sent, import_file
from taihua.rooms.ledgers.queries import imports
from tests.factories import NINE
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
def brought(ledger, su):
    def bring(*sheet, header=HEADER, by=su):
        sent = Sent(name="调研.xlsx", content=xlsx(header, *sheet))
        return actions.bring(ledger, sent, by=by.account, at=NINE)

    return bring


@pytest.fixture
def recorded(ledger):
    """Put these visits on record."""

    def put(*sheet, header=HEADER):
        import_file(ledger, Sent(name="x", content=xlsx(header, *sheet)), at=NINE, dry_run=False)

    return put


def preview(ledger, upload):
    return imports.preview_of(upload, ledger, ALL, TODAY)


# --- titles -------------------------------------------------------------------------------------------


def test_a_column_is_known_by_its_title_in_every_language_its_synonyms_and_its_code(ledger):
    for language in ("zh-hans", "en"):
        with translation.override(language):
            names = imports.names_of(ledger)["days"]
        assert {"天数", "Days", "调研天数", "days"} <= set(names)
        assert len(set(names)) == len(names)


def test_what_a_ledger_never_keeps_is_left_out_without_asking(db):
    roster = house.ledgers()["roster"]

    match = imports.match_of(roster, ["姓名", "性别", "身份证号", "单位"])

    assert set(match.columns.values()) == {"name", "unit"}
    assert match.open == ()


def test_needed_columns_that_are_not_there_are_named_in_their_order(ledger):
    assert [column.code for column in imports.missing(ledger, ["topic"])] == [
        "person", "day", "place",
    ]  # fmt: skip
    assert imports.missing(ledger, ["person", "day", "place", "topic"]) == []


def test_running_numbers_and_blank_titles_are_not_asked_about():
    table = Table(("序号", "姓名", "", "NO.", "天气"), (Line("", 2, (1, "甲", None, 1, "晴")),))

    assert imports.askable(table) == {1: "姓名", 4: "天气"}


def test_samples_show_the_first_three_different_things_of_each_column():
    said = ["晴", "晴", None, "雨", "阴", "雪", "很" * 30]
    table = Table(("天气",), tuple(Line("", at, (cell,)) for at, cell in enumerate(said, 2)))

    assert imports.samples(table) == {0: "晴，雨，阴"}


def test_samples_of_whole_numbers_have_no_point():
    table = Table(
        ("天数",), tuple(Line("", at, (cell,)) for at, cell in enumerate((1.0, 0.5, -2.0)))
    )

    assert imports.samples(table) == {0: "1，0.5，-2"}


def test_samples_of_long_cells_are_short():
    table = Table(("话",), (Line("", 2, ("很" * 30,)),))

    assert imports.samples(table) == {0: "很" * 20}


# --- what waits ---------------------------------------------------------------------------------------


def test_a_waiting_sheet_is_seen_by_who_brought_it_and_in_its_ledger(ledger, brought, su, shen):
    upload = brought(VISIT)

    assert imports.open_upload(ledger, upload.pk, su.account) == upload
    assert imports.open_upload(ledger, upload.pk, shen.account) is None
    assert imports.open_upload(house.ledgers()["help"], upload.pk, su.account) is None
    assert list(imports.waiting(ledger, su.account)) == [upload]
    assert list(imports.waiting(ledger, shen.account)) == []


@pytest.mark.parametrize("count", [1, 3, 12])
def test_the_list_of_imports_costs_one_query_however_many(
    ledger, brought, django_assert_num_queries, count
):
    for _each in range(count):
        upload = brought(VISIT)
        upload.done_at, upload.body = NINE, None
        upload.save()

    with django_assert_num_queries(1):
        assert [one.by.person.name for one in imports.imports(ledger)] == ["苏禾"] * count


def test_the_same_file_imported_before_is_found(ledger, brought, su):
    first = brought(VISIT)
    seen = preview(ledger, first).fingerprint()
    assert imports.imported_before(brought(VISIT)) is None
    actions.confirm(first, ledger, seen=seen, scope=ALL, by=su.account, at=NINE)

    assert imports.imported_before(brought(VISIT)) == first
    assert imports.imported_before(brought(OTHER)) is None


# --- the preview --------------------------------------------------------------------------------------


def test_a_preview_counts_what_is_new_changed_and_the_same(ledger, brought, recorded):
    recorded(VISIT, OTHER)

    found = preview(ledger, brought(VISIT, (*OTHER[:3], 2, OTHER[4]), ("沈青", *OTHER[1:])))

    assert found.counts == {"new": 1, "changed": 1, "same": 1}
    assert (found.error_count, found.notice_count) == (0, 0)


@pytest.mark.parametrize(
    ("show", "shown"),
    [
        ("", [0, 1, 2]),
        ("errors", [2]),
        ("notices", [1]),
        ("new", [1, 2]),
        ("same", [0]),
        ("changed", []),
        ("nonsense", [0, 1, 2]),
    ],
)
def test_a_preview_is_looked_at_in_parts(ledger, brought, recorded, show, shown):
    recorded(VISIT)

    found = preview(ledger, brought(VISIT, ("周明", "2013.10", *OTHER[2:]), WRONG))

    assert found.indexes(show) == shown


def test_a_wrong_cell_shows_what_was_written_and_a_right_one_what_was_understood(ledger, brought):
    found = preview(ledger, brought(("林之远", "2013年11月4日", "苔花一小", "半天", "课堂")))

    cells = {cell.shown.column.code: cell for cell in found.row(0).cells}
    assert cells["person"].shown.value == "林之远"
    assert [error.mend for error in cells["person"].errors] == ["是不是“林知远”？"]
    assert cells["day"].shown.value == date(2013, 11, 4)
    assert cells["days"].shown.value == Decimal("0.5")
    assert cells["days"].errors == ()


def test_a_changed_cell_shows_what_it_was(ledger, brought, recorded):
    recorded(OTHER)

    found = preview(ledger, brought((*OTHER[:3], 2, OTHER[4])))

    cells = {cell.shown.column.code: cell for cell in found.row(0).cells}
    assert (cells["days"].before.value, cells["days"].shown.value) == (1, 2)
    assert cells["topic"].before is None


@pytest.fixture
def without_day(ledger):
    """What is found of a sheet that has no days at all."""
    table = Table(("姓名", "单位"), (Line("", 2, ("林知远", "苔花一小")),))
    return imports.preview(ledger, table, {0: "person", 1: "place"}, Reading(TODAY), ALL)


def test_a_column_the_sheet_has_not_is_shown_when_something_is_found_in_it(without_day):
    assert [column.code for column in without_day.shown_columns] == [
        "person", "day", "place", "topic",
    ]  # fmt: skip
    cells = without_day.row(0).cells
    assert [[error.reason for error in cell.errors] for cell in cells] == [
        [], ["没有填日期。"], [], ["没有填调研主题。"],
    ]  # fmt: skip


def test_the_fingerprint_of_a_preview_changes_with_the_ledger_and_not_by_itself(
    ledger, brought, recorded
):
    upload = brought(VISIT)
    before = preview(ledger, upload).fingerprint()

    assert preview(ledger, upload).fingerprint() == before
    recorded(VISIT)
    assert preview(ledger, upload).fingerprint() != before


def test_a_row_taken_back_once_is_told_when_it_comes_again(ledger, brought, recorded):
    recorded(VISIT)
    void(statement=statements().get(), reason="重复", at=NINE)

    found = preview(ledger, brought(VISIT))

    [notice] = found.notices[0]
    assert notice.reason == "这一行以前记过，后来作废或更正了；导入会重新记上。"
    assert found.counts["new"] == 1


@pytest.mark.parametrize("count", [1, 3, 300])
def test_a_preview_costs_the_same_however_many_rows(
    ledger, brought, django_assert_num_queries, count
):
    upload = brought(*((*VISIT[:4], f"第{number}题") for number in range(count)))

    with django_assert_num_queries(5):
        assert preview(ledger, upload).counts["new"] == count


def test_ten_thousand_rows_wait_in_a_small_place(ledger, su):
    sheet = [f"林知远,2013-11-04,苔花一小,1,第{number}题" for number in range(10_000)]
    content = "\n".join([",".join(HEADER), *sheet]).encode()

    upload = actions.bring(ledger, Sent(name="x", content=content), by=su.account, at=NINE)

    assert len(imports.table_of(upload).lines) == 10_000
    assert len(upload.body) < 200_000


# --- the marked copy ----------------------------------------------------------------------------------


def test_the_marked_copy_has_the_sheet_as_it_came_and_what_to_mend(ledger, brought):
    copy = imports.marked_copy(preview(ledger, brought(VISIT, WRONG)))

    assert copy.titles == [*HEADER, "要改的地方"]
    assert copy.rows[0] == [*VISIT, ""]
    assert copy.rows[1][:2] == ["林之远", "2013.13.1"]
    assert copy.rows[1][-1].splitlines() == [
        "日期：没有“2013.13.1”这一天。请核对月和日。",
        "调研人：没有“林之远”这个人。是不是“林知远”？",
    ]
    assert [(flaw.row, flaw.column) for flaw in copy.flaws] == [(1, 1), (1, 0)]


def test_a_flaw_in_a_column_the_sheet_has_not_stands_in_the_last(without_day):
    copy = imports.marked_copy(without_day)

    assert {(flaw.row, flaw.column) for flaw in copy.flaws} == {(0, 2)}
    assert copy.titles[2] == "要改的地方"


def test_cells_of_every_kind_stand_in_the_marked_copy(ledger):
    cells = (True, False, None, 1.5, date(2013, 11, 4), Unreadable("公式"))
    table = Table(tuple("甲乙丙丁戊己"), (Line("", 2, cells),))
    found = imports.preview(ledger, table, {}, Reading(TODAY), ALL)

    [row] = imports.marked_copy(found).rows

    assert row[:6] == ["是", "否", None, 1.5, date(2013, 11, 4), ""]

"""Bringing sheets and rows in: all or nothing, and every refusal leaves things as they were."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from taihua.base.ledger import ALL, LedgerRefused, Scope
from taihua.base.sheets.refusals import SheetRefused
from taihua.kernel import house
from taihua.kernel.records.queries import statements
from taihua.rooms.ledgers import actions
from taihua.rooms.ledgers.actions import ImportChanged, Sent, TitlesUnclear
from taihua.rooms.ledgers.models import TitleChoice, Turn, Upload
from taihua.rooms.ledgers.queries import imports
from tests.factories import NINE
from tests.rooms.ledgers.browsing import AID, HEADER, VISIT
from tests.rooms.ledgers.sheets import csv, xlsx

TODAY = NINE.date()
TEN = NINE + timedelta(hours=1)
WRONG = ("林之远", *VISIT[1:])
ROW = {
    "person": "林知远",
    "day": "2013-11-04",
    "place": "苔花一小",
    "days": "0.5",
    "topic": "课堂教学",
}

pytestmark = pytest.mark.usefixtures("everybody")


@pytest.fixture
def ledger():
    return house.ledgers()["visits"]


@pytest.fixture
def brought(ledger, su):
    """Hand a sheet in for the clerk: ``brought(row, …)``."""

    def bring(*rows, header=HEADER, at=NINE, by=su, year=None):
        sent = Sent(name="调研.xlsx", content=xlsx(header, *rows), year=year)
        return actions.bring(ledger, sent, by=by.account, at=at)

    return bring


@pytest.fixture
def confirmed(ledger, su):
    """Import a waiting sheet as it would be previewed now."""

    def confirm(upload, *, seen=None, scope=ALL, by=su, at=TEN):
        found = imports.preview_of(upload, ledger, scope, TODAY)
        return actions.confirm(
            upload,
            ledger,
            seen=found.fingerprint() if seen is None else seen,
            scope=scope,
            by=by.account,
            at=at,
        )

    return confirm


@pytest.fixture
def entered(ledger, su):
    """Write one row: ``entered(days="1")``."""

    def enter(scope=ALL, by=su, **changes):
        actions.enter(ledger, ROW | changes, scope=scope, by=by.account, at=NINE)
        return statements().latest("pk")

    return enter


# --- bringing -----------------------------------------------------------------------------------------


def test_a_sheet_waits_with_its_columns_placed_and_nothing_is_recorded(brought, su):
    upload = brought(VISIT)

    assert upload.columns == {0: "person", 1: "day", 2: "place", 3: "days", 4: "topic"}
    assert (upload.by, upload.file_name, upload.done_at) == (su.account, "调研.xlsx", None)
    assert not statements().exists()


def test_a_file_is_named_without_the_folders_it_lay_in(ledger, su):
    sent = Sent(name="../../etc/名" + "长" * 300 + ".xlsx", content=xlsx(HEADER, VISIT))

    upload = actions.bring(ledger, sent, by=su.account, at=NINE)

    assert upload.file_name.startswith("名长")
    assert len(upload.file_name) == 200


def test_the_same_file_has_the_same_fingerprint_and_another_has_another(brought):
    first, again, other = brought(VISIT), brought(VISIT), brought(WRONG)

    assert first.digest == again.digest != other.digest


@pytest.mark.parametrize(
    ("days", "left"), [(7, 2), (7.01, 1)], ids=["a week to the minute", "a little longer"]
)
def test_a_sheet_waits_for_a_week(brought, days, left):
    brought(VISIT)
    brought(VISIT, at=NINE + timedelta(days=days))

    assert Upload.objects.count() == left


def test_an_imported_sheet_stays_on_file_however_old(brought, confirmed):
    confirmed(brought(VISIT))
    brought(VISIT, at=NINE + timedelta(days=400))

    assert Upload.objects.count() == 2


def test_a_sheet_that_lacks_a_column_beyond_doubt_is_not_kept(ledger, su):
    sent = Sent(name="x", content=xlsx(HEADER[:4], VISIT[:4]))

    with pytest.raises(SheetRefused, match="表里缺少必填的列：调研主题。"):
        actions.bring(ledger, sent, by=su.account, at=NINE)

    assert not Upload.objects.exists()


def test_a_sheet_with_secret_names_and_an_unclear_title_is_not_kept(su):
    header = ("学校", "发放日期", "孩子", "资助项目", "金额")
    sent = Sent(name="x", content=xlsx(header, ("苔花一小", "2013-10-22", "王小花", "补助", 200)))

    with pytest.raises(TitlesUnclear) as unclear:
        actions.bring(house.ledgers()["aid"], sent, by=su.account, at=NINE)

    assert [unclear.value.titles[at] for at in unclear.value.unclear] == ["孩子"]
    assert not Upload.objects.exists()


def test_of_a_sheet_with_secret_names_only_tokens_wait(su):
    sent = Sent(
        name="王小花.xlsx", content=xlsx(AID, ("苔花一小", "2013-10-22", "王小花", "补助", 200))
    )

    upload = actions.bring(house.ledgers()["aid"], sent, by=su.account, at=NINE)

    table = imports.table_of(upload)
    assert table.lines[0].cells[2].startswith("t-")
    assert "王小花" not in str(table) + upload.file_name


# --- placing ------------------------------------------------------------------------------------------


def test_columns_are_placed_by_hand(brought, ledger):
    upload = brought(VISIT, header=("谁", "哪天", "哪里", "天数", "调研主题"))

    actions.place(upload, ledger, {0: "person", 1: "day", 2: "place", 3: "", 4: "topic"})

    upload.refresh_from_db()
    assert upload.columns == {0: "person", 1: "day", 2: "place", 4: "topic"}


@pytest.mark.parametrize(
    ("placed", "reason"),
    [
        ({0: "person", 1: "person"}, "有两列对到了同一列"),
        ({0: "person", 1: "day"}, "表里缺少必填的列：调研单位、调研主题。"),
        ({}, "表里缺少必填的列：调研人、日期、调研单位、调研主题。"),
    ],
)
def test_a_placing_that_cannot_be_changes_nothing(brought, ledger, placed, reason):
    upload = brought(VISIT)
    before = upload.placed

    with pytest.raises(SheetRefused, match=reason):
        actions.place(upload, ledger, placed)

    upload.refresh_from_db()
    assert upload.placed == before


def test_what_is_said_of_a_title_is_remembered_and_the_latest_word_holds(ledger, su):
    for column in ("place", "", "topic"):
        actions.remember_titles(ledger, {"去了哪里": column}, by=su.account, at=NINE)

    assert TitleChoice.objects.get().column == "topic"
    assert imports.match_of(ledger, ["去了哪里"]).columns == {0: "topic"}


def test_what_is_said_of_a_title_holds_for_one_ledger_only(ledger, su):
    actions.remember_titles(ledger, {"去了哪里": "place"}, by=su.account, at=NINE)

    assert imports.match_of(house.ledgers()["help"], ["去了哪里"]).columns == {}


def test_two_titles_for_one_column_are_not_remembered(ledger, su):
    with pytest.raises(SheetRefused, match="有两列对到了同一列"):
        actions.remember_titles(ledger, {"甲": "day", "乙": "day"}, by=su.account, at=NINE)

    assert not TitleChoice.objects.exists()


def test_two_titles_may_both_be_left_out(ledger, su):
    actions.remember_titles(ledger, {"天气": "", "车牌": ""}, by=su.account, at=NINE)

    assert imports.match_of(ledger, ["天气", "车牌"]).open == ()


def test_the_year_that_days_leave_out_can_be_said_later(brought, ledger):
    upload = brought(("林知远", "11月4日", *VISIT[2:]))
    assert imports.preview_of(upload, ledger, ALL, TODAY).lacks_years

    actions.name_year(upload, 2012)

    upload.refresh_from_db()
    assert imports.preview_of(upload, ledger, ALL, TODAY).error_count == 0


# --- confirming ---------------------------------------------------------------------------------------


def test_confirming_records_each_row_and_forgets_the_sheet(brought, confirmed, su):
    upload = brought(VISIT)

    outcome = confirmed(upload)

    upload.refresh_from_db()
    assert (outcome.new, outcome.changed, outcome.same) == (1, 0, 0)
    assert (upload.body, upload.done_at) == (None, TEN)
    assert statements().get().entered_by == su.account


def test_a_sheet_with_an_error_is_imported_in_no_part(brought, confirmed):
    upload = brought(VISIT, WRONG)

    with pytest.raises(LedgerRefused, match="什么都没有导入"):
        confirmed(upload)

    upload.refresh_from_db()
    assert upload.done_at is None
    assert not statements().exists()


def test_a_sheet_confirmed_before_is_not_imported_again(brought, confirmed, ledger):
    upload = brought(VISIT)
    seen = imports.preview_of(upload, ledger, ALL, TODAY).fingerprint()
    confirmed(upload)

    with pytest.raises(ImportChanged, match="已经导入过了"):
        actions.confirm(upload, ledger, seen=seen, scope=ALL, by=None, at=TEN)

    assert statements().count() == 1


def test_what_was_not_looked_at_is_not_imported(brought, confirmed):
    upload = brought(VISIT)

    with pytest.raises(ImportChanged, match="预览之后台账有了变化"):
        confirmed(upload, seen="")

    assert not statements().exists()


def test_who_imported_meanwhile_is_named(brought, confirmed, ledger, keeper, su):
    mine = brought(VISIT)
    seen = imports.preview_of(mine, ledger, ALL, TODAY).fingerprint()
    confirmed(brought(VISIT))

    with pytest.raises(ImportChanged, match="苏禾也导入了这本台账"):
        actions.confirm(mine, ledger, seen=seen, scope=ALL, by=keeper, at=TEN)

    assert statements().count() == 1


def test_a_row_entered_meanwhile_is_noticed_too(brought, ledger, entered, su):
    upload = brought(VISIT)
    seen = imports.preview_of(upload, ledger, ALL, TODAY).fingerprint()
    entered()

    with pytest.raises(ImportChanged, match="预览之后台账有了变化"):
        actions.confirm(upload, ledger, seen=seen, scope=ALL, by=su.account, at=TEN)

    assert statements().count() == 1


def test_rows_of_another_unit_keep_the_whole_sheet_out(brought, confirmed, shen, school):
    scope = Scope(units=frozenset({school.pk}))
    upload = brought(("沈青", *VISIT[1:]), ("吴江", *VISIT[1:]), by=shen)

    with pytest.raises(LedgerRefused):
        confirmed(upload, scope=scope, by=shen)

    assert not statements().exists()


def test_a_failure_in_the_middle_leaves_the_sheet_waiting(brought, confirmed, monkeypatch):
    upload = brought(VISIT, ("周明", *VISIT[1:]))
    monkeypatch.setattr(Upload, "save", _fails)

    with pytest.raises(RuntimeError, match="the plug is pulled"):
        confirmed(upload)

    upload.refresh_from_db()
    assert (upload.done_at, bool(upload.body)) == (None, True)
    assert not statements().exists()


def _fails(*_args, **_kwargs):
    raise RuntimeError("the plug is pulled")


def test_one_ledger_is_written_by_one_at_a_time(brought, confirmed, monkeypatch):
    asked = []
    locked = QuerySet.select_for_update

    def note(self, *args, **kwargs):
        asked.append(self.model)
        return locked(self, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", note)

    confirmed(brought(VISIT))

    assert asked[:2] == [Turn, Upload]
    assert Turn.objects.get().ledger == "visits"


def test_a_database_that_takes_no_writing_keeps_everything_as_it_was(brought, ledger, su):
    if connection.vendor != "sqlite":
        pytest.skip("told by another word on PostgreSQL")
    upload = brought(VISIT)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            found = imports.preview_of(upload, ledger, ALL, TODAY)
            with pytest.raises(Exception, match="readonly"), transaction.atomic():
                actions.confirm(
                    upload, ledger, seen=found.fingerprint(), scope=ALL, by=su.account, at=TEN
                )
        finally:
            cursor.execute("PRAGMA query_only = OFF")

    upload.refresh_from_db()
    assert upload.done_at is None
    assert not statements().exists()


def test_a_waiting_sheet_can_be_dropped_and_an_imported_one_cannot(brought, confirmed):
    waits, done = brought(VISIT), brought(VISIT)
    confirmed(done)
    done.refresh_from_db()

    actions.drop(waits)
    actions.drop(done)

    assert list(Upload.objects.all()) == [done]


# --- a file in one go ---------------------------------------------------------------------------------


def test_a_file_is_imported_in_one_go_and_unknown_columns_are_left_out(ledger):
    sent = Sent(name="x", content=csv((*HEADER, "天气"), (*VISIT, "晴"), encoding="utf-8"))

    found = actions.import_file(ledger, sent, at=NINE, dry_run=False)

    assert imports.left_out(found) == ["天气"]
    assert statements().get().entered_by is None


@pytest.mark.parametrize("again", [1, 3])
def test_importing_a_file_again_changes_nothing(ledger, again):
    sent = Sent(name="x", content=xlsx(HEADER, VISIT))
    actions.import_file(ledger, sent, at=NINE, dry_run=False)
    for _each in range(again):
        found = actions.import_file(ledger, sent, at=TEN, dry_run=False)

        assert found.counts == {"new": 0, "changed": 0, "same": 1}
    assert statements().count() == 1

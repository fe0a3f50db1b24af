"""A table waits as bytes and is the same again."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from taihua.base.sheets.reading import Unreadable
from taihua.base.sheets.table import Line, Table
from taihua.rooms.ledgers.logic import concealed, packed, unpacked

cells = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
    st.builds(Unreadable, st.text(max_size=8)),
)
tables = st.builds(
    Table,
    st.tuples(st.text(max_size=5), st.text(max_size=5)),
    st.lists(
        st.builds(Line, st.text(max_size=5), st.integers(1, 99), st.tuples(cells, cells)),
        max_size=4,
    ).map(tuple),
    st.lists(st.text(max_size=5), max_size=2).map(tuple),
)


@given(tables)
def test_what_is_packed_comes_out_as_it_went_in(table):
    assert unpacked(packed(table)) == table


def test_hours_are_kept_as_words():
    table = Table(("甲", "乙"), (Line("", 2, (time(8, 30), timedelta(hours=1))),))

    assert unpacked(packed(table)).lines[0].cells == ("08:30:00", "1:00:00")


def test_a_moment_stays_a_moment_and_a_day_a_day():
    told = (datetime.fromisoformat("2013-12-04T08:30"), date(2013, 12, 4))
    table = Table(("甲", "乙"), (Line("", 2, told),))

    assert unpacked(packed(table)).lines[0].cells == told


def test_only_placed_columns_are_kept_and_names_are_tokens():
    table = Table(("序号", "姓名", "电话", "元"), (Line("", 2, (1, "王小花", "139", 200)),))

    kept = concealed(table, {1: "pupil", 3: "yuan"}, [{"pupil": "t-1"}])

    assert (kept.titles, kept.lines[0].cells) == (("姓名", "元"), ("t-1", 200))

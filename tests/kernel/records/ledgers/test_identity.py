"""What goes out comes back unchanged."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.records.ledgers.trial import READING, TEN, book, put

titles = st.text("苔花牡丹风景读本0123（）-· ", min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)
book_rows = st.builds(
    book,
    person=st.sampled_from(["沈青", "王伟（T2）", "王伟（T3）"]),
    title=titles.filter(bool),
    day=st.dates(date(2011, 1, 1), date(2013, 12, 4)),
    author=st.none() | titles.filter(bool),
    score=st.none() | st.decimals(0, 100, places=2),
)


@given(rows=st.lists(book_rows, max_size=8))
def test_export_then_import_is_the_identity(house, rows):
    put(READING, *rows)

    exported = list(READING.rows(None))

    assert {(row["person"], row["book"]) for row in rows} <= {
        (row["person"], row["book"]) for row in exported
    }
    assert put(READING, *exported, at=TEN).same == len(exported)
    assert list(READING.rows(None)) == exported

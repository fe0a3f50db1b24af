"""What a ledger exports it imports again, unchanged: every ledger, through real files."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from taihua.base.ledger import Kind, Outcome
from taihua.base.sheets.writing import to_csv, to_xlsx
from taihua.kernel import house
from taihua.kernel.records.tokens import opaque
from taihua.rooms.ledgers.actions import Sent, import_file
from taihua.rooms.ledgers.queries.rows import exported
from tests.factories import NINE, PersonFactory, TermFactory, UnitFactory

LEDGERS = [
    "visits", "help", "students", "aid", "meetings", "study", "lectures", "law", "forums", "talks",
    "reading", "outreach-plans", "consultations", "consultation-plans", "articles",
]  # fmt: skip
PEOPLE = ["沈青", "吴江", "王伟（T1）", "王伟（T2）"]
UNITS = ["苔花一小", "苔花二小（东区）"]
WORDS = "课堂教学安全教研留守儿童关爱=+-@'\"，,;；（）()12３a·"


@pytest.fixture
def district(db):
    """Two schools, four people, two of one name."""
    schools = [UnitFactory(name=name) for name in UNITS]
    for code, name in (("S", "沈青"), ("W", "吴江"), ("T1", "王伟"), ("T2", "王伟")):
        TermFactory(person=PersonFactory(code=code, name=name), unit=schools[code == "T2"])


def cells(column):
    """What may stand in a column, clean."""
    text = st.text(WORDS, min_size=2, max_size=12).map(lambda said: f"题{said}".translate(EVEN))
    kinds = {
        Kind.PERSON: st.sampled_from(PEOPLE),
        Kind.PEOPLE: st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3).map(tuple),
        Kind.UNIT: st.sampled_from(UNITS),
        Kind.DAY: st.dates(date(2011, 1, 1), date(2013, 12, 3)),
        Kind.NUMBER: st.decimals(1, 400, places=2).map(Decimal),
        Kind.CHOICE: st.sampled_from(column.choices or ("",)),
        Kind.TOKEN: st.integers(1, 5).map(lambda number: opaque("test", str(number))),
        Kind.TEXT: text,
        Kind.WORDS: st.lists(text, min_size=1, max_size=2).map("\n".join),
    }
    strategy = kinds[column.kind]
    return strategy if column.required else st.none() | strategy


EVEN = {code: code - 0xFEE0 for code in range(ord("０"), ord("９") + 1)}


def rows(ledger):
    return st.lists(
        st.fixed_dictionaries({column.code: cells(column) for column in ledger.columns}), max_size=4
    )


def written(ledger, kind):
    titles = [str(column.title) for column in ledger.columns]
    told = exported(ledger, ledger.store.rows(None))
    return to_csv(titles, told) if kind == "csv" else to_xlsx(str(ledger.title), titles, told)


@pytest.mark.parametrize("code", LEDGERS)
@settings(max_examples=12)
@given(data=st.data(), kind=st.sampled_from(["csv", "xlsx"]))
def test_export_then_import_is_the_identity(district, code, data, kind):
    ledger = house.ledgers()[code]
    plan = ledger.store.plan(data.draw(rows(ledger)))
    assume(not plan.refused)
    ledger.store.apply(plan, None, NINE)
    before = list(ledger.store.rows(None))
    if not before:
        return

    preview = import_file(
        ledger, Sent(name="x", content=written(ledger, kind)), at=NINE, dry_run=False
    )

    assert preview.errors == {}
    assert preview.counts == {"new": 0, "changed": 0, "same": len(before)}
    assert list(ledger.store.rows(None)) == before


@pytest.mark.parametrize("code", LEDGERS)
@settings(max_examples=6)
@given(data=st.data())
def test_importing_twice_is_importing_once(district, code, data):
    ledger = house.ledgers()[code]
    drawn = data.draw(rows(ledger))
    plan = ledger.store.plan(drawn)
    assume(not plan.refused)
    ledger.store.apply(plan, None, NINE)

    again = ledger.store.apply(ledger.store.plan(drawn), None, NINE)

    assert again == Outcome(same=len(drawn))

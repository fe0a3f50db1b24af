"""Rows that stand: corrected, voided, seen by whom they may be."""

from datetime import date

import pytest

from taihua.base.ledger import Asked, LedgerRefused, Scope
from taihua.kernel.org.models import Account, Person
from taihua.kernel.records.actions import record
from taihua.kernel.records.queries import statements
from tests.kernel.records.ledgers.trial import MEETINGS, NINE, READING, TEN, book, put, ref_of, told


def test_correcting_a_row_keeps_its_history(house):
    clerk = Account.objects.create_user("suhe")
    put(READING, book(author="袁牧"))
    old = ref_of(READING)

    READING.correct(old, book(title="苔花集"), reason="书名写漏", by=clerk, at=TEN)

    history = READING.history(ref_of(READING))
    assert [(c.what, c.reason, c.by) for c in history] == [
        ("记入", "", ""),
        ("作废", "书名写漏", "suhe"),
        ("更正后重记", "", "suhe"),
    ]
    assert history[0].row["author"] == "袁牧"
    assert history == READING.history(old)


@pytest.mark.parametrize(
    ("row", "reason", "told"),
    [
        (book(), "改", "没有要更正的"),
        (book("无名"), "改", "填得不对"),
        (book(title=None), "改", "填得不对"),
        (book(title="牡丹"), " ", "请写明更正的原因"),
    ],
)
def test_a_correction_that_says_nothing_or_is_wrong_is_refused(house, row, reason, told):
    put(READING, book())

    with pytest.raises(LedgerRefused, match=told):
        READING.correct(ref_of(READING), row, reason=reason, by=None, at=TEN)

    assert statements().get().object_label == "苔花"


def test_a_voided_row_is_gone_and_coming_back_is_told(house):
    put(READING, book())
    ref = ref_of(READING)

    READING.void(ref, reason="记错了人", by=None, at=TEN)

    assert READING.entries(Asked()).count() == 0
    assert told(READING.plan([book()]).notices) == [
        (0, "person", "这一行以前记过，后来作废或更正了；导入会重新记上。")
    ]
    with pytest.raises(LedgerRefused, match="已经作废过"):
        READING.void(ref, reason="再来", by=None, at=TEN)


def test_what_a_room_recorded_is_taken_back_there(house):
    person = Person.objects.get(code="T1")
    record(verb="read", kind="reading/book", path="b/1", label="苔花", person=person, at=NINE)

    with pytest.raises(LedgerRefused, match="登记它的地方"):
        READING.void(ref_of(READING), reason="不要", by=None, at=TEN)


def seen(scope, **asked):
    page = READING.entries(Asked(scope=scope, **asked)).page(0, 25)
    return {entry.row["person"] for entry in page}


def test_a_scope_shows_its_units_and_its_person_and_nothing_else(house):
    put(READING, book(), book("王伟（T2）"), book("王伟（T3）"))
    one, two = frozenset({house["one"].pk}), frozenset({house["two"].pk})
    t3 = Person.objects.get(code="T3").pk

    assert seen(Scope(everything=True)) == {"沈青", "王伟（T2）", "王伟（T3）"}
    assert seen(Scope(units=one)) == {"沈青", "王伟（T2）"}
    assert seen(Scope(units=one, person=t3)) == {"沈青", "王伟（T2）", "王伟（T3）"}
    assert seen(Scope(person=t3)) == {"王伟（T3）"}
    assert seen(Scope()) == set()
    assert seen(Scope(everything=True), units=two) == {"王伟（T3）"}
    assert seen(Scope(everything=True), people=frozenset({t3})) == {"王伟（T3）"}
    assert seen(Scope(everything=True), year=2012) == set()


def test_a_row_out_of_scope_is_not_found(house):
    put(READING, book())
    ref = ref_of(READING)

    assert READING.entry(ref, Scope(everything=True)).row["book"] == "苔花"
    assert READING.entry(ref, Scope(units=frozenset({house["two"].pk}))) is None
    assert READING.entry("no-such-row", Scope(everything=True)) is None


@pytest.mark.parametrize("count", [1, 20])
def test_a_page_costs_the_same_however_many_rows(house, count, django_assert_num_queries):
    put(READING, *[book(title=f"书{number}") for number in range(count)])

    with django_assert_num_queries(4):
        READING.entries(Asked()).page(0, 25)


def test_who_may_not_write_a_row_is_told(house):
    plan = READING.plan([book(), book("王伟（T3）"), book("无名")])
    here = Scope(units=frozenset({house["one"].pk}))

    assert [error.index for error in READING.outside(plan, here)] == [1]
    assert list(READING.outside(plan, Scope(everything=True))) == []


def test_a_page_names_everybody_in_its_cells_without_further_queries(
    house, django_assert_num_queries
):
    row = {"unit": "苔花一小", "type": "支委会", "present": ("沈青", "王伟（T2）")}
    put(MEETINGS, *[row | {"day": date(2013, month, 1)} for month in (1, 2, 3)])

    with django_assert_num_queries(4):
        page = MEETINGS.entries(Asked()).page(0, 25)

    assert {entry.row["present"] for entry in page} == {("沈青", "王伟（T2）")}

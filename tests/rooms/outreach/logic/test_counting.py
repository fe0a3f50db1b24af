from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.outreach.enums import Counting
from taihua.rooms.outreach.logic.counting import WHOLE_DAY, Written, counted

notes = st.lists(
    st.builds(
        Written,
        written=st.sampled_from(["08:00", "09:00", "10:00"]),
        uuid=st.uuids().map(str),
        place=st.sampled_from("甲乙丙"),
        halves=st.integers(1, 2),
    ),
    max_size=6,
    unique_by=lambda note: note.uuid,
)
ledgers = st.dictionaries(st.sampled_from("甲乙丙"), st.integers(1, 2), max_size=2)


def note(uuid, place="甲", halves=2, written="09:00"):
    return Written(written, uuid, place, halves)


@given(notes, ledgers, st.randoms())
def test_the_order_and_the_number_of_arrivals_change_nothing(written, ledger, chance):
    again = written * 2
    chance.shuffle(again)

    assert counted(again, ledger) == counted(written, ledger)


@given(notes, ledgers)
def test_a_day_never_counts_for_more_than_a_day_beside_what_the_ledger_holds(written, ledger):
    standing = counted(written, ledger)

    halves = [each.halves for each in written if standing[each.uuid] is Counting.COUNTED]
    assert not halves or sum(halves) + sum(ledger.values()) <= WHOLE_DAY


@given(notes, ledgers)
def test_a_place_counts_once_a_day(written, ledger):
    standing = counted(written, ledger)

    counting = [each.place for each in written if standing[each.uuid] is Counting.COUNTED]
    assert len(set(counting)) == len(counting)
    assert not set(counting) & ledger.keys()


def test_two_half_days_at_two_places_count_both():
    found = counted([note("a", halves=1), note("b", "乙", halves=1)])

    assert set(found.values()) == {Counting.COUNTED}


def test_what_was_written_first_counts():
    found = counted([note("a", written="10:00"), note("b", written="08:00")])

    assert found == {"b": Counting.COUNTED, "a": Counting.SAME}


def test_a_third_half_is_said_to_be_too_much():
    found = counted([note("a"), note("b", "乙", halves=1, written="10:00")])

    assert found["b"] is Counting.FULL


def test_what_a_ledger_holds_is_not_counted_again():
    assert counted([note("a")], {"甲": 2}) == {"a": Counting.SAME}

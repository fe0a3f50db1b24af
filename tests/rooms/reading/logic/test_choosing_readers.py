from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.logic.readers import ASKED, Reader, readers_for

POOLS = st.lists(
    st.builds(Reader, st.integers(0, 5), st.integers(1, 9), st.none() | st.integers(1, 3)),
    unique_by=lambda reader: reader.person,
)


@given(st.integers(1, 9), st.none() | st.integers(1, 3), POOLS)
def test_nobody_reads_an_own_text_or_twice_and_never_more_than_asked(writer, unit, pool):
    chosen = readers_for(writer, unit, pool)

    assert writer not in chosen
    assert len(set(chosen)) == len(chosen) <= ASKED
    assert set(chosen) <= {reader.person for reader in pool}


@given(st.integers(1, 9), st.integers(1, 3), POOLS)
def test_colleagues_of_the_writer_are_asked_only_when_no_stranger_is_left(writer, unit, pool):
    units = {reader.person: reader.unit for reader in pool}
    strangers = {reader.person for reader in pool if reader.unit != unit} - {writer}

    chosen = readers_for(writer, unit, pool)

    if any(units[person] == unit for person in chosen):
        assert strangers <= set(chosen)


def test_the_least_loaded_come_first():
    pool = [Reader(3, 1), Reader(0, 2), Reader(1, 4), Reader(0, 3)]

    assert readers_for(9, None, pool) == [2, 3]


def test_only_as_many_as_are_still_wanting_are_asked():
    pool = [Reader(0, 1), Reader(0, 2), Reader(0, 3)]

    assert readers_for(9, None, pool, beside=[1]) == [2]
    assert readers_for(9, None, pool, beside=[1, 2]) == []


def test_a_pool_too_small_gives_what_it_has():
    assert readers_for(1, None, [Reader(0, 1), Reader(0, 2)]) == [2]

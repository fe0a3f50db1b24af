from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.logic.merge import merge

texts = st.lists(st.sampled_from(["学\n", "而\n", "时\n", "习\n"]), max_size=8).map("".join)
places = st.integers(0, 9)
LINES = [f"第 {number} 行\n" for number in range(10)]


@given(texts, texts)
def test_a_change_on_one_side_is_taken(base, changed):
    assert merge(base, changed, base) == changed
    assert merge(base, base, changed) == changed


@given(texts, texts)
def test_the_same_change_on_both_sides_is_taken_once(base, changed):
    assert merge(base, changed, changed) == changed


@given(texts, texts, texts)
def test_who_saved_first_makes_no_difference(base, mine, theirs):
    assert merge(base, mine, theirs) == merge(base, theirs, mine)


@given(places, places)
def test_changes_to_lines_apart_are_both_kept(one, other):
    mine, theirs = list(LINES), list(LINES)
    mine[one] = "我改的\n"
    theirs[other] = "他改的\n"

    merged = merge("".join(LINES), "".join(mine), "".join(theirs))

    if abs(one - other) > 1:
        wanted = list(LINES)
        wanted[one], wanted[other] = "我改的\n", "他改的\n"
        assert merged == "".join(wanted)
    else:
        assert merged is None


@given(texts, texts, texts)
def test_no_line_that_both_kept_is_lost(base, mine, theirs):
    merged = merge(base, mine, theirs)

    if merged is not None:
        for line in set(mine.splitlines()) - set(base.splitlines()):
            assert line in merged.splitlines()


def test_two_additions_at_one_place_meet():
    assert merge("一\n", "一\n二\n", "一\n三\n") is None

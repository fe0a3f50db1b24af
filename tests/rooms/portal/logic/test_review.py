"""How far a text is follows from its steps; what changed can be put together again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.enums import Stage, Step
from taihua.rooms.portal.logic.review import changes, may_follow, stage_of

LINES = st.lists(st.text(alphabet="学习工作。，甲乙", min_size=1, max_size=8), max_size=5)


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        ([], Stage.DRAFT),
        (["hand_in"], Stage.IN_REVIEW),
        (["hand_in", "return"], Stage.RETURNED),
        (["hand_in", "pass"], Stage.PASSED),
        (["hand_in", "pass", "issue"], Stage.ISSUED),
        (["hand_in", "pass", "issue", "withdraw"], Stage.WITHDRAWN),
        (["hand_in", "pass", "issue", "withdraw", "restore"], Stage.ISSUED),
    ],
)
def test_the_last_step_says_how_far_it_is(steps, stage):
    assert stage_of(steps) == stage


@given(st.lists(st.sampled_from(list(Step)), max_size=12))
def test_no_text_is_issued_without_having_been_handed_in_and_passed_before(tried):
    taken = []
    for step in tried:
        if may_follow(taken, step):
            taken.append(step)

    if Step.ISSUE in taken:
        before = taken[: taken.index(Step.ISSUE)]
        assert before[-1] == Step.PASS
        assert before[-2] == Step.HAND_IN


@given(LINES, LINES)
def test_no_sign_of_the_new_text_is_called_gone_and_none_of_the_old_new(old, new):
    found = changes("\n".join(old), "\n".join(new))

    gone = "".join(text for kind, text in found if kind == "gone")
    added = "".join(text for kind, text in found if kind == "new")
    assert len(gone) <= len("\n".join(old))
    assert len(added) <= len("\n".join(new))
    if old == new:
        assert {kind for kind, _text in found} <= {"same"}


def test_a_changed_number_is_shown_within_its_line():
    assert changes("标题\n参加 180 人。", "标题\n参加 150 人。") == [
        ("same", "标题"),
        ("kept", "参加 1"),
        ("gone", "8"),
        ("new", "5"),
        ("kept", "0 人。"),
    ]


@given(st.lists(st.text("甲乙丙", min_size=1)), st.lists(st.text("甲乙丙", min_size=1)))
def test_whole_changes_give_both_texts_back(before, after):
    pieces = changes("\n".join(before), "\n".join(after), whole=True)

    def side(left_out):
        return "".join(text for kind, text in pieces if kind != left_out).replace("\n", "")

    assert (side("new"), side("gone")) == ("".join(before), "".join(after))

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.logic.tracked import Run, Trace, is_changed, tracked

TEXTS = st.text(st.sampled_from("我说得多问听少，。\n"), max_size=40)


def words(changes, *traces):
    """All words of these traces, without asking where paragraphs end."""
    return "".join(run.text for runs in changes for run in runs if run.trace in traces)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_changes(before, after):
    changes = tracked(before, after)

    assert words(changes, Trace.SAME, Trace.REMOVED) == before.replace("\n", "")
    assert words(changes, Trace.SAME, Trace.ADDED) == after.replace("\n", "")


@given(TEXTS)
def test_a_text_against_itself_has_no_changes(text):
    assert not is_changed(tracked(text, text))


def test_a_changed_letter_stands_between_what_stayed():
    assert tracked("我说得多，问得少。", "我说得多，听得少。") == [
        [
            Run(Trace.SAME, "我说得多，"),
            Run(Trace.REMOVED, "问"),
            Run(Trace.ADDED, "听"),
            Run(Trace.SAME, "得少。"),
        ]
    ]


def test_a_single_letter_that_stayed_within_a_change_belongs_to_the_change():
    [runs] = tracked("甲乙丙丁戊己", "甲乙子丁丑己")

    assert [run.text for run in runs] == ["甲乙", "丙丁戊", "子丁丑", "己"]


@pytest.mark.parametrize(
    ("before", "after", "trace"),
    [("一\n二", "一\n二\n三", Trace.ADDED), ("一\n二\n三", "一\n三", Trace.REMOVED)],
)
def test_whole_paragraphs_come_and_go(before, after, trace):
    odd = [runs for runs in tracked(before, after) if is_changed([runs])]

    assert [[run.trace for run in runs] for runs in odd] == [[trace]]


def test_a_long_text_is_compared_paragraph_by_paragraph():
    long = "\n".join(f"第{n}段" + "读书" * 200 for n in range(200))

    changes = tracked(long, long.replace("第7段", "第七段"))

    assert sum(is_changed([runs]) for runs in changes) == 1

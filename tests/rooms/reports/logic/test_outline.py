import pytest

from taihua.rooms.reports.logic.claims import claims
from taihua.rooms.reports.logic.figures import codes, filled
from taihua.rooms.reports.logic.outline import NOTHING, OUTLINE, Line, Part, figures_of, generate

SMALL = (
    Part(
        "a",
        1,
        "甲",
        (
            (
                Line("开头。"),
                Line("读书[[books]]本。", "没有读书记录。"),
                Line("授课[[lectures]]次。"),
            ),
        ),
    ),
    Part("b", 2, "乙", ((Line("资助[[aid]]元。"),),)),
)


def texts(present):
    return [section.text for section in generate(2013, "苔花区教育局", present, SMALL)]


def test_a_sentence_stands_only_where_its_figures_count_something():
    assert texts({"books", "lectures"}) == ["开头。读书[[books]]本。授课[[lectures]]次。", NOTHING]
    assert texts({"lectures", "aid"}) == [
        "开头。没有读书记录。授课[[lectures]]次。",
        "资助[[aid]]元。",
    ]


def test_a_part_that_counts_nothing_says_so_and_boasts_of_nothing():
    assert texts(set()) == ["没有读书记录。", NOTHING]


def test_a_list_names_only_what_counts_something():
    line = Line("召开{parts}。", parts=("大会[[a]]次", "委员会[[b]]次", "党课[[c]]次"))

    assert line.said({"a", "c"}) == "召开大会[[a]]次、党课[[c]]次。"
    assert line.said(set()) is None
    assert line.codes == ["a", "b", "c"]


def test_paragraphs_that_say_nothing_leave_no_gap():
    part = Part("a", 1, "甲", tuple((Line(f"[[{code}]]次。"),) for code in "abc"))

    assert generate(2013, "局", {"a", "c"}, [part])[0].text == "[[a]]次。\n[[c]]次。"


def test_the_order_is_the_articles():
    powers = [part.title for part in OUTLINE if part.level == 1]

    assert [title[:5] for title in powers] == ["激发学习力", "提高创新力", "增强凝聚力"]


def test_year_and_body_are_written_in():
    opening = generate(2013, "苔花区教育局", set())[0]

    assert opening.text.startswith("2013 年，苔花区教育局党委")


@pytest.mark.parametrize("present", [set(), set(figures_of())], ids=["empty", "full"])
def test_what_is_generated_claims_nothing_without_a_figure(present):
    shown = dict.fromkeys(figures_of(), "7")

    for section in generate(2013, "苔花区教育局", present):
        assert claims(filled(section.text, shown)) == []
        assert section.base == section.text


def test_every_figure_is_placed_once():
    placed = [
        code for section in generate(2013, "局", set(figures_of())) for code in codes(section.text)
    ]

    assert sorted(placed) == sorted(figures_of())

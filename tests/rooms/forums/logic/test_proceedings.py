from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.forums.logic.proceedings import (
    Asked,
    Section,
    Spoken,
    as_body,
    of_body,
    sections_from,
)


def written(**changed):
    told = {"about": "缘由", "spoken": [], "asked": [], "present": 0} | changed
    return sections_from(**told)


def test_a_talk_that_nobody_gave_is_left_out():
    found = written(spoken=[Spoken("讲了", ["周明"], "要点"), Spoken("没讲", [], "要点")])

    assert [section.heading for section in found] == ["缘起", "讲了（周明）"]


def test_a_gist_that_is_missing_says_so():
    assert written(spoken=[Spoken("讲了", ["周明", "沈青"], " ")])[1] == Section(
        "讲了（周明、沈青）", "（要点待补）"
    )


def test_an_unsigned_question_names_nobody():
    asked = [Asked("谁来磨？", "", "备课组。", "周明"), Asked("多久？", "沈青", "", "")]

    text = written(asked=asked)[1].text

    assert text == "问：谁来磨？\n答：周明：备课组。\n问（沈青）：多久？\n答：会后答复。"


def test_who_came_is_counted_only_if_somebody_was_noted():
    assert written(present=0)[0].text == "缘由"
    assert written(present=12)[0].text == "缘由\n到会 12 人。"


@given(st.lists(st.builds(Section, st.text(), st.text())))
def test_a_document_keeps_the_sections(sections):
    assert of_body(as_body(sections)) == sections


def test_paragraphs_are_the_lines_that_say_something():
    assert Section("题", "一\n\n  二 \n").paragraphs == ["一", "二"]

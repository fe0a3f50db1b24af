import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reports.logic.claims import claims, without_evidence

NUMBERS = {"help.person_times": "612", "help.students": "203", "care.aid": "123456.5"}


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [
        ("解决实际困难600多人次", "600多人次", 600),
        ("资助困难大学生200余人", "200余人", 200),
        ("受助学生达六百余人", "六百余人", 600),
        ("落实资金12余万元", "12余万元", 120000),
        ("落实资金12.5万元", "12.5万元", 125000),
        ("投入 1,200 元", "1,200 元", 1200),
        ("每年指定两本书", "两本", 2),
        ("举办二期讲坛", "二期", 2),
        ("完成率97%", "97%", 97),
        ("共三十二场", "三十二场", 32),
    ],
)
def test_a_typed_quantity_is_a_claim(text, words, number):
    assert [(claim.words, claim.number) for claim in claims(text)] == [(words, number)]


@pytest.mark.parametrize(
    "text",
    [
        "共[[help.person_times|612]]人次",
        "2011年以来",
        "2013年12月4日",
        "第三期、第十二期讲坛",
        "坚持三会一课制度",
        "晚八点一小时读书",
        "学习、思考、行动",
        "千家万户",
        "一次性补助",
        "",
    ],
)
def test_a_figure_a_date_an_ordinal_or_a_set_phrase_is_no_claim(text):
    assert claims(text) == []


def test_a_claim_names_the_figures_that_come_to_its_number():
    found = claims("解决困难600多人次，资助200余人，共203人。", NUMBERS)

    assert [claim.candidates for claim in found] == [
        ("help.person_times",), ("help.students",), ("help.students",),
    ]  # fmt: skip


def test_a_round_number_is_backed_only_by_what_reaches_it():
    assert claims("600多人次", {"a": "599", "b": "600", "c": "699", "d": "700"})[0].candidates == (
        "b",
        "c",
    )


def test_a_number_is_not_backed_by_a_share():
    assert claims("97%", {"share": "97%"})[0].candidates == ()


def test_a_sentence_that_names_its_source_is_not_without_evidence():
    text = "全区共五十所学校（来源：区统计年鉴）。另有三所在建。"

    assert [claim.sourced for claim in claims(text)] == [True, False]
    assert [claim.words for claim in without_evidence(text)] == ["三所"]


def test_a_claim_shows_its_whole_sentence():
    assert claims("开头。共走访三十天，收获大。结尾。")[0].sentence == "共走访三十天，收获大。"


@given(st.text(max_size=120))
def test_any_text_can_be_searched_for_claims(text):
    for claim in claims(text, NUMBERS):
        assert claim.words in text

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.study.enums import Difficulty, GiftFault, ItemFault, QuestionKind
from taihua.rooms.study.logic.gift import Flaw, read_gift, write_gift
from taihua.rooms.study.logic.items import BLANK, Choice, Item, tidy, truth

PLACE = "$CATEGORY: 义务教育法/第十一条\n\n"
# What GIFT gives a meaning to must come through as words, too.
SIGNS = st.one_of(
    st.sampled_from("\\~=#{}:%>-/[]\n $几岁入学"),
    st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn")),
)
words = st.text(SIGNS, min_size=1, max_size=30).map(str.strip).filter(bool)


@st.composite
def items(draw):
    kind = draw(st.sampled_from(list(QuestionKind)))
    stem = draw(words)
    texts = draw(st.lists(words, min_size=3, max_size=6, unique=True))
    match kind:
        case QuestionKind.TRUTH:
            choices = truth(is_true=draw(st.booleans()))
        case QuestionKind.FILL:
            stem = f"{stem}{BLANK}。"
            choices = tuple(Choice(text, is_right=True) for text in texts)
        case QuestionKind.SINGLE:
            right = draw(st.integers(0, len(texts) - 1))
            choices = tuple(Choice(text, at == right) for at, text in enumerate(texts))
        case _:
            right = draw(st.sets(st.integers(0, len(texts) - 1), min_size=2))
            choices = tuple(Choice(text, at in right) for at, text in enumerate(texts))
    return tidy(
        Item(
            code=draw(words.map(lambda text: text.replace("\n", ""))).strip(),
            law=draw(st.sampled_from(["义务教育法", "教师法"])),
            article=draw(st.integers(1, 300)),
            kind=kind,
            difficulty=draw(st.sampled_from(list(Difficulty))),
            stem=stem,
            choices=choices,
            explanation=draw(st.one_of(st.just(""), words)),
        )
    )


def only(text):
    gift = read_gift(text)
    assert gift.flaws == []
    assert len(gift.found) == 1
    return gift.found[0].item


def flaws(text):
    gift = read_gift(text)
    return gift.flaws


@given(st.lists(items(), max_size=6))
def test_what_is_written_is_read_as_the_same(written):
    gift = read_gift(write_gift(written))

    assert gift.flaws == []
    assert [found.item for found in gift.found] == written


@given(st.text(st.sampled_from("{}=~#:\\/$CATEGORY第一条法\n %50"), max_size=200))
def test_any_text_is_read_or_refused_by_line(text):
    gift = read_gift(text)

    assert all(1 <= flaw.line <= text.count("\n") + 1 for flaw in gift.flaws)
    assert read_gift(write_gift(found.item for found in gift.found)).flaws == []


def test_a_question_as_other_systems_write_it():
    item = only(
        PLACE
        + "// [tag:易]\n::入学年龄::几岁入学？ { =六周岁 ~五周岁#太早 ~七周岁 ####见第十一条 }"
    )

    assert item == Item(
        code="入学年龄",
        law="义务教育法",
        article=11,
        kind=QuestionKind.SINGLE,
        difficulty=Difficulty.EASY,
        stem="几岁入学？",
        choices=(Choice("六周岁", True), Choice("五周岁", False), Choice("七周岁", False)),
        explanation="见第十一条\n五周岁：太早",
    )


@pytest.mark.parametrize(
    ("block", "kind", "right"),
    [
        ("{T}", QuestionKind.TRUTH, (0,)),
        ("{ FALSE #不对 }", QuestionKind.TRUTH, (1,)),
        ("{=九 =9 =九年}", QuestionKind.FILL, (0, 1, 2)),
        ("{~%50%甲 ~%50%乙 ~%-100%丙}", QuestionKind.SEVERAL, (0, 1)),
        ("{~甲 =乙}", QuestionKind.SINGLE, (1,)),
    ],
)
def test_the_answers_say_what_kind_it_is(block, kind, right):
    item = only(f"{PLACE}义务教育几年？{block}")

    assert (item.kind, item.right) == (kind, right)


def test_a_blank_within_the_words_stays_in_its_place():
    item = only(PLACE + "凡年满 {=六 =6} 周岁的儿童应当入学。")

    assert item.stem == "凡年满____ 周岁的儿童应当入学。"


def test_a_blank_at_the_end_is_shown():
    assert only(PLACE + "义务教育年限是 {=九年}").stem == "义务教育年限是____"


def test_the_place_holds_until_the_next_and_may_be_written_in_digits():
    text = "$CATEGORY: 《教师法》/第39条\n\n一{T}\n\n二{F}\n\n$CATEGORY: 教师法/6\n\n三{T}"

    assert [(f.item.law, f.item.article) for f in read_gift(text).found] == [
        ("教师法", 39),
        ("教师法", 39),
        ("教师法", 6),
    ]


def test_code_and_difficulty_are_of_one_question_only():
    first, second = read_gift(PLACE + "// [id:甲] [tag:难]\n一{T}\n\n二{F}").found

    assert (first.item.code, first.item.difficulty) == ("甲", Difficulty.HARD)
    assert (second.item.code, second.item.difficulty) == ("", Difficulty.MIDDLE)


def test_an_empty_line_within_braces_and_foreign_line_ends_do_no_harm():
    item = only(
        f"\ufeff{PLACE}几岁？ {{\r\n=六\r\n\r\n~七\r\n}}\r\n".replace("\n\n", "\r\n\r\n", 1)
    )

    assert item.right == (0,)


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("一{T}", 1, GiftFault.NO_CATEGORY),
        ("$CATEGORY: 义务教育法\n", 1, GiftFault.BAD_CATEGORY),
        (PLACE + "没有答案", 3, GiftFault.NO_ANSWERS),
        (PLACE + "没有合上 {=甲 ~乙\n\n", 3, GiftFault.NOT_CLOSED),
        (PLACE + "两处 {=甲} 又 {=乙}", 3, GiftFault.TWO_BLOCKS),
        (PLACE + "::没有合上 一{T}", 3, GiftFault.NOT_NAMED),
        (PLACE + "一 {甲 =乙}", 3, GiftFault.STRAY),
        (PLACE + "问答 {}", 3, GiftFault.UNSUPPORTED),
        (PLACE + "数值 {#9:1}", 3, GiftFault.UNSUPPORTED),
        (PLACE + "匹配 {=甲 -> 一 =乙 -> 二}", 3, GiftFault.UNSUPPORTED),
        (PLACE + "好的{T}\n\n没有对的 {~甲 ~乙}", 5, ItemFault.NONE_RIGHT),
        (PLACE + "两个对的 {=甲 =乙 ~丙}", 3, ItemFault.ONE_RIGHT),
        (PLACE + "{T}", 3, ItemFault.NO_STEM),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(text, line, fault):
    assert flaws(text) == [Flaw(line, fault)]


def test_every_bad_place_is_named_at_once():
    text = f"一{{T}}\n\n{PLACE}二\n\n三 {{=甲 ~甲}}\n"

    assert flaws(text) == [
        Flaw(1, GiftFault.NO_CATEGORY),
        Flaw(5, GiftFault.NO_ANSWERS),
        Flaw(7, ItemFault.SAME_CHOICES),
    ]

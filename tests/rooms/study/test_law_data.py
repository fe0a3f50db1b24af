"""The starter bank: every question has its law and article, one answer, and stands there once."""

import tomllib
from collections import Counter

import pytest

from taihua.rooms.study.actions.laws import DATA, EARLIER, NOW
from taihua.rooms.study.enums import QuestionKind
from taihua.rooms.study.logic.gift import read_gift, write_gift
from taihua.rooms.study.logic.items import BLANK, faults_of, plain

LAWS = {
    law["short"]: law["version"]
    for law in tomllib.loads((DATA / "laws.toml").read_text("utf-8"))["law"]
}
FILES = {name: read_gift((DATA / name).read_text("utf-8")) for name in (NOW, EARLIER)}
ITEMS = [(name, found.item) for name, gift in FILES.items() for found in gift.found]
NAMES = [item.code for _name, item in ITEMS]


def version_of(name, item):
    """The text that a question of a file is about: the newest, or of the earlier file the first."""
    return LAWS[item.law][-1 if name == NOW else 0]


def text_of(name, item):
    return version_of(name, item)["texts"][str(item.article)]


def test_the_files_are_read_without_a_flaw_and_are_large_enough():
    assert [gift.flaws for gift in FILES.values()] == [[], []]
    assert len(FILES[NOW].found) >= 120


@pytest.mark.parametrize(("name", "item"), ITEMS, ids=NAMES)
def test_a_question_has_its_article_within_the_law_and_nothing_wrong(name, item):
    assert 1 <= item.article <= version_of(name, item)["articles"]
    assert text_of(name, item)
    assert faults_of(item) == []
    assert item.explanation


def test_codes_and_wordings_stand_there_once():
    codes = Counter(item.code for _name, item in ITEMS)
    stems = Counter((name, item.law, plain(item.stem)) for name, item in ITEMS)

    assert max(codes.values()) == 1 or {c for c, n in codes.items() if n > 1} <= set(NAMES)
    assert [stem for stem, count in stems.items() if count > 1] == []
    assert [code for code, count in codes.items() if count > 1 and "职业教育法" not in code] == []


def test_what_a_blank_accepts_stands_in_the_article():
    blanks = [(name, item) for name, item in ITEMS if item.kind is QuestionKind.FILL]

    assert len(blanks) > 15
    for name, item in blanks:
        article = plain(text_of(name, item))
        assert any(plain(choice.text) in article for choice in item.choices), item.code
        assert BLANK in item.stem


def test_the_right_answer_stands_in_no_place_more_than_in_others():
    single = [item for _name, item in ITEMS if item.kind is QuestionKind.SINGLE]
    places = Counter(item.right[0] for item in single)

    assert set(places) == {0, 1, 2, 3}
    assert max(places.values()) - min(places.values()) <= 2


def test_true_and_false_are_about_as_many():
    told = Counter(
        item.choices[0].is_right for _name, item in ITEMS if item.kind is QuestionKind.TRUTH
    )

    assert min(told.values()) / sum(told.values()) > 0.4


def test_all_kinds_and_difficulties_are_there():
    assert len({item.kind for _name, item in ITEMS}) == 4
    assert len({item.difficulty for _name, item in ITEMS}) == 3


def test_the_files_are_written_as_this_house_writes_them():
    for name, gift in FILES.items():
        head, _, body = (DATA / name).read_text("utf-8").partition("\n\n")
        assert head.startswith("//")
        assert write_gift(found.item for found in gift.found) == body


def test_the_versions_of_a_law_follow_each_other():
    for short, versions in LAWS.items():
        days = [version["effective"] for version in versions]
        assert days == sorted(set(days)), short
        assert all(version["adopted"] <= version["effective"] for version in versions)

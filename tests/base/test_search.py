"""Words are found by one rule, in memory and in the database, on SQLite and PostgreSQL alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.search import (
    SHOWN,
    WIDE,
    excerpt,
    folded,
    hits,
    parts,
    stand_in,
    standing_in,
    too_short,
    words_of,
)
from taihua.kernel.org.models import Person
from tests.factories import PersonFactory

texts = st.text("苔花如米小也学牡丹开AbＡｂé１1 《》（）%_\\'-", max_size=24)

# What is part wide and part narrow within one word is found in memory alone.
narrow = st.text("苔花小学AbcZ1 ", min_size=1, max_size=8)


def widened(text):
    return text.upper().translate(WIDE)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("林知远", ["林知远"]),
        ("  校舍　台账 ", ["校舍", "台账"]),
        ("《劝学》", ["劝学"]),
        ("苔教〔2013〕1号", ["苔教", "2013", "1号"]),
        ("ＡＢＣ abc", ["abc"]),
        ("", []),
        ("。，！", []),
    ],
)
def test_words_are_parted_by_spaces_and_punctuation_and_written_plainly(asked, words):
    assert words_of(asked) == words


def test_one_character_is_too_little_to_ask_for_unless_a_longer_word_stands_beside_it():
    assert too_short(words_of("林"))
    assert too_short(words_of("林 周"))
    assert too_short([])
    assert not too_short(words_of("林 校长"))
    assert not too_short(words_of("周明"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("周明", "周明"),
        ("苔花一小（东校区）", "一小(东校区)"),
        ("苔花一小(东校区)", "一小（东校区）"),
        ("ＷＰＳ 培训", "wps"),
        ("ｗｐｓ 培训", "WPS"),
        ("WPS 培训", "ｗｐｓ 培训"),
        ("完成 100% 以上", "100%"),
        ("a_b", "a_b"),
    ],
)
def test_the_database_finds_what_is_written_wide_or_narrow_large_or_small(name, asked):
    person = PersonFactory(name=name)
    PersonFactory(name="别的")

    assert list(Person.objects.filter(standing_in(words_of(asked), "name"))) == [person]


@pytest.mark.django_db
def test_every_word_must_stand_somewhere_in_the_row():
    PersonFactory(code="t-1", name="周明")
    both = PersonFactory(code="t-2", name="周明远")

    assert list(Person.objects.filter(standing_in(["周明", "t-2"], "name", "code"))) == [both]
    assert not Person.objects.filter(standing_in(["周明", "林"], "name", "code")).exists()


@pytest.mark.django_db
def test_a_sign_of_the_pattern_language_is_only_a_sign():
    PersonFactory(name="周明")

    assert not Person.objects.filter(standing_in(["%"], "name")).exists()
    assert not Person.objects.filter(standing_in(["周_"], "name")).exists()


@pytest.mark.django_db
@given(st.lists(narrow | narrow.map(widened), max_size=4), texts)
def test_the_database_finds_no_more_and_no_less_than_memory_does(names, asked):
    Person.objects.all().delete()
    for n, name in enumerate(names):
        PersonFactory(code=f"s{n}", name=name)
    words = words_of(asked)

    found = Person.objects.filter(standing_in(words, "name")).values_list("name", flat=True)

    assert sorted(found) == sorted(name for name in names if stand_in(words, name))


@given(texts, texts)
def test_parts_put_together_are_the_text_and_each_hit_is_a_word(text, asked):
    words = words_of(asked)

    cut = parts(text, words)

    assert "".join(part for part, _hit in cut) == text
    assert all(any(word in folded(part) for word in words) for part, hit in cut if hit)
    assert bool(hits(text, words)) == any(word in folded(text) for word in words)


@given(texts, texts)
def test_an_excerpt_is_short_and_shows_a_hit_if_there_is_one(text, asked):
    words = words_of(asked)

    shown = excerpt(text * 20, words)

    assert len(shown) <= SHOWN + 2
    if any(word in folded(" ".join((text * 20).split())) for word in words):
        assert hits(shown, words)


def test_an_excerpt_begins_shortly_before_the_first_hit():
    text = "前" * 100 + "苔花" + "后" * 200

    shown = excerpt(text, ["苔花"])

    assert shown.startswith("…前")
    assert shown.endswith("后…")
    assert shown.index("苔花") < 30

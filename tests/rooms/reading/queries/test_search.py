"""The room's answer to the house's search: books, and notes as far as they may be seen."""

import pytest

from taihua.kernel import house
from taihua.rooms.reading.actions.notes import share_note, write_note
from taihua.rooms.reading.models import Book
from taihua.rooms.reading.queries.notes import Audience
from tests.factories import NINE

SEARCH = house._house.rooms["reading"].search


def found(person, *words, limit=10):
    return [each.title for each in SEARCH(person.account, words, limit)]


@pytest.fixture
def note(shen, book):
    text = "孩子们坐在后排。" * 10 + "锲而不舍，金石可镂。" + "下次先听。" * 20
    return write_note(writer=shen, kind="note", title="听课", text=text, book=book, at=NINE)


def test_a_book_is_found_by_every_word_in_its_entry(book, other_book, wu):
    assert found(wu, "劝学") == ["《劝学》荀子"]
    assert found(wu, "劝", "荀") == ["《劝学》荀子"]
    assert found(wu, "劝", "韩") == []


def test_somebody_without_a_person_finds_books(book, keeper):
    assert [each.title for each in SEARCH(keeper, ["劝学"], 10)] == ["《劝学》荀子"]


def test_a_private_note_is_found_by_its_writer_alone(note, shen, wu, lin, su, zheng):
    assert found(shen, "锲而不舍") == ["沈青：听课"]
    for person in (wu, lin, su, zheng):
        assert found(person, "锲而不舍") == []


def test_a_shared_note_is_found_by_its_audience_until_it_is_taken_back(note, wu):
    share = share_note(note=note, audience=Audience("house", "全局"), at=NINE)
    assert found(wu, "锲而不舍", "听课") == ["沈青：听课"]

    share.withdrawn_at = NINE
    share.save()
    assert found(wu, "锲而不舍") == []


def test_what_was_written_before_and_is_no_more_is_not_found(note, shen):
    note.head.text = "改过"
    note.head.save()

    assert found(shen, "锲而不舍") == []


def test_the_excerpt_begins_shortly_before_the_words(note, shen):
    [hit] = SEARCH(shen.account, ["金石"], 10)

    assert "锲而不舍，金石可镂" in hit.excerpt
    assert hit.excerpt.startswith("…")
    assert hit.excerpt.endswith("…")
    assert len(hit.excerpt) <= 82
    assert hit.url == f"/reading/notes/{note.pk}/"


@pytest.mark.parametrize("words", [[], [""], [" ", "\0"]])
def test_no_words_find_nothing(book, note, shen, words):
    assert list(SEARCH(shen.account, words, 10)) == []


@pytest.mark.parametrize("words", ["%", "_", "'", "\\"])
def test_signs_of_a_query_language_are_plain_signs(book, note, shen, words):
    assert found(shen, words) == []


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_no_more_are_found_than_asked_for(note, shen, limit):
    for number in range(3):
        Book.objects.create(title=f"听课手记{number}")

    assert len(found(shen, "听课", limit=limit)) == limit


@pytest.mark.parametrize("count", [1, 3, 300])
def test_searching_costs_the_same_however_many(shen, book, count, django_assert_num_queries):
    for number in range(count):
        Book.objects.create(title=f"书{number}")
        write_note(writer=shen, kind="note", title="书评", text="书", book=book, at=NINE)
    account = shen.account

    with django_assert_num_queries(6):
        assert list(SEARCH(account, ["书"], 1000))

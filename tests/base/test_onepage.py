"""What a page has read is not asked again; everybody else asks each time."""

import pytest

from taihua.base.onepage import one_page, read_once


@pytest.fixture
def asked():
    """The arguments with which a function really asked, in order."""
    return []


@pytest.fixture
def read(asked):
    @read_once
    def double(number: int, *, more: int = 0) -> int:
        asked.append((number, more))
        return number * 2 + more

    return double


def test_within_a_page_the_same_question_is_asked_once(read, asked):
    with one_page():
        assert [read(3), read(3), read(4), read(3, more=1), read(3, more=1)] == [6, 6, 8, 7, 7]

    assert asked == [(3, 0), (4, 0), (3, 1)]


def test_the_next_page_asks_anew(read, asked):
    for _page in range(2):
        with one_page():
            assert read(3) == 6

    assert asked == [(3, 0)] * 2


def test_without_a_page_every_question_is_asked(read, asked):
    assert [read(3), read(3)] == [6, 6]

    assert asked == [(3, 0)] * 2


def test_an_answer_of_nothing_is_an_answer(asked):
    @read_once
    def nobody(name: str) -> None:
        asked.append(name)

    with one_page():
        assert [nobody("沈青"), nobody("沈青")] == [None, None]

    assert asked == ["沈青"]


def test_a_page_within_a_page_leaves_the_outer_one_as_it_was(read, asked):
    with one_page():
        read(3)
        with one_page():
            read(3)
        read(3)

    assert asked == [(3, 0)] * 2


def test_a_page_that_fails_leaves_nothing_behind(read, asked):
    def fail():
        with one_page():
            read(3)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    read(3)

    assert asked == [(3, 0)] * 2

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.kernel.records.queries import everything_said, statements_of
from taihua.rooms.reading.actions.books import take_in
from taihua.rooms.reading.actions.evening import (
    MarkRefused,
    keep_place,
    leave_line,
    mark_passage,
    remove_mark,
    take_back_line,
)
from taihua.rooms.reading.models import Bookmark, Chapter, EveningLine, Mark
from taihua.rooms.reading.queries.evening import Landing, landing, marks_in
from tests.factories import NINE
from tests.rooms.reading.books import epub, page
from tests.rooms.reading.conftest import at

TONIGHT = date(2013, 12, 4)
LONG = "学而时习之不亦说乎有朋自远方来不亦乐乎人不知而不愠不亦君子乎"


def chapter_of(edition, position=1):
    return Chapter.objects.get(edition=edition, position=position)


def test_only_the_last_place_is_kept(edition, shen):
    keep_place(reader=shen, chapter=chapter_of(edition), offset=3)
    keep_place(reader=shen, chapter=chapter_of(edition, 2), offset=1)

    assert Bookmark.objects.get(reader=shen).href == "OPS/text/two.xhtml"
    assert not statements_of(shen).exists()


@given(st.integers(0, 30))
def test_reading_goes_on_at_the_very_character(edition, shen, book, offset):
    chapter = chapter_of(edition)
    offset = min(offset, len(chapter.text) - 1)
    keep_place(reader=shen, chapter=chapter, offset=offset)

    assert landing(shen, book) == Landing(edition, 1, offset)


@given(st.text("新序", min_size=1, max_size=30), st.integers(0, len(LONG) - 1))
def test_the_place_survives_a_new_edition(db, book, shen, added, offset):
    old = take_in(book=book, data=unique_epub(LONG), at=NINE)
    keep_place(reader=shen, chapter=chapter_of(old), offset=offset)
    new = take_in(book=book, data=unique_epub(added + LONG), at=NINE)

    place = landing(shen, book)

    assert (place.edition, place.position) == (new, 1)
    assert place.offset == len(added) + offset
    new.delete()
    old.delete()


def unique_epub(text):
    return epub({"OPS/text/one.xhtml": page(f"<p>{text}</p>")})


def test_a_place_whose_words_are_gone_is_looked_for_where_it_was(book, edition, shen):
    keep_place(reader=shen, chapter=chapter_of(edition), offset=12)
    new = take_in(book=book, data=epub({"OPS/text/one.xhtml": page("<p>全新内容</p>")}), at=NINE)

    assert landing(shen, book) == Landing(new, 1, 5)


def test_a_chapter_that_is_gone_begins_the_book_anew(book, edition, shen):
    Bookmark.objects.create(reader=shen, book=book, href="gone.xhtml", offset=9, exact="没有了")

    assert landing(shen, book) == Landing(edition, 1, 0)


def test_who_has_no_place_begins_at_the_beginning_and_without_a_text_nowhere(
    book, edition, other_book, shen
):
    assert landing(shen, book) == Landing(edition, 1, 0)
    assert landing(shen, other_book) is None


def test_a_mark_finds_its_words_again_in_a_new_edition(book, edition, shen):
    chapter = chapter_of(edition)
    start = chapter.text.index("青，取之于蓝")
    mark = mark_passage(
        reader=shen, chapter=chapter, start=start, end=start + 6, thought="好", at=NINE
    )
    newer = epub({"OPS/text/one.xhtml": page("<p>新序</p><p>青，取之于蓝，而青于蓝；</p>")})
    new = chapter_of(take_in(book=book, data=newer, at=NINE))

    (placed,) = marks_in(shen, new)

    assert placed.mark == mark
    assert new.text[placed.span.start : placed.span.end] == "青，取之于蓝"


def test_a_mark_whose_words_are_gone_stays_with_its_chapter(book, edition, shen):
    chapter = chapter_of(edition)
    mark_passage(reader=shen, chapter=chapter, start=0, end=2, thought="", at=NINE)
    other = epub(
        {"OPS/text/one.xhtml": page("<p>别的</p>"), "OPS/text/two.xhtml": page("<p>无</p>")}
    )
    new = chapter_of(take_in(book=book, data=other, at=NINE))

    assert [placed.span for placed in marks_in(shen, new)] == [None]


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (-1, 2), (0, 10_000)])
def test_a_mark_of_nothing_is_refused(edition, shen, start, end):
    with pytest.raises(MarkRefused):
        mark_passage(
            reader=shen, chapter=chapter_of(edition), start=start, end=end, thought="", at=NINE
        )

    assert not Mark.objects.exists()


def test_a_mark_can_be_rubbed_out(edition, shen):
    mark = mark_passage(
        reader=shen, chapter=chapter_of(edition), start=0, end=2, thought="", at=NINE
    )

    remove_mark(mark=mark)

    assert not Mark.objects.exists()


def test_a_line_is_recorded_once_an_evening_and_without_its_words(shen, book):
    leave_line(reader=shen, day=TONIGHT, words="读到锲而不舍", book=book, at=at(4, 20))
    line = leave_line(reader=shen, day=TONIGHT, words="改一改", at=at(4, 21))

    assert (line.words, line.book) == ("改一改", None)
    (statement,) = statements_of(shen)
    assert (statement.verb.code, statement.object_label) == ("shared-evening", "劝学")
    assert "锲而不舍" not in str(everything_said().values())


def test_a_line_taken_back_is_gone_from_the_room_and_counts_no_more(shen):
    line = leave_line(reader=shen, day=TONIGHT, words="读了", at=at(4, 20))

    take_back_line(line=line, at=at(4, 21), by=shen.account)

    assert not EveningLine.objects.exists()
    assert not statements_of(shen).exists()
    assert [s.verb.code for s in everything_said()] == ["shared-evening", "voided"]


def test_a_line_of_another_evening_is_another(shen):
    leave_line(reader=shen, day=TONIGHT, words="一", at=at(4, 20))
    leave_line(reader=shen, day=date(2013, 12, 5), words="二", at=at(5, 20))

    assert statements_of(shen).count() == 2

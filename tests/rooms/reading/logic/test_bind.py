from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.logic.bind import Manuscript, bind
from taihua.rooms.reading.logic.epub import read_epub

MODIFIED = datetime(2011, 8, 1, tzinfo=UTC)
words = st.text(st.sampled_from("学而时习之不亦说乎<>&\"'，。 "), min_size=1).filter(str.strip)
chapters = st.lists(
    st.tuples(words, st.lists(words, min_size=1).map(tuple)), min_size=1, max_size=4
).map(tuple)


def test_binding_twice_gives_the_same_bytes():
    book = Manuscript("苔", "袁枚", (("苔", ("白日不到处，青春恰自来。",)),), MODIFIED)

    assert bind(book) == bind(book)


@given(words, words, chapters)
def test_what_is_bound_can_be_read_again(title, author, written):
    book = read_epub(bind(Manuscript(title, author, written, MODIFIED)))

    def letters(text: str) -> str:
        return "".join(text.split())

    assert letters(book.title) == letters(title)
    assert letters(book.author) == letters(author)
    assert [letters(chapter.title) for chapter in book.chapters] == [
        letters(heading) for heading, _ in written
    ]
    assert [letters(chapter.text) for chapter in book.chapters] == [
        letters(heading + "".join(paragraphs)) for heading, paragraphs in written
    ]

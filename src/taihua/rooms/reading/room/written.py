"""What the demonstration district wrote about its reading: some of it here, most of it on paper.

Of the years kept on paper the record says, as of every note, that it was written and about which
book; the note itself is its writer's.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from taihua.kernel.house import Story
from taihua.kernel.org.enums import Tier
from taihua.kernel.org.models import Person
from taihua.kernel.org.queries import units_of
from taihua.kernel.records.actions import Draft
from taihua.rooms.reading.actions.evening import keep_place, mark_passage
from taihua.rooms.reading.actions.notes import comment_on, share_note, write_note
from taihua.rooms.reading.enums import NoteKind
from taihua.rooms.reading.models import Book, Chapter
from taihua.rooms.reading.queries.notes import Audience

NOTE_TITLES = (
    "从“青出于蓝”想到师徒结对",
    "把信送给加西亚，先要问清楚吗",
    "爱是具体的：读书札记",
    "生活即教育，在我们的乡小",
    "锲而不舍与每月一天的调研",
    "读书与听课",
)
NOTE_TEXT = (
    "这几天晚上读书，读得慢，记得也少，可有几处放不下。\n\n"
    "书里讲的道理并不新，难的是天天去做。回想上个月到学校去，我说得多，问得少；"
    "孩子们坐在后排，我却没有走过去。\n\n"
    "下一次想先听，再看，最后才说。把看到的记下来，隔一个月回去看看有没有变。"
)


def _notes(story: Story, readers: Sequence[Person], books: dict[str, Book]) -> None:
    """Notes of the last year: some kept to oneself, some shared, some answered."""
    shelf = list(books.values())
    house = Audience("house", "全局")
    units = units_of(readers, story.on)
    for number, person in enumerate(readers[:24]):
        at = story.moment(story.on - timedelta(days=10 * number + 1), 21)
        note = write_note(
            writer=person,
            kind=NoteKind.REFLECTION if number % 3 == 0 else NoteKind.NOTE,
            book=story.rng.choice(shelf),
            title=NOTE_TITLES[number % len(NOTE_TITLES)],
            text=NOTE_TEXT,
            at=at,
        )
        if number % 3 == 0:
            share_note(note=note, audience=house, at=at)
            reader = readers[(number + 5) % len(readers)]
            if reader != person:
                comment_on(note=note, writer=reader, text="第二段说到我心里了，下次一起去。", at=at)
        elif number % 3 == 1 and person.pk in units:
            unit = units[person.pk]
            share_note(note=note, audience=Audience("", unit.name, unit=unit), at=at)
    for person in readers[:12]:
        _leave_a_place(person, books["劝学"], story.moment(story.on - timedelta(days=1), 20, 40))


def _leave_a_place(person: Person, book: Book, at: datetime) -> None:
    chapter = Chapter.objects.get(edition__book=book, position=2)
    words = "登高而招，臂非加长也，而见者远"
    start = chapter.text.index(words)
    keep_place(reader=person, chapter=chapter, offset=start)
    mark_passage(
        reader=person,
        chapter=chapter,
        start=start,
        end=start + len(words),
        thought="站得高，话才传得远；下去看，也是登高。",
        at=at,
    )

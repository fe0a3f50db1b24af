"""The years of reading that the demonstration district has behind it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count

from taihua.base.ledger import Row
from taihua.kernel.house import Story
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.actions import Draft
from taihua.kernel.records.ledgers import told
from taihua.rooms.reading.actions.books import add_copy, take_in
from taihua.rooms.reading.actions.evening import leave_line
from taihua.rooms.reading.logic.bind import bind
from taihua.rooms.reading.models import Book
from taihua.rooms.reading.room.anthology import tell_volumes
from taihua.rooms.reading.room.assigned import AssignedBook
from taihua.rooms.reading.room.ledgers import PLANS
from taihua.rooms.reading.room.texts import BOUND, SHELF, SUMMARIES
from taihua.rooms.reading.room.written import keep_writing, write_here

YEARLY = (
    (2011, "给教师的建议", "苏霍姆林斯基"),
    (2011, "致加西亚的信", "阿尔伯特·哈伯德"),
    (2012, "陶行知教育文集", "陶行知"),
    (2012, "爱的教育", "亚米契斯"),
    (2013, "民主主义与教育", "杜威"),
    (2013, "劝学", "荀子"),
    (2014, "论语选读", "孔子弟子"),
    (2014, "教育漫话", "洛克"),
    (2015, "学记选读", "《礼记》"),
    (2015, "大教学论", "夸美纽斯"),
    (2016, "师说", "韩愈"),
    (2016, "爱弥儿", "卢梭"),
)
WORDS = (
    "今晚重读“不积跬步”，想到入户走访也是一户一户走出来的。",
    "读到“道之所存，师之所存也”，明天想请年轻老师先讲。",
    "书里说儿童不是缩小的成人，备课时该再想一遍。",
    "读了二十页，抄下一段，睡前想一想。",
    "和孩子一起读的，他问得比我多。",
    "读到“知之为知之”，下校调研不懂就问。",
)


def tell(story: Story) -> None:
    """Fill the shelf and let the years be read."""
    bureau = story.units("bureau")[0]
    committee = next(iter(story.units("committee")), bureau)
    books = _fill_shelf(story, bureau)
    readers = _readers(story)
    for number, (year, title, _author) in enumerate(YEARLY):
        book = AssignedBook(
            story, year, books[title], committee, readers[:3], first=number % 2 == 0
        )
        book.tell(readers)
    _plans(story, committee)
    _evenings(story, readers, books)
    keep_writing(story)
    write_here(story, readers, books)
    tell_volumes(story, bureau, readers)


def _readers(story: Story) -> list[Person]:
    """The leadership, then the middle cadres; who can log in comes first in the story."""
    leaders = story.people(tier="leadership")
    readers = leaders + [each for each in story.people(tier="middle") if each not in leaders]
    cast = story.cast()
    return sorted(readers, key=lambda each: each.code not in cast)


def _plans(story: Story, committee: Unit) -> None:
    """The evening and the anthology are planned each January; when to exchange notes is not."""
    rows: Iterator[Row] = (
        {
            "unit": committee.code, "kind": kind, "day": date(year, 1, 9), "topic": topic,
            "planned": None, "lead": None,
        }
        for year in story.years()
        for kind, topic in (("晚八点", f"{year} 年晚八点共读安排"), ("文集", "《苔花风景》征稿和选编"))
        if story.first <= date(year, 1, 9) <= story.on
    )  # fmt: skip
    for draft in told(PLANS, rows, story.rng):
        story.add(draft)


def _fill_shelf(story: Story, bureau: Unit) -> dict[str, Book]:
    at = story.moment(story.first)
    books = {}
    for text in SHELF:
        books[text.title] = Book.objects.create(
            title=text.title, author=text.author, summary=SUMMARIES[text.title]
        )
        take_in(book=books[text.title], data=bind(text), at=max(at, BOUND))
    labels = count(1)
    for _year, title, author in YEARLY:
        if title not in books:
            books[title] = Book.objects.create(title=title, author=author)
            for _copy in range(3):
                label = f"TH-{next(labels):04}"
                add_copy(book=books[title], label=label, unit=bureau, place="机关图书角")
    return books


def _evenings(story: Story, readers: Sequence[Person], books: dict[str, Book]) -> None:
    """Since August 2011 a few lines a week; tonight's and the last days' can be read."""
    shelf = list(books.values())
    day, number = max(date(2011, 8, 8), story.first), count(1)
    while day < story.on - timedelta(days=7):
        for person in story.rng.sample(readers, min(3, len(readers))):
            moment = story.moment(day, 20, story.rng.randint(10, 59))
            story.add(
                Draft(
                    verb="shared-evening",
                    kind="reading/evening",
                    path=f"reading/evening/story-{next(number)}",
                    label=story.rng.choice(shelf).title,
                    person=person,
                    occurred_at=moment,
                    stored_at=moment,
                )
            )
        day += timedelta(days=7)
    for back in range(7, -1, -1):
        today = story.on - timedelta(days=back)
        for person, words in zip(
            story.rng.sample(readers, min(3, len(readers))),
            story.rng.sample(WORDS, 3),
            strict=False,
        ):
            at = story.moment(today, 20, story.rng.randint(10, 59))
            leave_line(reader=person, day=today, words=words, book=story.rng.choice(shelf), at=at)

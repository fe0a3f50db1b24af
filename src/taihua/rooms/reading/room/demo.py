"""The years of reading that the demonstration district has behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from taihua.kernel.house import Story
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.org.queries import units_of
from taihua.kernel.records.actions import Draft
from taihua.rooms.reading.actions.assignments import Setting, set_book
from taihua.rooms.reading.actions.books import add_copy, take_in
from taihua.rooms.reading.actions.checks import hand_in_answers
from taihua.rooms.reading.actions.evening import keep_place, leave_line, mark_passage
from taihua.rooms.reading.actions.notes import comment_on, share_note, write_note
from taihua.rooms.reading.enums import Binding, CheckKind, NoteKind, Outcome
from taihua.rooms.reading.logic.bind import bind
from taihua.rooms.reading.models import (
    Answer,
    Assignment,
    Attempt,
    Book,
    Chapter,
    ReaderGroup,
    Reading,
)
from taihua.rooms.reading.queries.notes import Audience
from taihua.rooms.reading.room.texts import BOUND, SHELF, SUMMARIES

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
QUESTIONS = (
    "书中哪一句话与您眼下的工作最有关系？为什么？",
    "读完以后，您打算把哪一件事做得不一样？",
)
WORDS = (
    "今晚重读“不积跬步”，想到入户走访也是一户一户走出来的。",
    "读到“道之所存，师之所存也”，明天想请年轻老师先讲。",
    "书里说儿童不是缩小的成人，备课时该再想一遍。",
    "读了二十页，抄下一段，睡前想一想。",
    "和孩子一起读的，他问得比我多。",
    "读到“知之为知之”，下校调研不懂就问。",
)
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
ANSWERS = (
    "书里说到“先去做，再来说”的那几页。留守儿童的走访就是一步一步的事，先把名册走完。",
    "每次下校先听一节课再开口，回来写三条看到的，不写空话。",
)


def tell(story: Story) -> None:
    """Fill the shelf and let the years be read."""
    bureau = story.units("bureau")[0]
    committee = next(iter(story.units("committee")), bureau)
    books = _fill_shelf(story, bureau)
    readers = _readers(story)
    for number, (year, title, _author) in enumerate(YEARLY):
        year_books = _Year(story, year, books[title], committee, readers[:3], first=number % 2 == 0)
        year_books.tell(readers)
    _evenings(story, readers, books)
    _notes(story, readers, books)
    _volumes(story, bureau)


def _readers(story: Story) -> list[Person]:
    """The leadership, then the middle cadres; who can log in comes first in the story."""
    leaders = story.people(tier="leadership")
    readers = leaders + [each for each in story.people(tier="middle") if each not in leaders]
    cast = set(Person.objects.filter(account__isnull=False).values_list("pk", flat=True))
    return sorted(readers, key=lambda each: each.pk not in cast)


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


@dataclass(frozen=True, slots=True)
class _Year:
    """One of the two books of a year: set, read, checked."""

    story: Story
    year: int
    book: Book
    committee: Unit
    reviewers: Sequence[Person]
    first: bool

    @property
    def set_date(self) -> date:
        day = date(self.year, 3, 1) if self.first else date(self.year, 9, 2)
        return max(day, self.story.first + timedelta(days=7))

    @property
    def due_date(self) -> date:
        day = date(self.year, 6, 30) if self.first else date(self.year, 12, 20)
        return max(day, self.set_date + timedelta(days=90))

    def tell(self, readers: Sequence[Person]) -> None:
        story = self.story
        if self.set_date > story.on:
            return
        assignment = self._set()
        finished = list(self._finished(readers))
        Reading.objects.bulk_create(
            Reading(reader=person, book=self.book, started_date=self.set_date, finished_date=day)
            for person, day in finished
        )
        passed = [(person, day) for person, day in finished if day + timedelta(days=9) <= story.on]
        attempts = Attempt.objects.bulk_create(
            self._passed_attempt(assignment, person, day) for person, day in passed
        )
        questions = list(assignment.questions.order_by("position"))
        Answer.objects.bulk_create(
            Answer(attempt=attempt, question=question, text=text)
            for attempt in attempts
            for question, text in zip(questions, ANSWERS, strict=True)
        )
        for person, day in finished:
            story.add(self._draft("started-book", person, self.set_date))
            story.add(self._draft("read", person, day))
        for attempt in attempts:
            story.add(self._draft("passed-check", attempt.reader, self._handed_in(attempt)))
        if story.on < self.due_date:
            self._leave_open(assignment, readers, finished)

    def _set(self) -> Assignment:
        groups = [
            ReaderGroup(binding=Binding.REQUIRED, tier="leadership"),
            ReaderGroup(binding=Binding.REQUIRED, tier="middle"),
            ReaderGroup(binding=Binding.RECOMMENDED, tier="staff"),
        ]
        setting = Setting(
            book=self.book,
            setter=self.committee,
            set_date=self.set_date,
            due_date=self.due_date,
            check_kind=CheckKind.ANSWERS,
            request="读原书，联系自己的工作，用自己的话回答。",
            questions=QUESTIONS,
            groups=groups,
            reviewers=self.reviewers,
        )
        return set_book(setting=setting, at=self.story.moment(self.set_date))

    def _finished(self, readers: Sequence[Person]) -> Iterator[tuple[Person, date]]:
        """Nearly everybody reads in time; some books of the present are not finished yet."""
        span = (self.due_date - self.set_date).days
        first, *others = readers
        for person in others if self.due_date > self.story.on else [first, *others]:
            day = self.set_date + timedelta(days=self.story.rng.randint(span // 3, span))
            if day <= self.story.on and self.story.rng.random() < 0.94:  # noqa: PLR2004
                yield person, day

    def _passed_attempt(self, assignment: Assignment, person: Person, day: date) -> Attempt:
        reviewer = next(each for each in self.reviewers if each != person)
        return Attempt(
            assignment=assignment,
            reader=person,
            number=1,
            handed_in_at=self.story.moment(day + timedelta(days=2), 20, 30),
            reviewer=reviewer,
            outcome=Outcome.PASSED,
            remark="读进去了，也想到了自己的工作。",
            reviewed_at=self.story.moment(day + timedelta(days=8), 16),
        )

    def _leave_open(
        self,
        assignment: Assignment,
        readers: Sequence[Person],
        finished: Sequence[tuple[Person, date]],
    ) -> None:
        """Somebody waits for a review, so that the reviewer's desk is not empty either."""
        passed = set(Attempt.objects.filter(assignment=assignment).values_list("reader", flat=True))
        waiting = [person for person, _day in finished if person.pk not in passed][:3]
        questions = assignment.questions.order_by("position").values_list("pk", flat=True)
        answers = dict(zip(questions, ANSWERS, strict=True))
        for person in waiting:
            at = self.story.moment(self.story.on - timedelta(days=1), 20, 15)
            hand_in_answers(reader=person, assignment=assignment, answers=answers, at=at)
        begun = {person.pk for person, _day in finished}
        Reading.objects.bulk_create(
            Reading(reader=person, book=self.book, started_date=self.set_date)
            for person in readers[::2]
            if person.pk not in begun
        )

    def _handed_in(self, attempt: Attempt) -> date:
        if attempt.handed_in_at is None:
            raise ValueError(attempt)
        return attempt.handed_in_at.date()

    def _draft(self, verb: str, person: Person, day: date) -> Draft:
        moment = self.story.moment(day, 20, 30)
        return Draft(
            verb=verb,
            kind="reading/book",
            path=self.book.path,
            label=self.book.title,
            person=person,
            occurred_at=moment,
            stored_at=moment,
            context={"author": self.book.author} if verb != "passed-check" else None,
        )


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


def _volumes(story: Story, bureau: Unit) -> None:
    for number, day in enumerate((date(2012, 9, 10), date(2013, 9, 10)), start=1):
        moment = story.moment(day)
        story.add(
            Draft(
                verb="published-volume",
                kind="reading/volume",
                path=f"reading/volume/{number}",
                label=f"《苔花风景》第{'一二'[number - 1]}辑",
                unit=bureau,
                occurred_at=moment,
                stored_at=moment,
            )
        )

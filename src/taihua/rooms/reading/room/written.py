"""What the demonstration district wrote about its reading: some of it here, most of it on paper.

Of the years kept on paper the record says, as of every note, that it was written and about which
book; the note itself is its writer's.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from taihua.kernel.house import Story
from taihua.kernel.org.enums import Tier
from taihua.kernel.org.models import Person
from taihua.kernel.org.queries import units_of
from taihua.kernel.records.actions import Draft
from taihua.rooms.reading.actions.circles import answer_circle, ask_circle, form_circle
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


QUESTIONS = (
    (1, "“锲而不舍”放到教研上，先舍掉什么？", {0: "舍掉那些只为留痕的表。"}),
    (
        2,
        "荀子说“君子善假于物”，我们手上有什么可以借的？",
        {
            1: "邻校的实验员，说好了每月来一次。",
            3: "家长里的老木匠，教具都是他修好的。",
            0: "时间。晚八点这一个钟头就是借来的。",
        },
    ),
)
STEADY = (0.97, 0.97, 0.96, 0.95, 0.93, 0.9, 0.85, 0.7, 0.35)  # how surely somebody writes
REFLECTS_IN, REFLECTS, SHARES, ANSWERS = (4, 10), 0.9, 0.08, 0.6
BOOKS = ("给教师的建议", "致加西亚的信", "陶行知教育文集", "爱的教育", "论语", "学记")


def keep_writing(story: Story) -> None:
    """A note a month after eight from nearly everybody, a reflection each half-year from some."""
    steadiness: dict[str, float] = {}
    cast, months = story.cast(), story.months()
    for number, month in enumerate(months):
        people = _serving(story, month)
        for person in people:
            steady = steadiness.setdefault(person.code, story.rng.choice(STEADY))
            if story.rng.random() < (1 if person.code in cast else steady):
                _put_down(story, "wrote-note", person, month, f"{number}-{person.code}", people)
        if month.month in REFLECTS_IN:
            leaders = story.people(tier=Tier.LEADERSHIP, on=month)
            idle = story.lapses(len(leaders), 1 - REFLECTS)
            for place, person in enumerate(leaders):
                if place not in idle or person.code in cast:
                    name = f"{number}-{person.code}-r"
                    _put_down(story, "wrote-reflection", person, month, name, people)


def _serving(story: Story, month: date) -> list[Person]:
    day = min(month + timedelta(days=14), story.on)
    people = {
        person.pk: person
        for tier in (Tier.LEADERSHIP, Tier.MIDDLE, Tier.STAFF)
        for person in story.people(tier=tier, on=day)
    }
    return sorted(people.values(), key=lambda person: person.code)


def _put_down(  # who wrote what when, and who may answer
    story: Story, verb: str, person: Person, month: date, name: str, people: Sequence[Person]
) -> None:
    """Something was written; now and then it was shown, and a colleague had something to say."""
    rng = story.rng
    moment = story.moment(month + timedelta(days=rng.randrange(27)), 20, rng.randrange(5, 60))
    kind = "读书笔记" if verb == "wrote-note" else "心得"
    label = f"《{rng.choice(BOOKS)}》{kind}"
    acts = [(verb, person, moment)]
    if rng.random() < SHARES:
        acts.append(("shared-note", person, moment + timedelta(minutes=5)))
        if rng.random() < ANSWERS:
            acts.append(("commented", rng.choice(people), moment + timedelta(hours=22)))
    for act, by, at in acts:
        story.add(
            Draft(
                verb=act,
                kind="reading/note",
                path=f"reading/note/paper-{name}",
                label=label,
                person=by,
                occurred_at=at,
                stored_at=at,
            )
        )


def write_here(story: Story, readers: Sequence[Person], books: dict[str, Book]) -> None:
    """Notes of the last year in the room itself; who of the staff can log in shows some."""
    cast = story.cast()
    staff = [person for person in story.people(tier=Tier.STAFF) if person.code in cast]
    _notes(story, readers, books)
    shelf, house = list(books.values()), Audience("house", "全局")
    for person in staff:
        day = story.on - timedelta(days=6)
        while day > story.on - timedelta(days=90) and _serves(story, person, day):
            at = story.moment(day, 21)
            note = write_note(
                writer=person,
                kind=NoteKind.NOTE,
                book=story.rng.choice(shelf),
                title=story.rng.choice(NOTE_TITLES),
                text=NOTE_TEXT,
                at=at,
            )
            if day < story.on - timedelta(days=30):
                share_note(note=note, audience=house, at=at)
            day -= timedelta(days=31)


def _serves(story: Story, person: Person, day: date) -> bool:
    return person in story.people(tier=Tier.STAFF, on=day)


def _notes(story: Story, readers: Sequence[Person], books: dict[str, Book]) -> None:
    """Notes of the last year: some kept to oneself, some shared, some answered."""
    shelf = list(books.values())
    house = Audience("house", "全局")
    units, cast = units_of(readers, story.on), story.cast()
    leaders = set(story.people(tier=Tier.LEADERSHIP))
    for number, person in enumerate(readers[:24]):
        at = story.moment(story.on - timedelta(days=10 * number + 1), 21)
        # The reflections of the leadership are told above, with their gaps.
        reflects = number % 3 == 0 and (person.code in cast or person not in leaders)
        note = write_note(
            writer=person,
            kind=NoteKind.REFLECTION if reflects else NoteKind.NOTE,
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
    _read_together(story, readers[:4], books["劝学"])
    for person in readers[:12]:
        _leave_a_place(person, books["劝学"], story.moment(story.on - timedelta(days=1), 20, 40))


def _read_together(story: Story, readers: Sequence[Person], book: Book) -> None:
    """A circle of four: last week's question answered by most, this week's by one."""
    keeper, *members = readers
    circle = form_circle(keeper=keeper, name="灯下四人", members=members)
    for ago, (asker, text, said) in enumerate(QUESTIONS):
        at = story.moment(story.on - timedelta(days=7 * ago), 12)
        question = ask_circle(circle=circle, asker=readers[asker], text=text, book=book, at=at)
        for writer, words in said.items():
            answer_circle(question=question, writer=readers[writer], text=words, at=at)


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

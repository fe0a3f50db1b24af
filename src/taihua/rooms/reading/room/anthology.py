"""The volumes that the demonstration district has printed, and the one that it is collecting."""

from collections.abc import Sequence
from datetime import date, timedelta

from taihua.kernel.house import Story
from taihua.kernel.org.models import Account, Person, Unit
from taihua.rooms.reading.actions.contributions import (
    agree,
    choose,
    edit_text,
    give_opinion,
    submit_note,
)
from taihua.rooms.reading.actions.notes import write_note
from taihua.rooms.reading.actions.volumes import (
    Call,
    arrange,
    call_for_texts,
    issue_volume,
    note_erratum,
    set_sections,
)
from taihua.rooms.reading.enums import Advice, Choice, Licence, NoteKind
from taihua.rooms.reading.models import Contribution, Volume
from taihua.rooms.reading.queries.anthology import text_of
from taihua.rooms.reading.room.pieces import PIECES

PRINTED = (date(2012, 9, 10), date(2013, 9, 10))
CALLED_BEFORE, CLOSED_BEFORE = timedelta(days=100), timedelta(days=40)
TITLE = "苔花风景"
SECTIONS = ("灯下读书", "走在校园")
CALL = "把晚八点读书时写下的一篇拿出来。不求长，只求真：读到了什么，想到了谁，后来做了什么。"
PREFACE = (
    "苔花开在墙根，没有人特意去看，它自己开。\n\n"
    "这一辑里的文章，都是同事们晚上八点以后写的。有的写在备课本的背面，有的写在下乡的车上。"
    "我们没有挑写得漂亮的，挑的是写了以后真去做了的。"
)
IMPRINT = "内部资料，免费交流"
REMARKS = (
    "写得实在，有一件真事。",
    "开头再短些，事情先讲。",
    "读完想去看看那所学校。",
    "结尾不必说道理。",
)


def tell_volumes(story: Story, bureau: Unit, people: Sequence[Person]) -> None:
    """Two volumes printed, each on its day, and a third that takes texts; without a clerk none."""
    clerk = Account.objects.filter(grants__role="clerk", person__isnull=False).first()
    if clerk is None or clerk.person is None:
        return
    writers = [person for person in people if person.pk != clerk.person_id]
    for number, day in enumerate(PRINTED, start=1):
        if story.first <= day - CALLED_BEFORE and day <= story.on:
            _print(story, _called(number, day, bureau, clerk.person, writers), day, clerk, writers)
    if story.on > PRINTED[-1] + CALLED_BEFORE - CLOSED_BEFORE:
        _collect(story, bureau, clerk.person, writers)


def _called(
    number: int, day: date, bureau: Unit, editor: Person, people: Sequence[Person]
) -> Volume:
    return call_for_texts(
        call=Call(
            number=number,
            title=TITLE,
            publisher=bureau,
            call=CALL,
            opens=day - CALLED_BEFORE,
            closes=day - CLOSED_BEFORE,
            editors=[editor],
            readers=people[:4],
            preface=PREFACE,
            imprint=IMPRINT,
        )
    )


def _print(
    story: Story, volume: Volume, day: date, clerk: Account, people: Sequence[Person]
) -> None:
    first = day - CALLED_BEFORE + timedelta(days=10)
    given = [
        _give(story, volume, writer, number, first + timedelta(days=number))
        for number, writer in enumerate(people[4 : 4 + len(PIECES) // 2])
    ]
    for number, piece in enumerate(given):
        _read(story, piece, first + timedelta(days=20 + number))
        chosen = story.moment(day - timedelta(days=30))
        choose(contribution=piece, choice=Choice.SELECTED, reason="", at=chosen)
    _edit(story, given[0], clerk, day - timedelta(days=28))
    sections = set_sections(volume=volume, titles=SECTIONS)
    places = {piece.pk: (sections[n % 2].pk, n + 1) for n, piece in enumerate(given)}
    arrange(volume=volume, places=places)
    issue_volume(volume=volume, by=clerk, at=story.moment(day))
    if volume.number == 1 and clerk.person is not None:
        note_erratum(
            volume=Volume.objects.get(pk=volume.pk),
            place=f"《{given[1].version.title}》第二段",
            printed="再读一会",
            correct="再读一会儿",
            noted_by=clerk.person,
            at=story.moment(day + timedelta(days=12)),
        )


def _collect(story: Story, bureau: Unit, editor: Person, people: Sequence[Person]) -> None:
    """The volume of today: some texts wait for readers, one is read, one waits for its writer."""
    opens = story.on - timedelta(days=30)
    volume = _called(len(PRINTED) + 1, opens + CALLED_BEFORE, bureau, editor, people)
    writers = [*people[:1], *people[6:8]]
    given = [
        _give(story, volume, writer, number + 2, opens + timedelta(days=5 + number))
        for number, writer in enumerate(writers)
    ]
    for piece in given[:2]:
        _read(story, piece, story.on - timedelta(days=9))
    at = story.moment(story.on - timedelta(days=5))
    choose(contribution=given[0], choice=Choice.SELECTED, reason="", at=at)
    words = text_of(given[0])
    edit_text(
        contribution=given[0],
        expected=words.number,
        title=words.title,
        text=words.text.replace("我", "", 1),
        remark="去掉一个“我”字，请看看可不可以。",
        editor=editor,
        at=story.moment(story.on - timedelta(days=4)),
    )


def _give(story: Story, volume: Volume, writer: Person, number: int, day: date) -> Contribution:
    title, text = PIECES[(number + volume.number * 4 - 4) % len(PIECES)]
    at = story.moment(day, 20, 30)
    note = write_note(writer=writer, kind=NoteKind.NOTE, title=title, text=text, at=at)
    return submit_note(
        volume=volume, note=note, byline=writer.name, licence=Licence.OPEN, at=story.moment(day, 21)
    )


def _read(story: Story, piece: Contribution, day: date) -> None:
    for opinion in piece.opinions.order_by("pk"):
        give_opinion(
            opinion=opinion,
            advice=Advice.TAKE,
            remark=story.rng.choice(REMARKS),
            at=story.moment(day, 20, story.rng.randint(0, 59)),
        )


def _edit(story: Story, piece: Contribution, clerk: Account, day: date) -> None:
    if clerk.person is None:
        return
    words = text_of(piece)
    edited = edit_text(
        contribution=piece,
        expected=words.number,
        title=words.title,
        text=words.text + "\n\n（后来这件事在全区推开了。）",
        remark="结尾补一句后来的事，请核对。",
        editor=clerk.person,
        at=story.moment(day),
    )
    agree(contribution=piece, number=edited.number, at=story.moment(day + timedelta(days=2)))

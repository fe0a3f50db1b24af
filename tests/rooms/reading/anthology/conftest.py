"""A volume that takes texts, four who read for it, and notes to give."""

from datetime import date, timedelta

import pytest

from taihua.rooms.reading.actions.contributions import choose, give_opinion, submit_note
from taihua.rooms.reading.actions.notes import write_note
from taihua.rooms.reading.actions.volumes import (
    Call,
    arrange,
    call_for_texts,
    set_sections,
)
from taihua.rooms.reading.models import Volume
from tests.factories import NINE, PersonFactory, TermFactory

OPENS, CLOSES = date(2013, 11, 1), date(2013, 12, 31)
TEXT = "坐到最后一排。\n\n换了四块黑板。"


@pytest.fixture
def readers(other_school, posts):
    """Three teachers of another school."""
    people = [PersonFactory(code=f"r{n}", name=f"评{n}") for n in "甲乙丙"]
    for person in people:
        TermFactory(person=person, post=posts["教师"], unit=other_school)
    return people


@pytest.fixture
def call(bureau, su, readers):
    """What a call says: ``call(number=4)`` says it otherwise."""

    def say(**otherwise):
        said = {
            "number": 3,
            "title": "苔花风景",
            "publisher": bureau,
            "call": "写真事。",
            "opens": OPENS,
            "closes": CLOSES,
            "editors": [su],
            "readers": readers,
            "preface": "序。",
            "imprint": "内部资料",
        }
        return Call(**said | otherwise)

    return say


@pytest.fixture
def volume(call) -> Volume:
    return call_for_texts(call=call())


@pytest.fixture
def note_of():
    def write(writer, title="后排的座位", text=TEXT):
        return write_note(writer=writer, kind="note", title=title, text=text, at=NINE)

    return write


@pytest.fixture
def give(volume, note_of):
    """Somebody gives a text: ``give(shen)``."""

    def submit(writer, title="后排的座位", **more):
        return submit_note(
            volume=volume,
            note=note_of(writer, title),
            byline=more.pop("byline", ""),
            licence="volume",
            at=more.pop("at", NINE),
        )

    return submit


@pytest.fixture
def read():
    """Its readers give their opinions."""

    def opine(piece, advice="take"):
        for opinion in piece.opinions.order_by("pk"):
            give_opinion(opinion=opinion, advice=advice, remark="写得实在。", at=NINE)

    return opine


@pytest.fixture
def select(read):
    """A text is read and chosen."""

    def chosen(piece):
        read(piece)
        return choose(contribution=piece, choice="selected", reason="", at=NINE)

    return chosen


@pytest.fixture
def ready(volume, give, select, shen, zhou):
    """A volume that lacks nothing: two texts, chosen and in their places."""
    pieces = [select(give(shen)), select(give(zhou, "两盏灯", byline="江南"))]
    [section] = set_sections(volume=volume, titles=["灯下读书"])
    arrange(volume=volume, places={each.pk: (section.pk, n) for n, each in enumerate(pieces, 1)})
    return volume


LATER = NINE + timedelta(days=3)

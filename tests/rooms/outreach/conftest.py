"""What the room's tests start from: its words, a note, and a proposal with an owner who answers."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taihua.base.clock import ZONE
from taihua.kernel import house
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.actions import learn_words
from taihua.rooms.outreach.actions.notes import Matter, Note, take_in
from taihua.rooms.outreach.models import FieldVisit, Proposal
from tests.factories import NINE

TODAY = NINE.date()
DAY = date(2013, 12, 2)


@pytest.fixture(autouse=True)
def today(settings):
    settings.TAIHUA_TODAY = TODAY


@pytest.fixture(autouse=True)
def words(db):
    room = next(room for room in house.rooms() if room.code == "outreach")
    learn_words(
        [(word.code, word.label) for word in room.verbs],
        [(word.code, word.label) for word in room.kinds],
        plans=[word.code for word in room.verbs if word.plans],
    )


@pytest.fixture
def note_of(lin: Person, school: Unit) -> Callable[..., Note]:
    """A note of 林局长 about 苔花一小, with what is said otherwise."""

    def write(**changes: object) -> Note:
        said = {
            "uuid": uuid4(),
            "visitor": lin,
            "place": school,
            "day": DAY,
            "halves": 2,
            "topic": "课堂教学",
            "heard": "三年级两位班主任",
            "seen": "多媒体教室不够用。",
            "written": "2013-12-02T09:00:00.000Z",
        }
        return Note(**(said | changes))

    return write


@pytest.fixture
def visit(note_of: Callable[..., Note], section: Unit, school: Unit) -> FieldVisit:
    """A visit with one proposal to 基础教育科 and one problem of the school's."""
    note = note_of(
        proposals=(Matter(text="请两校结对教研。", owner=section),),
        problems=(Matter(text="操场排水不畅。", owner=school, due=date(2013, 12, 20)),),
    )
    return take_in(note=note, at=NINE).visit


@pytest.fixture
def proposal(visit: FieldVisit) -> Proposal:
    return visit.proposals.get()


@pytest.fixture
def costs() -> Callable[[Client, str], int]:
    """How many queries a page asks, once it is warm."""

    def count(browser: Client, address: str) -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(address)
        assert answer.status_code == 200
        return len(asked)

    return count


def at(days: int = 0) -> datetime:
    """Nine o'clock so many days after the demonstration's day."""
    return datetime(2013, 12, 4, 9, tzinfo=ZONE) + timedelta(days=days)


def number(which: int) -> UUID:
    return UUID(int=which + 1, version=4)

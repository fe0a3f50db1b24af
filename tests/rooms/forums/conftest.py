"""What the room's tests start from: a forum that is called, and who has to do with it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taihua.base.clock import ZONE
from taihua.kernel import house
from taihua.kernel.measures.queries import value
from taihua.kernel.org.models import Person, Post, Unit
from taihua.rooms.forums.actions.forums import Call, call_forum
from taihua.rooms.forums.actions.practices import Card, share
from taihua.rooms.forums.actions.programme import Item, add_slot, confirm
from taihua.rooms.forums.actions.talks import Words, call_round, hand_in
from taihua.rooms.forums.models import Forum, Practice, Round, Slot, WorkTalk
from tests.factories import NINE, PersonFactory, TermFactory

TODAY = NINE.date()
DAY = date(2013, 12, 20)
YEAR = {"first": date(2013, 1, 1), "last": date(2013, 12, 31)}


@pytest.fixture(autouse=True)
def today(settings):
    settings.TAIHUA_TODAY = TODAY


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An hour of a day of December 2013."""
    return datetime(2013, 12, day, hour, minute, tzinfo=ZONE)


def call_of(host: Unit, recorder: Person, **changed: Any) -> Call:
    asked: dict[str, Any] = {
        "kind": "forums/principals",
        "host": host,
        "topic": "一校一品",
        "call": "请讲一件真做过的事。",
        "place": "三楼会议室",
        "day": DAY,
        "opens": time(9),
        "closes": time(12),
        "call_closes": date(2013, 12, 11),
        "registration_closes": date(2013, 12, 18),
        "recorder": recorder,
        **changed,
    }
    return Call(**asked)


@pytest.fixture
def forum(bureau: Unit, su: Person) -> Forum:
    """Called by the party office for 20 December, kept by 苏文书."""
    return call_forum(call=call_of(bureau, su), at=NINE, by=su.account)


def item(*speakers: Person, starts: time = time(9), **changed: Any) -> Item:
    told: dict[str, Any] = {
        "hall": "",
        "starts": starts,
        "minutes": 40,
        "title": "一课三磨",
        "speakers": speakers,
        **changed,
    }
    return Item(**told)


def placed(forum: Forum, *speakers: Person, said_yes: bool = True, **changed: Any) -> Slot:
    """An item of the programme whose speakers have said yes."""
    slot = add_slot(forum=forum, item=item(*speakers, **changed), at=NINE)
    for speaker in slot.speakers.all() if said_yes else []:
        confirm(speaker=speaker, person=speaker.person, at=NINE)
    return slot


@pytest.fixture
def heads(bureau: Unit, su: Person) -> Round:
    """A round in which the section heads talk until 14 December."""
    return call_round(
        unit=bureau,
        title="科室负责人谈工作",
        stage="heads",
        request="谈一项工作。",
        first_day=date(2013, 11, 20),
        last_day=date(2013, 12, 14),
        at=NINE - timedelta(days=14),
        by=su.account,
    )


def words(owner: Person | None = None, **changed: Any) -> Words:
    told: dict[str, Any] = {
        "work": "招生",
        "did": "把片区图重画了一遍。",
        "learnt": "先给居委会看。",
        "blocked": "要跑两个部门。",
        "ask": "请出面和派出所商量。" if owner else "",
        "owner": owner,
        **changed,
    }
    return Words(**told)


@pytest.fixture
def talk(heads: Round, zhou: Person, lin: Person) -> WorkTalk:
    """周科长 talks and asks 林局长 for something."""
    return hand_in(speaker=zhou, words=words(lin), asked=heads, at=NINE)


CARD = Card(
    title="放学路上有老师",
    problem="校门口挤。",
    done="编成五队。",
    needs="五位老师。",
    outcome="没有磕碰。",
    evidence="值周记录。",
    meant_for="schools",
)


@pytest.fixture
def practice(shen: Person) -> Practice:
    """A card of 苔花一小."""
    return share(writer=shen, card=CARD, at=NINE)


def colleagues(number: int, unit: Unit, post: Post) -> list[Person]:
    people = [PersonFactory() for _each in range(number)]
    for person in people:
        TermFactory(person=person, unit=unit, post=post)
    return people


def figure(code: str) -> Any:
    """What a figure comes to in 2013."""
    return value(house.figures()[code], **YEAR).number


def rows_of(code: str) -> list[dict[str, Any]]:
    return list(house.ledgers()[code].store.rows(None))


def imported(code: str, **cells: Any) -> None:
    """Let a clerk bring one row into a ledger."""
    ledger = house.ledgers()[code]
    row = dict.fromkeys((column.code for column in ledger.columns), None) | cells
    ledger.store.apply(ledger.store.plan([row]), None, NINE)


def comes_back_as_the_same(code: str) -> bool:
    """Whether what the ledger exports is imported back without a change."""
    store = house.ledgers()[code].store
    rows = list(store.rows(None))
    plan = store.plan(rows)
    return bool(rows) and not plan.errors and {s.state.value for s in plan.steps} == {"same"}


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

"""What the room answers when the house asks: what is due, what takes place, what is found."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, islice

from taihua.base import clock
from taihua.kernel.house import Due, Found, Happening
from taihua.kernel.org.models import Account, Person, Unit
from taihua.rooms.study.queries.dues import dues_of
from taihua.rooms.study.queries.happenings import found_by, happenings_of
from taihua.rooms.study.room.law_dues import quizzes_owed
from taihua.rooms.study.room.law_search import found_law


def asked_of(person: Person, on: date) -> Iterator[Due]:
    """What waits for ``person``; each mechanism of the room adds its own."""
    yield from dues_of(person, on)
    yield from quizzes_owed(person, on)


def calendar(whose: Person | Unit, first: date, last: date) -> Iterator[Happening]:
    """What takes place; each mechanism of the room adds its own."""
    yield from happenings_of(whose, first, last)


def search(account: Account, words: Sequence[str], limit: int) -> Iterator[Found]:
    """What is found; each mechanism of the room adds its own, ``limit`` in all."""
    found = chain(found_by(account, words, limit, clock.today()), found_law(account, words, limit))
    yield from islice(found, limit)

"""What the room's tests start from: a column, and an article on its way."""

import struct
import zlib
from typing import Any

import pytest

from taihua.kernel.org.models import Account, Grant, Person, Unit
from taihua.rooms.portal.actions.articles import Place, Words, begin
from taihua.rooms.portal.actions.review import hand_in, issue, pass_on
from taihua.rooms.portal.models import Article, Column
from tests.factories import NINE, AccountFactory

TODAY = NINE.date()


@pytest.fixture(autouse=True)
def today(settings):
    settings.TAIHUA_TODAY = TODAY


@pytest.fixture
def news(db: None) -> Column:
    """工作动态, open to everybody."""
    return Column.objects.create(slug="news", title="工作动态", place=1)


def words(**changed: Any) -> Words:
    told = {
        "title": "全区秋季开学检查",
        "text": "一行是一段。\n又一段。",
        "source": "苔花一小",
        **changed,
    }
    return Words(**told)


def png(width: int = 3, height: int = 2) -> bytes:
    """A real picture of that size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def draft(news: Column, shen: Person, school: Unit) -> Article:
    """Begun by 沈老师 for her school."""
    place = Place(column=news, unit=school)
    return begin(words=words(), place=place, by=shen.account, at=NINE)


@pytest.fixture
def handed_in(draft: Article, shen: Person) -> Article:
    hand_in(article=draft, expected=1, by=shen.account, at=NINE)
    return draft


@pytest.fixture
def passed(handed_in: Article, su: Person) -> Article:
    pass_on(article=handed_in, expected=1, by=su.account, at=NINE)
    return handed_in


@pytest.fixture
def published(passed: Article, lin: Person) -> Article:
    return issue(article=passed, expected=1, by=lin.account, at=NINE)


@pytest.fixture
def deputy(bureau: Unit, db: None) -> Account:
    """A second leader of the bureau."""
    account = AccountFactory(username="deputy")
    Grant.objects.create(account=account, role="leader", unit=bureau)
    return account

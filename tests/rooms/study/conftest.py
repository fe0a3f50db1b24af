"""What the study room's tests start from: a committee, its leadership, a plan."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taihua.base.clock import ZONE
from taihua.kernel.org.models import Person, Post, Unit
from taihua.rooms.study.actions.plans import decide, write_plan
from taihua.rooms.study.models import PlanItem, PlanVersion
from tests.factories import NINE, TermFactory, UnitFactory

JANUARY = datetime(2013, 1, 8, 9, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def today(settings):
    settings.TAIHUA_TODAY = NINE.date()


@pytest.fixture
def committee(bureau: Unit) -> Unit:
    """苔花区教育局党委, which keeps the central group."""
    return UnitFactory(code="committee", name="苔花区教育局党委", kind="committee", parent=bureau)


@pytest.fixture
def leaders(bureau: Unit, posts: dict[str, Post], lin: Person) -> list[Person]:
    """林局长 and three more of the leadership, by name."""
    names = ("高山", "方正", "何平")
    more = [Person.objects.create(code=f"l{n}", name=name) for n, name in enumerate(names)]
    for person in more:
        TermFactory(person=person, post=posts["局长"], unit=bureau)
    return sorted([lin, *more], key=lambda person: person.name)


def item(day: date, topic: str = "群众路线", **more: object) -> PlanItem:
    return PlanItem(planned_date=day, topic=topic, **more)


def four_quarters() -> list[PlanItem]:
    days = [date(2013, month, 10) for month in (2, 5, 8, 11)]
    topics = ("党的十八大报告", "均衡发展", "师德师风", "校园安全")
    return [item(day, topic) for day, topic in zip(days, topics, strict=True)]


@pytest.fixture
def written(committee: Unit, lin: Person, su: Person) -> PlanVersion:
    """The plan of 2013, written by 苏文书 and not decided on."""
    return write_plan(unit=committee, year=2013, items=four_quarters(), at=JANUARY, by=su.account)


@pytest.fixture
def approved(written: PlanVersion, lin: Person) -> PlanVersion:
    """The plan of 2013, approved by 林局长."""
    return decide(version=written, approve=True, reply="", at=JANUARY, by=lin.account)


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

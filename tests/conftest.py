"""What every test may ask for."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from inspect import signature, unwrap
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from taihua.kernel.org.models import Account, Grant, Person, Post, Unit
from tests.databases import copy_anew, copy_file, test_database
from tests.demonstration import Built
from tests.demonstration import demonstration as build_demonstration
from tests.factories import (
    AccountFactory,
    PersonFactory,
    PostFactory,
    TermFactory,
    UnitFactory,
)
from tests.postgres import postgres as running_postgres

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"

# pytest's own folders stay inside the checkout.
(CACHE / "tmp").mkdir(parents=True, exist_ok=True)
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(CACHE / "tmp"))

# A slow machine is no fault of the code, and the same run finds the same things.
settings.register_profile(
    "house",
    deadline=None,
    max_examples=60,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile(
    "long", settings.get_profile("house"), max_examples=2000, derandomize=False
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

# What runs on PostgreSQL too: whatever itself talks to the database in these folders. Tables and their
# constraints, queries, actions, ledgers: there the two can differ, in how they order and compare, in
# what they forbid, in how two writers meet.
BOTH = ("tests/kernel/", "tests/rooms/", "tests/base/")
# Not what reaches the database only through those, by the name of a folder or the end of a file's name:
# test_views.py, test_public_views.py. A test here that is about the database all the same says so
# itself: @pytest.mark.both_databases.
THROUGH_OTHERS = {
    "views",
    "page",
    "pages",
    "pages_of_a_volume",
    "walk",
    "forms",
    "access",
    "room",
    "story",
    "command",
    "commands",
    "published",
    "logic",
    "rooms_with_ledgers",
    "roundtrip",
}


def through_others(where: Path) -> bool:
    """Whether a file of tests reaches the database only through what others test on it."""
    name = f"_{where.stem}"
    return any(word in where.parts or name.endswith(f"_{word}") for word in THROUGH_OTHERS)


# About how many seconds a test takes, by how its path begins: the longest beginning that fits decides.
SECONDS = {
    "tests/": 0.2,
    "tests/e2e/": 10,
    "tests/e2e/test_axe": 150,
    "tests/site/": 2,
    "tests/site/test_laying.py": 100,  # less, but it needs no demonstration while one is being built
    "tests/test_access.py": 60,
    "tests/test_bad_input.py": 10,
}


def expected(nodeid: str) -> float:
    """About how long a test takes."""
    return SECONDS[max(filter(nodeid.startswith, SECONDS), key=len)]


class Together(LoadScopeScheduling):
    """The tests of a file stay together, and the files that take longest come first.

    What a file lays out for its tests is then laid out once; a walk through the browser goes on from
    what the one before it left; and at the end no worker waits for another that began something long.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0]

    def _assign_work_unit(self, node: WorkerController) -> None:
        longest = max(self.workqueue, key=lambda file: sum(map(expected, self.workqueue[file])))
        self.workqueue.move_to_end(longest, last=False)
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Hand out the tests. (A mark for a group is lost between xdist 3.8 and pytest 9.2.)"""
    return Together(config, log)


def pytest_collection_finish() -> None:
    """What is there now stays to the end: nobody need look through it again for what can go."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Let go of everything again, as libraries expect it at the end."""
    gc.unfreeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what talks to the database, so that it can be run again on PostgreSQL."""
    for item in items:
        where = item.path.relative_to(ROOT)
        fixtures = set(getattr(item, "fixturenames", ()))
        if where.is_relative_to("tests/e2e"):
            item.add_marker(pytest.mark.e2e)
        elif (
            where.as_posix().startswith(BOTH)
            and (item.get_closest_marker("django_db") or "db" in fixtures)
            and not through_others(where)
        ):
            item.add_marker(pytest.mark.both_databases)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """A migrated database: a copy, because migrating takes longer than most tests.

    It is open while it is made and taken away. In between a test must ask for it: what one that does
    not ask writes down would stay for all that come after it.
    """
    with ExitStack() as made:
        with django_db_blocker.unblock():
            made.enter_context(test_database())
        yield
        with django_db_blocker.unblock():
            made.close()


@pytest.fixture(scope="session", autouse=True)
def begin_anew_after_commits() -> None:
    """What a test has really committed (``transactional_db``) goes with the copy it was written to.

    Django would empty every table instead: the guards of the records forbid that, and with the
    rest the words of the rooms would be gone.
    """
    TransactionTestCase._fixture_teardown = lambda _case: copy_anew()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The demonstration district, to be copied."""
    own = tmp_path_factory.getbasetemp()
    return build_demonstration(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="module")
def in_demonstration(
    demonstration: Built,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Built]:
    """For the tests of one file the database is that of a copy of the demonstration district."""
    home = tmp_path_factory.mktemp("district") / "home"
    district = Built(shutil.copytree(demonstration.home, home), demonstration.said)
    with django_db_blocker.unblock():
        copy_file(district.database)
    yield district
    with django_db_blocker.unblock():
        copy_anew()


@pytest.fixture(scope="module")
def laid_out(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """What a file's own fixture lays out upon this is there for all its tests, and goes with the last.

    Each of them gives back what it did itself. Only for files in which every test wants it there.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL, empty, for as long as the tests run."""
    with running_postgres() as address:
        yield address


# --- The cast ---------------------------------------------------------------------------------------
@pytest.fixture
def bureau(db: None) -> Unit:
    """苔花区教育局."""
    return UnitFactory(code="bureau", name="苔花区教育局", kind="bureau")


@pytest.fixture
def section(bureau: Unit) -> Unit:
    """基础教育科, a section of the bureau."""
    return UnitFactory(code="jijiao", name="基础教育科", kind="section", parent=bureau)


@pytest.fixture
def school(bureau: Unit) -> Unit:
    """苔花一小."""
    return UnitFactory(code="school-1", name="苔花一小", kind="school", parent=bureau)


@pytest.fixture
def other_school(bureau: Unit) -> Unit:
    """苔花二小, whose people must see nothing of the first."""
    return UnitFactory(code="school-2", name="苔花二小", kind="school", parent=bureau)


@pytest.fixture
def posts(db: None) -> dict[str, Post]:
    """The posts of the cast, by name."""
    return {
        "局长": PostFactory(
            code="director", name="局长", tier="leadership", tagged=["party_member"]
        ),
        "科长": PostFactory(code="chief", name="科长", tier="middle", tagged=["section_head"]),
        "教师": PostFactory(code="teacher", name="教师", tier="staff", tagged=["teacher"]),
        "科员": PostFactory(code="clerk", name="科员", tier="staff"),
    }


def _somebody(code: str, name: str, post: Post, unit: Unit, *grants: tuple[str, Unit | None]):
    person = PersonFactory(code=code, name=name)
    TermFactory(person=person, post=post, unit=unit)
    account = AccountFactory(username=code, person=person)
    for role, granted in grants:
        Grant.objects.create(account=account, role=role, unit=granted)
    return person


@pytest.fixture
def lin(bureau: Unit, posts: dict[str, Post]) -> Person:
    """林局长: of the leadership, leader of the whole bureau."""
    return _somebody("lin", "林知远", posts["局长"], bureau, ("leader", bureau))


@pytest.fixture
def zhou(section: Unit, posts: dict[str, Post]) -> Person:
    """周科长: a middle cadre, leader of her section."""
    return _somebody("zhou", "周明", posts["科长"], section, ("leader", section))


@pytest.fixture
def shen(school: Unit, posts: dict[str, Post]) -> Person:
    """沈老师: a teacher and clerk of 苔花一小."""
    return _somebody("shen", "沈青", posts["教师"], school, ("unit_clerk", school))


@pytest.fixture
def wu(other_school: Unit, posts: dict[str, Post]) -> Person:
    """吴老师: of another school; must see nothing."""
    return _somebody("wu", "吴江", posts["教师"], other_school)


@pytest.fixture
def su(bureau: Unit, posts: dict[str, Post]) -> Person:
    """苏文书: the party-office clerk."""
    return _somebody("su", "苏禾", posts["科员"], bureau, ("clerk", None))


@pytest.fixture
def zheng(bureau: Unit, posts: dict[str, Post]) -> Person:
    """郑审计: the auditor, who reads everything and writes nothing."""
    return _somebody("zheng", "郑岩", posts["科员"], bureau, ("auditor", None))


@pytest.fixture
def keeper(db: None) -> Account:
    """The platform's administrator: an account without a person."""
    account = AccountFactory(username="keeper", person=None)
    Grant.objects.create(account=account, role="admin")
    return account


@pytest.fixture
def logged_in(db: None) -> Callable[[Person | Account], Client]:
    """A browser in which somebody is logged in: ``logged_in(lin).get(…)``."""

    def log_in(somebody: Person | Account) -> Client:
        account = somebody if isinstance(somebody, Account) else somebody.account
        browser = Client()
        browser.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return log_in


def lay_out(*more: Callable[..., object]) -> dict[str, Any]:
    """What the cast's fixtures make, and others', all at once: for a fixture upon ``laid_out``."""
    made: dict[str, Any] = {"db": None}
    cast = (bureau, section, school, other_school, posts, lin, zhou, shen, wu, su, zheng, keeper)
    for make in map(unwrap, (*cast, logged_in, *more)):
        made[make.__name__] = make(**{name: made[name] for name in signature(make).parameters})
    return made

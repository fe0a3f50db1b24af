"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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

# Folders whose database tests run on PostgreSQL too.
BOTH = ("tests/kernel/", "tests/rooms/", "tests/base/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what talks to the database, so that it can be run again on PostgreSQL."""
    for item in items:
        where = item.path.relative_to(ROOT).as_posix()
        fixtures = set(getattr(item, "fixturenames", ()))
        if where.startswith("tests/e2e/"):
            item.add_marker(pytest.mark.e2e)
        elif where.startswith(BOTH) and (item.get_closest_marker("django_db") or "db" in fixtures):
            item.add_marker(pytest.mark.both_databases)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL, empty, for as long as the tests run."""
    with running_postgres() as address:
        yield address

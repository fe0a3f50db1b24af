"""One district for all tests of it, and the way to ask it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings


@dataclass(frozen=True)
class Built:
    """A district, what was said while it was built, and the folder with its private files."""

    said: str
    home: Path


def demo(**options: object) -> str:
    said = StringIO()
    call_command("demo", stdout=said, **options)
    return said.getvalue()


@pytest.fixture(scope="module")
def district(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Built]:
    """The district as `make demo` builds it; gone when the tests of the file are over."""
    home = tmp_path_factory.mktemp("home")
    with (
        django_db_blocker.unblock(),
        override_settings(HOME=home),
        transaction.atomic(),
    ):
        yield Built(demo(), home)
        transaction.set_rollback(True)


@pytest.fixture
def in_district(district: Built, db: None) -> Iterator[Callable[..., str]]:
    """The command, to be called again in the district."""
    with override_settings(HOME=district.home):
        yield demo

"""Lets several people do something in the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection

PATIENCE = 120  # seconds

# SQLite lets one writer in after the other: nobody can meet there.
on_postgresql = pytest.mark.skipif(
    "postgresql" not in str(settings.DATABASES["default"]["ENGINE"]),
    reason="only on PostgreSQL do two writers meet",
)


def at_once[Result](*deeds: Callable[[], Result]) -> list[Result | Exception]:
    """What each came to, done by as many people with connections of their own."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], Result]) -> Result | Exception:
        try:
            start.wait(PATIENCE)
            return deed()
        except Exception as refusal:  # noqa: BLE001  # what it came to is looked at by the test
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(do, deeds))

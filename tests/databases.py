"""A migrated database to start from: laid once, then copied for each worker and each run.

The migrations themselves are run for it, triggers and all; what they were made of names the copy, so
that a changed migration lays a new one.
"""

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from taihua.site.management.commands.migrate import learn_the_words

ROOT = Path(__file__).resolve().parent.parent
LAID = ROOT / ".cache" / "tests"


def worker() -> str:
    """Which of the parallel workers of pytest this is."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Let no two processes in at once."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def test_database() -> Iterator[None]:
    """A database of this worker's own, migrated and with the words of the rooms, and nothing else."""
    name = connection.settings_dict["NAME"]
    copy_anew()
    yield
    _leave()
    _point_at(name)


def copy_anew() -> None:
    """Forget all that was committed: begin again from a fresh copy."""
    if connection.vendor == "sqlite":
        copy_file(_sqlite_template())
    else:
        _copy_postgresql(_postgresql_template())
    learn_the_words()


def copy_file(source: Path) -> None:
    """Replace all that is in this worker's SQLite database by what is in a file."""
    _point_at(f"file:{worker()}?mode=memory&cache=shared")
    connection.ensure_connection()
    with closing(sqlite3.connect(source)) as template:
        template.backup(connection.connection)


def _leave() -> None:
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


def _point_at(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _digest() -> str:
    found = hashlib.sha256((ROOT / "requirements" / "run.txt").read_bytes())
    for path in sorted(ROOT.glob("src/**/migrations/*.py")):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _migrate(name: str) -> None:
    _leave()
    _point_at(name)
    call_command("migrate", interactive=False, verbosity=0)
    _leave()


def _sqlite_template() -> Path:
    template = LAID / f"migrated-{_digest()}.sqlite3"
    with one_at_a_time(LAID / "lock"):
        if not template.exists():
            for old in LAID.glob("migrated-*"):
                old.unlink()
            _migrate(str(template.with_suffix(".half")))
            template.with_suffix(".half").rename(template)
    return template


def _postgresql_template() -> str:
    template = f"migrated_{_digest()}"
    with one_at_a_time(LAID / "lock"), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if not cursor.fetchone():
            cursor.execute("DROP DATABASE IF EXISTS migrating")
            cursor.execute("CREATE DATABASE migrating")
            _migrate("migrating")
            cursor.execute(f"ALTER DATABASE migrating RENAME TO {template}")
    return template


def _copy_postgresql(template: str) -> None:
    _leave()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS test_{worker()} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE test_{worker()} TEMPLATE {template}")
    _point_at(f"test_{worker()}")

"""Nobody else on the machine reads the database: private notes stand in it."""

import os
import stat

import pytest
from django.db import ConnectionHandler, connection

from taihua.site import environment
from taihua.site.management.commands.migrate import keep_private


@pytest.fixture
def careless():
    """A machine on which new files are open to all."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def database(db, tmp_path, careless):
    told = environment.database("TAIHUA_NO_SUCH", tmp_path / "taihua.sqlite3")
    opened = ConnectionHandler({"default": told})["default"]
    opened.inc_thread_sharing()
    yield opened
    opened.close()


def write(database):
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS note (text TEXT)")
        cursor.execute("INSERT INTO note VALUES ('private')")


def modes(folder):
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


WHOLE = {"taihua.sqlite3", "taihua.sqlite3-wal", "taihua.sqlite3-shm"}


def test_a_new_database_is_private_from_its_first_row_and_so_is_what_lies_beside_it(
    database, tmp_path
):
    keep_private(database)
    write(database)

    assert modes(tmp_path) == dict.fromkeys(WHOLE, 0o600)


def test_a_database_that_stood_open_is_closed_with_all_that_lies_beside_it(database, tmp_path):
    write(database)
    assert set(modes(tmp_path).values()) != {0o600}

    keep_private(database)

    assert modes(tmp_path) == dict.fromkeys(WHOLE, 0o600)


def test_what_is_in_a_database_stays_in_it(database):
    write(database)

    keep_private(database)

    with database.cursor() as cursor:
        cursor.execute("SELECT text FROM note")
        assert cursor.fetchall() == [("private",)]


def test_a_database_that_is_no_file_makes_none(db, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    keep_private(connection)

    assert list(tmp_path.iterdir()) == []


def test_the_command_that_makes_the_tables_sees_to_it(empty_house):
    file = empty_house / "taihua.sqlite3"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600

"""An empty database gets the very tables that all migrations, one after another, would have made."""

import sqlite3
from contextlib import closing

import psycopg
import pytest

from tests.serving import taihua

OF_SQLITE = (
    "SELECT type, name, tbl_name, CASE type WHEN 'table' THEN '' ELSE sql END FROM sqlite_master",
    """SELECT t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
       FROM sqlite_master t, pragma_table_xinfo(t.name) c WHERE t.type = 'table'""",
    """SELECT t.name, f."from", f."table", f."to", f.on_delete
       FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'""",
    "SELECT app, name, '' FROM django_migrations",
)
OF_POSTGRESQL = (
    """SELECT table_name, column_name, data_type, is_nullable, column_default,
              character_maximum_length, is_identity
       FROM information_schema.columns WHERE table_schema = 'public'
       -- Django's own table: to its migrations a wide number, to its model a narrow one.
       AND NOT (table_name = 'auth_group_permissions' AND column_name = 'id')""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
       FROM pg_trigger WHERE NOT tgisinternal""",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT app, name, '' FROM django_migrations",
)


def of_sqlite(home):
    with closing(sqlite3.connect(home / "taihua.sqlite3")) as database:
        return [set(database.execute(query)) for query in OF_SQLITE]


def of_postgresql(address):
    with psycopg.connect(address) as database:
        return [set(database.execute(query)) for query in OF_POSTGRESQL]


def checks_of(home):
    """What each table of SQLite demands of its rows, which only the text of the table tells."""
    with closing(sqlite3.connect(home / "taihua.sqlite3")) as database:
        texts = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        return {name: sorted(pieces(text)) for name, text in texts}


def pieces(text):
    """The pieces between the commas of a table's text that stand in no bracket."""
    inner, depth, piece = text[text.index("(") + 1 : text.rindex(")")], 0, ""
    for sign in inner:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            yield piece.strip()
            piece = ""
        else:
            piece += sign
    yield piece.strip()


def retold(home, **place):
    """Once there is a table, everything goes on from it, migration by migration."""
    taihua(home, "migrate", "-v0", "org", **place)
    taihua(home, "migrate", "-v0", **place)


def test_on_sqlite_it_is_all_the_same(tmp_path):
    taihua(tmp_path / "once", "migrate", "-v0")
    retold(tmp_path / "told")

    for once, told in zip(of_sqlite(tmp_path / "once"), of_sqlite(tmp_path / "told"), strict=True):
        assert once == told
        assert len(once) > 5
    assert checks_of(tmp_path / "once") == checks_of(tmp_path / "told")


def test_on_postgresql_it_is_all_the_same(tmp_path, postgres):
    found = []
    for name in ("laid_once", "laid_told"):
        with psycopg.connect(postgres, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        address = postgres.replace("/postgres?", f"/{name}?")
        place = {"TAIHUA_DATABASE_URL": address}
        if name == "laid_told":
            retold(tmp_path, **place)
        else:
            taihua(tmp_path, "migrate", "-v0", **place)
        found.append(of_postgresql(address))

    for once, told in zip(*found, strict=True):
        assert once == told
        assert len(once) > 1


@pytest.mark.parametrize("word", ["--plan", "--check"])
def test_whoever_only_asks_gets_no_tables(tmp_path, word):
    taihua(tmp_path, "migrate", "-v0", word, code=1 if word == "--check" else 0)

    with closing(sqlite3.connect(tmp_path / "taihua.sqlite3")) as database:
        laid = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    assert laid <= {"django_migrations", "sqlite_sequence"}

"""The guards of the append-only tables: which there are, and how a restore passes them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from taihua.site.backups.tables import AnyModel

ON_SQLITE = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
ON_POSTGRESQL = """
SELECT tgname, relname, tgenabled FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal ORDER BY tgname
"""


def guarded_tables() -> set[str]:
    """The tables that have a trigger of ours, awake."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(ON_SQLITE)
            return {table for _, table, _ in cursor.fetchall()}
        cursor.execute(ON_POSTGRESQL)
        return {table for _, table, enabled in cursor.fetchall() if enabled != "D"}


@contextmanager
def triggers_asleep(models: Sequence[AnyModel]) -> Iterator[None]:
    """Within one transaction, let rows be removed; the guards stand again at its end."""
    tables = {model._meta.db_table for model in models}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(ON_SQLITE)
            guards = [(name, text) for name, table, text in cursor.fetchall() if table in tables]
            for name, _ in guards:
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
            yield
            for _, text in guards:
                cursor.execute(text)
        else:
            guarded = [connection.ops.quote_name(name) for name in guarded_tables() & tables]
            for table in guarded:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            # Keys are looked at now: a table with looks still to come cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in guarded:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

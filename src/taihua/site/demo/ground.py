"""The ground on which the demonstration stands: an empty database, or one made by it before."""

import sqlite3

from django.core.management import call_command
from django.db import connection

from taihua.kernel.org.models import Account, Person, Unit
from taihua.site.models import Demonstration


def standing() -> Demonstration | None:
    """The demonstration that this database holds, if it does."""
    return Demonstration.objects.order_by("-pk").first()


def is_empty() -> bool:
    """Whether nobody has begun to live here."""
    return not any(model.objects.exists() for model in (Unit, Person, Account))


def clear() -> None:
    """Tear everything down, the unchangeable records too, and lay the tables anew."""
    if connection.vendor == "sqlite":
        _clear_sqlite()
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT quote_ident(current_schema())")
            schema = cursor.fetchone()[0]
            cursor.execute(f"DROP SCHEMA {schema} CASCADE")
            cursor.execute(f"CREATE SCHEMA {schema}")
    lay_tables()


def lay_tables() -> None:
    """Bring the tables up to date."""
    call_command("migrate", interactive=False, verbosity=0)


def _clear_sqlite() -> None:
    connection.ensure_connection()
    raw = connection.connection
    raw.setconfig(sqlite3.SQLITE_DBCONFIG_RESET_DATABASE, True)
    raw.execute("VACUUM")
    raw.setconfig(sqlite3.SQLITE_DBCONFIG_RESET_DATABASE, False)
    connection.close()

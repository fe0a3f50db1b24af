"""Let the database itself refuse to change or delete what is on record."""

from typing import Any

from django.db import migrations

from taihua.base.byhand import ByHand

TABLE = "records_statement"
REFUSAL = "records are never changed or deleted: void the statement and state it anew"

SQLITE = {
    deed: (
        f"CREATE TRIGGER {TABLE}_no_{deed.lower()} BEFORE {deed} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )
    for deed in ("UPDATE", "DELETE")
}
POSTGRESQL = [
    f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; "
    f"END $$",
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
]


def put_up(_apps: Any, editor: Any) -> None:
    texts = SQLITE.values() if editor.connection.vendor == "sqlite" else POSTGRESQL
    for text in texts:
        editor.execute(text)


def take_down(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "sqlite":
        for deed in SQLITE:
            editor.execute(f"DROP TRIGGER {TABLE}_no_{deed.lower()}")
    else:
        editor.execute(f"DROP TRIGGER {TABLE}_no_change ON {TABLE}")
        editor.execute(f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE}")
        editor.execute(f"DROP FUNCTION {TABLE}_refuse()")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [ByHand(put_up, take_down)]

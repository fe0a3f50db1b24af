"""Let the database itself refuse to change what was written, and to touch what was issued."""

from django.db import migrations

from taihua.base.byhand import ByHand

VERSION, FILE = "documents_version", "documents_documentfile"
WRITTEN = "a version is written once: revise the document instead"
ISSUED = "what is issued never changes"

SQLITE = {
    f"{VERSION}_written_once": (
        f"BEFORE UPDATE ON {VERSION} WHEN OLD.issued_at IS NOT NULL OR NEW.body IS NOT OLD.body "
        f"OR NEW.document_id <> OLD.document_id OR NEW.number <> OLD.number "
        f"BEGIN SELECT RAISE(ABORT, '{WRITTEN}'); END"
    ),
    f"{VERSION}_issued_stays": (
        f"BEFORE DELETE ON {VERSION} WHEN OLD.issued_at IS NOT NULL "
        f"BEGIN SELECT RAISE(ABORT, '{ISSUED}'); END"
    ),
    **{
        f"{FILE}_no_{deed.lower()}": (
            f"BEFORE {deed} ON {FILE} WHEN EXISTS (SELECT 1 FROM {VERSION} "
            f"WHERE id = OLD.version_id AND issued_at IS NOT NULL) "
            f"BEGIN SELECT RAISE(ABORT, '{ISSUED}'); END"
        )
        for deed in ("UPDATE", "DELETE")
    },
}
RAISE = "RAISE EXCEPTION '{}' USING ERRCODE = 'integrity_constraint_violation';"
POSTGRESQL = {
    VERSION: (
        f"IF OLD.issued_at IS NOT NULL THEN {RAISE.format(ISSUED)} END IF; "
        f"IF TG_OP = 'UPDATE' AND (NEW.body IS DISTINCT FROM OLD.body "
        f"OR NEW.document_id <> OLD.document_id OR NEW.number <> OLD.number) "
        f"THEN {RAISE.format(WRITTEN)} END IF;"
    ),
    FILE: (
        f"IF EXISTS (SELECT 1 FROM {VERSION} WHERE id = OLD.version_id "
        f"AND issued_at IS NOT NULL) THEN {RAISE.format(ISSUED)} END IF;"
    ),
}


def put_up(apps, editor):
    if editor.connection.vendor == "sqlite":
        for name, text in SQLITE.items():
            editor.execute(f"CREATE TRIGGER {name} {text}")
        return
    for table, text in POSTGRESQL.items():
        editor.execute(
            f"CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {text} "
            f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
        editor.execute(
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_guard()"
        )


def take_down(apps, editor):
    if editor.connection.vendor == "sqlite":
        for name in SQLITE:
            editor.execute(f"DROP TRIGGER {name}")
        return
    for table in POSTGRESQL:
        editor.execute(f"DROP TRIGGER {table}_guard ON {table}")
        editor.execute(f"DROP FUNCTION {table}_guard()")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [ByHand(put_up, take_down)]

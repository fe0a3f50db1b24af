"""Rows of any table as lines of text, the same on every database, and back again."""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import batched
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

AT_ONCE = 1000
# Logins of the moment are not worth keeping.
LEFT_OUT = {"sessions.session"}

type AnyModel = type[models.Model]
type AnyField = models.Field[Any, Any]


def kept_models() -> list[AnyModel]:
    """Every table whose rows a backup holds, the plain links between two tables included."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and name_of(model) not in LEFT_OUT
    ]
    return sorted(found, key=name_of)


def name_of(model: AnyModel) -> str:
    """The name of a table in a backup."""
    return model._meta.label_lower


def columns_of(model: AnyModel) -> list[str]:
    """The columns in the order in which a line names their values."""
    return [field.attname for field in _fields(model)]


def lines_of(model: AnyModel) -> Iterator[bytes]:
    """The rows now in a table, by key, each as one line."""
    rows = model._base_manager.order_by("pk").values_list(*columns_of(model))
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield _line([_written(value) for value in row])


def digest_of(model: AnyModel) -> tuple[int, str]:
    """How many rows a table holds now, and the hash of their lines."""
    count, digest = 0, hashlib.sha256()
    for line in lines_of(model):
        count += 1
        digest.update(line)
    return count, digest.hexdigest()


def fill(model: AnyModel, columns: Sequence[str], path: Path) -> None:
    """Put the lines of a file into an empty table."""
    by_name = {field.attname: field for field in _fields(model)}
    fields = [by_name[column] for column in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column or "") for field in fields)
    places = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    with path.open("rb") as lines, connection.cursor() as cursor:
        for some in batched(lines, AT_ONCE, strict=False):
            rows = [_read(fields, json.loads(line)) for line in some]
            cursor.executemany(insert, rows)


def renumber(all_models: Sequence[AnyModel]) -> None:
    """Let new rows be numbered after those put in (PostgreSQL counts apart)."""
    with connection.cursor() as cursor:
        for text in connection.ops.sequence_reset_sql(no_style(), list(all_models)):
            cursor.execute(text)


def _fields(model: AnyModel) -> list[AnyField]:
    return sorted(model._meta.local_concrete_fields, key=lambda field: field.attname)


def _line(values: list[Any]) -> bytes:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def _written(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    return value


def _read(fields: Sequence[AnyField], values: Sequence[Any]) -> list[Any]:
    return [
        field.get_db_prep_save(_of_field(field, value), connection)
        for field, value in zip(fields, values, strict=True)
    ]


def _of_field(field: AnyField, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return field.to_python(value)

"""Make a backup while the house stays open."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from taihua.site.backups.tables import columns_of, kept_models, lines_of, name_of

FORMAT = 1
MANIFEST = "manifest.json"


class BackupRefused(Exception):
    """No backup was made, or none restored; nothing has changed. The message says why."""


def make_backup(target: Path, *, at: datetime) -> dict[str, Any]:
    """Write the house as it stands at one instant into ``target``, whole or not at all.

    People may go on working meanwhile; what they do after the instant is not in it.

    :returns: the manifest
    :raises BackupRefused: there is a file of that name already
    """
    if target.exists():
        raise BackupRefused(_("%(file)s 已经存在，不会覆盖；请换一个文件名。") % {"file": target})
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        with _private(part) as file, tarfile.open(fileobj=file, mode="w:gz") as tar:
            manifest = _fill(tar, at)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def applied_migrations() -> list[str]:
    """The state of the tables, as ``app.name``."""
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


@contextmanager
def _private(path: Path) -> Iterator[io.BufferedWriter]:
    """A new file that its owner alone can read, on the disk before the block is left."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _fill(tar: tarfile.TarFile, at: datetime) -> dict[str, Any]:
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "taihua": version("taihua"),
        "tables": {},
        "files": {},
    }
    with _one_instant():
        manifest["migrations"] = applied_migrations()
        for model in kept_models():
            manifest["tables"][name_of(model)] = _add_table(tar, model)
    for path in sorted(_files()):
        name = path.relative_to(settings.MEDIA_ROOT).as_posix()
        manifest["files"][name] = _add_file(tar, f"files/{name}", path.read_bytes())
    # Last: a backup that was cut short has none, and is refused.
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    _add_file(tar, MANIFEST, text.encode())
    return manifest


def _files() -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    return [path for path in root.rglob("*") if path.is_file()] if root.is_dir() else []


def _add_table(tar: tarfile.TarFile, model: Any) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    with tempfile.TemporaryFile(dir=settings.HOME) as lines:
        for line in lines_of(model):
            count += 1
            digest.update(line)
            lines.write(line)
        entry = tarfile.TarInfo(f"tables/{name_of(model)}.jsonl")
        entry.size = lines.tell()
        entry.mode = 0o600
        lines.seek(0)
        tar.addfile(entry, lines)
    return {"rows": count, "sha256": digest.hexdigest(), "columns": columns_of(model)}


def _add_file(tar: tarfile.TarFile, name: str, content: bytes) -> str:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o600
    tar.addfile(entry, io.BytesIO(content))
    return hashlib.sha256(content).hexdigest()


@contextmanager
def _one_instant() -> Iterator[None]:
    """Let every query see the database as it is now, without keeping others from writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Not atomic(): that would take the writers' turn. A plain BEGIN only reads.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield

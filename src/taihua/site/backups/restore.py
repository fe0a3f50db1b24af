"""Bring a house back from a backup: verified, all or nothing."""

import hashlib
import json
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from taihua.site.backups.make import FORMAT, MANIFEST, BackupRefused, applied_migrations
from taihua.site.backups.tables import columns_of, digest_of, fill, kept_models, name_of, renumber
from taihua.site.backups.triggers import triggers_asleep

# What the house writes by itself after each migration; all else is somebody's work.
MADE_BY_ITSELF = {
    "contenttypes.contenttype",
    "auth.permission",
    "records.verb",
    "records.objectkind",
    "django_ox.oxscheduletick",
    "django_ox.oxschedulechange",
}


def restore(source: Path, *, replace: bool) -> dict[str, Any]:
    """Put the rows and files of a backup in place of what is here.

    Only an empty house is filled, unless ``replace`` says that what is here may go. Everybody has
    to log in again afterwards.

    :returns: the manifest
    :raises BackupRefused: the file is no whole backup, of other tables, or the house is not empty
    """
    with opened(source) as (folder, manifest):
        call_command("migrate", interactive=False, verbosity=0)
        _refuse_other_tables(manifest)
        if not replace and (full := _tables_with_rows()):
            raise BackupRefused(
                _("这里已有数据（%(tables)s），不会覆盖。确要替换，请加 --replace。")
                % {"tables": "、".join(full[:5])}
            )
        try:
            with _files_in_place(folder / "files"), transaction.atomic():
                _load(folder, manifest)
        except DatabaseError as error:
            raise BackupRefused(_("数据库拒绝了：%(error)s") % {"error": error}) from error
    call_command("migrate", interactive=False, verbosity=0)
    # What the search looks into lies partly beside the tables, each database its own way.
    call_command("reindex", stdout=StringIO())
    return manifest


@contextmanager
def opened(source: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Unpack and verify a backup; its folder is gone when the block ends.

    :raises BackupRefused: it is no backup, or not whole
    """
    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restore-", dir=settings.HOME) as place:
        folder = Path(place)
        try:
            hashes = _unpack(source, folder)
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            _refuse_unless_whole(manifest, hashes)
        except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
            raise BackupRefused(
                _("%(file)s 不是完整的备份：%(error)s") % {"file": source, "error": error}
            ) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BackupRefused(_("%(file)s 的清单读不懂。") % {"file": source}) from error
        yield folder, manifest


def _unpack(source: Path, folder: Path) -> dict[str, str]:
    """Unpack only what a backup may hold; returns the hash of each member by name."""
    hashes = {}
    with tarfile.open(source, "r:gz") as tar:
        for entry in tar:
            inside = entry.name.startswith(("tables/", "files/")) or entry.name == MANIFEST
            target = (folder / entry.name).resolve()
            if not (entry.isfile() and inside and target.is_relative_to(folder.resolve())):
                raise tarfile.TarError(_("不该有的内容：%(name)s") % {"name": entry.name})
            target.parent.mkdir(parents=True, exist_ok=True)
            content = tar.extractfile(entry)
            assert content is not None  # noqa: S101  # it is a file, see above
            with target.open("wb") as file:
                shutil.copyfileobj(content, file)
            with target.open("rb") as file:
                hashes[entry.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return hashes


def _refuse_unless_whole(manifest: dict[str, Any], hashes: dict[str, str]) -> None:
    if manifest["format"] != FORMAT:
        raise BackupRefused(
            _("备份格式 %(format)s 不是这个版本认得的。") % {"format": manifest["format"]}
        )
    promised = {
        f"tables/{name}.jsonl": table["sha256"] for name, table in manifest["tables"].items()
    }
    promised |= {f"files/{name}": digest for name, digest in manifest["files"].items()}
    found = {name: digest for name, digest in hashes.items() if name != MANIFEST}
    wrong = sorted(
        name for name in promised.keys() | found.keys() if promised.get(name) != found.get(name)
    )
    if wrong:
        raise BackupRefused(
            _("备份已损坏：%(names)s 与清单不符。") % {"names": "、".join(wrong[:5])}
        )


def _refuse_other_tables(manifest: dict[str, Any]) -> None:
    here, there = set(applied_migrations()), set(manifest["migrations"])
    columns = {name_of(model): columns_of(model) for model in kept_models()}
    same = columns == {name: table["columns"] for name, table in manifest["tables"].items()}
    if here == there and same:
        return
    raise BackupRefused(
        _(
            "备份出自另一个版本（%(version)s）的数据表，请先装上那个版本恢复，再升级。相差：%(names)s"
        )
        % {"version": manifest["taihua"], "names": "、".join(sorted(here ^ there)[:5]) or "—"}
    )


def _tables_with_rows() -> list[str]:
    return [
        name_of(model)
        for model in kept_models()
        if name_of(model) not in MADE_BY_ITSELF and model._base_manager.exists()
    ]


def _load(folder: Path, manifest: dict[str, Any]) -> None:
    models = kept_models()
    with triggers_asleep(models):
        _empty([model._meta.db_table for model in models] + ["django_session"])
        for model in models:
            name = name_of(model)
            fill(model, manifest["tables"][name]["columns"], folder / "tables" / f"{name}.jsonl")
        renumber(models)
        connection.check_constraints()
    for model in models:
        promised = manifest["tables"][name_of(model)]
        if digest_of(model) != (promised["rows"], promised["sha256"]):
            raise BackupRefused(
                _("%(table)s 恢复后与备份不一致，已全部撤回。") % {"table": name_of(model)}
            )


def _empty(tables: list[str]) -> None:
    quoted = [connection.ops.quote_name(table) for table in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(quoted)}")
        else:
            for table in quoted:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608


@contextmanager
def _files_in_place(new: Path) -> Iterator[None]:
    """Put the new files in place for the block; should it fail, the old ones come back."""
    root = Path(settings.MEDIA_ROOT)
    old = root.with_name(f".{root.name}.before")
    shutil.rmtree(old, ignore_errors=True)
    if root.exists():
        root.rename(old)
    try:
        new.mkdir(parents=True, exist_ok=True)
        shutil.copytree(new, root)
        yield
    except BaseException:
        shutil.rmtree(root, ignore_errors=True)
        if old.exists():
            old.rename(root)
        raise
    shutil.rmtree(old, ignore_errors=True)

"""A backup holds everything, comes back as it was, and a bad one changes nothing."""

import io
import json
import sqlite3
import tarfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from taihua.base.clock import ZONE
from taihua.kernel.org.models import Person
from taihua.kernel.records.actions import record
from taihua.kernel.records.models import Statement
from taihua.rooms.portal.actions.indexing import reindex
from taihua.rooms.portal.queries.search import found_articles
from taihua.site.backups.make import BackupRefused, make_backup
from taihua.site.backups.restore import opened, restore
from taihua.site.backups.tables import digest_of, kept_models, name_of
from taihua.site.backups.triggers import guarded_tables
from tests.rooms.portal.factories import published
from tests.serving import taihua

NINE = datetime(2013, 12, 4, 9, tzinfo=ZONE)
PUT_SOMETHING_ON_RECORD = """
from datetime import datetime
from taihua.base.clock import ZONE
from taihua.kernel.org.models import Person
from taihua.kernel.records.actions import record
shen = Person.objects.create(code="1", name="沈青")
record(verb="read", kind="reading/book", path="reading/book/1", label="《论语》", person=shen,
       quantity="0.5", result={"b": [1, None], "a": "好"}, at=datetime(2013, 12, 4, 9, tzinfo=ZONE))
"""


@pytest.fixture
def house(db, settings, tmp_path):
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files" / "covers").mkdir(parents=True)
    (tmp_path / "files" / "covers" / "论语.png").write_bytes(b"\x89PNG")
    shen = Person.objects.create(code="1", name="沈青")
    read(shen, "《论语》")
    return tmp_path


def read(person: Person, label: str) -> Statement:
    return record(verb="read", kind="reading/book", path="x", label=label, person=person, at=NINE)


def contents() -> dict[str, tuple[int, str]]:
    return {name_of(model): digest_of(model) for model in kept_models()}


def doctored(source: Path, target: Path, change) -> Path:
    """A copy of a backup with each member passed through ``change(name, content)``."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for entry in old:
            name, content = change(entry.name, old.extractfile(entry).read())
            member = tarfile.TarInfo(name)
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return target


# --- there and back ------------------------------------------------------------------------------


def test_a_backup_replaces_what_came_after_it(house):
    make_backup(house / "b.tar.gz", at=NINE)
    before = contents()
    read(Person.objects.get(), "《孟子》")
    (house / "files" / "later.txt").write_text("later")

    manifest = restore(house / "b.tar.gz", replace=True)

    assert contents() == before
    assert manifest["tables"]["records.statement"]["rows"] == 1
    assert [statement.object_label for statement in Statement.objects.all()] == ["《论语》"]
    kept = [path.relative_to(house) for path in house.rglob("*") if path.is_file()]
    assert sorted(map(str, kept)) == ["b.tar.gz", "files/covers/论语.png"]
    assert (house / "files/covers/论语.png").read_bytes() == b"\x89PNG"


def test_after_a_restore_the_guards_stand_and_new_records_are_numbered_on(house):
    make_backup(house / "b.tar.gz", at=NINE)

    restore(house / "b.tar.gz", replace=True)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Statement.objects.update(hundredths=1)
    assert guarded_tables() >= {"records_statement"}
    assert read(Person.objects.get(), "《孟子》").pk > Statement.objects.earliest("pk").pk


def test_after_a_restore_the_public_site_finds_what_the_backup_held(house):
    kept = published("教育局：围绕工作抓学习")
    reindex(kept)
    make_backup(house / "b.tar.gz", at=NINE)
    reindex(published("后来的一篇也讲学习"))

    restore(house / "b.tar.gz", replace=True)

    assert found_articles(["学习"], NINE).numbers == (kept.pk,)


def test_a_house_that_is_not_empty_is_not_overwritten_unasked(house):
    make_backup(house / "b.tar.gz", at=NINE)
    before = contents()

    with pytest.raises(BackupRefused, match="--replace"):
        restore(house / "b.tar.gz", replace=False)

    assert contents() == before


def test_a_file_that_exists_is_not_overwritten_by_a_backup(house):
    target = house / "b.tar.gz"
    target.write_text("something else")

    with pytest.raises(BackupRefused, match="已经存在"):
        make_backup(target, at=NINE)

    assert target.read_text() == "something else"


def test_a_backup_is_for_its_owner_alone_and_leaves_no_half_file(house):
    make_backup(house / "b.tar.gz", at=NINE)

    assert (house / "b.tar.gz").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in house.glob(".*")] == []


def test_no_key_is_in_a_backup_and_whoever_makes_one_is_told_which_to_keep(house, capsys):
    for name in ("secret.key", "portal.key"):
        (house / name).write_text(f"geheim-{name}")

    call_command("backup", str(house / "b.tar.gz"))

    assert "请另行保管：portal.key、secret.key。" in capsys.readouterr().out
    with tarfile.open(house / "b.tar.gz") as tar:
        assert not [name for name in tar.getnames() if name.endswith(".key")]
        held = b"".join(tar.extractfile(each).read() for each in tar if each.isfile())
    assert b"geheim" not in held


def test_where_no_key_lies_in_a_file_none_is_named(house, capsys):
    call_command("backup", str(house / "b.tar.gz"))

    assert "请另行保管。" in capsys.readouterr().out


def test_a_backup_passes_from_sqlite_to_postgresql_and_back(home, tmp_path, postgres):
    one, other = home, tmp_path / "other"
    postgresql = {"TAIHUA_DATABASE_URL": postgres}
    taihua(one, "shell", "-v0", "-c", PUT_SOMETHING_ON_RECORD)

    taihua(one, "backup", str(tmp_path / "1.tar.gz"))
    taihua(other, "restore", str(tmp_path / "1.tar.gz"), **postgresql)
    taihua(other, "restore", "--replace", str(tmp_path / "1.tar.gz"), **postgresql)
    taihua(other, "backup", str(tmp_path / "2.tar.gz"), **postgresql)
    said = taihua(other, "restore", str(tmp_path / "2.tar.gz"))
    taihua(other, "backup", str(tmp_path / "3.tar.gz"))

    assert "已恢复" in said
    tables = [manifest(tmp_path / f"{number}.tar.gz")["tables"] for number in (1, 2, 3)]
    assert tables[0]["records.statement"]["rows"] == 1
    assert tables[0] == tables[1] == tables[2]
    with closing(sqlite3.connect(other / "taihua.sqlite3")) as restored:
        for deed in (
            "UPDATE records_statement SET hundredths = 1",
            "DELETE FROM records_statement",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                restored.execute(deed)


def manifest(backup: Path) -> dict:
    with tarfile.open(backup) as tar:
        return json.load(tar.extractfile("manifest.json"))


# --- bad backups --------------------------------------------------------------------------------


def refused(house: Path, backup: Path, reason: str) -> None:
    """It is refused for the reason, and nothing has changed."""
    before = contents()
    files = sorted(path for path in house.rglob("*") if path != backup)

    with pytest.raises(BackupRefused, match=reason):
        restore(backup, replace=True)

    assert contents() == before
    assert sorted(path for path in house.rglob("*") if path != backup) == files


def test_a_changed_row_is_noticed(house):
    make_backup(house / "b.tar.gz", at=NINE)

    changed = doctored(
        house / "b.tar.gz",
        house / "c.tar.gz",
        lambda name, content: (name, content.replace("沈青".encode(), "沈红".encode())),
    )

    refused(house, changed, "tables/org.person.jsonl 与清单不符")


def test_a_backup_that_was_cut_short_is_noticed(house):
    make_backup(house / "b.tar.gz", at=NINE)
    whole = (house / "b.tar.gz").read_bytes()
    (house / "c.tar.gz").write_bytes(whole[: len(whole) * 2 // 3])

    refused(house, house / "c.tar.gz", "不是完整的备份")


@pytest.mark.parametrize("name", ["../stray", "files/../../stray", "/stray", "other/x"])
def test_a_backup_that_reaches_outside_is_refused(house, name):
    make_backup(house / "b.tar.gz", at=NINE)

    hostile = doctored(
        house / "b.tar.gz",
        house / "c.tar.gz",
        lambda old, content: (name if old.startswith("files/") else old, content),
    )

    refused(house, hostile, "不该有的内容|不是完整")
    assert not (house.parent / "stray").exists()


def test_a_link_in_a_backup_is_refused(house):
    with tarfile.open(house / "c.tar.gz", "w:gz") as tar:
        link = tarfile.TarInfo("files/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)

    refused(house, house / "c.tar.gz", "不该有的内容")


@pytest.mark.parametrize("text", ["{}", "[]", "not json", '{"format": 99}', '{"format": 1}'])
def test_a_manifest_that_makes_no_sense_is_refused(house, text):
    with tarfile.open(house / "c.tar.gz", "w:gz") as tar:
        entry = tarfile.TarInfo("manifest.json")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text.encode()))

    refused(house, house / "c.tar.gz", "读不懂|认得")


def test_something_else_is_no_backup(house):
    (house / "c.tar.gz").write_text("周报")

    refused(house, house / "c.tar.gz", "不是完整的备份")


def test_a_backup_of_other_tables_is_refused_with_what_differs(house):
    def older(name: str, content: bytes) -> tuple[str, bytes]:
        if name == "manifest.json":
            told = json.loads(content)
            told["migrations"].remove("records.0002_append_only")
            content = json.dumps(told).encode()
        return name, content

    make_backup(house / "b.tar.gz", at=NINE)
    changed = doctored(house / "b.tar.gz", house / "c.tar.gz", older)

    refused(house, changed, "records.0002_append_only")


def test_a_row_that_points_at_nothing_brings_all_back(house):
    make_backup(house / "b.tar.gz", at=NINE)
    with opened(house / "b.tar.gz") as (folder, told):
        lines = folder / "tables" / "org.person.jsonl"
        gone = lines.read_bytes()
    assert gone.count(b"\n") == 1

    def without_people(name: str, content: bytes) -> tuple[str, bytes]:
        if name == "tables/org.person.jsonl":
            return name, b""
        if name == "manifest.json":
            told["tables"]["org.person"] |= {"rows": 0, "sha256": EMPTY}
            return name, json.dumps(told).encode()
        return name, content

    changed = doctored(house / "b.tar.gz", house / "c.tar.gz", without_people)

    refused(house, changed, "数据库拒绝了")
    assert connection.vendor != "sqlite" or guarded_tables() >= {"records_statement"}


EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

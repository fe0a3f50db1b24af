"""The doctor finds what is wrong, says what to do, and has nothing to say to a sound house."""

import json
import os
import time
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django_ox.models import OxTask

from taihua.base.clock import ZONE
from taihua.kernel.org.models import Person
from taihua.kernel.records.actions import record
from taihua.kernel.records.models import Statement
from taihua.site import doctor

NINE = datetime(2013, 12, 4, 9, tzinfo=ZONE)


@pytest.fixture
def sound(db, settings, tmp_path):
    """A house with nothing to complain of."""
    settings.HOME = tmp_path
    settings.SECRET_KEY = settings.TAIHUA_TOKEN_KEY = "k" * 40
    (tmp_path / "worker.beat").touch()
    return tmp_path


def found() -> dict[str, str]:
    return {finding.check: finding.wrong for finding in doctor.examine(NINE)[1]}


def test_a_sound_house_has_no_findings_and_everything_was_looked_at(sound, capsys):
    call_command("doctor")

    assert found() == {}
    assert doctor.examine(NINE)[0] == ["database", *doctor.CHECKS]
    assert "都正常" in capsys.readouterr().out


def test_findings_end_with_a_refusal_and_are_told_as_json_too(sound, capsys):
    (sound / "worker.beat").unlink()

    with pytest.raises(CommandError, match="有 1 处"):
        call_command("doctor", "--json")

    told = json.loads(capsys.readouterr().out)
    assert [finding["check"] for finding in told["findings"]] == ["worker"]
    assert told["findings"][0]["remedy"]


def test_a_heart_that_stopped_beating_is_found(sound):
    long_ago = time.time() - 600
    os.utime(sound / "worker.beat", (long_ago, long_ago))

    assert found().keys() == {"worker"}


def test_a_missing_guard_is_found(sound):
    with connection.cursor() as cursor:
        for deed in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER records_statement_no_{deed}")

    assert "records_statement" in found()["guards"]


def test_records_that_contradict_themselves_are_found(sound):
    person = Person.objects.create(code="1", name="沈青")
    said = record(verb="read", kind="reading/book", path="x", label="x", person=person, at=NINE)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER records_statement_no_update")
    Statement.objects.filter(pk=said.pk).update(
        day=date(2013, 12, 5), counts_on=date(2013, 12, 6), stored_at=NINE + timedelta(days=9)
    )

    wrong = [finding.wrong for finding in doctor.examine(NINE)[1] if finding.check == "records"]

    ways = ["counts-after-its-day", "stored-in-the-future", "day-is-not-its-moment"]
    assert [way for way in ways if any(way in text for text in wrong)] == ways


def test_a_database_that_does_not_answer_is_the_first_finding(sound, monkeypatch):
    def refuse(_cursor):
        raise DatabaseError("attempt to write a readonly database")

    monkeypatch.setattr(doctor, "_write_nothing", refuse)

    looked, findings = doctor.examine(NINE)

    assert findings[0].check == "database"
    assert "readonly" in findings[0].wrong
    assert "tables" not in looked


def test_jobs_that_wait_or_failed_are_found(sound):
    for status, since in (("READY", 20), ("READY", 1), ("FAILED", 1)):
        OxTask.objects.create(
            task_path="x",
            backend_name="default",
            status=status,
            enqueued_at=NINE - timedelta(minutes=since),
        )

    wrong = [finding.wrong for finding in doctor.examine(NINE)[1]]

    assert wrong == ["有 1 件事排队超过十分钟。", "有 1 件后台的事没有做成。"]


def test_a_full_disk_is_found(sound, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: SimpleNamespace(free=5 << 20))

    assert found() == {"disk": "磁盘只剩 5 MB。"}


def test_missing_fonts_are_found(sound, monkeypatch):
    monkeypatch.setattr(doctor, "find_spec", lambda _: None)

    assert "不能生成 PDF" in found()["fonts"]


def test_weak_and_open_keys_are_found(sound, settings):
    settings.TAIHUA_TOKEN_KEY = "short"
    (sound / "secret.key").write_text("x")
    (sound / "secret.key").chmod(0o644)

    wrong = [finding.wrong for finding in doctor.examine(NINE)[1]]

    assert wrong == ["密钥 TAIHUA_TOKEN_KEY 太短。", "别人也能读 secret.key。"]


def test_a_standing_calendar_is_found_unless_it_is_a_demonstration(sound, settings):
    settings.TAIHUA_TODAY = date(2013, 12, 4)
    settings.TAIHUA_DEMO = False
    assert found() == {"clock": "日历停在 2013-12-04。"}

    settings.TAIHUA_DEMO = True
    assert found() == {}


def test_an_open_door_without_https_is_found(sound, settings):
    settings.ALLOWED_HOSTS = ["taihua.example"]
    settings.HTTPS = False

    assert "taihua.example" in found()["door"]


def test_a_house_before_its_first_migration_can_see_its_doctor(sound, monkeypatch):
    plan = [("a", False), ("b", False)]
    monkeypatch.setattr(doctor.MigrationExecutor, "migration_plan", lambda *_: plan)

    assert found() == {"tables": "有 2 项数据表更新还没有做。"}

"""What an installation is told; nonsense is refused by name, with what would be right."""

import stat
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from taihua.site import environment


@pytest.fixture
def told(monkeypatch):
    def tell(value):
        monkeypatch.setenv("TAIHUA_X", value)

    return tell


def test_a_blank_variable_is_as_good_as_none(told):
    told("  ")

    assert environment.text("TAIHUA_X", "default") == "default"
    assert environment.words("TAIHUA_X", "a, b,") == ["a", "b"]
    assert environment.day("TAIHUA_X") is None
    assert environment.flag("TAIHUA_X", default=True)


def test_a_flag_is_one_or_nought(told):
    told("1")
    assert environment.flag("TAIHUA_X")
    told("yes")

    with pytest.raises(ImproperlyConfigured, match="TAIHUA_X is 'yes': write 1 or 0"):
        environment.flag("TAIHUA_X")


def test_a_day_is_a_day(told):
    told("2013-12-04")
    assert environment.day("TAIHUA_X") == date(2013, 12, 4)
    told("yesterday")

    with pytest.raises(ImproperlyConfigured, match="such as 2013-12-04"):
        environment.day("TAIHUA_X")


def test_a_demonstration_stands_on_the_day_kept_with_it_unless_told_another(told, tmp_path):
    kept = tmp_path / "today"
    assert environment.day("TAIHUA_X", kept_in=kept) is None

    kept.write_text("2013-12-04\n")
    assert environment.day("TAIHUA_X", kept_in=kept) == date(2013, 12, 4)

    told("2013-06-30")
    assert environment.day("TAIHUA_X", kept_in=kept) == date(2013, 6, 30)


def test_a_secret_is_made_once_and_kept_privately(tmp_path):
    file = tmp_path / "home" / "secret.key"

    first = environment.secret("TAIHUA_NO_SUCH", file)

    assert len(first) > 50
    assert environment.secret("TAIHUA_NO_SUCH", file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_secret_that_is_told_is_not_kept(told, tmp_path):
    told("from the vault")

    assert environment.secret("TAIHUA_X", tmp_path / "secret.key") == "from the vault"
    assert not (tmp_path / "secret.key").exists()


def test_the_database_is_sqlite_in_the_house_by_default():
    found = environment.database("TAIHUA_NO_SUCH", Path("/srv/taihua/taihua.sqlite3"))

    assert found["ENGINE"].endswith("sqlite3")
    assert found["NAME"] == "/srv/taihua/taihua.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_an_address_names_a_postgresql(told):
    told("postgresql://me:p%40ss@db.example:5433/taihua?sslmode=require")

    found = environment.database("TAIHUA_X", Path("x"))

    assert found["ENGINE"].endswith("postgresql")
    assert [found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "taihua", "me", "p@ss", "db.example", "5433",
    ]  # fmt: skip
    assert found["OPTIONS"] == {"sslmode": "require", "pool": True}


def test_an_unknown_database_is_refused(told):
    told("mysql://somewhere/taihua")

    with pytest.raises(ImproperlyConfigured, match="'mysql' is no database known here"):
        environment.database("TAIHUA_X", Path("x"))


def test_days_are_said_one_by_one_or_from_the_first_to_the_last(told):
    told("2014-01-01, 2014-01-31/2014-02-02")

    assert sorted(environment.days("TAIHUA_X")) == [
        date(2014, 1, 1),
        date(2014, 1, 31),
        date(2014, 2, 1),
        date(2014, 2, 2),
    ]
    told("")
    assert environment.days("TAIHUA_X") == frozenset()


@pytest.mark.parametrize("word", ["春节", "2014-02-30", "2014-02-02/2014-01-31", "/"])
def test_what_is_no_day_is_refused_by_name(told, word):
    told(f"2014-01-01,{word}")

    with pytest.raises(ImproperlyConfigured, match="write days such as 2014-01-01"):
        environment.days("TAIHUA_X")

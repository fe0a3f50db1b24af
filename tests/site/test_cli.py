"""The command line as somebody at a keyboard meets it: what it says and how it ends."""

import pytest
from django.core.management.base import BaseCommand, CommandError

from taihua.site import cli
from tests.serving import taihua


def ended(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    assert isinstance(end.value.code, int)
    return end.value.code


def test_help_names_our_commands_with_a_sentence_each_and_none_of_djangos(capsys):
    assert ended("--help") == 0

    lines = capsys.readouterr().out.splitlines()
    listed = {line.split()[0]: line.split()[1:] for line in lines if line.startswith("  ")}
    assert {"serve", "worker", "tick", "doctor", "backup", "restore"} <= listed.keys()
    assert "runserver" not in listed
    assert all(listed.values())


def test_no_command_at_all_is_wrong_usage_and_shows_what_there_is(capsys):
    assert ended() == 2

    assert "serve" in capsys.readouterr().out


def test_an_unknown_command_is_wrong_usage(capsys):
    assert ended("serv") == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("taihua 没有命令 serv。")


@pytest.mark.parametrize("words", [["backup"], ["serve", "--port", "many"], ["tick", "--nope"]])
def test_wrong_arguments_are_wrong_usage(words, capsys):
    assert ended(*words) == 2

    assert "usage: taihua" in capsys.readouterr().err


class Refusing(BaseCommand):
    requires_system_checks = ()

    def handle(self, *args, **options):
        raise CommandError("《论语》已经借出。")


class Broken(BaseCommand):
    requires_system_checks = ()

    def handle(self, *args, **options):
        raise ZeroDivisionError


def as_tick(monkeypatch, command: type[BaseCommand]) -> None:
    monkeypatch.setattr(cli, "load_command_class", lambda _app, _name: command())


def test_a_refusal_is_said_in_its_own_words_without_a_trace(monkeypatch, capsys):
    as_tick(monkeypatch, Refusing)

    assert ended("tick") == 1

    assert capsys.readouterr().err == "《论语》已经借出。\n"


def test_a_fault_of_ours_keeps_its_trace(monkeypatch):
    as_tick(monkeypatch, Broken)

    with pytest.raises(ZeroDivisionError):
        cli.main(["tick"])


def test_a_house_without_tables_is_told_where_to_look_without_a_trace(tmp_path):
    said = taihua(tmp_path, "figures", code=1)

    assert said.startswith("数据库不能用：no such table")
    assert "taihua doctor" in said
    assert "Traceback" not in said


def test_nonsense_in_the_environment_is_wrong_usage_without_a_trace(tmp_path):
    said = taihua(tmp_path, "doctor", code=2, TAIHUA_TODAY="yesterday")

    assert said == "TAIHUA_TODAY is 'yesterday': write a day such as 2013-12-04\n"

"""The tables of the reference are written from the code, and nothing else on their pages is touched."""

import pytest
from django.core.management import BaseCommand

from tools import reference


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A page of its own, whose table says one command."""
    monkeypatch.setattr(reference, "PAGES", tmp_path)
    monkeypatch.setattr(reference, "WRITERS", {"p.md": lambda: iter(["## taihua go", "去。"])})
    return tmp_path / "p.md"


def test_what_stands_above_the_mark_stays_and_the_rest_is_written_anew(page, capsys):
    page.write_text(f"# 命令\n\n自己的话。\n\n{reference.MARK}\n\n旧的\n")

    assert reference.main([]) == 0

    assert page.read_text() == f"# 命令\n\n自己的话。\n\n{reference.MARK}\n\n## taihua go\n去。\n"
    assert "p.md" in capsys.readouterr().out


def test_a_stale_page_is_named_and_left_alone_when_only_looked_at(page, capsys):
    page.write_text(f"# 命令\n\n{reference.MARK}\n\n旧的\n")

    assert reference.main(["--check"]) == 1

    assert "旧的" in page.read_text()
    assert "p.md does not say what the code says" in capsys.readouterr().out


def test_a_page_that_lost_its_mark_is_not_overwritten(page):
    page.write_text("# 命令\n")

    with pytest.raises(ValueError, match="has lost its mark"):
        reference.main([])

    assert page.read_text() == "# 命令\n"


def test_a_cell_cannot_break_its_table():
    rows = reference.table(["甲"], [["一|二\n三"]])

    assert list(rows) == ["| 甲 |", "|---|", "| 一\\|二 三 |", ""]


def test_the_options_that_every_command_has_are_left_out():
    class Command(BaseCommand):
        def add_arguments(self, parser):
            parser.add_argument("--day", help="哪一天")

    said = reference.usage("go", Command())

    assert "usage: taihua go [--day DAY]" in said
    assert "哪一天" in said
    assert "--verbosity" not in said


def test_a_command_of_several_ways_says_the_options_of_each():
    class Command(BaseCommand):
        def add_arguments(self, parser):
            ways = parser.add_subparsers()
            ways.add_parser("look", help="看看").add_argument("--far", help="远处")

    said = reference.usage("go", Command())

    assert "usage: taihua go look [--far FAR]" in said
    assert "show this help" not in said


def test_an_unknown_visitor_is_let_in_nowhere_but_where_anyone_is():
    stranger, *known = (reference._account(roles) for roles in reference.VISITORS.values())

    assert not stranger.is_authenticated
    assert all(account.is_authenticated for account in known)
    assert known[-1].roles == {"admin"}
    assert known[-1].person_id is None

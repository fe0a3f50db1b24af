"""The rules from the command line: spellings, JSON keys, exit codes."""

import json
from datetime import date, datetime

import pytest
from django.core.management import call_command
from django.db import OperationalError

from taihua.base.clock import ZONE
from taihua.kernel.records.actions import record
from taihua.kernel.records.queries import everything_said
from taihua.kernel.rules import ground
from taihua.kernel.rules.models import RuleBook
from taihua.kernel.rules.shelf import SHIPPED
from taihua.site import cli
from tests.factories import in_force
from tests.kernel.rules.packs import BOOK, BOOKS, TEXT, VISITS, adopted

pytestmark = pytest.mark.django_db
KEYS = [
    "rule",
    "subject",
    "subject_kind",
    "period",
    "first_day",
    "last_day",
    "asked",
    "done",
    "state",
    "due",
    "statements",
]


@pytest.fixture(autouse=True)
def _on_the_fourth(settings, lin, zhou):
    settings.TAIHUA_TODAY = date(2013, 12, 4)


@pytest.fixture
def visit(lin):
    return record(
        verb="visited",
        kind="outreach/visit",
        path="outreach/visit/1",
        label="调研：苔花一小",
        at=datetime(2013, 11, 20, 10, tzinfo=ZONE),
        occurred_at=datetime(2013, 11, 5, 10, tzinfo=ZONE),
        quantity="0.5",
        person=lin,
    )


@pytest.fixture
def taihua(capsys, monkeypatch):
    """Run a command as typed; what it printed and its exit code."""
    monkeypatch.setattr(cli.django, "setup", lambda: None)

    def run(*words):
        with pytest.raises(SystemExit) as left:
            cli.main(words)
        printed = capsys.readouterr()
        return printed.out, printed.err, left.value.code or 0

    return run


def told(taihua, *words):
    out, err, code = taihua(*words, "--json")
    assert (err, code) == ("", 0)
    return json.loads(out)


def pack_in(tmp_path, text):
    path = tmp_path / "pack.toml"
    path.write_text(text)
    return str(path)


# --- verdicts ----------------------------------------------------------------------------------------


def test_verdicts_are_told_with_exactly_these_keys(taihua, visit):
    adopted()

    found = told(taihua, "verdicts", "--rule", "b.visits")

    assert [list(each) for each in found] == [KEYS] * 12
    assert found[10] == {
        "rule": "b.visits",
        "subject": "lin",
        "subject_kind": "person",
        "period": "2013-11",
        "first_day": "2013-11-01",
        "last_day": "2013-11-30",
        "asked": 1,
        "done": 0.5,
        "state": "owed",
        "due": "2013-11-30",
        "statements": [str(visit.uuid)],
    }


def test_verdicts_are_those_of_the_periods_that_end_in_the_year_and_the_running_one(taihua):
    adopted()
    in_force("school.visits", every="school_year", audience={"tiers": ["leadership"]})

    found = told(taihua, "verdicts", "--on", "2013-10-05")
    periods = {(each["rule"], each["period"]) for each in found}

    assert ("school.visits", "SY2012") in periods
    assert ("school.visits", "SY2013") in periods
    assert ("b.books", "2013") in periods
    assert len([rule for rule, _period in periods if rule == "b.visits"]) == 12


def test_verdicts_of_a_book_a_unit_and_a_past_knowledge(taihua, visit, section):
    adopted()
    in_force()

    books = told(taihua, "verdicts", "--book", "bureau-book")
    section_only = told(taihua, "verdicts", "--unit", "jijiao")
    then = told(taihua, "verdicts", "--rule", "b.visits", "--known", "2013-11-19")

    assert {each["rule"] for each in books} == {"b.visits", "b.books", "b.forums"}
    assert {each["subject"] for each in section_only} == {"zhou"}
    assert then[10]["statements"] == []


def test_verdicts_as_text_are_one_line_each(taihua, visit):
    adopted()

    out, _err, code = taihua("verdicts", "--rule", "b.visits")

    assert code == 0
    assert out.splitlines()[10].split() == [
        "owed",
        "b.visits",
        "lin",
        "2013-11",
        "0.5/1",
        "2013-11-30",
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["verdicts", "--rule", "none"], 1),
        (["verdicts", "--book", "none"], 1),
        (["verdicts", "--unit", "none"], 1),
        (["verdicts", "--on", "4.12."], 2),
        (["verdicts", "--on", "2013-02-30"], 2),
        (["verdicts", "--known", "soon"], 2),
        (["verdicts", "--known", "2013-02-30"], 2),
        (["verdicts", "--on", "9999-12-31"], 2),
        (["explain", "none", "lin", "2013"], 1),
        (["explain", "b.visits", "none", "2013-12"], 1),
        (["explain", "b.visits", "lin", "2013"], 1),
        (["explain", "b.visits"], 2),
        (["rules"], 2),
        (["rules", "burn", "x"], 2),
        (["rules", "lint", "/no/such/file"], 2),
        (["rules", "dry-run", "x"], 2),
        (["rules", "dry-run", "x", "--year", "0"], 2),
    ],
)
def test_wrong_words_and_things_that_are_not_there_have_their_exit_codes(taihua, words, code):
    adopted()

    _out, err, left = taihua(*words)

    assert left == code
    assert err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("verdicts", "--rule", "b.none"), "2013 年没有在用的条目：b.none。"),
        (("verdicts", "--unit", "nowhere"), "没有代码是 nowhere 的单位。"),
        (("verdicts", "--on", "4.12."), "4.12. 不是日期，请写成 2013-12-04 这样。"),
        (("verdicts", "--known", "noon"), "noon 不是时刻，请写成 2013-12-04T09:30 这样。"),
        (("explain", "b.none", "lin", "2013-12"), "没有条目 b.none。"),
        (("explain", "b.visits", "nobody", "2013-12"), "没有工号是 nobody 的人。"),
        (("explain", "b.visits", "lin", "2013"), "它的周期写作 2013-12 这样。"),
        (("explain", "b.forums", "nowhere", "2013"), "没有代码是 nowhere 的单位。"),
        (("rules", "lint", "none.toml"), "读不了 none.toml：No such file or directory。"),
        (("rules", "dry-run", "none.toml", "--year", "MMXIII"), "MMXIII 不是年份"),
    ],
)
def test_a_refusal_says_what_was_wrong_and_how_to_write_it(taihua, words, said):
    adopted()

    out, err, _code = taihua(*words)

    assert out == ""
    assert said in err


def test_with_no_rules_there_are_no_verdicts(taihua):
    assert told(taihua, "verdicts") == []


# --- explain --------------------------------------------------------------------------------------------


def test_explain_tells_the_verdict_and_its_reasons(taihua, visit):
    adopted()

    found = told(taihua, "explain", "b.visits", "lin", "2013-11")

    assert list(found)[: len(KEYS)] == KEYS
    assert found["duty"] == "11 月欠半天下基层调研，应在 11 月 30 日前完成"
    assert found["statements"] == [str(visit.uuid)]
    assert found["terms"] == [
        {
            "unit": "bureau",
            "post": "director",
            "first_day": "2010-01-01",
            "last_day": None,
            "counts": True,
        }
    ]


def test_explain_as_text_answers_why(taihua, visit):
    adopted()

    out, _err, code = taihua("explain", "b.visits", "lin", "2013-11")

    assert code == 0
    assert "林知远：11 月欠半天下基层调研" in out
    assert "● 2013-11-05 调研：苔花一小" in out


def test_explain_as_known_before_the_statement_was_stored(taihua, visit):
    adopted()

    words = ["explain", "b.visits", "lin", "2013-11", "--known", "2013-11-20T09:59"]

    assert told(taihua, *words)["statements"] == []


# --- rules ------------------------------------------------------------------------------------------------


def test_a_good_pack_passes_the_linter(taihua, tmp_path):
    assert told(taihua, "rules", "lint", pack_in(tmp_path, TEXT)) == {
        "ok": True,
        "faults": [],
        "refusals": [],
        "warnings": [],
    }


def test_findings_end_with_one_and_are_told_with_rule_code_reason_and_line(taihua, tmp_path):
    path = pack_in(tmp_path, BOOK + VISITS.replace("深入基层调研", "在线打卡"))

    out, err, code = taihua("rules", "lint", path, "--json")
    text, _err, _code = taihua("rules", "lint", path)

    found = json.loads(out)
    assert code == 1
    assert not found["ok"]
    assert [(each["rule"], each["code"], each["line"]) for each in found["refusals"]] == [
        ("b.visits", "presence", 8)
    ]
    assert "《局规》不能通过。" in err
    assert "拒绝 第 8 行 b.visits" in text


def test_a_text_that_is_no_pack_ends_with_one_and_its_line(taihua, tmp_path):
    out, err, code = taihua("rules", "lint", pack_in(tmp_path, "[book\n"), "--json")

    assert code == 1
    assert json.loads(out)["faults"][0]["line"] == 1
    assert "第 1 行" in err


@pytest.mark.parametrize("name", ["haizhou-2013", "national-current"])
def test_what_ships_passes_where_nothing_is_known_yet(taihua, name):
    RuleBook.objects.all().delete()

    out, _err, _code = taihua("rules", "lint", str(SHIPPED / f"{name}.toml"), "--json")

    grave = {each["code"] for each in json.loads(out)["refusals"]}
    assert grave <= {"nobody"}


def test_a_dry_run_tells_states_beside_the_real_ones_and_writes_nothing(taihua, tmp_path, visit):
    adopted(BOOK + BOOKS)
    before = everything_said().count()
    path = pack_in(tmp_path, BOOK + BOOKS.replace("times = 2", "times = 1") + VISITS)

    found = {
        each["rule"]: each for each in told(taihua, "rules", "dry-run", path, "--year", "2012")
    }
    text, _err, code = taihua("rules", "dry-run", path, "--year", "2012")

    assert found["b.visits"]["periods"] == 12
    assert found["b.visits"]["states"]["owed"] == 12
    assert found["b.visits"]["now"] is None
    assert found["b.books"]["states"]["owed"] == 1
    assert found["b.books"]["now"]["owed"] == 1
    assert found["b.books"]["owed_more"] == 0
    assert code == 0
    assert "owed +12" in text
    assert everything_said().count() == before
    assert RuleBook.objects.count() == 1


def test_the_commands_need_no_other_command_line(capsys):
    adopted()

    call_command("verdicts", "--rule", "b.books", "--json")

    assert json.loads(capsys.readouterr().out)[0]["subject"] == "zhou"


def test_without_tables_a_pack_is_looked_over_by_its_text_alone(taihua, tmp_path, monkeypatch):
    def no_tables(*_args):
        raise OperationalError("no such table")

    monkeypatch.setattr(ground, "ground_for", no_tables)

    assert told(taihua, "rules", "lint", pack_in(tmp_path, TEXT))["ok"]


def test_what_did_not_count_is_told_with_its_reason(taihua, visit):
    adopted()

    found = told(taihua, "explain", "b.visits", "lin", "2013-11", "--on", "2013-11-04")

    assert found["not_counted"] == [
        {"statement": str(visit.uuid), "reason": "not_yet", "words": "日期还没有到"}
    ]

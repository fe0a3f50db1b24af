"""Packs: what ships, what the schema says, and that a pack survives being written and read."""

import json
import tomllib
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from taihua.base.periods import Every
from taihua.kernel.rules.enums import Confidence, Count, Level, Proration, Subject
from taihua.kernel.rules.logic import Audience, Rule
from taihua.kernel.rules.packs import CARRIED, rule_from_data, rule_to_data
from taihua.kernel.rules.packtext import Pack, Pending, parse_pack
from taihua.kernel.rules.packwriter import drop_rules, put_rule, write_pack
from taihua.kernel.rules.schema import pack_schema
from taihua.kernel.rules.shelf import SHIPPED, shipped
from tests.kernel.rules.packs import TEXT

words = st.text("甲乙丙丁“”\\\"'#[]=\n\t abc01", min_size=1, max_size=12).filter(str.strip)
codes = st.from_regex(r"[a-z0-9]{1,6}([._-][a-z0-9]{1,6}){0,2}", fullmatch=True)
names = st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8})?", fullmatch=True)
lists = st.lists(names, max_size=3, unique=True).map(tuple)
days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@st.composite
def rules(draw: st.DrawFn, code: str = "", book: str = "") -> Rule:
    every = draw(st.sampled_from(list(Every)))
    valid_from = draw(days)
    return Rule(
        code=code or draw(codes),
        book=book,
        sentence=draw(words),
        mechanism=draw(st.sampled_from(["L1", "I4", "C7"])),
        source=draw(words),
        source_until=draw(st.none() | days),
        level=draw(st.sampled_from(list(Level))),
        confidence=draw(st.sampled_from(list(Confidence))),
        subject=draw(st.sampled_from(list(Subject))),
        audience=Audience(
            tiers=draw(st.sampled_from([(), ("leadership",), ("middle", "staff")])),
            tags=draw(lists),
            posts=draw(lists),
            unit_kinds=draw(st.sampled_from([(), ("school",), ("branch", "cell")])),
            units=draw(lists),
            concurrent=draw(st.booleans()),
        ),
        verbs=draw(st.lists(names, min_size=1, max_size=3, unique=True).map(tuple)),
        kinds=draw(lists),
        count=draw(st.sampled_from(list(Count))),
        hundredths=draw(st.integers(1, 100000)),
        every=every,
        n=draw(st.integers(1, 30)),
        due_date=draw(days if every is Every.ONCE else st.none() | days),
        grace_days=draw(st.integers(0, 60)),
        notice_days=draw(st.integers(0, 60)),
        proration=draw(st.sampled_from(list(Proration))),
        leave_excuses=draw(st.booleans()),
        act=draw(st.just("") | words),
        measure=draw(st.just("") | st.just("本")),
        minutes=draw(st.integers(0, 600)),
        valid_from=valid_from,
        valid_to=draw(st.none() | days.map(lambda day: max(day, valid_from))),
    )


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    known = draw(st.lists(codes, max_size=5, unique=True))
    split = draw(st.integers(0, len(known)))
    return Pack(
        code="book-1",
        title=draw(words),
        level=draw(st.sampled_from(list(Level))),
        source=draw(words),
        effective_from=draw(days),
        rules=tuple(draw(rules(code, "book-1")) for code in known[:split]),
        pending=tuple(
            Pending(
                code=code,
                sentence=draw(words),
                source=draw(words),
                why=draw(words),
                level=draw(st.sampled_from(list(Level))),
                confidence=draw(st.sampled_from(list(Confidence))),
            )
            for code in known[split:]
        ),
    )


@given(packs())
def test_what_is_written_reads_as_the_same_pack(pack):
    assert parse_pack(write_pack(pack)) == pack


@given(rules())
def test_a_rule_survives_being_data(rule):
    data = rule_to_data(rule)

    assert rule_from_data(json.loads(json.dumps(data))) == rule


@given(packs(), st.data())
def test_putting_a_rule_changes_that_rule_and_no_other(pack, data):
    text = write_pack(pack)
    code = data.draw(codes.filter(lambda c: all(c != item.code for item in pack.pending)))
    rule = data.draw(rules(code, pack.code))

    changed = parse_pack(put_rule(text, rule))

    assert changed.rule(code) == rule
    others = [each for each in pack.rules if each.code != code]
    assert [each for each in changed.rules if each.code != code] == others
    assert changed.pending == pack.pending


@given(packs(), st.data())
def test_dropping_rules_leaves_the_others(pack, data):
    gone = data.draw(st.sets(st.sampled_from([r.code for r in pack.rules] or ["none"])))

    left = parse_pack(drop_rules(write_pack(pack), gone))

    assert left == replace(pack, rules=tuple(r for r in pack.rules if r.code not in gone))


def test_a_header_inside_a_long_text_deceives_nobody():
    tricky = TEXT.replace(
        'source = "局党委会议"\naudience = { tiers = ["middle"] }',
        'source = """\n[[rule]]\n局党委会议"""\naudience = { tiers = ["middle"] }',
    )
    pack = parse_pack(tricky)
    forums = replace(pack.rules[2], hundredths=300)

    changed = parse_pack(put_rule(tricky, forums))

    assert changed.rules == (*pack.rules[:2], forums)


def test_comments_and_the_other_rules_stay_as_they_stood():
    pack = parse_pack(TEXT)

    text = put_rule(TEXT, replace(pack.rules[0], hundredths=200))

    assert text.partition("# 读书")[2] == TEXT.partition("# 读书")[2]
    assert text.startswith(TEXT.partition("[[rule]]")[0])


# --- what ships --------------------------------------------------------------------------------------


def test_the_schema_on_disk_is_the_one_that_texts_are_held_to():
    assert json.loads((SHIPPED / "pack.schema.json").read_text()) == pack_schema()


def test_the_schema_is_sound_and_knows_every_key_of_a_rule():
    schema = pack_schema()
    Draft202012Validator.check_schema(schema)

    keys = set(schema["properties"]["rule"]["items"]["properties"])

    carried = {*CARRIED, "hundredths"}
    assert keys == {item.name for item in fields(Rule)} - carried | {"times"}
    audience = schema["properties"]["rule"]["items"]["properties"]["audience"]["properties"]
    assert set(audience) == {item.name for item in fields(Audience)}


def test_two_packs_ship_and_every_rule_of_theirs_says_whence_it_comes():
    assert [pack.code for pack in shipped()] == ["haizhou-2013", "national-current"]
    for pack in shipped():
        for rule in pack.rules:
            assert rule.source
            assert rule.act
            assert rule.measure
            assert rule.minutes > 0


def test_what_ships_is_valid_by_the_schema_for_other_peoples_tools():
    validator = Draft202012Validator(json.loads((SHIPPED / "pack.schema.json").read_text()))
    for path in SHIPPED.glob("*.toml"):
        data = json.loads(json.dumps(tomllib.loads(path.read_text()), default=str))

        assert list(validator.iter_errors(data)) == []


def test_nothing_of_the_article_is_passed_off_as_national():
    haizhou, national = shipped()

    assert {rule.level for rule in haizhou.rules} == {Level.LOCAL, Level.CUSTOM}
    assert {r.code for r in national.rules if r.level is not Level.NATIONAL} == {
        "custom.party-class",
        "local.centre-days",
    }


@pytest.mark.parametrize(
    ("code", "hundredths", "every"),
    [
        ("haizhou.books-set", 200, Every.YEAR),
        ("haizhou.books-middle", 200, Every.YEAR),
        ("haizhou.visit-month", 100, Every.MONTH),
        ("haizhou.principals-forum", 200, Every.YEAR),
        ("national.assembly", 100, Every.QUARTER),
        ("national.branch-committee", 100, Every.MONTH),
        ("national.candour-leaders", 100, Every.YEAR),
        ("national.centre-session", 100, Every.QUARTER),
    ],
)
def test_the_numbers_are_those_of_the_sources(code, hundredths, every):
    rule = next(rule for pack in shipped() for rule in pack.rules if rule.code == code)

    assert (rule.hundredths, rule.every) == (hundredths, every)
    assert rule.confidence is Confidence.SURE


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("national.assembly", date(2018, 10, 28)),
        ("national.candour-leaders", date(2016, 12, 23)),
        ("national.centre-session", date(2017, 1, 30)),
        ("national.account", date(2016, 10, 27)),
        ("haizhou.evening-note", date(2011, 8, 1)),
    ],
)
def test_no_rule_holds_before_its_source_did(code, day):
    rule = next(rule for pack in shipped() for rule in pack.rules if rule.code == code)

    assert rule.valid_from == day

"""GLOSSARY.md and the code say the same words, and some words are not said at all."""

import ast
import re
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from taihua.kernel import house

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "taihua"
PACKAGES = ("taihua.kernel", "taihua.rooms", "taihua")
CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    """One row of the glossary."""

    term: str
    codes: tuple[str, ...]
    meaning: str

    @property
    def later(self) -> bool:
        return self.meaning.startswith("*later*")


def rows() -> list[Row]:
    lines = (ROOT / "GLOSSARY.md").read_text().splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [
        Row(term, tuple(CODE.findall(code)), meaning)
        for term, code, meaning in cells
        if term not in {"中文", "---"}
    ]


def found(code: str) -> Any:
    """What a code of the glossary stands for, or None."""
    app, _, rest = code.partition(".")
    name, _, field = rest.partition(".")
    config = apps.app_configs.get(app)
    if config and (model := config.models.get(name.lower())):
        return _member(model, field)
    for package in PACKAGES:
        if (thing := _walk(package, code.split("."))) is not None:
            return thing
    return None


def _walk(package: str, names: list[str]) -> Any:
    path = package
    while names and _there(f"{path}.{names[0]}"):
        path, names = f"{path}.{names[0]}", names[1:]
    if path == package:
        return None
    thing: Any = import_module(path)
    for name in names:
        thing = _member(thing, name)
    return thing


def _there(path: str) -> bool:
    try:
        return find_spec(path) is not None
    except ModuleNotFoundError:
        return False


def _member(thing: Any, name: str) -> Any:
    if not name or thing is None:
        return thing
    if hasattr(thing, name):
        return getattr(thing, name)
    if name in getattr(thing, "__annotations__", {}):
        return name
    try:
        return thing._meta.get_field(name)
    except (AttributeError, FieldDoesNotExist):
        return None


def test_every_table_of_ours_has_its_row_under_its_own_chinese_name():
    said = {code: row.term for row in rows() for code in row.codes}
    missing = [
        f"{model._meta.label} {model._meta.verbose_name}"
        for model in apps.get_models()
        if model.__module__.startswith("taihua.")
        if str(model._meta.verbose_name) not in said.get(model._meta.label, "")
    ]

    assert missing == []


def test_every_code_of_the_glossary_exists_unless_it_is_marked_as_later():
    strays = [code for row in rows() if not row.later for code in row.codes if found(code) is None]

    assert strays == []


def test_what_is_marked_as_later_is_not_built_yet():
    built = [code for row in rows() if row.later for code in row.codes if found(code) is not None]

    assert built == []


def test_one_code_stands_for_one_thing_only():
    codes = [code for row in rows() for code in row.codes]

    assert sorted(codes) == sorted(set(codes))


# --- words that are barred -----------------------------------------------------------------------

BARRED = {"checkin", "streak", "streaks", "score", "scores", "rank", "ranks", "ranking", "points"}
BARRED |= {"leaderboard"}
# The dots of a drawn line, and the navPoints of an EPUB: no points that anybody is given.
DRAWN = {("base/templatetags/page.py", "points"), ("rooms/reading/logic/package.py", "points")}


def words_of(name: str) -> list[str]:
    """``check_in`` and ``CheckIn`` are one word here, so that neither slips through."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    lowered = [part.lower() for part in parts]
    joined = [a + b for a, b in pairwise(lowered) if a + b == "checkin"]
    return lowered + joined


def names_in(path: Path) -> set[str]:
    """Every name that a file gives to something, and its own."""
    found = {path.stem}
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                found.add(name)
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
            case ast.Attribute(attr=name, ctx=ast.Store()):
                found.add(name)
    return found


@pytest.mark.parametrize("name", ["check_in", "dailyCheckIn", "rank_of", "Score", "reading_streak"])
def test_a_barred_word_is_caught_in_any_spelling(name):
    assert BARRED.intersection(words_of(name))


@pytest.mark.parametrize("name", ["check", "checked_in", "frank", "underscore", "TYPE_CHECKING"])
def test_a_harmless_neighbour_of_a_barred_word_is_let_be(name):
    assert BARRED.isdisjoint(words_of(name))


def test_no_name_in_the_source_counts_presence_or_ranks_people():
    barred = [
        f"{where}: {name}"
        for path in sorted(SOURCE.rglob("*.py"))
        if (where := path.relative_to(SOURCE).as_posix())
        for name in sorted(names_in(path))
        if BARRED.intersection(words_of(name)) and (where, name) not in DRAWN
    ]

    assert barred == []


def test_no_table_verb_kind_or_figure_counts_presence_or_ranks_people():
    columns = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if model.__module__.startswith("taihua.")
    ]
    told = [word.code for room in house.rooms() for word in [*room.verbs, *room.kinds]]
    names = [*columns, *told, *house.figures(), *house.ledgers()]

    assert [name for name in names if BARRED.intersection(words_of(name))] == []


def test_the_glossary_bars_the_words_that_the_test_bars():
    said = (ROOT / "GLOSSARY.md").read_text().split("## Words that are barred")[1]
    listed = {word.replace("_", "") for word in CODE.findall(said)}

    assert listed <= BARRED
    assert {"checkin", "streak", "score", "rank", "points", "leaderboard"} == listed

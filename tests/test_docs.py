"""The documentation says what is so: settings, commands, ledgers, decisions, promises of the README."""

import ast
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from taihua.kernel.rules.schema import pack_schema
from tools import reference

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
BESIDE = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]
PAGES = sorted(DOCS.rglob("*.md")) + [ROOT / name for name in BESIDE if (ROOT / name).exists()]
MODES = ("tutorial", "howto", "reference", "explanation", "adr")


def said(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


# --- settings --------------------------------------------------------------------------------------


def settings_read() -> dict[str, str]:
    """Each variable that the settings ask the environment for, with its default as a table says it."""
    found = {}
    for node in ast.walk(ast.parse(said("src/taihua/site/settings.py"))):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="environment"), attr=how),
                args=[ast.Constant(value=str(name)), *rest],
            ):
                found[name] = _default(how, rest)
    return found


def _default(how: str, rest: list[ast.expr]) -> str:
    match rest:
        case [ast.Constant(value=str(text))]:
            return text
        case [ast.BinOp(right=ast.Constant(value=str(file)))]:
            return f"TAIHUA_HOME/{file}"
    return "0" if how == "flag" else ""


def settings_told() -> dict[str, str]:
    rows = re.findall(
        r"^\| `(TAIHUA_\w+)` \| ([^|]*) \|", said("docs/reference/settings.md"), re.MULTILINE
    )
    return {name: default.strip().strip("`") for name, default in rows}


def test_the_table_of_settings_is_what_the_settings_read():
    assert settings_told() == settings_read()


def test_no_other_part_of_the_house_reads_its_own_variable():
    known = set(settings_read())
    strays = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(
            r"(?:environ\S*\(|environ\[|getenv\()\"(TAIHUA_\w+)", path.read_text()
        )
        if name not in known
    ]

    assert strays == []


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_a_page_names_only_settings_that_there_are(page):
    known = {*settings_read(), "TAIHUA_TEST_DATABASE_URL"}

    assert set(re.findall(r"TAIHUA_[A-Z]+(?:_[A-Z]+)*", page.read_text())) <= known


# --- commands --------------------------------------------------------------------------------------

WORDS = re.compile(r"(?:^ *|bin/)taihua +([a-z]\S*(?: +[^\n`|#]*)?)")


@pytest.mark.parametrize("name", reference.WRITERS)
def test_the_reference_says_what_the_code_says(name):
    assert reference.is_fresh(name), f"{name} is stale: make docs"


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_a_page_names_only_commands_and_options_that_there_are(page):
    wrong = []
    for code in re.findall(
        r"`([^`\n]+)`|^( *[^`\n]*taihua [^`\n]*)$", page.read_text(), re.MULTILINE
    ):
        for words in WORDS.findall("".join(code)):
            wrong += [f"{words}: {word}" for word in unknown_in(words)]

    assert wrong == []


def unknown_in(words: str) -> list[str]:
    """What in a command line ``taihua …`` there is not."""
    name, *rest = shlex.split(re.sub(r"[^\x00-\x7f].*", "", words).replace("'", ""))
    name = name.strip(":,.;")
    if not re.fullmatch(r"[a-z_]+", name):
        return []
    if name not in get_commands():
        return [name]
    ours = reference.our_commands()
    if name not in ours:
        return []
    known = set(re.findall(r"--[a-z-]+", reference.usage(name, ours[name])))
    options = {word.split("=")[0].rstrip(".,;:)") for word in rest if word.startswith("--")}
    return sorted(options - known - {"--help"})


def test_a_wrong_command_or_option_would_be_noticed():
    assert unknown_in("srve --port 80") == ["srve"]
    assert unknown_in("serve --prot 80") == ["--prot"]
    assert unknown_in("serve --port 80") == []
    assert unknown_in("rules dry-run a.toml --year 2013") == []
    assert unknown_in("rules dry-run a.toml --yaer 2013") == ["--yaer"]


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_a_page_names_only_targets_of_the_makefile(page):
    targets = set(re.findall(r"^([a-z0-9-]+):", said("Makefile"), re.MULTILINE))

    assert set(re.findall(r"`make ([a-z0-9]+)", page.read_text())) <= targets


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_is_one_page_with_its_two_commands_and_one_picture(readme):
    text = said(readme)

    assert 30 <= len(text.splitlines()) <= 60
    assert "make demo" in text
    assert "make test" in text
    assert len(re.findall(r"!\[", text)) == 1


# --- addresses of pages ------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_an_address_of_the_house_that_a_page_names_leads_somewhere(page):
    addresses = re.findall(r"`(/[a-z][\w/-]*/)`", page.read_text())
    strays = [
        address for address in addresses if not address.startswith(PATHS) and not opens(address)
    ]

    assert strays == []


PATHS = ("/etc/", "/srv/", "/var/", "/usr/", "/opt/")


def opens(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


# --- decisions and modes ---------------------------------------------------------------------------------

DECISIONS = sorted((DOCS / "adr").glob("*.md"))
HEADINGS = ["## Question", "## Decision", "## What follows", "## Turned down"]


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", DECISIONS, ids=names(DECISIONS))
def test_a_decision_is_one_page_with_its_four_headings(page):
    text = page.read_text()

    assert text.startswith(f"# {page.name[:4]} ")
    assert re.search(r"^\*\*Status\*\*: (accepted|replaced by \d{4})$", text, re.MULTILINE)
    assert re.findall(r"^## .+", text, re.MULTILINE) == HEADINGS
    assert len(text.splitlines()) <= 50


def test_every_page_lies_under_one_of_the_modes():
    strays = [
        name
        for path in DOCS.rglob("*.md")
        if (name := path.relative_to(DOCS).as_posix()).split("/")[0] not in MODES
        if name != "index.md"
    ]

    assert strays == []


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode != "adr"])
def test_the_first_page_leads_to_every_page_of_a_mode(mode):
    first = said("docs/index.md")
    missing = [
        name
        for path in (DOCS / mode).glob("*.md")
        if f"({(name := path.relative_to(DOCS).as_posix())})" not in first
    ]

    assert missing == []


def test_pictures_are_small_and_all_are_shown():
    shown = {name for page in PAGES for name in re.findall(r"([\w-]+\.png)\)", page.read_text())}
    pictures = sorted(DOCS.rglob("*.png"))

    assert {path.name for path in pictures} == shown
    assert [path.name for path in pictures if path.stat().st_size > 120 * 1024] == []


# --- rules -----------------------------------------------------------------------------------------


def keys_of(table: dict[str, Any]) -> set[str]:
    found = set()
    for name, inner in table["properties"].items():
        found |= {name} | (keys_of(inner) if "properties" in inner else set())
    return found


@pytest.mark.parametrize("part", ["book", "rule", "pending"])
def test_the_page_on_rule_packs_names_every_key_of_the_schema(part):
    schema = pack_schema()["properties"][part]
    told = set(re.findall(r"`([\w-]+)`", said("docs/reference/rules.md")))

    assert keys_of(schema.get("items", schema)) <= told


def test_the_page_on_rule_packs_names_every_finding_of_the_linter():
    tree = ast.parse(said("src/taihua/kernel/rules/lint.py"))
    found = {
        code
        for node in ast.walk(tree)
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple)
        for code in [node.value.elts[0].value]
    }
    told = re.findall(
        r"^\| (`[^|]+) \|", said("docs/reference/rules.md").split("## 检查")[1], re.MULTILINE
    )

    assert found
    assert found == set(re.findall(r"`([\w-]+)`", " ".join(told)))

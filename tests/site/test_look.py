import re

import pytest

from taihua.site.look import COOKIE, Look, look_from
from tests.conftest import ROOT

STATIC = ROOT / "src" / "taihua" / "site" / "static" / "site"
NAMED = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")
LIGHT = dict(NAMED.findall((STATIC / "tokens.css").read_text()))
DARK = LIGHT | dict(NAMED.findall((STATIC / "dark.css").read_text()))
TEXTS = ["ink", "soft", "moss", "done", "soon", "owed", "exempt"]
GROUNDS = ["paper", "raised"]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted([luminance(one), luminance(other)], reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_a_look_survives_the_cookie():
    look = Look(size="large", theme="dark", quiet=True)

    assert look_from({COOKIE: look.as_cookie()}) == look


@pytest.mark.parametrize("cookie", ["", "size=huge&theme=pink&quiet=yes", "%%%", "=;=&&"])
def test_a_cookie_that_makes_no_sense_gives_the_usual_look(cookie):
    assert look_from({COOKIE: cookie}) == Look()
    assert look_from({}) == Look()


def test_the_dark_paper_is_never_printed():
    assert Look(theme="dark").dark_media == "screen"
    assert Look(theme="light").dark_media == "not all"
    assert Look().dark_media.startswith("screen and")
    assert Look(theme="dark").scheme == "dark"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_stands_out_from_every_ground(tokens):
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs += [(name, f"{name}-tint") for name in ["done", "soon", "owed", "exempt"]]
    pairs += [("moss", "moss-tint"), ("ink", "moss-tint"), ("on-moss", "moss"), ("ink", "marker")]

    faint = {pair: contrast(*(tokens[name] for name in pair)) for pair in pairs}

    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_borders_of_controls_can_be_seen(tokens):
    assert contrast(tokens["edge"], tokens["paper"]) >= 3
    assert contrast(tokens["edge"], tokens["raised"]) >= 3


def test_only_the_token_files_name_colours():
    sheets = [*(ROOT / "src").rglob("*.css")]
    painted = {
        sheet.name: re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", sheet.read_text())
        for sheet in sheets
        if sheet.name not in {"tokens.css", "dark.css", "print.css", "standalone.css"}
    }

    assert {name: found for name, found in painted.items() if found} == {}


def test_only_known_tokens_are_used():
    known = set(re.findall(r"(--[a-z0-9-]+):", (STATIC / "tokens.css").read_text()))
    used = {
        name
        for sheet in (ROOT / "src").rglob("*.css")
        for name in re.findall(r"var\((--[a-z0-9-]+)", sheet.read_text())
    }

    assert used - known == set()

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.conftest import ROOT

TEMPLATES = sorted((ROOT / "src").rglob("templates/**/*.html"))
SERVED = [
    path for path in TEMPLATES if path.stem != "standalone"
]  # a file to take away has its own
HAN = re.compile(r"[\u4e00-\u9fff]")
# What Django reads away before Chinese may stand bare: marked text, comments, text marked as Chinese.
SPOKEN = re.compile(
    r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}|{%.*?%}|{{.*?}}|{#.*?#}"
    r"|<(\w+)[^>]*\blang=\"zh-Hans\"[^>]*>[^<]*</\1>",
    re.DOTALL,
)


def in_house(path: Path) -> str:
    return str(path.relative_to(ROOT / "src" / "taihua"))


@pytest.mark.parametrize("path", SERVED, ids=in_house)
def test_no_page_has_a_style_or_a_script_of_its_own(path):
    text = path.read_text()

    assert re.findall(r"\bstyle=|<style\b|\son\w+=|javascript:", text) == []
    assert all(" src=" in tag for tag in re.findall(r"<script\b[^>]*>", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=in_house)
def test_every_chinese_word_of_a_template_can_be_said_in_english(path):
    bare = [line.strip() for line in SPOKEN.sub("", path.read_text()).splitlines()]

    assert [line for line in bare if HAN.search(line)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=in_house)
def test_every_button_says_what_kind_it_is(path):
    assert [
        tag for tag in re.findall(r"<button\b[^>]*>", path.read_text()) if "type=" not in tag
    ] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=in_house)
def test_every_template_can_be_read(path):
    name = path.as_posix().rpartition("/templates/")[2]

    assert get_template(name).origin.name == str(path)

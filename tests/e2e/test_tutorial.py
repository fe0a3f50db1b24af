"""The tutorial is walked as it is written: what it prints in bold is on the screen at that step.

``PICTURES=1`` takes its pictures anew; an ordinary run changes no file.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Page, expect

from tests.demonstration import DEMO, PASSWORD, Built
from tests.serving import served

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "tutorial"
FILES = TUTORIAL / "files"
IMAGES = TUTORIAL / "images"
LARGEST = 120 * 1024
WALKS = {"zh-hans": "first-morning.md", "en": "first-morning.en.md"}


def bold_by_step(name: str) -> list[list[str]]:
    """What each step of a tutorial page prints in bold, in the order of its headings."""
    text = (TUTORIAL / name).read_text(encoding="utf-8")
    steps = re.split(r"^## \d+.*$", text, flags=re.MULTILINE)[1:]
    return [re.findall(r"\*\*(.+?)\*\*", step, re.DOTALL) for step in steps]


def plain(text: str) -> str:
    """A text without its line breaks and double spaces, as an eye reads it."""
    return " ".join(text.split())


@dataclass
class Clerk:
    """Somebody who does the tutorial: a browser page, a language, and all that was seen so far."""

    page: Page
    address: str
    language: str
    seen: list[str] = field(default_factory=list)

    def say(self, words: str, **values: object) -> str:
        """The words of the interface in the clerk's language."""
        with override(self.language):
            return gettext(words) % values if values else gettext(words)

    def look(self) -> None:
        self.page.wait_for_load_state()
        self.seen.append(plain(self.page.inner_text("body")))

    def go(self, link: str) -> None:
        """Follow a link by its words; what the menu has folded away stands behind its last entry."""
        wanted = self.page.get_by_role("link", name=self.say(link), exact=True).first
        if not wanted.count():
            self.page.get_by_role("link", name=self.say("更多"), exact=True).first.click()
            self.look()
        wanted.click()
        self.look()

    def press(self, button: str, **values: object) -> None:
        """Press a button by its words."""
        self.page.get_by_role("button", name=self.say(button, **values), exact=True).click()
        self.look()

    def give(self, file: str) -> None:
        self.page.set_input_files("input[type=file]", FILES / file)

    def picture(self, name: str) -> None:
        """Take a picture of what is on the screen, if pictures are asked for."""
        if os.environ.get("PICTURES") == "1" and self.language == "zh-hans":
            IMAGES.mkdir(exist_ok=True)
            self.page.screenshot(path=IMAGES / name, animations="disabled")


# --- the steps, in the order of the page's headings ------------------------------------------------


def come_in(clerk: Clerk) -> None:
    clerk.page.goto(clerk.address + "/")
    clerk.look()
    clerk.page.fill("input[name=login]", "su")
    clerk.page.fill("input[name=password]", PASSWORD)
    clerk.press("登录")


def bring_a_messy_sheet(clerk: Clerk) -> None:
    clerk.go("台账")
    clerk.go("下基层调研台账")
    clerk.go("导入表格")
    clerk.give("visits-first-try.xlsx")
    clerk.press("看看会改动什么")
    clerk.picture("import.png")
    clerk.page.get_by_text(clerk.say("读表时放下了什么")).click()
    clerk.look()


def bring_it_mended(clerk: Clerk) -> None:
    clerk.go("改好了，重新上传")
    clerk.give("visits-mended.xlsx")
    clerk.press("看看会改动什么")
    clerk.press("导入这 %(rows)s 行", rows=4)
    clerk.go("再导一张表")
    clerk.give("visits-mended.xlsx")
    clerk.press("看看会改动什么")


def adopt_a_rule(clerk: Clerk) -> None:
    clerk.go("制度")
    clerk.go("通过新制度")
    clerk.give("section-visits-refused.toml")
    clerk.press("上传并看看会怎样")
    clerk.go("制度")
    clerk.go("通过新制度")
    clerk.give("section-visits.toml")
    clerk.press("上传并看看会怎样")
    clerk.picture("rules.png")
    clerk.press("通过这部制度")


def see_who_owes_what_and_why(clerk: Clerk) -> None:
    clerk.go("履责总览")
    clerk.picture("overview.png")
    with clerk.page.expect_navigation():
        clerk.page.select_option("select[name=unit]", label="基础教育科")
    clerk.look()
    clerk.go("周明")
    row = clerk.page.get_by_role("row").filter(has_text="每季度下基层调研不少于一天")
    row.get_by_role("link").click()
    clerk.look()
    clerk.picture("why.png")


def write_the_report(clerk: Clerk) -> None:
    clerk.go("年度总结")
    clerk.page.goto(f"{clerk.address}/reports/2012/")
    clerk.look()
    clerk.press("从这一稿动笔")
    clerk.picture("report.png")
    clerk.page.get_by_role("article").locator("a.figure").first.click()
    clerk.look()
    clerk.picture("figure.png")
    clerk.page.locator("th a").first.click()
    clerk.look()
    clerk.page.goto(f"{clerk.address}/reports/2012/")
    clerk.page.get_by_role("link", name=edit_words(clerk)).click()
    clerk.look()
    clerk.page.get_by_role("textbox").first.fill("全年资助困难大学生 130 余名。")
    clerk.press("保存这一段")
    fetch(clerk, "生成 PDF", b"%PDF")
    clerk.page.goto(f"{clerk.address}/reports/2012/")
    fetch(clerk, "生成 Word", b"PK")


def edit_words(clerk: Clerk) -> str:
    """The words of the link by which the opening of the report is changed."""
    return clerk.say("改“%(title)s”这一段", title="开头")


def fetch(clerk: Clerk, button: str, begins: bytes) -> None:
    """Ask for a file, wait until it is made, download it."""
    clerk.press(button)
    clerk.page.get_by_role("link", name=clerk.say("下载"), exact=True).wait_for()
    clerk.look()
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name=clerk.say("下载"), exact=True).click()
    assert download.value.path().read_bytes().startswith(begins)


STEPS: list[Callable[[Clerk], None]] = [
    come_in,
    bring_a_messy_sheet,
    bring_it_mended,
    adopt_a_rule,
    see_who_owes_what_and_why,
    write_the_report,
]


# --- the walks -------------------------------------------------------------------------------------


@pytest.fixture
def clerk(
    demonstration: Built, browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Clerk]:
    home = shutil.copytree(demonstration.home, tmp_path / "home")
    language = request.param
    with served(home, "--processes", "1", **DEMO) as house:
        context = browser.new_context(
            viewport={"width": 980, "height": 640},
            locale={"zh-hans": "zh-CN", "en": "en-GB"}[language],
            accept_downloads=True,
        )
        yield Clerk(context.new_page(), house.address, language)
        context.close()


@pytest.mark.parametrize("clerk", WALKS, indirect=True)
def test_the_tutorial_says_what_is_on_the_screen(clerk):
    told = bold_by_step(WALKS[clerk.language])
    assert len(told) == len(STEPS)
    missing = []

    for number, (step, phrases) in enumerate(zip(STEPS, told, strict=True), 1):
        clerk.seen.clear()
        clerk.look()
        step(clerk)
        screen = " ".join(clerk.seen)
        missing += [f"{number}: {phrase}" for phrase in phrases if plain(phrase) not in screen]

    assert missing == []
    expect(clerk.page.get_by_role("main")).to_be_visible()


def test_the_two_tutorials_have_the_same_steps_and_pictures():
    chinese, english = ((TUTORIAL / name).read_text() for name in WALKS.values())

    pictures = [re.findall(r"\((images/\S+\.png)\)", text) for text in (chinese, english)]
    assert pictures[0] == pictures[1]
    assert len(bold_by_step(WALKS["en"])) == len(bold_by_step(WALKS["zh-hans"])) == len(STEPS)

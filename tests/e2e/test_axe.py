"""Every kind of page: readable by all, at both widths, before any script and by keyboard."""

from dataclasses import dataclass
from itertools import groupby

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import District
from tests.e2e.walk import Opened, visitor, walk

AXE = Axe().axe_script
GRAVE = {"serious", "critical"}
MANY = 100
STOPS = 12
ROLES = ["clerk", "leader", "member", "unit_clerk", "auditor", "admin"]
# One page of each kind: desk, board, ledger, thing, form, reader, public article.
IN_THE_DARK = {
    "clerk": [
        "/", "/reports/board/", "/ledgers/reading/", "/study/law/", "/study/sessions/1/",
        "/outreach/plan/", "/outreach/app/", "/portal/desk/new/", "/forums/1/",
    ],
    "member": ["/duties/", "/reading/evening/", "/portal/", "/portal/a/1/", "/search/?q=学习"],
}  # fmt: skip
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Notes for each place at which the keyboard comes to stand whether a ring shows it.
WATCH = """() => {
    window.stood = [];
    addEventListener('focusin', (event) => {
        const seen = getComputedStyle(event.target);
        const ring = seen.outlineStyle !== 'none' && parseFloat(seen.outlineWidth) >= 2;
        stood.push([event.target.outerHTML.slice(0, 80), ring]);
    });
}"""


def grave_findings(page: Page, *, colours: bool) -> list[str]:
    options = {
        "resultTypes": ["violations"],
        "rules": {"color-contrast": {"enabled": colours}},
        "selectors": False,  # what is told here is the element itself
        "preload": {"assets": ["media"]},  # no rule that is asked reads style sheets
    }
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [
        f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:160]}"
        for each in found
        if each["impact"] in GRAVE
    ]


def complaints_of(page: Page) -> list[str]:
    """What the browser's console says from now on: a broken CSP speaks there too."""
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@dataclass(frozen=True)
class Seen:
    """A page of the house, and one of those who may see it."""

    role: str
    page: Opened


@pytest.fixture(scope="module")
def pages(district: District, browser: Browser) -> list[Seen]:
    """One page of each kind: what one role sees is built like what another sees."""
    found: dict[str | None, Seen] = {}
    for role in ROLES:
        context = visitor(browser, district.address, district.sessions[role])
        for opened in walk(context, district.address, examples=1):
            found.setdefault(opened.kind, Seen(role, opened))
        context.close()
    assert len(found) > MANY
    return list(found.values())


def test_every_page_is_readable_by_all_at_both_widths_and_by_keyboard(pages, district, browser):
    found = []
    for role, theirs in groupby(pages, key=lambda seen: seen.role):
        context = visitor(browser, district.address, district.sessions[role])
        page = context.new_page()
        said = complaints_of(page)
        for seen in theirs:
            page.goto(seen.page.url)
            found += unseen_stops(page) + barriers(page, seen.page.url)
        found += [f"{role}: {line}" for line in said]
        context.close()

    assert found == []


def test_every_page_has_its_heading_before_any_script_has_run(pages):
    headings = {seen.page.url: len(seen.page.html.xpath("//main//h1")) for seen in pages}

    assert {url for url, count in headings.items() if count != 1} == set()


def test_the_front_door_and_the_missing_page_are_readable_by_all(district, browser):
    context = visitor(browser, district.address)
    page = context.new_page()
    found = []

    for path in ["/account/login/", "/account/signup/", "/account/password/reset/", "/nowhere/"]:
        page.goto(district.address + path)
        found += barriers(page, path)
    page.goto(district.address + "/account/login/")
    page.fill("[name=login]", "nobody")
    page.fill("[name=password]", "wrong")
    page.locator("main form button").click()
    page.locator(".error-summary").wait_for()
    found += barriers(page, "a refused login")
    context.close()

    assert found == []


def unseen_stops(page: Page) -> list[str]:
    """Where the keyboard stands without a ring that shows it, in the first stops of a page."""
    page.evaluate(WATCH)
    for _press in range(STOPS):
        page.keyboard.press("Tab")
    return [
        f"{page.url}: nothing shows the keyboard at {html}"
        for html, ring in page.evaluate("stood")
        if not ring
    ]


def barriers(page: Page, url: str) -> list[str]:
    """What keeps somebody out of this page, on a desk or on a phone."""
    found = []
    page.evaluate(AXE)
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{url} is wider than {width} px"] * page.evaluate(TOO_WIDE)
        # Colours are the same at both widths, and reading them takes longest.
        found += grave_findings(page, colours=width == 360)
    page.evaluate("document.documentElement.dataset.size = 'large'")
    found += [f"{url} in large type is wider than a phone"] * page.evaluate(TOO_WIDE)
    return found


@pytest.mark.parametrize("role", ["clerk", "member"])
def test_the_dark_is_readable_too(district, browser, role):
    context = visitor(browser, district.address, district.sessions[role], width=360)
    look = {"name": "look", "value": "size=normal&theme=dark&quiet=0", "url": district.address}
    context.add_cookies([look])
    page = context.new_page()
    found = []

    for path in IN_THE_DARK[role]:
        page.goto(district.address + path)
        page.evaluate(AXE)
        found += grave_findings(page, colours=True)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()

    assert found == []
    assert paper == "rgb(23, 27, 25)"


def test_the_first_tab_offers_to_skip_to_the_text(district, browser):
    context = visitor(browser, district.address, district.sessions["clerk"])
    page = context.new_page()
    page.goto(district.address + "/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
    context.close()

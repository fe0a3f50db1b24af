"""Walk through the house as a visitor does, by its links; one example or two of each kind of page."""

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Error, Page

EXAMPLES = 2
SESSION = "sessionid"
LINKS = "[...document.querySelectorAll('a[href]')].filter(a => !a.download).map(a => a.href)"


def visitor(
    browser: Browser, address: str, session: str = "", *, width: int = 1440, scripts: bool = True
) -> BrowserContext:
    """A browser window of ``width`` in which somebody is logged in."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="zh-CN"
    )
    if session:
        context.add_cookies([{"name": SESSION, "value": session, "url": address}])
    return context


def kind_of(address: str) -> str | None:
    """The name of the view behind an address; None where no page of ours is."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


def walk(page: Page, address: str, *, examples: int = EXAMPLES) -> Iterator[str]:
    """Open page after page, each kind at most ``examples`` times, and say where one stands.

    Files to download are passed by. Nothing is submitted, so nothing changes.
    """
    waiting = deque([address + "/"])
    met = {address + "/"}
    seen: Counter[str | None] = Counter()
    while waiting:
        url = waiting.popleft()
        kind = kind_of(url)
        if kind is None or seen[kind] >= examples or not opens(page, url):
            continue
        landed = kind_of(page.url)
        if landed != kind and (landed is None or seen[landed] >= examples):
            continue
        seen[landed] += 1
        links = sorted({link.split("#")[0] for link in page.evaluate(LINKS)} - met)
        met.update(links)
        waiting.extend(link for link in links if link.startswith(address + "/"))
        yield page.url


def opens(page: Page, url: str) -> bool:
    """Go there; False for what is no page (a file, an answer without HTML)."""
    try:
        answer = page.goto(url)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    return answer is not None and "text/html" in answer.headers.get("content-type", "")

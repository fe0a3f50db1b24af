"""Walk through the house as a visitor does, by its links; one example or two of each kind of page."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from lxml.html import HtmlElement, HTMLParser, fromstring
from playwright.sync_api import Browser, BrowserContext

EXAMPLES = 2
SESSION = "sessionid"


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


@dataclass(frozen=True)
class Opened:
    """A page as the server sent it: where one stands, and its text before any script has run."""

    url: str
    kind: str | None
    html: HtmlElement


def walk(context: BrowserContext, address: str, *, examples: int = EXAMPLES) -> Iterator[Opened]:
    """Ask for page after page as who is logged in there, each kind at most ``examples`` times.

    Nothing is drawn: who wants to look goes there. Files to download are passed by. Nothing is
    submitted, so nothing changes.
    """
    waiting = deque([address + "/"])
    met = {address + "/"}
    seen: Counter[str | None] = Counter()
    while waiting:
        url = waiting.popleft()
        kind = kind_of(url)
        if kind is None or seen[kind] >= examples or not (opened := ask_for(context, url)):
            continue
        if opened.kind != kind and (opened.kind is None or seen[opened.kind] >= examples):
            continue
        seen[opened.kind] += 1
        links = sorted(set(links_of(opened)) - met)
        met.update(links)
        waiting.extend(link for link in links if link.startswith(address + "/"))
        yield opened


def ask_for(context: BrowserContext, url: str) -> Opened | None:
    """The page at an address; None for what is no page (a file, an answer without HTML)."""
    answer = context.request.get(url)
    if "text/html" not in answer.headers.get("content-type", ""):
        return None
    html = fromstring(answer.body(), parser=HTMLParser(encoding="utf-8"))
    return Opened(answer.url, kind_of(answer.url), html)


def links_of(opened: Opened) -> list[str]:
    """The addresses a page leads to, without what is to be downloaded."""
    found = opened.html.xpath("//a[@href][not(@download)]/@href")
    return [urldefrag(urljoin(opened.url, str(link))).url for link in found]

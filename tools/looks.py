"""Take pictures of pages, to be looked at: python -m tools.looks ADDRESS --as NAME --password WORD PATH …

Pictures go to var/looks/NAME/. Without a path every kind of page that NAME can reach is taken once.
"""

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.browser import chromium
from tests.e2e.walk import visitor, walk

ROOT = Path(__file__).resolve().parent.parent
LOOKS = ROOT / "var" / "looks"
TALLEST = 2400  # px; more cannot be seen in one picture


def main(arguments: list[str] | None = None) -> int:
    asked = read(arguments)
    folder = LOOKS / (asked.who or "nobody")
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        paths = asked.paths or all_paths(browser, asked)
        for width in asked.width:
            context = entered(browser, asked, width)
            page = context.new_page()
            for path in paths:
                shoot(page, asked, path, folder, width)
            context.close()
    return 0


def read(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--as", dest="who", default="")
    parser.add_argument("--password", default="")
    parser.add_argument("--width", type=int, nargs="*", default=[360, 1440])
    parser.add_argument("--size", choices=["normal", "large"], default="normal")
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--english", action="store_true")
    parser.add_argument("--print", dest="printed", action="store_true")
    asked = parser.parse_intermixed_args(arguments)
    asked.address = asked.address.rstrip("/")
    return asked


def entered(browser: Browser, asked: argparse.Namespace, width: int) -> BrowserContext:
    """A window in which the one asked for is logged in and pages look as asked for."""
    context = visitor(browser, asked.address, width=width)
    look = f"size={asked.size}&theme={asked.theme}&quiet={int(asked.quiet)}"
    language = "en" if asked.english else "zh-hans"
    for name, value in [("look", look), ("django_language", language)]:
        context.add_cookies([{"name": name, "value": value, "url": asked.address}])
    if asked.who:
        page = context.new_page()
        page.goto(f"{asked.address}/account/login/")
        page.fill("input[name=login]", asked.who)
        page.fill("input[name=password]", asked.password)
        page.locator("main form button").click()
        page.wait_for_url(lambda url: "/login/" not in url)
        page.close()
    return context


def all_paths(browser: Browser, asked: argparse.Namespace) -> list[str]:
    """One path of each kind of page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taihua.site.settings")
    django.setup()
    context = entered(browser, asked, 1440)
    found = [urlsplit(opened.url) for opened in walk(context, asked.address, examples=1)]
    context.close()
    return [url.path + (f"?{url.query}" if url.query else "") for url in found]


def shoot(page: Page, asked: argparse.Namespace, path: str, folder: Path, width: int) -> None:
    """One page, cut into pieces that can be looked at; or its print, as PDF."""
    page.goto(asked.address + path)
    name = "-".join(part for part in urlsplit(path).path.split("/") if part) or "home"
    marks = [str(width), *(m for m in (asked.size, asked.theme) if m not in {"normal", "light"})]
    marks += ["en"] if asked.english else []
    if asked.printed:
        page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True)
        return
    height = page.evaluate("document.documentElement.scrollHeight")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": width, "height": min(TALLEST, max(900, height))})
    page.screenshot(path=folder / f"{name}.{'.'.join(marks)}.png")
    sys.stdout.write(f"{path} {width}: {height} px high{' TOO WIDE' * (wide > width)}\n")
    page.set_viewport_size({"width": width, "height": 900})


if __name__ == "__main__":
    sys.exit(main())

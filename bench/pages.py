"""Every page for four roles: queries and server time, in the demonstration and in a large district.

Pages are found by following links from the first page, at most two of each kind. The floor is the
plainest page of the house, which goes the same way through all layers.
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bench import dataset
from bench.measure import CACHE, ROOT, SCALES, Plain, Ratio
from tests.serving import environment, taihua

if TYPE_CHECKING:
    from django.test import Client

HREF = re.compile(r'<a\s[^>]*href="([^"#?]+)(\?[^"#]*)?[^"]*"([^>]*)>')
EXAMPLES = 2
TURNS = 7
PLAIN = "/appearance/"
ROLES = {"demo": ("lin", "shen", "wu", "su"), "large": ("leader", "unit_clerk", "member", "clerk")}
TARGET = {"demo": 60, "large": 120}


@dataclass(frozen=True, slots=True)
class Page:
    """One page as one role sees it."""

    role: str
    view: str
    path: str
    queries: int
    milliseconds: tuple[float, ...]

    @property
    def usual(self) -> float:
        return statistics.median(self.milliseconds)


def measure(scale: str, runs: int) -> list[Ratio | Plain]:
    """Both districts, each in a process of its own."""
    del runs  # pages are opened often enough
    found: list[Ratio | Plain] = []
    for district in ("demo", "large"):
        done = subprocess.run(
            [sys.executable, "-m", "bench.pages", "--inside", district, "--scale", scale],
            cwd=ROOT,
            env=_environment(district, scale),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        pages = [_page(line) for line in done.stdout.splitlines() if line.startswith("PAGE\t")]
        found += _summary(district, scale, pages)
    return found


def _environment(district: str, scale: str) -> dict[str, str]:
    if district == "demo":
        home = CACHE / "pages"
        shutil.rmtree(home, ignore_errors=True)
        taihua(home, "demo")
        return environment(home, TAIHUA_TODAY="2013-12-04", TAIHUA_DEMO="1")
    path = dataset.ensure(SCALES[scale])
    home = CACHE / "home"
    return environment(home, TAIHUA_TODAY="2013-12-04", TAIHUA_DATABASE_URL=f"sqlite:///{path}")


def _summary(district: str, scale: str, pages: list[Page]) -> list[Ratio | Plain]:
    size = "260" if district == "demo" else f"{SCALES[scale]:,}"
    every = sorted(ms for page in pages for ms in page.milliseconds)
    p95 = every[int(0.95 * (len(every) - 1))]
    plain = statistics.median(
        ms for page in pages if page.path == PLAIN for ms in page.milliseconds
    )
    for page in sorted(pages, key=lambda page: -page.usual)[:8]:
        sys.stderr.write(
            f"    {page.usual:7.1f} ms  {page.queries:3} queries  {page.role:10} {page.path}\n"
        )
    views = len({page.view for page in pages})
    return [
        Ratio(
            f"p95 of {len(pages)} pages ({views} views), {size} people",
            p95,
            plain,
            "CPU ms",
            "the plainest page",
            f"≤ {TARGET[district]} ms",
        ),
        Plain(f"most queries of a page, {size} people", max(p.queries for p in pages), "queries"),
    ]


def _page(line: str) -> Page:
    _word, role, view, path, queries, *times = line.split("\t")
    return Page(role, view, path, int(queries), tuple(map(float, times)))


# --- inside a district ---------------------------------------------------------------------------


def inside(district: str) -> None:
    """Walk through one district and print a line for each page."""
    import django  # noqa: PLC0415  # the environment says which database is meant

    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from taihua.kernel.org.models import Account  # noqa: PLC0415
    from taihua.site.serving import make_ready  # noqa: PLC0415

    make_ready()
    for role in ROLES[district]:
        name = role if district == "demo" else f"bench-{role}"
        browser = Client(headers={"host": "localhost"})
        browser.force_login(
            Account.objects.get(username=name),
            "allauth.account.auth_backends.AuthenticationBackend",
        )
        for view, path in _walk(browser):
            with CaptureQueriesContext(connection) as queries:
                browser.get(path)
                count = len(queries)
            times = [_milliseconds(browser, path) for _turn in range(TURNS)]
            print("PAGE", role, view, path, count, *times, sep="\t", flush=True)


def _milliseconds(browser: "Client", path: str) -> float:
    begun = process_time()
    browser.get(path)
    return (process_time() - begun) * 1000


def _walk(browser: "Client") -> Iterator[tuple[str, str]]:
    from django.urls import Resolver404, resolve  # noqa: PLC0415

    waiting, met, seen = deque(["/", PLAIN]), {"/", PLAIN}, Counter[str]()
    while waiting:
        path = waiting.popleft()
        try:
            view = resolve(urlsplit(path).path).view_name
        except Resolver404:
            continue
        if seen[view] >= EXAMPLES:
            continue
        answer = browser.get(path)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:  # noqa: PLR2004
            continue
        seen[view] += 1
        for href, query, rest in HREF.findall(answer.content.decode()):
            link = href + query.replace("&amp;", "&")
            if href.startswith("/") and "download" not in rest and link not in met:
                met.add(link)
                waiting.append(link)
        yield view, path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="small")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--inside", choices=ROLES, help="walk through this district only")
    asked = parser.parse_args()
    if asked.inside:
        inside(asked.inside)
        return
    for line in measure(asked.scale, asked.runs):
        print(line.line())


if __name__ == "__main__":
    main()

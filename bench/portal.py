"""The public site: a page from memory beside a bare file, an article made anew, search in 50,000 articles."""

import argparse
import os
import random
import shutil
import sqlite3
import statistics
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import batched
from time import perf_counter, process_time
from typing import Any

from bench.burst import PROCESSES
from bench.load import Outcome, press
from bench.measure import CACHE, Plain, Ratio
from tests.serving import environment, served, taihua

HOME = CACHE / "portal"
BUILT = CACHE / "portal-v1.sqlite3"
ARTICLES = {"small": 50_000, "full": 50_000}
SIGNS_A_TEXT = 400
READERS = 32
TURNS = 200
AT = datetime(2013, 12, 4, 1, tzinfo=UTC).replace(tzinfo=None)  # as SQLite keeps it
WORDS = "教育 学习 校长讲坛 读书 晚八点 留守儿童 均衡发展 服务群众 党员 思考题".split()
STATIC = "/static/site/mark.svg"


def measure(scale: str, runs: int) -> list[Ratio | Plain]:
    """Answers a second, CPU of an article, and the slowest twentieth of searches."""
    _prepare(ARTICLES[scale])
    found = _from_memory(runs)
    os.environ |= _environment()
    import django  # noqa: PLC0415  # only now is it known which database is meant

    django.setup()
    return [*found, *_inside(ARTICLES[scale])]


def _environment() -> dict[str, str]:
    return environment(HOME, TAIHUA_TODAY="2013-12-04", TAIHUA_HOSTS="*")


def _from_memory(runs: int) -> list[Ratio | Plain]:
    ours, floor = [], []
    more: dict[str, Any] = {"TAIHUA_TODAY": "2013-12-04"}
    with served(HOME, "--no-worker", "--processes", str(PROCESSES), **more) as house:
        host, _, port = house.address.removeprefix("http://").partition(":")

        def pressed(path: str, seconds: float) -> Outcome:
            asked = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUser-Agent: Mozilla/5.0\r\n\r\n"
            return press(host, int(port), [asked.encode()] * READERS, seconds)

        pressed("/portal/a/1/", 2.0)
        pressed(STATIC, 1.0)
        for _run in range(runs):
            ours.append(pressed("/portal/a/1/", 4.0))
            floor.append(pressed(STATIC, 4.0))
    wrong = sum(one.statuses.total() - one.statuses[200] for one in [*ours, *floor])
    rate, bare = (statistics.median(one.rate for one in some) for some in (ours, floor))
    return [
        Ratio("public pages from memory", rate, bare, "/s", "a bare static file", "≥ 1,500 /s"),
        Plain("answers other than the page", wrong, "answers", "0"),
    ]


def _inside(count: int) -> list[Ratio | Plain]:
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    settings.SHARED_SECONDS = 0
    browser, chance = Client(HTTP_HOST="localhost"), random.Random(7)
    numbers = [chance.randint(1, count) for _turn in range(TURNS)]
    costs = [_spent(browser, f"/portal/a/{number}/", process_time) for number in numbers]
    fronts = [_spent(browser, "/portal/", process_time) for _turn in range(20)]
    asked = [f"/portal/search/?q={words}" for words in _questions(chance)]
    searches = [_spent(browser, each, perf_counter) for each in asked]
    return [
        Plain("an article made anew, CPU", statistics.median(costs), "ms", "≤ 60 ms"),
        Plain("the front page made anew, CPU", statistics.median(fronts), "ms", "≤ 60 ms"),
        Plain(f"search in {count:,} articles, median", statistics.median(searches), "ms"),
        Plain(f"search in {count:,} articles, p95", _p95(searches), "ms", "≤ 100 ms"),
    ]


def _questions(chance: random.Random) -> list[str]:
    """Frequent words, rare ones, several, parts of words, words that stand nowhere."""
    texts = _texts(chance)
    found = [chance.choice(WORDS) for _turn in range(TURNS // 4)]
    found += [" ".join(chance.sample(WORDS, 2)) for _turn in range(TURNS // 4)]
    for text in texts[: TURNS // 4]:
        start = chance.randrange(len(text) - 4)
        found.append(text[start : start + chance.randint(2, 4)])
    return [*found, *("不在其中" for _turn in range(TURNS // 4))]


def _texts(chance: random.Random) -> list[str]:
    common = [chr(0x4E00 + n) for n in chance.sample(range(0x5000), 1500)]
    weights = [1 / (n + 3) for n in range(len(common))]
    texts = []
    for _text in range(300):
        signs = chance.choices(common, weights, k=SIGNS_A_TEXT)
        for _word in range(8):
            signs[chance.randrange(SIGNS_A_TEXT)] = chance.choice(WORDS)
        texts.append("".join(signs))
    return texts


def _spent(browser: Any, address: str, clock: Any) -> float:
    begun = clock()
    answer = browser.get(address)
    spent = (clock() - begun) * 1000
    if answer.status_code != 200:  # noqa: PLR2004
        raise AssertionError(f"{address}: {answer.status_code}")
    return float(spent)


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def _prepare(count: int) -> None:
    """The same articles each time; built once."""
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    if not BUILT.exists():
        sys.stderr.write(f"building {count:,} articles …\n")
        taihua(HOME, "migrate")
        _fill(count)
        taihua(HOME, "reindex")
        with closing(sqlite3.connect(HOME / "taihua.sqlite3")) as raw:
            raw.execute("ANALYZE")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(HOME / "taihua.sqlite3", BUILT)
    else:
        shutil.copy(BUILT, HOME / "taihua.sqlite3")


def _fill(count: int) -> None:
    chance = random.Random(2013)
    texts = _texts(chance)
    with closing(sqlite3.connect(HOME / "taihua.sqlite3")) as raw:
        raw.execute(
            "INSERT INTO org_unit(id, code, name, kind, opened) VALUES (1, 'bench', '办公室', 'section', '2005-01-01')"
        )
        raw.executemany(
            "INSERT INTO portal_column(id, slug, title, intro, place, is_open) VALUES (?, ?, ?, '', ?, 1)",
            [(n, f"c{n}", f"第{n}栏", n) for n in range(1, 13)],
        )
        for some in batched(range(1, count + 1), 1000, strict=False):
            _write(raw, some, texts, chance)
        raw.commit()


def _write(
    raw: sqlite3.Connection, numbers: tuple[int, ...], texts: list[str], chance: random.Random
) -> None:
    rows = []
    for number in numbers:
        first, second = chance.sample(texts, 2)
        at = (AT - timedelta(hours=number)).isoformat(sep=" ")
        cut = chance.randrange(SIGNS_A_TEXT)
        rows.append((number, first[:18], first[cut:] + second[:cut], at, 1 + number % 12))
    raw.executemany(
        "INSERT INTO portal_article(id, column_id, unit_id, published_at) VALUES (?, ?, 1, ?)",
        [(number, column, at) for number, _t, _x, at, column in rows],
    )
    raw.executemany(
        "INSERT INTO portal_revision(id, article_id, number, title, source, byline, summary, form,"
        " text, html, plain, written_at) VALUES (?, ?, 1, ?, '办公室', '', '', 'text', '', ?, ?, ?)",
        [
            (number, number, title, f"<p>{text}</p>", text, at)
            for number, title, text, at, _column in rows
        ],
    )
    raw.executemany(
        "UPDATE portal_article SET live_id = ?, newest_id = ? WHERE id = ?",
        [(number, number, number) for number in numbers],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=ARTICLES, default="small")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    for line in measure(asked.scale, asked.runs):
        print(line.line())


if __name__ == "__main__":
    main()

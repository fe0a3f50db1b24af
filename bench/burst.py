"""The evening burst: sixty-four people mark a line of their book at once, through the whole house.

The floor is granian with a session check and one insert, measured in turns with the house.
"""

import argparse
import os
import shutil
import sqlite3
import statistics
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.load import Outcome, post, press
from bench.measure import CACHE, Plain, Ratio
from tests.serving import Served, environment, served, taihua

HOME = CACHE / "burst"
PEOPLE = 64
PROCESSES = 2
TOKEN = "b" * 32
FLOOR = {"DJANGO_SETTINGS_MODULE": "bench.floor_settings"}
MADE = {204, 302}
WARM_ROUNDS, AWAKE = 10, 700  # times a second, milliseconds
BARE = "granian + session + one insert"


def measure(scale: str, runs: int) -> list[Ratio | Plain]:
    """Throughput, the slowest hundredth, and whether every acknowledged line is there."""
    seconds = 8.0 if scale == "full" else 4.0
    keys, edition, book, words = _prepare()
    body = urlencode(
        {"words": words, "start": "", "thought": "今晚记下这一句", "csrfmiddlewaretoken": TOKEN}
    )
    ours, floor = [], []
    for _run in range(runs):
        ours.append(_burst(f"/reading/text/{edition}/1/mark/", keys[0], body, seconds))
        floor.append(_burst(f"/write/{book}", keys[1], body, seconds, **FLOOR))
    made = sum(one.statuses[status] for one in [*ours, *floor] for status in MADE)
    refused = sum((Counter(one.statuses) for one in [*ours, *floor]), Counter[int]())
    rate, bare = (statistics.median(one.rate for one in some) for some in (ours, floor))
    p50, p99 = (statistics.median(one.percentile(share) for one in ours) for share in (0.5, 0.99))
    cost, bare_cost = (statistics.median(one.cost for one in some) for some in (ours, floor))
    return [
        Ratio(f"lines saved a second by {PEOPLE} people", rate, bare, "/s", BARE, "≥ 0.6 ×"),
        # What a busy machine distorts least: others take time from the server, not work from it.
        Ratio("the server's CPU for a line", cost, bare_cost, "ms", BARE, "≤ 1.67 ×"),
        Ratio("the slowest hundredth", p99, p50, "ms", "the median", "≤ 3 ×"),
        Plain("acknowledged but not there", made - _marks(), "lines", "0"),
        Plain("answers other than saved", refused.total() - made, "answers", "0"),
    ]


def _prepare() -> tuple[tuple[list[str], list[str]], int, int, str]:
    """A fresh district; two sessions (the house's and the floor's) for each of the people; what they will mark."""
    shutil.rmtree(HOME, ignore_errors=True)
    taihua(HOME, "demo", "--password", "moss-and-paper")
    os.environ |= environment(HOME)
    import django  # noqa: PLC0415  # only now is it known which database is meant

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import (  # noqa: PLC0415
        BACKEND_SESSION_KEY,
        HASH_SESSION_KEY,
        SESSION_KEY,
    )
    from django.contrib.sessions.backends.cached_db import SessionStore  # noqa: PLC0415

    from taihua.kernel.org.models import Account, Person  # noqa: PLC0415
    from taihua.rooms.reading.models import Chapter  # noqa: PLC0415

    backends = (settings.AUTHENTICATION_BACKENDS[0], "django.contrib.auth.backends.ModelBackend")
    keys: tuple[list[str], list[str]] = ([], [])
    for person in Person.objects.filter(account=None).order_by("pk")[:PEOPLE]:
        account = Account.objects.create_user(f"burst-{person.pk}", person=person)
        for backend, some in zip(backends, keys, strict=True):
            session = SessionStore()
            session[SESSION_KEY] = str(account.pk)
            session[BACKEND_SESSION_KEY] = backend
            session[HASH_SESSION_KEY] = account.get_session_auth_hash()
            session.save()
            some.append(str(session.session_key))
    chapter = Chapter.objects.select_related("edition").filter(position=1).order_by("pk")[0]
    return keys, chapter.edition_id, chapter.edition.book_id, chapter.text.strip()[:12]


def _burst(path: str, keys: list[str], body: str, seconds: float, **more: Any) -> Outcome:
    with served(HOME, "--no-worker", "--processes", str(PROCESSES), **more) as house:
        host, _, port = house.address.removeprefix("http://").partition(":")
        requests = [post(path, host, f"sessionid={key}; csrftoken={TOKEN}", body) for key in keys]
        warm = press(host, int(port), requests, 1.0)
        for _round in range(WARM_ROUNDS):  # a process that is still waking keeps people waiting
            if warm.percentile(1) < AWAKE:
                break
            again = press(host, int(port), requests, 1.0)
            again.statuses += warm.statuses
            warm = again
        before = _cpu(house)
        outcome = press(host, int(port), requests, seconds)
        outcome.cpu = _cpu(house) - before
        outcome.statuses += warm.statuses
        return outcome


def _cpu(house: Served) -> float:
    """The CPU seconds that the server's processes have used."""
    times = [process.cpu_times() for process in house.family()]
    return sum(one.user + one.system for one in times)


def _marks() -> int:
    with closing(sqlite3.connect(Path(HOME) / "taihua.sqlite3")) as database:
        return int(
            database.execute(
                "SELECT COUNT(*) FROM reading_mark WHERE thought = '今晚记下这一句'"
            ).fetchone()[0]
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=["small", "full"], default="small")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    for line in measure(asked.scale, asked.runs):
        print(line.line())


if __name__ == "__main__":
    main()

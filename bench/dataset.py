"""A district of any size with a year of acts, the same each time; built once, kept in .cache/bench.

``python -m bench.dataset --people 10000`` builds it: one act a person and day, a few late, credited
to an earlier day or taken back, units that hold meetings, terms that begin, end and overlap.
"""

import argparse
import os
import random
import sqlite3
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from bench.measure import CACHE, ROOT, timed

VERSION = 6
YEAR = 2013
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
LONG_AGO = datetime(2008, 1, 1).astimezone()
PEOPLE_A_SCHOOL = 50

# Of a hundred acts so many are of this verb and kind, about so many different things.
ACTS = [
    (38, "wrote-note", "reading/book", 12),
    (8, "wrote-reflection", "reading/book", 12),
    (6, "shared-note", "reading/book", 12),
    (12, "commented", "reading/book", 40),
    (4, "read", "reading/book", 9),
    (3, "started-book", "reading/book", 9),
    (2, "passed-check", "reading/book", 4),
    (6, "studied", "study/session", 20),
    (1, "lectured", "study/lecture", 3),
    (1, "passed-law-quiz", "study/session", 5),
    (3, "visited", "outreach/visit", 30),
    (1, "proposed", "outreach/visit", 30),
    (1, "answered-proposal", "outreach/visit", 30),
    (3, "helped", "outreach/helped", 15),
    (2, "talked-work", "forums/teaching", 12),
    (1, "spoke-at-forum", "forums/teaching", 4),
    (1, "reported-duty", "meetings/account", 1),
    (2, "attended", "meetings/assembly", 4),
    (2, "attended", "meetings/cell", 12),
    (2, "attended", "meetings/themeday", 12),
    (1, "attended", "meetings/class", 4),
]
UNIT_ACTS = [
    ("held-meeting", "meetings/assembly", "branch", 60),
    ("held-meeting", "meetings/cell", "branch", 24),
    ("held-forum", "forums/teaching", "school", 150),
]


def path_of(people: int) -> Path:
    """Where the data set of that size lies."""
    return CACHE / f"district-{people}-v{VERSION}.sqlite3"


def ensure(people: int) -> Path:
    """The data set of that size, built if it is not there yet."""
    path = path_of(people)
    if not path.exists():
        seconds, _ = timed(lambda: _built_by_another_process(people))
        size = path.stat().st_size / 1e6
        sys.stderr.write(
            f"built a district of {people:,} people: {size:,.0f} MB, {seconds:.0f} s\n"
        )
    return path


def use(path: Path) -> None:
    """Let Django in this process work on ``path``; to be called before anything of Django."""
    os.environ["TAIHUA_DATABASE_URL"] = f"sqlite:///{path}"
    os.environ["TAIHUA_HOME"] = str(CACHE / "home")
    os.environ["TAIHUA_TODAY"] = "2013-12-04"
    os.environ["DJANGO_SETTINGS_MODULE"] = "taihua.site.settings"
    import django  # noqa: PLC0415  # only now is it known which database is meant

    django.setup()


def _built_by_another_process(people: int) -> None:
    """A process works on one database only: what builds the data set does not measure it."""
    command = [sys.executable, "-m", "bench.dataset", "--people", str(people)]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


def _build_elsewhere(people: int, path: Path) -> None:
    """Build into a file beside it, so that a broken attempt is not taken for a data set."""
    attempt = path.with_suffix(".part")
    attempt.unlink(missing_ok=True)
    use(attempt)
    from bench.filling import fill  # noqa: PLC0415  # it imports Django's models

    fill(people)
    with sqlite3.connect(attempt) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.execute("PRAGMA journal_mode=DELETE")
    raw.close()
    attempt.rename(path)


def days() -> list[date]:
    """The days of the year."""
    return [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def chance(people: int) -> random.Random:
    """The chance behind the roster of a district of that size."""
    return random.Random(people)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000)
    people = parser.parse_args().people
    if not path_of(people).exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        _build_elsewhere(people, path_of(people))
    print(path_of(people))


if __name__ == "__main__":
    main()

"""How long the house takes to wake, beside a Django with nothing in it."""

import argparse
import statistics
import subprocess
import sys
from pathlib import Path

from bench.measure import CACHE, ROOT, Plain, Ratio, timed
from tests.serving import environment, taihua

HOME = CACHE / "startup"
BARE = """
import django
from django.conf import settings
settings.configure(INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"], USE_TZ=True)
django.setup()
"""
BARE_HELP = BARE + "from django.core.management import get_commands; get_commands()"
ASK = """
from django.core.wsgi import get_wsgi_application
from django.test import Client
answer = Client(headers={"host": "localhost"}).get("/")
assert answer.status_code == STATUS, answer.status_code
"""
BARE_PAGE = """
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse("moss"))]
settings.ROOT_URLCONF, settings.ALLOWED_HOSTS = __name__, ["localhost"]
"""
HOUSE = "import django; django.setup()\n"


def measure(scale: str, runs: int) -> list[Ratio | Plain]:
    """``taihua --help`` and the first page, each in a new process."""
    del scale  # nothing grows here
    taihua(HOME, "migrate", "-v0")
    taihua(HOME, "collectstatic", "--noinput", "-v0")
    runs = max(runs, 5)
    help_time = _median(["-m", "taihua", "--help"], runs)
    bare_help = _median(["-c", BARE_HELP], runs)
    first = _median(["-c", HOUSE + ASK.replace("STATUS", "302")], runs)
    bare_first = _median(["-c", BARE + BARE_PAGE + ASK.replace("STATUS", "200")], runs)
    bare = "a Django with nothing in it"
    return [
        Ratio("taihua --help", help_time, bare_help, "s", bare),
        Ratio("from nothing to the first answer", first, bare_first, "s", bare),
    ]


def _median(words: list[str], runs: int) -> float:
    def once() -> None:
        subprocess.run(
            [sys.executable, *words],
            env=environment(Path(HOME)),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    once()
    return statistics.median(timed(once)[0] for _run in range(runs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", default="small")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    for line in measure(asked.scale, asked.runs):
        print(line.line())


if __name__ == "__main__":
    main()

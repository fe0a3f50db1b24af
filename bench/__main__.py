"""``python -m bench [--scale small|full] [NAME …]``: measure, print, keep the numbers.

Each measurement runs in a process of its own, so that its memory is its own and a failure of one
does not silence the others.
"""

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from bench.measure import CACHE, ROOT, SCALES, machine, timed

MEASUREMENTS = {
    "verdicts": ("verdicts", "Verdicts of everybody under forty rules"),
    "burst": ("burst", "The evening burst: sixty-four people save a line at once"),
    "pages": ("pages", "Every page for four roles"),
    "import": ("importing", "A roster through the whole intake"),
    "opinions": (
        "opinions",
        "A consultation with five thousand opinions, a law of a thousand clauses",
    ),
    "papers": ("papers", "A paper of a law quiz, out of ten thousand questions"),
    "portal": ("portal", "The public site: pages from memory, an article, search"),
    "report": ("report", "The year's report as Word and PDF"),
    "volume": ("volume", "A volume of three hundred pages as PDF/A and EPUB"),
    "start-up": ("startup", "From nothing to the first answer"),
}
RUNS = 3


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASUREMENTS))
    parser.add_argument("--scale", choices=SCALES, default="small")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--inside", choices=MEASUREMENTS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if unknown := set(asked.names) - MEASUREMENTS.keys():
        parser.error(f"no measurement is called {', '.join(sorted(unknown))}")
    if asked.inside:
        return _inside(asked.inside, asked.scale, asked.runs)
    people = SCALES[asked.scale]
    print(f"Taihua measured on {machine()}")
    print(
        f"Scale {asked.scale}: {people:,} people, {people * 365:,} statements; medians of {asked.runs}."
    )
    results: dict[str, Any] = {"machine": machine(), "scale": asked.scale}
    for name in asked.names or MEASUREMENTS:
        print(f"\n{MEASUREMENTS[name][1]}", flush=True)
        results[name] = _outside(name, asked.scale, asked.runs)
    CACHE.mkdir(parents=True, exist_ok=True)
    at = datetime.now(UTC)  # noqa: TID251  # when it was really measured
    kept = CACHE / f"results-{asked.scale}.json"
    kept.write_text(json.dumps(results | {"at": at.isoformat()}, ensure_ascii=False, indent=2))
    print(f"\nThe numbers are kept in {kept.relative_to(ROOT)}.")
    return 0 if all(results[name] is not None for name in asked.names or MEASUREMENTS) else 1


def _outside(name: str, scale: str, runs: int) -> list[Any] | None:
    command = [sys.executable, "-m", "bench", "--inside", name, "--scale", scale]
    seconds, done = timed(
        lambda: subprocess.run(
            [*command, "--runs", str(runs)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    )
    told = [line for line in done.stdout.splitlines() if line]
    if done.returncode or not told:
        print(f"  failed (exit code {done.returncode})")
        return None
    for line in told[:-1]:
        print(line)
    print(f"  ({seconds:.0f} s to measure)", flush=True)
    measured: list[Any] = json.loads(told[-1])
    return measured


def _inside(name: str, scale: str, runs: int) -> int:
    found = import_module(f"bench.{MEASUREMENTS[name][0]}").measure(scale, runs)
    for each in found:
        print(each.line())
    print(json.dumps([each.data() for each in found], ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())

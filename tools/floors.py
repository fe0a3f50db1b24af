"""``python -m tools.floors``: fail where the tests reach less than they must, after they ran.

What decides, reads, writes or admits is reached wholly, line and branch: the kernel, and of every room
its actions, queries, logic and access. The whole house is reached to 95 %. What does not hold yet
stands in floors.toml, file by file, with a floor just below what it holds today: that list only gets
shorter, and a new file is not put on it. ``--lower`` takes off what has been mended.
"""

import json
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage

ROOT = Path(__file__).resolve().parent.parent
REACHED = ROOT / ".cache" / "reached"
LIST = Path(__file__).with_name("floors.toml")
WHOLE = re.compile(r"src/taihua/(kernel/|.*/(actions|queries|logic|access)(\.py$|/))")
EVERYTHING = "the whole house"
OVERALL = 95.0
SLACK = 3  # per cent: what two processes reach differs a little from run to run
HEAD = """\
# Files that are not yet asked to be reached wholly (tools/floors.py), with a floor just below what they
# hold: whole per cents less three, because what two processes reach differs a little from run to run.
# This list only gets shorter: nothing is added and no figure goes down. After mending, take off what
# holds by: python -m tools.floors --lower
"""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the tests reach in one file, and the first lines that they do not."""

    percent: float
    missing: str = ""


def floor_of(path: str, exceptions: Mapping[str, float]) -> float:
    """How many per cent of a file must be reached; what is not named has no floor of its own."""
    if not WHOLE.match(path):
        return 0.0
    return exceptions.get(path, 100.0)


def shortfalls(
    files: Mapping[str, Reached], exceptions: Mapping[str, float], overall: float
) -> list[str]:
    """What is reached less than it must be, a sentence each."""
    below = [
        f"{path}: {reached.percent:.1f} % < {floor_of(path, exceptions):.1f} %  {reached.missing}"
        for path, reached in sorted(files.items())
        if reached.percent < floor_of(path, exceptions)
    ]
    floor = exceptions.get(EVERYTHING, OVERALL)
    if overall < floor:
        below.append(f"{EVERYTHING}: {overall:.2f} % < {floor:.1f} %")
    return below


def lowered(
    files: Mapping[str, Reached], exceptions: Mapping[str, float], overall: float
) -> dict[str, float]:
    """The exceptions that are still needed: none is new, none asks less than before."""
    whole = {EVERYTHING: OVERALL}
    holds = {path: reached.percent for path, reached in files.items()}
    holds[EVERYTHING] = int(overall * 10) / 10
    return {
        path: max(floor, int(holds[path]) - SLACK)
        for path, floor in exceptions.items()
        if path in holds and holds[path] < whole.get(path, 100.0)
    }


def as_toml(exceptions: Mapping[str, float]) -> str:
    lines = [f'"{path}" = {floor:.1f}\n' for path, floor in sorted(exceptions.items())]
    return HEAD + "".join(lines)


def _measured() -> tuple[dict[str, Reached], float]:
    measuring = coverage.Coverage(messages=False)
    if any(REACHED.glob("data.*")):
        measuring.combine()
        measuring.save()
    measuring.load()
    told = REACHED / "report.json"
    overall = measuring.json_report(outfile=str(told))
    files: dict[str, Any] = json.loads(told.read_text())["files"]
    return {
        path: Reached(
            int(file["summary"]["percent_covered"] * 10) / 10,
            _lines(file["missing_lines"], file["missing_branches"]),
        )
        for path, file in files.items()
    }, overall


def _lines(missing: list[int], branches: list[list[int]]) -> str:
    told = [str(line) for line in missing]
    told += [f"{first}->{last if last > 0 else 'exit'}" for first, last in branches]
    return ", ".join(told[:8]) + (" …" if len(told) > 8 else "")  # noqa: PLR2004


def main(words: list[str]) -> int:
    exceptions = {path: float(floor) for path, floor in tomllib.loads(LIST.read_text()).items()}
    files, overall = _measured()
    if "--lower" in words:
        LIST.write_text(as_toml(lowered(files, exceptions, overall)))
        return 0
    below = shortfalls(files, exceptions, overall)
    for line in below:
        print(f"  {line}", file=sys.stderr)
    print(f"The tests reach {overall:.1f} % of the house.", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

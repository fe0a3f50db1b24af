"""Verdicts on everybody under forty rules, beside SQL written by hand for the same answers."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date

from bench import dataset
from bench.measure import SCALES, Plain, Ratio, peak_memory, side_by_side, timed

YEAR = (date(2013, 1, 1), date(2013, 12, 31))
MONTH = (date(2013, 11, 1), date(2013, 11, 30))


def measure(scale: str, runs: int, *, profile: bool = False) -> list[Ratio | Plain]:
    """The year, one month and the present standing, each with its floor."""
    dataset.use(dataset.ensure(SCALES[scale]))
    from django.db import connection  # noqa: PLC0415  # only now is it known which database is meant

    from bench import by_hand  # noqa: PLC0415
    from taihua.kernel.rules import sql  # noqa: PLC0415
    from taihua.kernel.rules.logic import rule_periods  # noqa: PLC0415
    from taihua.kernel.rules.directory import Directory  # noqa: PLC0415
    from taihua.kernel.rules.queries import rules_in_force  # noqa: PLC0415

    def run(texts: Sequence[str]) -> int:
        count = 0
        with connection.cursor() as cursor:
            for text in texts:
                cursor.execute(text)
                count += len(cursor.fetchall())
        return count

    def answers(text: str) -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(text)
            return sorted(cursor.fetchall())

    def texts(first: date, last: date, on: date, write: Callable[..., str]) -> list[str]:
        wanted = [(rule, rule_periods(rule, first, last)) for rule in rules]
        return [write(rule, found, directory.scope(rule), on) for rule, found in wanted if found]

    rules, directory = rules_in_force(YEAR[1]), Directory.read()
    found: list[Ratio | Plain] = []
    for name, (first, last), target in (("year", YEAR, "60 s"), ("month", MONTH, "3 s")):
        ours = texts(first, last, last, sql.verdict_sql)
        theirs = texts(first, last, last, by_hand.query)
        for our, their in zip(ours, theirs, strict=True):
            if answers(our) != answers(their):
                raise AssertionError(f"not the same answers:\n{our}\n{their}")
        if profile:
            for index, (our, their) in enumerate(zip(ours, theirs, strict=True), 1):
                a, b = side_by_side(lambda o=our: run([o]), lambda t=their: run([t]), 1)  # type: ignore[misc]
                print(f"{name} {index:2} ours {a:6.2f} by hand {b:6.2f}  {a / b:5.2f}", flush=True)  # noqa: T201
        a, b = side_by_side(lambda o=ours: run(o), lambda t=theirs: run(t), runs)  # type: ignore[misc]
        found.append(
            Ratio(f"verdicts of one {name}, 40 rules", a, b, "s", "SQL by hand", f"≤ 1.3 ×, < {target}")
        )
    counts = texts(*YEAR, YEAR[1], sql.standing_sql)
    found.append(Plain("standing of the year, 40 rules", timed(lambda: run(counts))[0], "s"))
    found.append(Plain("peak memory of the process", peak_memory(), "MB", "< 400 MB"))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="small")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--profile", action="store_true", help="time each rule by itself")
    asked = parser.parse_args()
    for line in measure(asked.scale, asked.runs, profile=asked.profile):
        print(line.line())  # noqa: T201


if __name__ == "__main__":
    main()

"""Verdicts on everybody under forty rules, beside SQL written by hand for the same answers."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from time import process_time

from bench import dataset
from bench.measure import SCALES, Plain, Ratio, peak_memory, side_by_side, timed

YEAR = (date(2013, 1, 1), date(2013, 12, 31))
MONTH = (date(2013, 11, 1), date(2013, 11, 30))
CHUNK = 2000


def measure(scale: str, runs: int, *, profile: bool = False) -> list[Ratio | Plain]:
    """The year, one month and the standing of the year; CPU seconds of this process."""
    dataset.use(dataset.ensure(SCALES[scale]))
    from django.db import connection  # noqa: PLC0415  # only now is it known which database is meant

    from bench import by_hand  # noqa: PLC0415
    from taihua.kernel.rules import sql  # noqa: PLC0415
    from taihua.kernel.rules.directory import Directory  # noqa: PLC0415
    from taihua.kernel.rules.logic import rule_periods  # noqa: PLC0415
    from taihua.kernel.rules.queries import rules_in_force  # noqa: PLC0415

    rules, directory = rules_in_force(YEAR[1]), Directory.read()

    def rows(text: str) -> Iterator[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(text)
            while chunk := cursor.fetchmany(CHUNK):
                yield from chunk

    def run(texts: Sequence[str]) -> int:
        return sum(1 for text in texts for _row in rows(text))

    def texts(span: tuple[date, date], write: Callable[..., str]) -> list[str]:
        wanted = [(rule, rule_periods(rule, *span)) for rule in rules]
        return [
            write(rule, found, directory.scope(rule), span[1]) for rule, found in wanted if found
        ]

    found: list[Ratio | Plain] = []
    for name, span, target in (("year", YEAR, "60 s"), ("month", MONTH, "3 s")):
        ours, theirs = texts(span, sql.verdict_sql), texts(span, by_hand.query)
        for number, (our, their) in enumerate(zip(ours, theirs, strict=True), 1):
            _same(rows(f"{our} ORDER BY 1, 2"), rows(f"{their} ORDER BY 1, 2"))
            if profile:
                a, b = side_by_side(partial(run, [our]), partial(run, [their]), 1, process_time)
                print(f"{name} {number:2} ours {a:6.2f} by hand {b:6.2f}  {a / b:5.2f}", flush=True)
        a, b = side_by_side(partial(run, ours), partial(run, theirs), runs, process_time)
        title = f"verdicts of one {name}, {len(ours)} rules, {run(ours):,} verdicts"
        found.append(Ratio(title, a, b, "CPU s", "SQL by hand", f"≤ 1.3 ×, < {target}"))
    counts = timed(partial(run, texts(YEAR, sql.standing_sql)), process_time)[0]
    found.append(Plain("standing of the year, 40 rules", counts, "CPU s"))
    found.append(Plain("peak memory of the process", peak_memory(), "MB", "< 400 MB"))
    return found


def _same(ours: Iterator[tuple[object, ...]], theirs: Iterator[tuple[object, ...]]) -> None:
    for our, their in zip(ours, theirs, strict=True):
        if our != their:
            raise AssertionError(f"not the same answers: {our} and {their}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="small")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--profile", action="store_true", help="time each rule by itself")
    asked = parser.parse_args()
    for line in measure(asked.scale, asked.runs, profile=asked.profile):
        print(line.line())


if __name__ == "__main__":
    main()

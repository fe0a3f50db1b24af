"""The year's report of the demonstration as Word and PDF, beside the same papers with one page."""

import argparse
import os
import shutil
from datetime import date

from bench.measure import CACHE, Plain, Ratio, peak_memory, side_by_side, timed
from tests.serving import environment, taihua

HOME = CACHE / "report"
YEAR, ON = 2013, date(2013, 12, 4)


def measure(scale: str, runs: int) -> list[Ratio | Plain]:
    """Counting the figures and setting both papers; the floor sets an empty paper twice."""
    del scale  # there is one demonstration
    shutil.rmtree(HOME, ignore_errors=True)
    taihua(HOME, "demo")
    os.environ |= environment(HOME, TAIHUA_TODAY=ON.isoformat())
    import django  # noqa: PLC0415  # only now is it known which database is meant

    django.setup()
    from taihua.base.papers import to_docx, to_pdf  # noqa: PLC0415
    from taihua.base.papers.values import Paper  # noqa: PLC0415
    from taihua.rooms.reports.queries.files import Form, as_file  # noqa: PLC0415
    from taihua.rooms.reports.queries.report import report_of  # noqa: PLC0415

    def whole() -> int:
        written = report_of(YEAR, ON)
        return sum(len(as_file(written, form, ON)) for form in (Form.DOCX, Form.PDF))

    def floor() -> int:
        paper = Paper(title="空白", blocks=())
        return len(to_docx(paper)) + len(to_pdf(paper))

    first = timed(whole)[0]
    a, b = side_by_side(whole, floor, runs)
    return [
        Plain("Word and PDF of the year, the first time", first, "s", "≤ 5 s"),
        Ratio("Word and PDF of the year", a, b, "s", "an empty paper as Word and PDF", "≤ 5 s"),
        Plain("peak memory of the process", peak_memory(), "MB"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", default="small")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    for line in measure(asked.scale, asked.runs):
        print(line.line())


if __name__ == "__main__":
    main()

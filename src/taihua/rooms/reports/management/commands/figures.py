"""``taihua figures``."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from taihua.base import clock
from taihua.kernel import house
from taihua.kernel.measures.logic import Figure, Value
from taihua.kernel.measures.queries import values
from taihua.rooms.reports.queries.figures import year_asked


class Command(BaseCommand):
    help = _("列出统计数，附统计口径和出处")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", help=_("统计数代码，例如 help.person_times"))
        parser.add_argument("--year", type=int, help=_("年度，默认今年"))
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        figures = house.figures()
        if code := options["code"]:
            if code not in figures:
                raise CommandError(_("没有名为 %(code)s 的统计数。") % {"code": code})
            figures = {code: figures[code]}
        year = options["year"] or clock.today().year
        counted = values(figures.values(), year_asked(year, clock.today()))
        if options["json"]:
            told = [as_json(figure, counted[code], year) for code, figure in figures.items()]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for code, figure in figures.items():
            self.stdout.write(f"{code}\t{counted[code]} {figure.unit}\t{figure.sentence}")


def as_json(figure: Figure, value: Value, year: int) -> dict[str, Any]:
    """One figure with its number, written and exact, and its provenance."""
    return {
        "code": figure.code,
        "year": year,
        "sentence": str(figure.sentence),
        "basis": str(figure.basis),
        "unit": str(figure.unit),
        "number": str(value),
        "exact": str(value.number),
        "provenance": value.provenance.as_json(),
    }

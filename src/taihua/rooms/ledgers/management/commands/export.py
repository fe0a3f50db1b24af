"""``taihua export LEDGER FILE``: write a ledger out, in the columns that an import takes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from taihua.base.output import put
from taihua.base.sheets.writing import to_csv, to_xlsx
from taihua.rooms.ledgers.management.told import no_ledger
from taihua.rooms.ledgers.queries import rows


class Command(BaseCommand):
    """The file's ending decides: .csv or .xlsx."""

    help = "导出一本台账"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ledger", help="台账代码，如 reading、visits、roster")
        parser.add_argument("file", type=Path, help="写到哪个 .xlsx 或 .csv")
        parser.add_argument("--year", type=int, help="只要这一年的")

    def handle(self, *args: Any, **options: Any) -> None:
        ledger, file = rows.ledger_of(options["ledger"]), options["file"]
        if ledger is None:
            raise CommandError(no_ledger(options["ledger"]), returncode=2)
        if file.suffix not in {".csv", ".xlsx"}:
            raise CommandError(_("文件名要以 .xlsx 或 .csv 结尾。"), returncode=2)
        with translation.override("zh-hans"):
            titles = [str(column.title) for column in ledger.columns]
            cells = rows.exported(ledger, ledger.store.rows(options["year"]))
            content = (
                to_csv(titles, cells)
                if file.suffix == ".csv"
                else to_xlsx(str(ledger.title), titles, cells)
            )
        put(file, content)
        self.stdout.write(
            ngettext("%(file)s：%(count)d 行", "%(file)s：%(count)d 行", len(cells))
            % {"file": file, "count": len(cells)}
        )

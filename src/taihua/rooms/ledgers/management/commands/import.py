"""``taihua import LEDGER FILE``: bring a sheet into a ledger, whole or not at all."""  # noqa: N999  # the command is so called

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from taihua.base import clock
from taihua.base.ledger import CellError, Ledger
from taihua.base.sheets.refusals import SheetRefused
from taihua.rooms.ledgers import actions
from taihua.rooms.ledgers.management.told import no_ledger
from taihua.rooms.ledgers.queries import imports, rows
from taihua.rooms.ledgers.queries.imports import Preview

SHOWN = 50


class Command(BaseCommand):
    """Columns that cannot be placed are left out and named; errors are told cell by cell."""

    help = "导入一张台账"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ledger", help="台账代码，如 reading、visits、roster")
        parser.add_argument("file", type=Path, help=".xlsx、.xls 或 .csv")
        parser.add_argument("--dry-run", action="store_true", help="只看会改动什么")
        parser.add_argument("--year", type=int, help="日期缺年份时按哪一年")
        parser.add_argument("--json", action="store_true", help="结果写成 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        ledger = rows.ledger_of(options["ledger"])
        if ledger is None:
            raise CommandError(no_ledger(options["ledger"]), returncode=2)
        if not options["file"].is_file():
            raise CommandError(_("没有文件 %(file)s。") % {"file": options["file"]}, returncode=2)
        sent = actions.Sent(
            name=options["file"].name, content=options["file"].read_bytes(), year=options["year"]
        )
        try:
            preview = actions.import_file(ledger, sent, at=clock.now(), dry_run=options["dry_run"])
        except SheetRefused as refusal:
            raise CommandError(str(refusal)) from None
        done = not (preview.errors or options["dry_run"])
        self._say(ledger, preview, done=done, as_json=options["json"])
        if preview.errors:
            count = preview.error_count
            said = ngettext(
                "有 %(count)d 格要改，什么都没有导入。",
                "有 %(count)d 格要改，什么都没有导入。",
                count,
            )
            raise CommandError(said % {"count": count})

    def _say(self, ledger: Ledger, preview: Preview, *, done: bool, as_json: bool) -> None:
        told: dict[str, Any] = {
            "ledger": ledger.code,
            "rows": len(preview.plan.rows),
            **preview.counts,
            "imported": done,
            "errors": [self._finding(preview, one) for one in imports.findings(preview.errors)],
            "notices": [self._finding(preview, one) for one in imports.findings(preview.notices)],
            "left_out": imports.left_out(preview),
            "sheet_notices": list(preview.table.notices),
        }
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for finding in [*told["errors"][:SHOWN], *told["notices"][:SHOWN]]:
            self.stdout.write(
                _("%(sheet)s 第 %(row)s 行 %(column)s：%(value)s %(reason)s%(mend)s").strip()
                % finding
            )
        for notice in told["sheet_notices"]:
            self.stdout.write(notice)
        if told["left_out"]:
            self.stdout.write(
                _("没有导入的列：%(columns)s") % {"columns": "、".join(told["left_out"])}
            )
        done_so = (
            _("已导入：%(rows)d 行，新增 %(new)d，更正 %(changed)d，不变 %(same)d")
            if done
            else _("没有导入：%(rows)d 行，新增 %(new)d，更正 %(changed)d，不变 %(same)d")
        )
        self.stdout.write(done_so % told)

    def _finding(self, preview: Preview, error: CellError) -> dict[str, Any]:
        line = preview.intake.lines[error.index]
        return {
            "sheet": line.sheet,
            "row": line.number,
            "column": str(preview.ledger.column(error.column).title),
            "value": error.value,
            "reason": error.reason,
            "mend": error.mend,
        }

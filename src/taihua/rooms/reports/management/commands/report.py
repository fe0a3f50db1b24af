"""``taihua report``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from taihua.base import clock
from taihua.base.output import put
from taihua.rooms.reports.queries.files import Form, as_file
from taihua.rooms.reports.queries.report import report_of


class Command(BaseCommand):
    help = _("把一年的总结写成文件；还没动笔的，按记录现写一份")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True, help=_("年度"))
        parser.add_argument("--format", choices=[form.value for form in Form], required=True)
        parser.add_argument("--out", type=Path, required=True, help=_("写到哪个文件"))

    def handle(self, *args: Any, **options: Any) -> None:
        today = clock.today()
        report = report_of(options["year"], today)
        content = as_file(report, Form(options["format"]), today)
        put(options["out"], content)
        self.stdout.write(
            _("已写入 %(file)s（%(size)d 字节）。") % {"file": options["out"], "size": len(content)}
        )

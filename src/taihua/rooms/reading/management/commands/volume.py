"""``taihua volume``."""

from argparse import ArgumentParser
from hashlib import sha256
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from taihua.base.output import put
from taihua.kernel.documents.models import DocumentFile
from taihua.rooms.reading.logic.volume import bind_volume
from taihua.rooms.reading.models import Volume
from taihua.rooms.reading.queries.anthology import EPUB, PDF, bound_of, issued_of, pdf_of


class Command(BaseCommand):
    help = _("把印发过的一辑文集重新做成文件")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help=_("第几辑"))
        parser.add_argument("--form", choices=[EPUB, PDF], default=EPUB, help=_("文件格式"))
        parser.add_argument("--out", required=True, help=_("写到哪个文件"))
        parser.add_argument(
            "--check", action="store_true", help=_("和印发时的文件逐字节比，不同则退出码为 1")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        volume = Volume.objects.filter(
            number=options["number"], issued_version__isnull=False
        ).first()
        if volume is None:
            raise CommandError(
                _("没有印发过第 %(number)d 辑。") % {"number": options["number"]}, returncode=2
            )
        version, form = issued_of(volume), options["form"]
        content = bind_volume(bound_of(version)) if form == EPUB else pdf_of(version)
        put(Path(options["out"]), content)
        self.stdout.write(
            _("已写到 %(out)s，%(size)d 字节。") % {"out": options["out"], "size": len(content)}
        )
        if options["check"]:
            self._compare(version.files.filter(form=form).first(), content)

    def _compare(self, kept: DocumentFile | None, content: bytes) -> None:
        if kept is None:
            raise CommandError(_("当年没有留下这种格式的文件，没有可比的。"))
        if kept.digest != sha256(content).hexdigest():
            raise CommandError(
                _("和印发时的文件不一样。现在的排版程序是 typst %(now)s。")
                % {"now": installed("typst")}
            )
        self.stdout.write(_("和印发时的文件逐字节相同。"))

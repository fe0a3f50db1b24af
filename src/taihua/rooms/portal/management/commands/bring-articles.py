"""``taihua bring-articles``."""  # noqa: N999  # the file bears the name of the command

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from taihua.base import clock
from taihua.kernel.org.enums import UnitKind
from taihua.kernel.org.models import Unit
from taihua.rooms.portal.actions.articles import ArticleRefused
from taihua.rooms.portal.actions.bringing_in import Preview, bring_in, preview
from taihua.rooms.portal.actions.reading_in import read_path
from taihua.rooms.portal.models import Column


class Command(BaseCommand):
    help = _("把旧网站的文章带进门户")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="FOLDER|SHEET", help=_("网页文件夹、压缩包或表格"))
        parser.add_argument("--column", default="", help=_("放在哪个栏目（地址名或名称）"))
        parser.add_argument("--unit", default="", help=_("供稿单位（代码），不写就是局机关"))
        parser.add_argument("--dry-run", action="store_true", help=_("只看会带入什么，不写入"))

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        try:
            found = preview(read_path(Path(options["path"])), _column(options["column"]), at)
            self._tell(found)
            if options["dry_run"] and not found.wrong:
                return
            made = bring_in(found=found, unit=_unit(options["unit"]), by=None, at=at)
        except ArticleRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("带入 %(new)d 篇。") % {"new": len(made)})

    def _tell(self, found: Preview) -> None:
        for line in found.lines:
            for said in (*line.errors, *line.notices):
                self.stdout.write(f"{line.old.where}：{said}")
        self.stdout.write(
            _("新的 %(new)d 篇，已有的 %(there)d 篇，带不进来的 %(wrong)d 篇。")
            % {"new": len(found.new), "there": len(found.there), "wrong": len(found.wrong)}
        )


def _column(named: str) -> Column | None:
    if not named:
        return None
    rows = Column.objects.all()
    column = rows.filter(slug=named).first() or rows.filter(title=named).first()
    if column is None:
        raise CommandError(_("没有叫 %(named)s 的栏目。") % {"named": named}, returncode=2)
    return column


def _unit(code: str) -> Unit:
    rows = Unit.objects.filter(code=code) if code else Unit.objects.filter(kind=UnitKind.BUREAU)
    unit = rows.order_by("pk").first()
    if unit is None:
        raise CommandError(_("没有这个单位：%(code)s。") % {"code": code}, returncode=2)
    return unit

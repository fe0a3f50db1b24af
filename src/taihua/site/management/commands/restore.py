"""``taihua restore``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from taihua.site.backups.make import BackupRefused
from taihua.site.backups.restore import opened, restore


class Command(BaseCommand):
    help = _("从备份文件恢复：先核对，再整体换上，否则什么也不动")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("由 taihua backup 做的文件"))
        parser.add_argument("--replace", action="store_true", help=_("替换这里已有的数据"))
        parser.add_argument("--check", action="store_true", help=_("只核对备份是否完整"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                with opened(options["file"]) as (_folder, manifest):
                    said = _("备份完整")
            else:
                manifest = restore(options["file"], replace=options["replace"])
                said = _("已恢复")
        except (BackupRefused, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("%(said)s：%(rows)d 行，%(files)d 个文件，备份于 %(made_at)s。")
            % {
                "said": said,
                "rows": sum(table["rows"] for table in manifest["tables"].values()),
                "files": len(manifest["files"]),
                "made_at": manifest["made_at"],
            }
        )

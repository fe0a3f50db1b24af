"""``taihua backup``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from taihua.base.clock import now
from taihua.site.backups.make import BackupRefused, make_backup


class Command(BaseCommand):
    help = _("把全部数据和文件存成一个备份文件（不必停机）")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("备份文件，例如 taihua-2013-12-04.tar.gz"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = make_backup(options["file"], at=now())
        except (BackupRefused, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _(
                "已备份到 %(file)s：%(rows)d 行，%(files)d 个文件。密钥不在其中，请另行保管%(keys)s。"
            )
            % {
                "keys": _named(),
                "file": options["file"],
                "rows": sum(table["rows"] for table in manifest["tables"].values()),
                "files": len(manifest["files"]),
            }
        )


def _named() -> str:
    """The names of the keys that lie in files, behind a colon."""
    keys = sorted(path.name for path in Path(settings.HOME).glob("*.key"))
    return f"：{'、'.join(keys)}" if keys else ""

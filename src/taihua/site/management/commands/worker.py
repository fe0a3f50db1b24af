"""``taihua worker``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from taihua.site.orphans import leave_with_parent


class Command(BaseCommand):
    help = _("后台进程：做排队的事和定时的事，直到被关闭")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--threads", type=int, default=1, help=_("同时做几件"))

    def handle(self, *args: Any, **options: Any) -> None:
        heart = Path(settings.HOME) / "worker.beat"
        heart.parent.mkdir(parents=True, exist_ok=True)
        leave_with_parent()
        call_command(
            "ox_worker", concurrency=options["threads"], heartbeat_file=str(heart), verbosity=0
        )

"""``taihua tick``."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = _("做完到时的和排队的事，然后退出（给 cron 用，代替常驻的 worker）")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            call_command("ox_worker", batch=True, interval=0.05, verbosity=0)
        except SystemExit as done:
            if done.code:
                raise

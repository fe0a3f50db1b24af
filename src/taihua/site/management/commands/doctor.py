"""``taihua doctor``."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from taihua.base.clock import now
from taihua.site.doctor import examine


class Command(BaseCommand):
    help = _("检查这套系统是否样样正常，不正常的说明怎么办")
    # A house that is not sound must still be able to see its doctor.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))

    def handle(self, *args: Any, **options: Any) -> None:
        looked, found = examine(now())
        if options["json"]:
            told = {"looked_at": looked, "findings": [asdict(each) for each in found]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            for each in found:
                self.stdout.write(f"· {each.wrong}\n  {each.remedy}")
        if found:
            raise CommandError(_("有 %(count)d 处要处理。") % {"count": len(found)})
        if not options["json"]:
            self.stdout.write(
                _("查了 %(count)d 项（%(names)s），都正常。")
                % {"count": len(looked), "names": "、".join(looked)}
            )

"""``taihua serve``."""

import os
from argparse import ArgumentParser
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from taihua.site import serving


class Command(BaseCommand):
    help = _("打开网站（先更新数据表，旁边带一个后台进程）")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("监听的地址"))
        parser.add_argument("--port", type=int, default=8000, help=_("端口；0 表示任选一个空闲的"))
        parser.add_argument(
            "--or-next", action="store_true", help=_("端口被占用时，取下一个空闲的")
        )
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count() or 1, help=_("进程数（默认同核数）")
        )
        parser.add_argument("--no-worker", action="store_true", help=_("不带后台进程"))

    def handle(self, *args: Any, **options: Any) -> None:
        host = options["host"]
        try:
            port = serving.free_port(host, options["port"], or_next=options["or_next"])
        except serving.PortTaken as taken:
            raise CommandError(
                _("%(place)s 已被占用。请用 --port 换一个端口，或加上 --or-next。")
                % {"place": taken}
            ) from None
        serving.make_ready()
        place = f"[{host}]" if ":" in host else host
        self.stdout.write(
            _("苔花已打开：http://%(place)s:%(port)s/ （按 Ctrl+C 关闭）")
            % {"place": place, "port": port}
        )
        self.stdout.flush()
        with nullcontext() if options["no_worker"] else serving.worker_beside():
            serving.serve(host, port, max(1, options["processes"]))

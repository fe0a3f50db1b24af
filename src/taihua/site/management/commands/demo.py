"""``taihua demo``."""

import random
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.clock import now
from taihua.kernel import house
from taihua.kernel.house import Story
from taihua.kernel.org.models import Account
from taihua.site.demo import accounts, ground, plan, rulebooks, telling
from taihua.site.demo.district import Builder
from taihua.site.demo.lives import Span
from taihua.site.models import Demonstration

DAY = date(2013, 12, 4)
SEED = 2013


class Command(BaseCommand):
    help = _("建一个虚构的演示区；已经有了就原样保留")
    requires_system_checks: list[str] = []  # `serve` comes next and runs them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on", type=date.fromisoformat, help=_("演示区的“今天”，默认 2013-12-04")
        )
        parser.add_argument("--seed", type=int, help=_("同一种子生成同样的故事，默认 2013"))
        parser.add_argument("--people", type=int, help=_("大约多少人，默认 260"))
        parser.add_argument("--password", help=_("各账号的密码；默认随机"))
        parser.add_argument("--reset", action="store_true", help=_("推倒重建（只对演示区）"))

    def handle(self, *args: Any, **options: Any) -> None:
        self.folder = Path(settings.HOME) / "demo"
        ground.lay_tables()
        there = ground.standing()
        if there is None and not ground.is_empty():
            raise CommandError(
                _(
                    "这个数据库里已有真实数据，演示区不会动它。请用 TAIHUA_DATABASE_URL 另指一个空库。"
                )
            )
        if there is not None and not options["reset"]:
            self._show(there, options)
            return
        wanted = self._wanted(options)
        if there is not None:
            self._stage(_("推倒旧的演示区"), self._clear)
        with transaction.atomic():
            self._build(wanted, options["password"] or accounts.new_password())

    def _clear(self) -> str:
        ground.clear()
        return ""

    def _wanted(self, options: dict[str, Any]) -> Demonstration:
        wanted = Demonstration(
            on=options["on"] or DAY,
            seed=SEED if options["seed"] is None else options["seed"],
            people=options["people"] or plan.USUAL_SIZE,
            built_at=now(),
        )
        if wanted.people < plan.FEWEST:
            raise CommandError(_("演示区至少要 %(fewest)d 人。") % {"fewest": plan.FEWEST})
        if (wanted.on - plan.OPENING).days < 31:  # noqa: PLR2004
            raise CommandError(_("故事从 2011 年 8 月讲起，请选 2011-09-01 以后的日子。"))
        return wanted

    def _build(self, wanted: Demonstration, password: str) -> None:
        rng = random.Random(wanted.seed)  # noqa: S311
        builder = Builder(Span(rng, plan.OPENING, wanted.on), wanted.people)

        def roster() -> str:
            made = builder.build()
            return _("%(units)d 个单位，%(people)d 人，%(terms)d 段任期") % {
                "units": made.units,
                "people": made.people,
                "terms": made.terms,
            }

        self._stage(_("单位与人员"), roster)
        self._stage(
            _("账号"), lambda: _("%(count)d 个") % {"count": accounts.open_accounts(password)}
        )
        self._stage(
            _("制度"),
            lambda: (
                _("%(count)d 条")
                % {"count": rulebooks.adopt_all(Account.objects.get(username="su"))}
            ),
        )
        self._tell(wanted)
        wanted.save()
        self._keep(wanted, password)
        # Sheets in the mess that offices keep them in, to try the way in.
        call_command("samples", self.folder / "sheets", on=wanted.on, stdout=StringIO())
        self._say_how(wanted, password)

    def _tell(self, wanted: Demonstration) -> None:
        story = Story(random.Random(f"story-{wanted.seed}"), plan.OPENING, wanted.on)  # noqa: S311
        begun = time.monotonic()
        for room, count in telling.ask_rooms(story, house.rooms()):
            said = _("%(count)d 件") % {"count": count}
            self._line(_("%(room)s的故事") % {"room": room.title}, said, begun)
            begun = time.monotonic()
        clerk = Account.objects.get(username="su")

        def records() -> str:
            told = telling.tell(story, clerk, wanted.seed)
            return _("%(statements)d 条，其中迟登 %(late)d 条、作废 %(voided)d 条") % {
                "statements": told.statements,
                "late": told.late,
                "voided": told.voided,
            }

        self._stage(_("记录"), records)
        self._stage(_("最后办的事"), lambda: _("%(count)d 件") % {"count": telling.end(story)})

    def _stage(self, title: str, work: Callable[[], str]) -> None:
        begun = time.monotonic()
        self._line(title, work(), begun)

    def _line(self, title: str, said: str, begun: float) -> None:
        seconds = time.monotonic() - begun
        self.stdout.write(f"  {title}  {said}  {seconds:.1f} s")
        self.stdout.flush()

    def _show(self, there: Demonstration, options: dict[str, Any]) -> None:
        """Tell again how to come in, and what was asked for but is not so."""
        asked = {
            name: options[name] for name in ("on", "seed", "people") if options[name] is not None
        }
        if any(getattr(there, name) != value for name, value in asked.items()):
            self.stdout.write(_("已有一个不同的演示区，原样保留；要按新的参数重建，请加 --reset。"))
        password = options["password"] or self._kept_password()
        if not password or options["password"]:
            password = password or accounts.new_password()
            accounts.change_password(password)
            self._keep(there, password)
        self._say_how(there, password)

    def _keep(self, there: Demonstration, password: str) -> None:
        text = f"{password}\n\n{accounts.sheet(password)}\n"
        accounts.keep_private(self.folder / "logins.txt", text)
        accounts.keep_private(self.folder / "today", f"{there.on}\n")

    def _kept_password(self) -> str:
        try:
            return (self.folder / "logins.txt").read_text().split("\n", 1)[0]
        except FileNotFoundError:
            return ""

    def _say_how(self, there: Demonstration, password: str) -> None:
        self.stdout.write(
            _("演示区已就绪：虚构的苔花区，今天是 %(on)s，约 %(people)d 人。")
            % {"on": there.on, "people": there.people}
        )
        self.stdout.write(accounts.sheet(password))

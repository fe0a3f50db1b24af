"""``taihua account``: open a login from the command line, the first administrator's above all."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from taihua.kernel.org.actions import AccountRefused, grant_role, open_account
from taihua.kernel.org.enums import Role
from taihua.kernel.org.models import Person, Unit


class Command(BaseCommand):
    help = "开一个账号，显示一次初始口令"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="用户名")
        parser.add_argument("--person", help="工号，账号属于谁")
        parser.add_argument("--role", choices=Role.values, help="角色")
        parser.add_argument("--unit", help="单位代码，单位文员和领导要写")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = _found(Person, options["person"], _("没有工号为 %(code)s 的人。"))
        unit = _found(Unit, options["unit"], _("没有代码为 %(code)s 的单位。"))
        try:
            with transaction.atomic():
                account, password = open_account(username=options["username"], person=person)
                if options["role"]:
                    grant_role(account=account, role=options["role"], unit=unit)
        except AccountRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            _("账号 %(name)s，初始口令 %(password)s（只显示这一次）")
            % {"name": account.username, "password": password}
        )


def _found[T: (Person, Unit)](model: type[T], code: str | None, refusal: str) -> T | None:
    if not code:
        return None
    row = model.objects.filter(code=code).first()
    if row is None:
        raise CommandError(refusal % {"code": code})
    return row

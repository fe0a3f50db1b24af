"""The logins of the cast, and the private file that remembers their password."""

import os
import secrets
import unicodedata
from pathlib import Path

from django.contrib.auth.hashers import make_password

from taihua.kernel.org.actions import grant_role
from taihua.kernel.org.models import Account, Person, Unit
from taihua.site.demo import plan

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no two that look alike


def new_password() -> str:
    """Three groups of four that can be read out and typed."""
    groups = ("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def open_accounts(password: str) -> int:
    """Give each of the cast a login and its role; tells how many."""
    people = {person.code: person for person in Person.objects.all()}
    units = {unit.code: unit for unit in Unit.objects.all()}
    hashed = make_password(password)  # one password, so one slow hash is enough
    for player in plan.CAST:
        account = Account.objects.create(
            username=player.username, password=hashed, person=people.get(player.username)
        )
        if player.role:
            grant_role(account=account, role=player.role, unit=units.get(player.granted))
    return len(plan.CAST)


def change_password(password: str) -> None:
    """Let the cast log in with another password."""
    names = [player.username for player in plan.CAST]
    Account.objects.filter(username__in=names).update(password=make_password(password))


def sheet(password: str) -> str:
    """Who can log in and what each shows, for reading on a screen."""
    names = [f"{player.username:<8}{player.name}" for player in plan.CAST]
    width = max(map(_columns, names))
    lines = [
        f"  {name}{' ' * (width - _columns(name))}  {player.shows}"
        for name, player in zip(names, plan.CAST, strict=True)
    ]
    return "\n".join([f"密码（各账号相同）：{password}", *lines])


def keep_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

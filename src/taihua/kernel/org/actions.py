"""Appointments, leave and accounts: each change keeps what was believed before."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.kernel.org.enums import UNIT_ROLES, Role
from taihua.kernel.org.models import Account, Grant, Leave, Person, Post, Term, Unit

# Without those that look alike: 0 o, 1 l i.
TYPEABLE = "abcdefghjkmnpqrstuvwxyz23456789"


class RosterRefused(Exception):
    """The roster was not changed; the message is written for the clerk."""


@transaction.atomic
def appoint(
    *,
    person: Person,
    post: Post,
    unit: Unit,
    first_day: date,
    at: datetime,
    last_day: date | None = None,
    concurrent: bool = False,
) -> Term:
    """Put a person into a post; the very same appointment again changes nothing.

    :raises RosterRefused: the days are the wrong way round, or the unit does not exist then
    """
    if last_day is not None and last_day < first_day:
        raise RosterRefused(_("免职日期不能早于任职日期。"))
    if unit.opened > first_day or (unit.closed is not None and unit.closed < first_day):
        raise RosterRefused(
            _("%(unit)s在 %(day)s 尚未设立或已经撤销。") % {"unit": unit, "day": first_day}
        )
    same = Term.objects.known().filter(
        person=person, post=post, unit=unit, first_day=first_day, concurrent=concurrent
    )
    for term in same:
        if term.last_day == last_day:
            return term
        believe_no_more(term, at=at)
    return Term.objects.create(
        person=person,
        post=post,
        unit=unit,
        first_day=first_day,
        last_day=last_day,
        concurrent=concurrent,
        known_from=at,
    )


@transaction.atomic
def end_term(*, term: Term, last_day: date, at: datetime) -> Term:
    """Let a term end on ``last_day``; what was believed before stays on file.

    :raises RosterRefused: the last day lies before the first
    """
    return appoint(
        person=term.person,
        post=term.post,
        unit=term.unit,
        first_day=term.first_day,
        last_day=last_day,
        concurrent=term.concurrent,
        at=at,
    )


@transaction.atomic
def grant_leave(
    *, person: Person, first_day: date, last_day: date, kind: str, at: datetime
) -> Leave:
    """Excuse a person from ``first_day`` to ``last_day``, both included.

    :raises RosterRefused: the days are the wrong way round
    """
    if last_day < first_day:
        raise RosterRefused(_("请假结束日期不能早于开始日期。"))
    leave = (
        Leave.objects.known()
        .filter(person=person, first_day=first_day, last_day=last_day, kind=kind)
        .first()
    )
    return leave or Leave.objects.create(
        person=person, first_day=first_day, last_day=last_day, kind=kind, known_from=at
    )


def believe_no_more(row: Term | Leave, *, at: datetime) -> None:
    """Take a row of the roster back: from ``at`` on it is no longer believed."""
    row.known_until = max(at, row.known_from)
    row.save(update_fields=["known_until"])


class AccountRefused(Exception):
    """The account was not changed; the message is written for the administrator."""


@transaction.atomic
def open_account(*, username: str, person: Person | None = None) -> tuple[Account, str]:
    """Make a login with a first password, which is returned once and stored nowhere readable.

    :raises AccountRefused: the name is taken, or the person has a login already
    """
    if Account.objects.filter(username=username).exists():
        raise AccountRefused(_("用户名 %(name)s 已经有人用了。") % {"name": username})
    if person is not None and Account.objects.filter(person=person).exists():
        raise AccountRefused(_("%(person)s已经有账号了。") % {"person": person})
    password = first_password()
    return Account.objects.create_user(username, password, person=person), password


@transaction.atomic
def renew_password(*, account: Account) -> str:
    """Give an account another first password, returned once; the old one works no more."""
    password = first_password()
    account.set_password(password)
    account.save(update_fields=["password"])
    return password


@transaction.atomic
def switch_account(*, account: Account, active: bool, by: Account | None) -> Account:
    """Let an account in, or keep it out; what it recorded stays.

    :raises AccountRefused: somebody would lock themselves out
    """
    if not active and by == account:
        raise AccountRefused(_("不能停用自己的账号，请另一位管理员来办。"))
    account.is_active = active
    account.save(update_fields=["is_active"])
    return account


@transaction.atomic
def withdraw_role(*, grant: Grant, by: Account | None) -> None:
    """Take a role back.

    :raises AccountRefused: an administrator would take their own administration away
    """
    if grant.role == Role.ADMIN and by == grant.account:
        raise AccountRefused(_("不能收回自己的管理员角色，请另一位管理员来办。"))
    grant.delete()


def first_password() -> str:
    """A password that nobody can guess and everybody can type: four groups of four."""
    groups = ("".join(secrets.choice(TYPEABLE) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


@transaction.atomic
def grant_role(*, account: Account, role: str, unit: Unit | None = None) -> Grant:
    """Give an account a role, for ``unit`` and all below it or for the whole house.

    :raises AccountRefused: the role is one for a unit and none is named, or the reverse
    """
    if (role in UNIT_ROLES) != (unit is not None):
        raise AccountRefused(_("单位文员和领导要写明单位，其余角色不写单位。"))
    grant, _created = Grant.objects.get_or_create(account=account, role=role, unit=unit)
    return grant

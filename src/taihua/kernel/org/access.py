"""Who may, by role: predicates over an account."""

from django.contrib.auth.models import AnonymousUser

from taihua.base.access import Predicate
from taihua.kernel.org.enums import Role
from taihua.kernel.org.models import Account

# Somebody at the door: an account, or a stranger.
type Visitor = Account | AnonymousUser


def is_member(account: Visitor) -> bool:
    """Somebody who is logged in and is a person of the house."""
    return account.is_authenticated and account.person_id is not None


def is_logged_in(account: Visitor) -> bool:
    """Any account at all."""
    return account.is_authenticated


def is_admin(account: Visitor) -> bool:
    """A platform administrator (平台管理员)."""
    return _holds(account, Role.ADMIN)


def is_clerk(account: Visitor) -> bool:
    """A party-office clerk (党办文员), or the administrator."""
    return _holds(account, Role.CLERK, Role.ADMIN)


def is_unit_clerk(account: Visitor) -> bool:
    """A clerk of some unit (单位文员)."""
    return _holds(account, Role.UNIT_CLERK)


def is_leader(account: Visitor) -> bool:
    """A leader of some unit (领导)."""
    return _holds(account, Role.LEADER)


def is_auditor(account: Visitor) -> bool:
    """An auditor (审计员): reads everything, writes nothing."""
    return _holds(account, Role.AUDITOR)


def sees_all(account: Visitor) -> bool:
    """Those who may read the records of every unit."""
    return _holds(account, Role.CLERK, Role.ADMIN, Role.AUDITOR)


def oversees(account: Visitor) -> bool:
    """Those who may read the records of at least one unit besides their own person."""
    return sees_all(account) or is_leader(account) or is_unit_clerk(account)


def any_of(*predicates: Predicate) -> Predicate:
    """Whoever one of ``predicates`` admits."""

    def admitted(account: Visitor) -> bool:
        return any(predicate(account) for predicate in predicates)

    return admitted


def _holds(account: Visitor, *roles: str) -> bool:
    return account.is_authenticated and not account.roles.isdisjoint(roles)

"""Who may see which rows of a ledger, and who may write them."""

from taihua.base.ledger import ALL, Ledger, Scope
from taihua.kernel.org.access import is_clerk, is_unit_clerk, sees_all
from taihua.kernel.org.models import Account
from taihua.kernel.org.queries import units_kept_by, units_seen_by


def reading_scope(account: Account) -> Scope:
    """Clerks and auditors read all; leaders and unit clerks their units; everybody their own."""
    if sees_all(account):
        return ALL
    return Scope(units=frozenset(units_seen_by(account)), person=account.person_id)


def writing_scope(account: Account, ledger: Ledger) -> Scope:
    """Clerks write all; unit clerks for their units; members their own rows, where they may."""
    if is_clerk(account):
        return ALL
    person = account.person_id if ledger.self_entry else None
    return Scope(units=frozenset(units_kept_by(account)), person=person)


def may_import(account: Account, ledger: Ledger) -> bool:
    """Whole sheets come from clerks: the party office for all ledgers, units for what is done."""
    return is_clerk(account) or (is_unit_clerk(account) and not ledger.roster)


def may_enter(account: Account, ledger: Ledger) -> bool:
    """Single rows come from clerks too, and from members where they keep their own."""
    return may_import(account, ledger) or (ledger.self_entry and account.person_id is not None)


def imports_anything(account: Account) -> bool:
    """Somebody who may bring sheets into at least one ledger."""
    return is_clerk(account) or is_unit_clerk(account)

"""Who may ask for opinions, see what was asked, and answer."""

from datetime import date

from taihua.kernel.org.access import Visitor, any_of, is_clerk, is_unit_clerk, sees_all
from taihua.kernel.org.models import Account
from taihua.kernel.org.queries import terms_on, units_kept_by, with_all_above
from taihua.rooms.portal.models import Consultation

may_consult = any_of(is_clerk, is_unit_clerk)


def account_of(visitor: Visitor) -> Account | None:
    """The account of whoever is logged in; a stranger has none."""
    return visitor if isinstance(visitor, Account) else None


def may_handle(account: Visitor, consultation: Consultation) -> bool:
    """Whoever keeps the ledgers of its host unit, and the one who is responsible for it."""
    if not isinstance(account, Account):
        return False
    if account.person_id is not None and account.person_id == consultation.responsible_id:
        return True
    return consultation.host_id in units_kept_by(account)


def asked_through(account: Account, on: date) -> set[int]:
    """The ids of the units that, when chosen, ask ``account``: those of its posts and all above."""
    if account.person_id is None:
        return set()
    own = terms_on(on).filter(person=account.person_id).values_list("unit", flat=True)
    return with_all_above(own)


def is_asked(account: Visitor, consultation: Consultation, on: date) -> bool:
    """Everybody where it is public; else who has a post in one of the chosen units or below."""
    if consultation.is_public:
        return True
    if not isinstance(account, Account):
        return False
    return consultation.units.filter(pk__in=asked_through(account, on)).exists()


def may_see(account: Visitor, consultation: Consultation, on: date) -> bool:
    """A draft is for its host alone until it is sent out and its first day has come.

    One that was withdrawn before that day stays with its host.
    """
    if may_handle(account, consultation):
        return True
    if consultation.sent_at is None or on < consultation.opens or not consultation.was_seen:
        return False
    return sees_all(account) or is_asked(account, consultation, on)

"""Who may see how whose duties stand, and who writes the rules."""

from datetime import date

from taihua.kernel.org.access import is_clerk, oversees, sees_all
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import people_seen_by, units_seen_by

__all__ = ["may_explain", "oversees", "writes_rules"]

writes_rules = is_clerk


def may_explain(account: Account, actor: Person | Unit, on: date) -> bool:
    """Everybody sees his own; leaders and clerks see their units and the people in them."""
    if sees_all(account):
        return True
    if isinstance(actor, Unit):
        return actor.pk in units_seen_by(account)
    if actor.pk == account.person_id:
        return True
    return people_seen_by(account, on).filter(pk=actor.pk).exists()

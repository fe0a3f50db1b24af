"""Who may draft, review and issue articles."""

from django.db.models import Q

from taihua.kernel.org.access import (
    Visitor,
    any_of,
    is_clerk,
    is_leader,
    is_unit_clerk,
    sees_all,
)
from taihua.kernel.org.enums import Role, UnitKind
from taihua.kernel.org.models import Account, Unit
from taihua.kernel.org.queries import units_kept_by
from taihua.rooms.portal.models import Article

# The grants that let their holders issue, and (``reviewing``) review.
ISSUING = Q(role=Role.LEADER, unit__kind=UnitKind.BUREAU)

may_draft = any_of(is_clerk, is_unit_clerk, is_leader)
may_manage_columns = is_clerk


def units_led_by(account: Account) -> set[int]:
    """The ids of the units that ``account`` leads itself, not of those below them.

    Whoever leads the bureau issues for all; what he reviewed himself he could not issue.
    """
    return account.granted_units([Role.LEADER])


def units_reviewed_by(account: Account) -> set[int]:
    """The ids of the units whose texts ``account`` reviews.

    Those it leads, and the bureau where it leads one of its sections: the head of a section reviews
    (科长审核), the leader of the bureau issues (局长签发).
    """
    led = units_led_by(account)
    above = Unit.objects.filter(
        kind=UnitKind.BUREAU, children__in=led, children__kind=UnitKind.SECTION
    )
    return led | set(above.values_list("pk", flat=True))


def reviewing(unit: Unit) -> Q:
    """The grants whose holders review the texts of ``unit``: ``may_review`` seen from the other side."""
    whole = Q(role__in=[Role.CLERK, Role.ADMIN]) | Q(role=Role.LEADER, unit=unit)
    if unit.kind == UnitKind.BUREAU:
        whole |= Q(role=Role.LEADER, unit__parent=unit, unit__kind=UnitKind.SECTION)
    return whole


def units_written_for(account: Account) -> set[int]:
    """The ids of the units for which ``account`` may draft."""
    return units_kept_by(account) | units_led_by(account)


def units_open_to(account: Account) -> set[int]:
    """The ids of the units whose drafts ``account`` may read: it writes or reviews for them."""
    return units_written_for(account) | units_reviewed_by(account)


def may_edit(account: Account, article: Article) -> bool:
    """Whoever drafted it, and who drafts for its unit."""
    if not may_draft(account):
        return False
    return article.drafter_id == account.pk or article.unit_id in units_written_for(account)


def may_review(account: Account, article: Article) -> bool:
    """A party-office clerk, or who reviews for its unit; own texts are refused later."""
    return is_clerk(account) or article.unit_id in units_reviewed_by(account)


def may_issue(account: Visitor) -> bool:
    """Who leads the bureau (局机关) itself."""
    if not account.is_authenticated:
        return False
    led = account.granted_units([Role.LEADER])
    return bool(led) and Unit.objects.filter(pk__in=led, kind=UnitKind.BUREAU).exists()


def may_open(account: Account, article: Article) -> bool:
    """Who may see its drafts and its review: all who may take a step, and who sees everything."""
    if sees_all(account) or article.drafter_id == account.pk or may_issue(account):
        return True
    return article.unit_id in units_open_to(account)

"""Who may draft, review and issue articles."""

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

may_draft = any_of(is_clerk, is_unit_clerk, is_leader)
may_manage_columns = is_clerk


def units_led_by(account: Account) -> set[int]:
    """The ids of the units that ``account`` leads itself, not of those below them.

    Whoever leads the bureau issues for all; what he reviewed himself he could not issue.
    """
    return account.granted_units([Role.LEADER])


def units_written_for(account: Account) -> set[int]:
    """The ids of the units for which ``account`` may draft."""
    return units_kept_by(account) | units_led_by(account)


def may_edit(account: Account, article: Article) -> bool:
    """Whoever drafted it, and who drafts for its unit."""
    if not may_draft(account):
        return False
    return article.drafter_id == account.pk or article.unit_id in units_written_for(account)


def may_review(account: Account, article: Article) -> bool:
    """A party-office clerk, or who leads the unit of the article; own texts are refused later."""
    return is_clerk(account) or article.unit_id in units_led_by(account)


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
    return article.unit_id in units_written_for(account)

"""Who answers for which public page."""

from taihua.kernel.org.access import is_clerk
from taihua.kernel.org.models import Account
from taihua.rooms.portal.access.articles import may_edit
from taihua.rooms.portal.models import PageFault


def may_answer(account: Account, fault: PageFault) -> bool:
    """The party office for every page, whoever edits an article for that one."""
    if is_clerk(account):
        return True
    return fault.article is not None and may_edit(account, fault.article)

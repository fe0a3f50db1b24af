"""Who may read what has been written."""

from taihua.kernel.documents.models import Version
from taihua.kernel.org.access import sees_all
from taihua.kernel.org.models import Account


def may_read(account: Account, version: Version) -> bool:
    """Everybody in the house reads what is issued; drafts are for those who keep the office."""
    return account.is_authenticated and (version.is_issued or sees_all(account))

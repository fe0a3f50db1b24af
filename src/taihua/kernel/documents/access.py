"""Who may read what has been written."""

from taihua.kernel.documents.models import Version
from taihua.kernel.org.access import sees_all
from taihua.kernel.org.models import Account


def may_read(account: Account, version: Version) -> bool:
    """Everybody who is logged in reads what is issued; drafts are for those who keep the office."""
    return version.is_issued or sees_all(account)

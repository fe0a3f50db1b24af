"""Who may see and write the report, its figures and the board."""

from taihua.kernel.documents.models import Version
from taihua.kernel.org.access import is_clerk, sees_all
from taihua.kernel.org.models import Account


def may_read_report(account: Account, version: Version | None) -> bool:
    """An issued report is for everybody in the house; a draft for those who keep the office."""
    return (version is not None and version.is_issued) or sees_all(account)


def may_write_report(account: Account, version: Version | None) -> bool:
    """The party-office clerk writes it, until it is issued."""
    return is_clerk(account) and not (version is not None and version.is_issued)

"""What the commands of the ledgers say alike."""

from django.utils.translation import gettext as _

from taihua.rooms.ledgers.queries import rows


def no_ledger(code: str) -> str:
    """That there is no such ledger, and which there are."""
    return _("没有台账 %(code)s。有：%(known)s") % {
        "code": code,
        "known": "、".join(sorted(rows.codes())),
    }

"""A consultation that was sent out by mistake is withdrawn, with the reason (撤回)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.kernel.org.models import Account
from taihua.kernel.records.actions import void
from taihua.kernel.records.queries import statements
from taihua.rooms.portal.actions.consultations import (
    EXPLAINED,
    OPENED,
    ConsultationRefused,
    locked,
    refuse_numbers,
)
from taihua.rooms.portal.models import Consultation

# Kept on record, in the language of the records.
WITHDRAWN_NOTED = "征求意见已撤回：%(reason)s"


@transaction.atomic
def withdraw(*, consultation: Consultation, reason: str, by: Account, at: datetime) -> Consultation:
    """Stop a consultation; everybody who could see it reads that, when and why, and no draft.

    It counts no more as one that was held: what says so on record is voided, the plan for it stands.
    The opinions that came are kept, and may be answered: their senders read it by their receipts.

    :raises ConsultationRefused: it is not theirs, not sent out, published, withdrawn, or no reason
    """
    row = locked(consultation, by)
    if row.sent_at is None:
        raise ConsultationRefused(_("征求意见稿还没有发出，不用撤回。"))
    if row.withdrawn_on:
        raise ConsultationRefused(_("这次征求意见已经撤回，不用再撤。"))
    if row.published_on:
        raise ConsultationRefused(_("最终文本已经公布，不能撤回；要补充的写在回头看里。"))
    if not reason.strip():
        raise ConsultationRefused(_("请写明撤回的原因，原因会公开。"))
    refuse_numbers((_("撤回的原因"), reason))
    row.withdrawn_on, row.withdrawn_because, row.withdrawn_by = local_day(at), reason.strip(), by
    row.save(update_fields=["withdrawn_on", "withdrawn_because", "withdrawn_by"])
    told = statements().filter(verb__code__in=[OPENED, EXPLAINED], object_path=row.path)
    for statement in told.order_by("pk"):
        noted = WITHDRAWN_NOTED % {"reason": row.withdrawn_because}
        void(statement=statement, reason=noted, at=at, entered_by=by)
    return row

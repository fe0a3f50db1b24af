"""Promise, fulfil, hand over, release."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.kernel.commitments.models import Commitment, HandOver
from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.queries import Statement


class CommitmentRefused(Exception):
    """Nothing changed; the message is written for the owner."""


@transaction.atomic
def commit(
    *,
    what: str,
    due: date,
    origin: str,
    url: str,
    act: str,
    at: datetime,
    person: Person | None = None,
    unit: Unit | None = None,
) -> Commitment:
    """Let a person or a unit owe ``what`` by ``due``; asked again for the same it changes nothing.

    :param origin: the stable path of what it comes from; one open commitment an owner and origin
    :param url: the page where it can be done, and ``act`` the words on the button to it
    """
    return Commitment.objects.get_or_create(
        origin=origin,
        person=person,
        unit=unit,
        closed_at=None,
        defaults={"what": what, "due": due, "url": url, "act": act, "opened_at": at},
    )[0]


@transaction.atomic
def fulfil(*, commitment: Commitment, statement: Statement, at: datetime) -> Commitment:
    """Close a commitment by the record that shows it was done.

    :raises CommitmentRefused: it was closed before
    """
    commitment = _locked(commitment)
    commitment.closed_at, commitment.closed_by = at, statement.uuid
    commitment.save(update_fields=["closed_at", "closed_by"])
    return commitment


@transaction.atomic
def release(*, commitment: Commitment, reason: str, at: datetime) -> Commitment:
    """Let a commitment go undone, with the reason.

    :raises CommitmentRefused: it was closed before, or no reason is given
    """
    if not reason.strip():
        raise CommitmentRefused(_("请写明撤销的原因。"))
    commitment = _locked(commitment)
    commitment.closed_at, commitment.released_because = at, reason.strip()
    commitment.save(update_fields=["closed_at", "released_because"])
    return commitment


@transaction.atomic
def hand_over(*, commitment: Commitment, taker: Person, reason: str, at: datetime) -> Commitment:
    """Pass an open commitment of a person on to another; the day stays.

    :raises CommitmentRefused: it is closed or a unit's, the taker has it or the like already, or
        no reason is given
    """
    commitment = _locked(commitment)
    giver = commitment.person
    if giver is None or giver == taker:
        raise CommitmentRefused(_("请选择另一位接收人。"))
    if not reason.strip():
        raise CommitmentRefused(_("请写明移交的原因。"))
    if of_origin(commitment.origin).filter(person=taker, closed_at__isnull=True).exists():
        raise CommitmentRefused(_("%(taker)s已经承办着这件事。") % {"taker": taker})
    HandOver.objects.create(
        commitment=commitment, giver=giver, taker=taker, reason=reason.strip(), handed_at=at
    )
    commitment.person = taker
    commitment.save(update_fields=["person"])
    return commitment


def _locked(commitment: Commitment) -> Commitment:
    row = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if not row.is_open:
        raise CommitmentRefused(_("“%(what)s”已经办结。") % {"what": row.what})
    return row

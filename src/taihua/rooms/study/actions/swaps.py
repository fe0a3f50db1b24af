"""Two lecturers change days, when both want it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.kernel.org.models import Account, Person
from taihua.rooms.study.actions.rotas import RotaRefused, open_turn, refuse_unable, replan_turn
from taihua.rooms.study.enums import Answer
from taihua.rooms.study.models import Swap, Turn


class SwapRefused(Exception):
    """Nothing was changed; the message says why and how to mend it."""


@transaction.atomic
def ask_swap(*, mine: Turn, theirs: Turn, person: Person, reason: str, at: datetime) -> Swap:
    """Ask another lecturer of the rota to change days; nothing changes before he agrees.

    :raises RotaRefused: one of the lectures was given or cancelled, or on the other's day one of
        the two cannot lecture
    :raises SwapRefused: it is not one's own lecture, the other is one's own too, no reason is
        given, or one asked before
    """
    mine, theirs = open_turn(mine), open_turn(theirs)
    if mine.lecturer_id != person.pk or mine.rota_id != theirs.rota_id:
        raise SwapRefused(_("只能用自己的一讲，同一张轮值表里换。"))
    if theirs.lecturer is None or theirs.lecturer_id == person.pk:
        raise SwapRefused(_("请选别人的一讲。"))
    if not reason.strip():
        raise SwapRefused(_("请写明为什么要换，对方好答复。"))
    refuse_unable(mine, person, theirs.day)
    refuse_unable(theirs, theirs.lecturer, mine.day)
    try:
        with transaction.atomic():
            return Swap.objects.create(
                mine=mine,
                theirs=theirs,
                asker=person,
                asked=theirs.lecturer,
                reason=reason.strip(),
                asked_at=at,
            )
    except IntegrityError:
        raise SwapRefused(_("这一讲已经提出过换讲，请等对方答复。")) from None


@transaction.atomic
def answer_swap(
    *, swap: Swap, person: Person, agree: bool, reply: str, at: datetime, by: Account | None
) -> Swap:
    """Agree, and both lectures change days; or refuse, and all stays as it is.

    :raises SwapRefused: one was not asked, or it was answered before
    :raises RotaRefused: meanwhile one of the lectures was given, cancelled or passed on, or one of
        the two cannot lecture on the other day
    """
    swap = Swap.objects.select_for_update().get(pk=swap.pk)
    if swap.asked_id != person.pk:
        raise SwapRefused(_("这次换讲不是向您提出的。"))
    if swap.answer != Answer.ASKED:
        raise SwapRefused(_("这次换讲已经答复过了。"))
    swap.answer = Answer.AGREED if agree else Answer.REFUSED
    swap.reply, swap.answered_at = reply.strip(), at
    swap.save(update_fields=["answer", "reply", "answered_at"])
    if agree:
        _change_days(swap, at, by)
    return swap


def _change_days(swap: Swap, at: datetime, by: Account | None) -> None:
    mine, theirs = open_turn(swap.mine), open_turn(swap.theirs)
    if (mine.lecturer_id, theirs.lecturer_id) != (swap.asker_id, swap.asked_id):
        raise RotaRefused(_("这两讲的主讲人后来变了，请重新提出。"))
    refuse_unable(mine, swap.asker, theirs.day)
    refuse_unable(theirs, swap.asked, mine.day)
    when = ("starts_at", "ends_at", "place")
    for name in when:
        first, second = getattr(mine, name), getattr(theirs, name)
        setattr(mine, name, second)
        setattr(theirs, name, first)
    for turn, other in ((mine, swap.asked), (theirs, swap.asker)):
        turn.because = {**turn.because, "swapped": other.name, "reason": swap.reason}
        replan_turn(turn, swap.reason, at, by)

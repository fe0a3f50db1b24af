"""What of the check questions may be known: whether one has answered, and the group's change."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.utils.crypto import salted_hmac

from taihua.base.clock import local_day
from taihua.kernel.org.models import Person
from taihua.rooms.study.enums import Phase
from taihua.rooms.study.logic.checks import GroupChange, group_change
from taihua.rooms.study.models import CheckSheet, Session

OPEN_AFTER = timedelta(days=14)


def token_of(session: Session, person: Person) -> str:
    """The keyed digest under which somebody's sheets lie; without the key it says nothing."""
    salted = salted_hmac("taihua.study.check", f"{session.pk}:{person.pk}", algorithm="sha256")
    return salted.hexdigest()


def phase_of(session: Session, at: datetime) -> Phase | None:
    """Which answers are taken at a moment: before it begins, or for two weeks after it was held."""
    if session.is_cancelled:
        return None
    if at < session.starts_at:
        return Phase.BEFORE
    if session.is_held and local_day(at) <= session.day + OPEN_AFTER:
        return Phase.AFTER
    return None


def has_answered(session: Session, person: Person, phase: Phase) -> bool:
    """Whether somebody's sheet of that phase lies there."""
    token = token_of(session, person)
    return CheckSheet.objects.filter(session=session, phase=phase, token=token).exists()


def is_asked(session: Session, person: Person, at: datetime) -> Phase | None:
    """The phase whose questions ``person`` can still answer, if any."""
    phase = phase_of(session, at)
    if phase is None or not session.questions.exists() or has_answered(session, person, phase):
        return None
    return phase


def is_closed(session: Session, on: date) -> bool:
    """Whether no more answers are taken, so that nothing can be worked out from one more of them."""
    return session.is_held and on > session.day + OPEN_AFTER


def change_of(session: Session, on: date) -> GroupChange | None:
    """The paired change of the group, once no more answers are taken.

    Nothing where fewer than five answered both times.
    """
    if not is_closed(session, on):
        return None
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for sheet in session.sheets.order_by("token"):
        shares[sheet.token][sheet.phase] = sheet.right / sheet.asked
    pairs = [
        (both[Phase.BEFORE], both[Phase.AFTER])
        for both in shares.values()
        if len(both) == len(Phase)
    ]
    return group_change(pairs)

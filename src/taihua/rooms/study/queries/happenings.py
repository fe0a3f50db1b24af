"""The sessions and lectures of a person or a unit, as a calendar takes them, and as a search finds them."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.base.templatetags.page import longday
from taihua.kernel.house import Found, Happening
from taihua.kernel.org.models import Account, Person, Unit
from taihua.rooms.study.models import Session, Turn
from taihua.rooms.study.queries.sessions import sessions_of, sessions_seen_by
from taihua.rooms.study.queries.turns import turns_between, turns_seen_by


def happenings_of(whose: Person | Unit, first: date, last: date) -> Iterator[Happening]:
    """What ``whose`` is asked to on the days ``first … last``; what was called off is said so."""
    for session in sessions_of(whose, first, last):
        yield _session(session)
    for turn in turns_between(whose, first, last):
        yield _turn(turn)


def _session(session: Session) -> Happening:
    return Happening(
        path=session.path,
        title=_("中心组学习：%(topic)s") % {"topic": session.topic},
        first=session.starts_at,
        last=session.ends_at,
        url=reverse("study:session", args=[session.pk]),
        place=session.place,
        revision=session.revision,
        is_cancelled=session.is_cancelled,
    )


def _turn(turn: Turn) -> Happening:
    return Happening(
        path=turn.path,
        title=_("轮流授课：%(topic)s（%(name)s）")
        % {"topic": turn.topic, "name": turn.lecturer.name if turn.lecturer else ""},
        first=turn.starts_at,
        last=turn.ends_at,
        url=reverse("study:turn", args=[turn.pk]),
        place=turn.place,
        revision=turn.revision,
        is_cancelled=turn.is_cancelled,
    )


def found_by(account: Account, words: Sequence[str], limit: int, on: date) -> Iterator[Found]:
    """The sessions and lectures that ``account`` may see and in which all ``words`` stand."""
    sessions = sessions_seen_by(account, on)
    for word in words:
        sessions = sessions.filter(
            Q(topic__icontains=word) | Q(agenda__icontains=word) | Q(lead__name__icontains=word)
        )
    for session in sessions[:limit]:
        yield Found(
            title=session.topic,
            url=reverse("study:session", args=[session.pk]),
            excerpt=_("中心组学习，%(day)s，%(lead)s主讲")
            % {"day": longday(session.day), "lead": session.lead.name},
        )
    turns = turns_seen_by(account, on)
    for word in words:
        turns = turns.filter(
            Q(topic__icontains=word)
            | Q(lecturer__name__icontains=word)
            | Q(homework__text__icontains=word)
        ).distinct()
    for turn in turns[:limit]:
        yield Found(
            title=turn.topic,
            url=reverse("study:turn", args=[turn.pk]),
            excerpt=_("轮流授课，%(day)s，%(name)s")
            % {
                "day": longday(local_day(turn.starts_at)),
                "name": turn.lecturer.name if turn.lecturer else "",
            },
        )

"""What the room asks of somebody on the desk; what is owed by one alone is a commitment instead."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.kernel.house import Due
from taihua.kernel.org.models import Person
from taihua.rooms.forums.models import Forum
from taihua.rooms.forums.queries.forums import speaking
from taihua.rooms.forums.queries.talks import TALKED, rounds_owed

REPLY_WITHIN = timedelta(days=7)
CLOSE_WITHIN = timedelta(days=3)
ISSUE_WITHIN = timedelta(days=30)


def asked_of(person: Person, on: date) -> Iterator[Due]:
    """The rounds in which one has not talked, the invitations without a word, the recorder's work."""
    yield from _rounds(person, on)
    yield from _invitations(person, on)
    yield from _recording(person, on)


def _rounds(person: Person, on: date) -> Iterator[Due]:
    for asked in rounds_owed(person, on):
        yield Due(
            topic=asked.path,
            sentence=_("“%(title)s”：请谈谈您的工作") % {"title": asked.title},
            due=asked.last_day,
            url=reverse("forums:new-talk-in", args=[asked.pk]),
            act=_("谈工作"),
            covers=(TALKED,),
        )


def _invitations(person: Person, on: date) -> Iterator[Due]:
    waiting = speaking(person).filter(confirmed_at__isnull=True, slot__forum__held_at__isnull=True)
    for speaker in waiting.filter(slot__forum__day__gte=on):
        forum = speaker.slot.forum
        yield Due(
            topic=f"{forum.path}/speaker/{speaker.pk}",
            sentence=_("《%(topic)s》请您讲“%(title)s”，请回个话")
            % {"topic": forum.topic, "title": speaker.slot.title},
            due=min(local_day(speaker.asked_at) + REPLY_WITHIN, forum.day),
            url=reverse("forums:invitation", args=[speaker.pk]),
            act=_("回话"),
        )


def _recording(person: Person, on: date) -> Iterator[Due]:
    kept = Forum.objects.filter(recorder=person, cancelled_because="", issued_at__isnull=True)
    for forum in kept.filter(day__lte=on).order_by("day", "pk"):
        if forum.held_at is None:
            yield Due(
                topic=f"{forum.path}/close",
                sentence=_("《%(topic)s》办完了，请记下谁讲了、谁到了") % {"topic": forum.topic},
                due=forum.day + CLOSE_WITHIN,
                url=reverse("forums:attendance", args=[forum.pk]),
                act=_("去记"),
            )
        else:
            yield Due(
                topic=f"{forum.path}/proceedings",
                sentence=_("《%(topic)s》的文集还没有印发") % {"topic": forum.topic},
                due=forum.day + ISSUE_WITHIN,
                url=reverse("forums:proceedings", args=[forum.pk]),
                act=_("写文集"),
            )

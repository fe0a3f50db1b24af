"""Questions at a forum: asked, let through or set aside by the recorder, answered by their owner."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.kernel.org.models import Account, Person
from taihua.rooms.forums.access import may_answer_question, may_record
from taihua.rooms.forums.actions.forums import ForumRefused, locked
from taihua.rooms.forums.enums import Moderation
from taihua.rooms.forums.models import FloorQuestion, Forum, Slot


@transaction.atomic
def ask(
    *,
    forum: Forum,
    asker: Person,
    text: str,
    at: datetime,
    slot: Slot | None = None,
    anonymous: bool = False,
) -> FloorQuestion:
    """Put a question, before the forum or during it; the recorder lets it be read.

    The same words sent twice are one question.

    :raises ForumRefused: the forum is over, or the item belongs to another forum
    """
    forum = locked(forum)
    if slot is not None and slot.forum_id != forum.pk:
        raise ForumRefused(_("请选这一期讲坛里的一项。"))
    return FloorQuestion.objects.get_or_create(
        forum=forum,
        asker=asker,
        text=text.strip(),
        defaults={"slot": slot, "anonymous": anonymous, "asked_at": at},
    )[0]


@transaction.atomic
def let_through(*, question: FloorQuestion, by: Account, at: datetime) -> FloorQuestion:
    """Let the audience read a question.

    :raises ForumRefused: it is not the recorder who says so
    """
    question = _moderated(question, by)
    question.moderation, question.set_aside_because = Moderation.SHOWN, ""
    question.moderated_at = at
    question.save(update_fields=["moderation", "set_aside_because", "moderated_at"])
    return question


@transaction.atomic
def set_aside(*, question: FloorQuestion, reason: str, by: Account, at: datetime) -> FloorQuestion:
    """Keep a question from the audience, for instance because it hurts somebody; its asker reads why.

    :raises ForumRefused: no reason, it is answered already, or it is not the recorder who says so
    """
    question = _moderated(question, by)
    if not reason.strip():
        raise ForumRefused(_("请写明为什么不公开，提问人会看到。"))
    if question.answer:
        raise ForumRefused(_("这个问题已经有了回答，不能再收起来。"))
    question.moderation, question.set_aside_because = Moderation.SET_ASIDE, reason.strip()
    question.moderated_at = at
    question.save(update_fields=["moderation", "set_aside_because", "moderated_at"])
    return question


@transaction.atomic
def answer(*, question: FloorQuestion, person: Person, text: str, at: datetime) -> FloorQuestion:
    """Answer a question that the audience can read, as its speaker, or write down what was said.

    :raises ForumRefused: it is somebody else's to answer, not public, or the proceedings are issued
    """
    row = (
        FloorQuestion.objects.select_for_update(of=("self",))
        .select_related("forum", "slot")
        .prefetch_related("slot__speakers")
        .get(pk=question.pk)
    )
    if not may_answer_question(person, row):
        raise ForumRefused(_("这个问题由主讲人或记录人回答。"))
    if row.moderation != Moderation.SHOWN:
        raise ForumRefused(_("这个问题还没有公开，请先由记录人公开。"))
    if row.forum.issued_at:
        raise ForumRefused(_("文集已经印发，回答不能再改。"))
    if not text.strip():
        raise ForumRefused(_("请写下回答。"))
    row.answer, row.answered_by, row.answered_at = text.strip(), person, at
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    return row


def _moderated(question: FloorQuestion, by: Account) -> FloorQuestion:
    row = (
        FloorQuestion.objects.select_for_update(of=("self",))
        .select_related("forum")
        .get(pk=question.pk)
    )
    if not may_record(by, row.forum):
        raise ForumRefused(_("只有记录人能决定公开不公开。"))
    if row.forum.issued_at:
        raise ForumRefused(_("文集已经印发，不能再改。"))
    return row

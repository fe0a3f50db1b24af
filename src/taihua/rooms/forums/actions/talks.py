"""Rounds of work talks; a talk handed in, its ask answered, and whether that helped."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from taihua.base.clock import local_day
from taihua.kernel.commitments.actions import commit, fulfil, hand_over
from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.commitments.words import Promise
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import unit_of
from taihua.kernel.records.actions import record
from taihua.kernel.records.restating import restate
from taihua.rooms.forums.access import may_answer_ask, may_weigh
from taihua.rooms.forums.enums import AnswerKind, Helped
from taihua.rooms.forums.logic.wording import first_line
from taihua.rooms.forums.models import Round, TalkAnswer, WorkTalk
from taihua.rooms.forums.models.talks import ANSWER_WITHIN
from taihua.rooms.forums.queries.plans import PLANNED, open_plans
from taihua.rooms.forums.queries.talks import (
    TALKED,
    draft_for,
    is_asked,
    possible_owners,
    same_talk,
)

TALK = "forums/talk"
ASKED, ANSWERED, HELPED = "asked-at-talk", "answered-at-talk", "found-help"
ANSWER = Promise(gettext_noop("答复%(name)s：%(ask)s"))
ANSWER_NOTED = "补记答复"  # kept on record, in the language of the records


class TalkRefused(Exception):
    """Nothing changed; the message is written for whoever tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a talk says."""

    work: str
    did: str = ""
    learnt: str = ""
    blocked: str = ""
    ask: str = ""
    owner: Person | None = None

    def as_fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@transaction.atomic
def call_round(
    *,
    unit: Unit,
    title: str,
    stage: str,
    request: str,
    first_day: date,
    last_day: date,
    at: datetime,
    answer_days: int = ANSWER_WITHIN,
    plan: UUID | None = None,
    by: Account | None = None,
) -> Round:
    """Ask the section heads, or everybody at the bureau, to talk of their work by a day.

    :param plan: the statement that planned it; without one the round itself goes on record as a plan
    :raises TalkRefused: it ends before it begins or has ended, the name is taken, or no such plan
    """
    if last_day < first_day or last_day < local_day(at):
        raise TalkRefused(_("截止日期要在开始日期之后，而且还没有过去。"))
    if plan and not open_plans([unit.pk], [TALK], local_day(at)).filter(uuid=plan):
        raise TalkRefused(_("这项计划已经用过，或者不是这个单位今年和以后的。请重新选择。"))
    try:
        with transaction.atomic():
            called = Round.objects.create(
                unit=unit,
                title=title,
                stage=stage,
                request=request,
                first_day=first_day,
                last_day=last_day,
                answer_days=answer_days,
                called_at=at,
                plan=plan,
            )
    except IntegrityError:
        raise TalkRefused(_("已经有一轮叫“%(title)s”，请换个名称。") % {"title": title}) from None
    if plan is None:
        _record_plan(called, at, by)
    return called


def _record_plan(called: Round, at: datetime, by: Account | None) -> None:
    called.plan = record(
        unit=called.unit,
        verb=PLANNED,
        kind=TALK,
        path=called.path,
        label=called.title,
        at=at,
        context={"planned": called.last_day.isoformat()},
        entered_by=by,
    ).uuid
    called.save(update_fields=["plan"])


@transaction.atomic
def save_draft(
    *, speaker: Person, words: Words, at: datetime, asked: Round | None = None
) -> WorkTalk:
    """Keep a talk that is not finished; only its speaker sees it.

    :raises TalkRefused: one is not asked in this round, handed in before, or works nowhere
    """
    # Pressed twice at once, the second press waits here and then finds the first one's draft.
    Person.objects.select_for_update().get(pk=speaker.pk)
    _refuse_out_of_turn(speaker, asked, local_day(at))
    unit = unit_of(speaker, local_day(at))
    if unit is None:
        raise TalkRefused(_("花名册上没有您现在的单位，请告诉党办。"))
    talk = draft_for(speaker, asked) or WorkTalk(round=asked, speaker=speaker)
    for name, value in words.as_fields().items():
        setattr(talk, name, value)
    talk.unit, talk.saved_at = unit, at
    talk.save()
    return talk


@transaction.atomic
def hand_in(*, speaker: Person, words: Words, at: datetime, asked: Round | None = None) -> WorkTalk:
    """Hand a talk in: it goes on record, and who is asked for something owes an answer by a day.

    The same words of the same day, sent twice, are one talk.

    :raises TalkRefused: as :func:`save_draft`; nothing said of what was done, an ask to nobody, or
        to somebody who cannot be asked
    """
    _refuse_half_a_talk(words, speaker, local_day(at))
    # Pressed twice at once, the second press waits here and then finds what the first handed in.
    Person.objects.select_for_update().get(pk=speaker.pk)
    if asked is None and (there := same_talk(speaker, words.as_fields(), local_day(at))):
        return there
    talk = save_draft(speaker=speaker, words=words, at=at, asked=asked)
    said = {"learnt": words.learnt, "ask": words.ask}
    talk.record = record(
        person=speaker,
        verb=TALKED,
        kind=TALK,
        path=talk.path,
        label=words.work,
        at=at,
        result={name: text for name, text in said.items() if text},
    ).uuid
    talk.handed_in_at = at
    talk.save(update_fields=["record", "handed_in_at"])
    if words.ask and words.owner:
        _put_the_ask(talk, words.owner, at)
    return talk


@transaction.atomic
def answer(*, talk: WorkTalk, owner: Person, kind: str, text: str, at: datetime) -> TalkAnswer:
    """Answer an ask: said, taken up, or refused with the reason. It closes what was owed.

    :raises TalkRefused: it was put to somebody else, is answered, or nothing is said
    """
    talk = _locked(talk)
    if not may_answer_ask(owner, talk):
        raise TalkRefused(_("这条请求不是请您答复的，或者已经答复过了。"))
    if not text.strip():
        reason = _("请写明为什么办不了。") if kind == AnswerKind.REFUSED else _("请写下答复。")
        raise TalkRefused(reason)
    given = TalkAnswer.objects.create(
        talk=talk, owner=owner, kind=kind, text=text.strip(), answered_at=at
    )
    statement = record(
        person=owner,
        verb=ANSWERED,
        kind=TALK,
        path=talk.path,
        label=first_line(given.text),
        at=at,
        result={"outcome": kind},
    )
    talk.record = restate(
        uuid=talk.record, reason=ANSWER_NOTED, at=at, result={"answer": given.text}
    )
    talk.save(update_fields=["record"])
    for commitment in of_origin(talk.path).filter(person=owner, closed_at__isnull=True):
        fulfil(commitment=commitment, statement=statement, at=at)
    return given


@transaction.atomic
def pass_on(*, talk: WorkTalk, owner: Person, taker: Person, reason: str, at: datetime) -> WorkTalk:
    """Pass an ask on to whom it belongs, with the reason; the day stays.

    :raises TalkRefused: it was put to somebody else, is answered, or the other is the asker
    :raises CommitmentRefused: no reason is given, or the taker has it already
    """
    talk = _locked(talk)
    if not may_answer_ask(owner, talk):
        raise TalkRefused(_("这条请求不是请您答复的，或者已经答复过了。"))
    if not possible_owners(talk.speaker, local_day(at)).filter(pk=taker.pk).exists():
        raise TalkRefused(_("请转给局领导或科室负责人，不能转给提出的人。"))
    for commitment in of_origin(talk.path).filter(person=owner, closed_at__isnull=True):
        hand_over(commitment=commitment, taker=taker, reason=reason, at=at)
    talk.owner = taker
    talk.save(update_fields=["owner"])
    return talk


@transaction.atomic
def weigh(
    *, answer: TalkAnswer, asker: Person, helped: str, remark: str, at: datetime
) -> TalkAnswer:
    """Say whether an answer helped; where it did not, what is still missing.

    :raises TalkRefused: somebody else asked, it was said before, or nothing on what is missing
    """
    row = (
        TalkAnswer.objects.select_for_update(of=("self",)).select_related("talk").get(pk=answer.pk)
    )
    if not may_weigh(asker, row):
        raise TalkRefused(_("由提出的人来说解决了没有，说一次。"))
    if helped != Helped.YES and not remark.strip():
        raise TalkRefused(_("请写明还差什么。"))
    row.helped, row.remark, row.weighed_at = helped, remark.strip(), at
    row.save(update_fields=["helped", "remark", "weighed_at"])
    if helped == Helped.YES:
        record(
            person=asker,
            verb=HELPED,
            kind=TALK,
            path=row.talk.path,
            label=first_line(row.talk.ask),
            at=at,
        )
    return row


def _put_the_ask(talk: WorkTalk, owner: Person, at: datetime) -> None:
    record(
        person=talk.speaker,
        verb=ASKED,
        kind=TALK,
        path=talk.path,
        label=first_line(talk.ask),
        at=at,
    )
    commit(
        person=owner,
        what=ANSWER.of(name=talk.speaker.name, ask=first_line(talk.ask, 60)),
        due=talk.answer_due,
        origin=talk.path,
        url=reverse("forums:talk", args=[talk.pk]),
        act=gettext_noop("去答复"),
        at=at,
    )


def _refuse_half_a_talk(words: Words, speaker: Person, on: date) -> None:
    if not words.work.strip() or not words.did.strip():
        raise TalkRefused(_("请写明谈哪项工作、做了什么。"))
    if bool(words.ask.strip()) != (words.owner is not None):
        raise TalkRefused(_("有请求时，请写明请谁答复；没有请求，两格都留空。"))
    if words.owner and not possible_owners(speaker, on).filter(pk=words.owner.pk).exists():
        raise TalkRefused(_("请向局领导或科室负责人提，不能向自己提。"))


def _refuse_out_of_turn(speaker: Person, asked: Round | None, on: date) -> None:
    if asked is None:
        return
    if not is_asked(speaker, asked, on):
        raise TalkRefused(_("“%(title)s”这一轮没有请您谈。") % {"title": asked.title})
    if not asked.first_day <= on:
        raise TalkRefused(_("“%(title)s”还没有开始。") % {"title": asked.title})
    if WorkTalk.objects.filter(speaker=speaker, round=asked, handed_in_at__isnull=False).exists():
        raise TalkRefused(_("这一轮您已经谈过了。"))


def _locked(talk: WorkTalk) -> WorkTalk:
    return (
        WorkTalk.objects.select_for_update(of=("self",))
        .select_related("speaker", "round")
        .get(pk=talk.pk)
    )

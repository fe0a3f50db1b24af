"""有效果: session → decision or proposal → commitment → outcome on record, looked back on for a year."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.kernel.documents.models import Document
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.actions import record
from taihua.kernel.records.restating import restate
from taihua.rooms.study.actions.promises import keep, let_go, owe
from taihua.rooms.study.enums import EffectKind
from taihua.rooms.study.models import Effect, FollowUp, Session

HALF_A_YEAR, A_YEAR = timedelta(days=182), timedelta(days=365)
LONGEST_LABEL = 120
TOLD = "记下成效"  # kept on record, in the language of the records


class EffectRefused(Exception):
    """Nothing was changed; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    """What is to come of a session, by whom and when."""

    kind: str
    text: str
    due: date
    owner: Person | None = None
    owner_unit: Unit | None = None

    def as_fields(self) -> dict[str, Any]:
        said = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return said | {"text": self.text.strip()}


@transaction.atomic
def open_effect(*, session: Session, resolve: Resolve, at: datetime, by: Account | None) -> Effect:
    """Write down what a session led to, and let its owner owe it; the same written twice is one.

    :raises EffectRefused: the session was not held, nothing is said, there is not exactly one
        owner, or the day lies before the session
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    owner = _owner_of(resolve, session)
    said = resolve.as_fields()
    if there := session.effects.filter(**said, released_because="").first():
        return there
    effect = Effect.objects.create(session=session, opened_at=at, **said)
    promise = owe(
        owner,
        _("落实《%(topic)s》的%(kind)s：%(text)s")
        % {
            "topic": session.topic,
            "kind": EffectKind(effect.kind).label,
            "text": effect.text,
        },
        effect.due,
        effect.path,
        (reverse("study:effect", args=[effect.pk]), _("写结果")),
        at,
    )
    effect.commitment = promise.pk
    effect.save(update_fields=["commitment"])
    return effect


def _owner_of(resolve: Resolve, session: Session) -> Person | Unit:
    """Whoever owes what was resolved, if it can be owed."""
    if not session.is_held:
        raise EffectRefused(
            _("《%(topic)s》还没有登记出席，先登记再写效果。") % {"topic": session.topic}
        )
    owner = resolve.owner or resolve.owner_unit
    if owner is None or (resolve.owner and resolve.owner_unit):
        raise EffectRefused(_("请写明一位承办人，或者一个承办单位。"))
    if not resolve.text.strip():
        raise EffectRefused(_("请写明决定了什么、建议了什么。"))
    if resolve.due < session.day:
        raise EffectRefused(_("期限不能早于学习那天。"))
    return owner


@transaction.atomic
def settle_effect(
    *,
    effect: Effect,
    outcome: str,
    at: datetime,
    by: Account | None,
    document: Document | None = None,
) -> Effect:
    """Put on record what a decision or proposal became; the session's ledger row then says it.

    :raises EffectRefused: it is settled or let go, or nothing is said of the outcome
    """
    effect = _open(effect)
    if not outcome.strip():
        raise EffectRefused(_("请写明结果：做成了什么，改变了什么。"))
    session = effect.session
    statement = record(
        person=effect.owner,
        unit=effect.owner_unit,
        verb="carried-out-study-effect",
        kind="study/effect",
        path=effect.path,
        label=effect.text,
        at=at,
        context={"session": session.path, "document": document.pk if document else None},
        result={"outcome": outcome.strip()},
        entered_by=by,
    )
    effect.outcome, effect.outcome_date = outcome.strip(), local_day(at)
    effect.outcome_document = document.pk if document else None
    effect.done_by = statement.uuid
    effect.save()
    keep(effect.path, statement, at)
    _tell_session(session, outcome.strip(), at, by)
    _look_back_by(effect, local_day(at) + HALF_A_YEAR, at)
    return effect


@transaction.atomic
def let_effect_go(*, effect: Effect, reason: str, at: datetime) -> Effect:
    """Let a decision or proposal go undone, with the reason.

    :raises EffectRefused: it is settled or let go, or no reason is given
    """
    effect = _open(effect)
    if not reason.strip():
        raise EffectRefused(_("请写明撤销的原因。"))
    effect.released_because = reason.strip()
    effect.save(update_fields=["released_because"])
    let_go(effect.path, reason.strip(), at)
    return effect


@transaction.atomic
def look_back(
    *, effect: Effect, holds: bool, text: str, at: datetime, by: Account | None
) -> FollowUp:
    """Look back at an outcome: does it still hold. It is asked for twice, until a year has passed.

    The same, said twice on one day, is one look.

    :raises EffectRefused: there is no outcome yet, or nothing is said
    """
    effect = Effect.objects.select_for_update().select_related("session__unit").get(pk=effect.pk)
    if effect.outcome_date is None:
        raise EffectRefused(_("还没有结果，先写结果再回看。"))
    if not text.strip():
        raise EffectRefused(_("请写几句看到的情况。"))
    day = local_day(at)
    said = {"day": day, "holds": holds, "text": text.strip()}
    if there := effect.follow_ups.filter(**said).first():
        return there
    follow_up = FollowUp.objects.create(effect=effect, noted_by=by, noted_at=at, **said)
    statement = record(
        unit=effect.session.unit,
        verb="looked-back-on-study",
        kind="study/effect",
        path=effect.path,
        label=effect.text,
        at=at,
        result={"holds": holds},
        entered_by=by,
    )
    keep(f"{effect.path}/look-back", statement, at)
    if day < effect.outcome_date + A_YEAR:
        _look_back_by(effect, effect.outcome_date + A_YEAR, at)
    return follow_up


def _open(effect: Effect) -> Effect:
    row = Effect.objects.select_for_update(of=("self",)).select_related(
        "session__unit", "session__recorder", "owner", "owner_unit"
    )
    found = row.get(pk=effect.pk)
    if not found.is_open:
        raise EffectRefused(_("“%(text)s”已经有了结果。") % {"text": found.text})
    return found


def _tell_session(session: Session, outcome: str, at: datetime, by: Account | None) -> None:
    """The session's own record says what came of it; that something did counts once."""
    if session.held_by is None:
        return
    told = [*session.effects.exclude(outcome="").order_by("pk").values_list("outcome", flat=True)]
    session.held_by = restate(
        uuid=session.held_by, reason=TOLD, at=at, by=by, result={"effect": "\n".join(told)}
    )
    if session.drawn_by is None:
        session.drawn_by = record(
            unit=session.unit,
            verb="drew-from-session",
            kind="study/session",
            path=session.path,
            label=outcome.splitlines()[0][:LONGEST_LABEL],
            at=at,
            occurred_at=session.starts_at,
            entered_by=by,
        ).uuid
    session.save(update_fields=["held_by", "drawn_by"])


def _look_back_by(effect: Effect, due: date, at: datetime) -> None:
    session = effect.session
    owe(
        session.recorder or session.unit,
        _("回看“%(text)s”：还在起作用吗") % {"text": effect.text},
        due,
        f"{effect.path}/look-back",
        (reverse("study:effect", args=[effect.pk]), _("回看")),
        at,
    )

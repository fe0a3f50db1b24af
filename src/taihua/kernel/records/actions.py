"""The one door by which anything gets on record."""

import uuid as uuids
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.models import (
    LONGEST_LABEL,
    LONGEST_PATH,
    ObjectKind,
    Statement,
    Verb,
)

VOIDED = "voided"
BATCH = 500
PLANNED_FOR = "planned"  # where the context of a plan names the day that it is for
MOST = 10**15  # hundredths: both databases hold it and sum many of them exactly


class StatementRefused(Exception):
    """Nothing was recorded; the message names the value and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be put on record: the same fields as :func:`record`."""

    verb: str
    kind: str
    path: str
    label: str
    person: Person | None = None
    unit: Unit | None = None
    occurred_at: datetime | None = None
    stored_at: datetime | None = None
    counts_on: date | None = None
    quantity: Decimal | int | str = 1
    result: Mapping[str, Any] | None = None
    context: Mapping[str, Any] | None = None
    row_key: str | None = None
    uuid: uuids.UUID = field(default_factory=uuids.uuid4)


@transaction.atomic
def record(
    *,
    verb: str,
    kind: str,
    path: str,
    label: str,
    at: datetime,
    person: Person | None = None,
    unit: Unit | None = None,
    occurred_at: datetime | None = None,
    counts_on: date | None = None,
    quantity: Decimal | int | str = 1,
    result: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
    entered_by: Account | None = None,
    uuid: uuids.UUID | None = None,
    row_key: str | None = None,
) -> Statement:
    """Put on record that a person or a unit did something.

    A plan (a verb that ``plans``) counts on the day that ``context["planned"]`` names, if it does.

    :param at: the moment of writing; also of the act, unless ``occurred_at`` says otherwise
    :param path: the stable path of what it was done to, such as ``reading/book/12``
    :param counts_on: the earlier day that the act makes up for (计入日), by default its own
    :param quantity: how much, to two decimals: 0.5 of a day, 1200.50 yuan
    :param uuid: the sender's own number; sent again with the same content it changes nothing
    :raises StatementRefused: an unknown verb or kind, no actor or two, a day of credit after the
        act or of a plan, a quantity that is none, a name longer than the column, or a number
        already used for something else
    """
    draft = Draft(
        verb=verb,
        kind=kind,
        path=path,
        label=label,
        person=person,
        unit=unit,
        occurred_at=occurred_at,
        counts_on=counts_on,
        quantity=quantity,
        result=result,
        context=context,
        row_key=row_key,
        uuid=uuid or uuids.uuid4(),
    )
    statement = _statement(draft, at, entered_by, _vocabulary([draft]))
    try:
        with transaction.atomic():
            statement.save(force_insert=True)
    except IntegrityError:
        return _same_or_refused(statement)
    return statement


@transaction.atomic
def record_many(
    drafts: Sequence[Draft], *, at: datetime, entered_by: Account | None = None
) -> list[Statement]:
    """Put many acts on record in one go, in their order, all or none.

    :raises StatementRefused: as :func:`record`; then none is recorded
    """
    words = _vocabulary(drafts)
    statements = [_statement(draft, at, entered_by, words) for draft in drafts]
    return Statement.objects.bulk_create(statements, batch_size=BATCH)


@transaction.atomic
def void(
    *, statement: Statement, reason: str, at: datetime, entered_by: Account | None = None
) -> Statement:
    """Take a statement back, with the reason; it stays readable and counts no more from now on.

    :raises StatementRefused: it is itself a voiding, was voided before, or no reason is given
    """
    if not reason.strip():
        raise StatementRefused(_("请写明更正的原因。"))
    if statement.voids_id is not None:
        raise StatementRefused(_("更正记录本身不能再作废，请重新登记。"))
    words = _vocabulary_of({VOIDED}, set())
    try:
        with transaction.atomic():
            return Statement.objects.create(
                person_id=statement.person_id,
                unit_id=statement.unit_id,
                verb=words[0][VOIDED],
                kind_id=statement.kind_id,
                object_path=statement.object_path,
                object_label=statement.object_label,
                occurred_at=at,
                day=local_day(at),
                counts_on=local_day(at),
                stored_at=at,
                context={"reason": reason.strip()},
                entered_by=entered_by,
                voids=statement,
            )
    except IntegrityError:
        raise StatementRefused(_("这条记录已经作废过了。")) from None


def learn_words(
    verbs: Iterable[tuple[str, str]],
    kinds: Iterable[tuple[str, str]],
    plans: Collection[str] = (),
) -> None:
    """Make the rows of verbs and object kinds (code, label), in one fixed order.

    :param plans: the codes of those of these verbs that plan
    """
    said = dict(verbs)
    for model, words in ((Verb, said), (ObjectKind, dict(kinds))):
        known = dict(model.objects.values_list("code", "label"))
        for code, label in sorted(words.items()):
            if code not in known:
                model.objects.get_or_create(code=code, defaults={"label": label})
            elif known[code] != label:
                model.objects.filter(code=code).update(label=label)
    told = Verb.objects.filter(code__in=said)
    told.filter(code__in=plans, plans=False).update(plans=True)
    told.filter(plans=True).exclude(code__in=plans).update(plans=False)


type Vocabulary = tuple[dict[str, Verb], dict[str, ObjectKind]]


def _vocabulary(drafts: Iterable[Draft]) -> Vocabulary:
    drafts = list(drafts)
    return _vocabulary_of({draft.verb for draft in drafts}, {draft.kind for draft in drafts})


def _vocabulary_of(verbs: set[str], kinds: set[str]) -> Vocabulary:
    known_verbs = {verb.code: verb for verb in Verb.objects.filter(code__in=verbs)}
    known_kinds = {kind.code: kind for kind in ObjectKind.objects.filter(code__in=kinds)}
    if unknown := sorted(verbs - known_verbs.keys()) + sorted(kinds - known_kinds.keys()):
        raise StatementRefused(f"no room declares {', '.join(unknown)}")
    return known_verbs, known_kinds


def _statement(
    draft: Draft, at: datetime, entered_by: Account | None, words: Vocabulary
) -> Statement:
    if (draft.person is None) == (draft.unit is None):
        raise StatementRefused(f"{draft.path}: name either a person or a unit")
    occurred_at = draft.occurred_at or at
    day, verb = local_day(occurred_at), words[0][draft.verb]
    return Statement(
        uuid=draft.uuid,
        person=draft.person,
        unit=draft.unit,
        verb=verb,
        kind=words[1][draft.kind],
        object_path=_fitting(draft.path, LONGEST_PATH),
        object_label=_fitting(draft.label, LONGEST_LABEL),
        occurred_at=occurred_at,
        day=day,
        counts_on=(_planned_for if verb.plans else _made_up)(draft, day),
        stored_at=draft.stored_at or at,
        hundredths=_hundredths(draft.quantity),
        result=dict(draft.result) if draft.result else None,
        context=dict(draft.context) if draft.context else None,
        entered_by=entered_by,
        row_key=draft.row_key,
    )


def _made_up(draft: Draft, day: date) -> date:
    """The day that an act is credited to: its own, or an earlier one that it makes up for."""
    counts_on = draft.counts_on or day
    if counts_on > day:
        raise StatementRefused(_("补办只能计入以前的日子：%(day)s。") % {"day": counts_on})
    return counts_on


def _planned_for(draft: Draft, day: date) -> date:
    """The day that a plan is for; one that names none is for the day on which it was made."""
    if draft.counts_on is not None:
        raise StatementRefused(f"{draft.path}: a plan names its day in context[{PLANNED_FOR!r}]")
    named = (draft.context or {}).get(PLANNED_FOR)
    try:
        return date.fromisoformat(named) if named else day
    except (TypeError, ValueError):
        raise StatementRefused(f"{draft.path}: {named!r} is no day to plan for") from None


def _fitting(text: str, longest: int) -> str:
    # Of the two databases only PostgreSQL would refuse it, and not in words.
    if len(text) > longest:
        raise StatementRefused(
            _("“%(start)s…”太长，最多 %(longest)d 字。") % {"start": text[:20], "longest": longest}
        )
    return text


def _hundredths(quantity: Decimal | int | str) -> int:
    try:
        exact = Decimal(quantity) * 100
    except InvalidOperation:
        exact = Decimal("NaN")
    if not exact.is_finite() or abs(exact) > MOST:
        raise StatementRefused(_("数量 %(value)s 不是可以登记的数。") % {"value": quantity})
    if exact != exact.to_integral_value():
        raise StatementRefused(_("数量 %(value)s 多于两位小数。") % {"value": quantity})
    return int(exact)


def _same_or_refused(statement: Statement) -> Statement:
    there = Statement.objects.filter(uuid=statement.uuid).first()
    fields = (
        "person_id", "unit_id", "verb_id", "kind_id", "object_path", "object_label",
        "occurred_at", "counts_on", "hundredths", "result", "context",
    )  # fmt: skip
    if there and all(getattr(there, name) == getattr(statement, name) for name in fields):
        return there
    raise StatementRefused(_("编号 %(uuid)s 已用于另一条记录。") % {"uuid": statement.uuid})

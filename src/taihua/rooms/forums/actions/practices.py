"""Write a practice out, try another's, tell what came of it, take one out of use."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.base.clock import ZONE, local_day
from taihua.kernel.org.models import Account, Person
from taihua.kernel.org.queries import unit_of
from taihua.kernel.records.actions import record
from taihua.kernel.records.ledgers.form import NOON
from taihua.kernel.records.restating import restate
from taihua.rooms.forums.access import may_retire
from taihua.rooms.forums.enums import MeantFor, TrialResult
from taihua.rooms.forums.logic.wording import first_line
from taihua.rooms.forums.models import Practice, Trial

PRACTICE = "forums/practice"
SHARED, TRIED, RETIRED = "shared-practice", "tried-practice", "retired-practice"
# Kept on record, in the language of the records.
RETIRED_NOTED, TOLD_NOTED = "补记停用", "补记试用结果"


class PracticeRefused(Exception):
    """Nothing changed; the message is written for whoever tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a practice card says."""

    title: str
    problem: str = ""
    done: str = ""
    needs: str = ""
    outcome: str = ""
    evidence: str = ""
    meant_for: str = MeantFor.EVERYBODY

    def as_fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@transaction.atomic
def save_card(
    *, writer: Person, card: Card, at: datetime, draft: Practice | None = None
) -> Practice:
    """Keep a card that is not written out; only its writer sees it.

    :raises PracticeRefused: the draft is another's or written out, the unit has a card of that
        name, or the writer works nowhere
    """
    if draft is not None and (draft.writer_id != writer.pk or not draft.is_draft):
        raise PracticeRefused(_("写出的做法不再改；情况变了，请停用后另写一条。"))
    unit = unit_of(writer, local_day(at))
    if unit is None:
        raise PracticeRefused(_("花名册上没有您现在的单位，请告诉党办。"))
    practice = draft or Practice(writer=writer)
    for name, value in card.as_fields().items():
        setattr(practice, name, value)
    practice.unit, practice.saved_at = unit, at
    try:
        with transaction.atomic():
            practice.save()
    except IntegrityError:
        raise PracticeRefused(
            _("%(unit)s已经写过“%(title)s”，请换个名称。")
            % {"unit": unit.name, "title": card.title}
        ) from None
    return practice


@transaction.atomic
def share(*, writer: Person, card: Card, at: datetime, draft: Practice | None = None) -> Practice:
    """Write a practice out for everybody and put it on record for the unit.

    :raises PracticeRefused: as :func:`save_card`, or the problem, the doing or the outcome is missing
    """
    if not (card.problem.strip() and card.done.strip() and card.outcome.strip()):
        raise PracticeRefused(_("请写明原来的问题、怎么做的、见到什么效果，别人才好学。"))
    practice = save_card(writer=writer, card=card, at=at, draft=draft)
    context = {
        "problem": card.problem, "done": card.done, "needs": card.needs, "writer": writer.code,
    }  # fmt: skip
    result = {"outcome": card.outcome, "evidence": card.evidence}
    practice.record = record(
        unit=practice.unit,
        verb=SHARED,
        kind=PRACTICE,
        path=practice.path,
        label=card.title,
        at=at,
        context={name: text for name, text in context.items() if text},
        result={name: text for name, text in result.items() if text},
    ).uuid
    practice.shared_at = at
    practice.save(update_fields=["record", "shared_at"])
    return practice


@transaction.atomic
def begin_trial(*, practice: Practice, person: Person, since: date, at: datetime) -> Trial:
    """Write down that one's unit tries a practice since a day; told twice it is one trial.

    :raises PracticeRefused: it is a draft, retired, or one's own unit's; the day has not come
    """
    practice = Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    unit = unit_of(person, local_day(at))
    if practice.is_draft or practice.retired_at:
        raise PracticeRefused(_("“%(title)s”已经停用，不再试。") % {"title": practice.title})
    if unit is None or unit.pk == practice.unit_id:
        raise PracticeRefused(_("试别的单位的做法才记在这里。"))
    if since > local_day(at):
        raise PracticeRefused(_("开始的日子还没有到。"))
    if there := practice.trials.filter(unit=unit).first():
        return there
    trial = Trial(practice=practice, unit=unit, started=since, noted_by=person)
    trial.record = record(
        unit=unit,
        verb=TRIED,
        kind=TrialResult.UNDER_WAY,
        path=f"forums/trial/{practice.pk}-{unit.pk}",
        label=practice.title,
        at=at,
        occurred_at=min(at, datetime.combine(since, NOON, ZONE)),
        context={"of": practice.unit.code},
    ).uuid
    trial.save()
    return trial


@transaction.atomic
def tell_trial(*, trial: Trial, person: Person, result: str, why: str, at: datetime) -> Trial:
    """Tell what came of a trial: it worked, partly, or not, and why.

    :raises PracticeRefused: it is another unit's, told before, or the reason is missing
    """
    trial = Trial.objects.select_for_update(of=("self",)).get(pk=trial.pk)
    unit = unit_of(person, local_day(at))
    if unit is None or unit.pk != trial.unit_id:
        raise PracticeRefused(_("由试用的单位来说试得怎样。"))
    if not trial.is_under_way:
        raise PracticeRefused(_("这次试用已经说过结果。"))
    if result == TrialResult.UNDER_WAY or not why.strip():
        raise PracticeRefused(_("请选择试得怎样，并写明为什么。"))
    trial.result, trial.why, trial.told_at = result, why.strip(), at
    trial.record = (
        restate(uuid=trial.record, reason=TOLD_NOTED, at=at, kind=result, result={"why": trial.why})
        or trial.record
    )
    trial.save()
    return trial


@transaction.atomic
def retire(*, practice: Practice, reason: str, by: Account, at: datetime) -> Practice:
    """Take a practice out of use, with the reason; it stays readable.

    :raises PracticeRefused: no reason, not one's unit's, a draft, or retired before
    """
    practice = Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    if not may_retire(by, practice):
        raise PracticeRefused(_("由写做法的人或单位文员来停用。"))
    if practice.is_draft or practice.retired_at:
        raise PracticeRefused(_("这条做法没有写出，或者已经停用。"))
    if not reason.strip():
        raise PracticeRefused(_("请写明为什么停用，试过的单位会看到。"))
    practice.retired_at, practice.retired_because = at, reason.strip()
    practice.record = restate(
        uuid=practice.record,
        reason=RETIRED_NOTED,
        at=at,
        by=by,
        result={"retired": practice.retired_because},
    )
    practice.save(update_fields=["retired_at", "retired_because", "record"])
    record(
        unit=practice.unit,
        verb=RETIRED,
        kind=PRACTICE,
        path=practice.path,
        label=first_line(practice.retired_because),
        at=at,
        entered_by=by,
    )
    return practice

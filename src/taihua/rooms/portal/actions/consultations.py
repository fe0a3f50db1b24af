"""A consultation from its first draft to the look back: saved, sent out, published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from taihua.base.clock import local_day
from taihua.base.templatetags.page import longday
from taihua.kernel.commitments.actions import commit, fulfil
from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.commitments.words import Promise
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import units_kept_by
from taihua.kernel.records.actions import record
from taihua.kernel.records.queries import Statement, statements
from taihua.kernel.records.restating import restate
from taihua.rooms.portal.access.consultations import may_handle
from taihua.rooms.portal.enums import Audience, Naming
from taihua.rooms.portal.logic.clauses import clauses
from taihua.rooms.portal.logic.lengths import is_short, one_year_on
from taihua.rooms.portal.logic.matrix import Draft
from taihua.rooms.portal.logic.scan import scan
from taihua.rooms.portal.logic.sources import likely_sources
from taihua.rooms.portal.models import Clause, Consultation, FinalClause, moved_holidays
from taihua.rooms.portal.queries.consultations import overview

KIND = "portal/consultation"
LOOK_BACK = Promise(gettext_noop("回头看《%(title)s》：有没有用"))
PLANNED, EXPLAINED, OPENED = "planned-consultation", "explained-draft", "opened-consultation"
ANSWERED_ALL, PUBLISHED, LOOKED_BACK = "answered-opinions", "published-final", "looked-back"
LONGEST_SAID = 200
# Kept on record, in the language of the records.
OUTCOME_NOTED, LOOK_BACK_NOTED = "补记采纳情况和最终文本", "补记回头看"


class ConsultationRefused(Exception):
    """Nothing changed; the message is written for whoever asked for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of whom until when, as it stands in the form."""

    title: str
    kind: str
    host: Unit
    responsible: Person
    draft: str
    explanation: str
    opens: date
    closes: date
    audience: str = Audience.PUBLIC
    units: Sequence[Unit] = ()
    naming: str = Naming.EITHER
    address: str = ""
    phone: str = ""
    email: str = ""
    short_because: str = ""


@transaction.atomic
def save(
    *, asked: Asked, by: Account, at: datetime, consultation: Consultation | None = None
) -> Consultation:
    """Keep a draft of a consultation; nobody outside its host unit sees it yet.

    The first time it is on record as planned, unless the ledger of plans has it already.

    :raises ConsultationRefused: it is sent out already, not theirs, too short without a reason, or
        internal without units
    """
    row = locked(consultation, by) if consultation else Consultation(drafted_by=by)
    if row.sent_at:
        raise ConsultationRefused(_("征求意见稿已经发出，不能再改；要改的写进最终文本。"))
    _check(asked)
    for name in Asked.__dataclass_fields__:
        if name != "units":
            setattr(row, name, getattr(asked, name))
    if asked.host.pk not in units_kept_by(by):
        raise ConsultationRefused(
            _("您不管%(unit)s的台账，请选您管的单位。") % {"unit": asked.host}
        )
    row.save()
    row.units.set(asked.units if asked.audience == Audience.INTERNAL else [])
    if consultation is None:
        _plan(row, by, at)
    return row


def _check(asked: Asked) -> None:
    if asked.closes <= asked.opens:
        raise ConsultationRefused(_("截止日期要在开始日期之后。"))
    is_too_short = is_short(asked.kind, asked.opens, asked.closes, moved_holidays())
    if is_too_short and not asked.short_because.strip():
        raise ConsultationRefused(
            _("这一类文件要多留些日子（规划和重大决策 30 日，重大权益的规范性文件 7 个工作日）。"
              "期限缩短的，请写明原因，原因会公开。")
        )  # fmt: skip
    if asked.audience == Audience.INTERNAL and not asked.units:
        raise ConsultationRefused(_("只在内部征求的，请选出哪些单位。"))
    if asked.audience == Audience.INTERNAL and asked.naming == Naming.ANONYMOUS:
        raise ConsultationRefused(_("内部征求意见是实名的，请改署名一栏。"))


def _plan(row: Consultation, by: Account, at: datetime) -> None:
    planned = statements().filter(verb__code=PLANNED, unit=row.host, object_label=row.title)
    if not planned.exists():
        record(
            unit=row.host,
            verb=PLANNED,
            kind=KIND,
            path=row.path,
            label=row.title,
            at=at,
            context={"planned": row.opens.isoformat()},
            entered_by=by,
        )


@transaction.atomic
def send_out(*, consultation: Consultation, by: Account, at: datetime) -> Consultation:
    """Put the draft out for comment: its clauses are cut, its words stand, and it is on record.

    :raises ConsultationRefused: it is not theirs, sent out before, its first day is past, the draft
        has no clause, or a number in it must not be public
    """
    row = locked(consultation, by)
    if row.sent_at:
        raise ConsultationRefused(_("征求意见稿已经发出，不用再发。"))
    if row.opens < local_day(at):
        raise ConsultationRefused(_("开始日期已经过了，请先改日期。"))
    refuse_numbers(
        (_("标题"), row.title),
        (_("征求意见稿"), row.draft),
        (_("起草说明"), row.explanation),
        (_("缩短期限的原因"), row.short_because),
    )
    pieces = clauses(row.draft)
    if not pieces:
        raise ConsultationRefused(_("征求意见稿里没有内容，请先写稿子。"))
    Clause.objects.bulk_create(
        Clause(
            consultation=row,
            position=position,
            number=piece.number,
            heading=piece.heading[:LONGEST_SAID],
            text=piece.text,
        )
        for position, piece in enumerate(pieces, 1)
    )
    said = first_line(row.explanation)
    row.record = record(
        unit=row.host,
        verb=OPENED,
        kind=KIND,
        path=row.path,
        label=row.title,
        at=at,
        context={"closes": row.closes.isoformat()},
        result={"explanation": said},
        entered_by=by,
    ).uuid
    _beside(row, EXPLAINED, said, by, at)
    row.sent_at = at
    row.save(update_fields=["record", "sent_at"])
    return row


@transaction.atomic
def write_final(
    *, consultation: Consultation, text: str, by: Account, at: datetime
) -> list[FinalClause]:
    """Keep the final text; for each clause the one of the draft it most likely comes from is found.

    Written again, a clause whose words did not change keeps the sources it was given.

    :raises ConsultationRefused: it is not theirs, still open, or published
    """
    row = _weighing(consultation, by, local_day(at))
    pieces = clauses(text)
    if not pieces:
        raise ConsultationRefused(_("请写下最终文本。"))
    kept = {
        each.words: frozenset(source.pk for source in each.sources.all())
        for each in row.finals.prefetch_related("sources")
    }
    row.finals.all().delete()
    drafts = [Draft(each.pk, each.words) for each in row.clauses.order_by("position")]
    sources = likely_sources(drafts, [piece.words for piece in pieces])
    made = FinalClause.objects.bulk_create(
        FinalClause(
            consultation=row,
            position=position,
            number=piece.number,
            heading=piece.heading[:LONGEST_SAID],
            text=piece.text,
        )
        for position, piece in enumerate(pieces, 1)
    )
    _come_from(
        (final, kept.get(final.words, likely)) for final, likely in zip(made, sources, strict=True)
    )
    return made


def _come_from(sources: Iterable[tuple[FinalClause, Iterable[int]]]) -> None:
    """Note from which clauses (ids) clauses of a final text come that come from none so far."""
    through = FinalClause.sources.through
    through.objects.bulk_create(
        through(finalclause_id=final.pk, clause_id=key) for final, keys in sources for key in keys
    )


@transaction.atomic
def name_sources(
    *,
    consultation: Consultation,
    sources: Sequence[tuple[FinalClause, Sequence[Clause]]],
    by: Account,
    at: datetime,
) -> Consultation:
    """Say of each clause of the final text which clauses of the draft it comes from; none: it is new.

    :raises ConsultationRefused: it is not theirs, published, or a clause belongs to another draft
    """
    row = _weighing(consultation, by, local_day(at))
    for final, named in sources:
        if final.consultation_id != row.pk or any(c.consultation_id != row.pk for c in named):
            raise ConsultationRefused(_("请选这一份征求意见稿里的条款。"))
    through = FinalClause.sources.through
    through.objects.filter(finalclause__in=[final for final, _named in sources]).delete()
    _come_from((final, dict.fromkeys(each.pk for each in named)) for final, named in sources)
    return row


@transaction.atomic
def publish(*, consultation: Consultation, summary: str, by: Account, at: datetime) -> Consultation:
    """Publish what became of the opinions, with the final text; a look back is owed a year later.

    :raises ConsultationRefused: an opinion has no answer, one that was heeded changed nothing, or a
        number must not be public
    """
    row = _weighing(consultation, by, local_day(at))
    told = overview(row)
    if told.missing:
        raise ConsultationRefused(
            _("还差 %(number)d 件事，最终文本还不能公布。") % {"number": len(told.missing)}
        )
    finals = "\n".join(each.words for each in told.finals)
    refuse_numbers((_("最终文本"), finals), (_("总的说明"), summary))
    row.published_on, row.summary = local_day(at), summary.strip()
    result = {"final": _("最终文本共 %(clauses)d 条") % {"clauses": len(told.finals)}}
    result["opinions"] = str(len(told.opinions))
    if told.opinions:
        result["answered"] = _("意见 %(all)d 条，采纳和部分采纳 %(heeded)d 条") % {
            "all": len(told.opinions),
            "heeded": told.heeded,
        }
    else:
        result["answered"] = _("没有收到意见")
    _beside(row, ANSWERED_ALL, result["answered"], by, at)
    _beside(row, PUBLISHED, result["final"], by, at)
    row.record = restate(uuid=row.record, reason=OUTCOME_NOTED, at=at, by=by, result=result)
    row.save(update_fields=["published_on", "summary", "record"])
    _owe_a_look_back(row, at, one_year_on(local_day(at)))
    return row


def _owe_a_look_back(row: Consultation, at: datetime, due: date) -> None:
    commit(
        what=LOOK_BACK.of(title=row.title),
        due=due,
        origin=row.path,
        url=f"/portal/consultations/{row.pk}/look-back/",
        act=gettext_noop("去写"),
        at=at,
        person=row.responsible,
    )


@transaction.atomic
def look_back(*, consultation: Consultation, text: str, by: Account, at: datetime) -> Consultation:
    """Say whether it was of use; it closes what was owed.

    :raises ConsultationRefused: it is not theirs, not published, looked back before, or no words
    """
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if not may_handle(by, row):
        raise ConsultationRefused(_("由负责人或者管这个单位台账的人来写。"))
    if row.published_on is None or row.looked_back_on is not None:
        raise ConsultationRefused(_("公布以后才能回头看，只写一次。"))
    if not text.strip():
        raise ConsultationRefused(_("请写明有没有用。"))
    refuse_numbers((_("回头看"), text))
    row.looked_back_on, row.look_back = local_day(at), text.strip()
    statement = _beside(row, LOOKED_BACK, first_line(row.look_back), by, at)
    row.record = restate(
        uuid=row.record,
        reason=LOOK_BACK_NOTED,
        at=at,
        by=by,
        result={"look_back": first_line(row.look_back)},
    )
    row.save(update_fields=["looked_back_on", "look_back", "record"])
    for commitment in of_origin(row.path).filter(closed_at__isnull=True):
        fulfil(commitment=commitment, statement=statement, at=at)
    return row


def locked(consultation: Consultation, by: Account) -> Consultation:
    """The consultation, held against others, for those who keep its host's ledgers.

    :raises ConsultationRefused: it is not theirs
    """
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if not may_handle(by, row):
        raise ConsultationRefused(_("由管%(unit)s台账的人或者负责人来办。") % {"unit": row.host})
    return row


def refuse_numbers(*texts: tuple[str, str]) -> None:
    """Refuse to make public what must not be, in texts with the names of their places.

    :raises ConsultationRefused: an identity, card or mobile number stands in one
    """
    for found in scan(texts):
        raise ConsultationRefused(
            _("%(where)s里有不能公开的号码：…%(around)s…。请删去；要留电话的，写办公电话。")
            % {"where": found.where, "around": found.around}
        )


def first_line(text: str) -> str:
    """What a record is called by."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:LONGEST_SAID]


def _weighing(consultation: Consultation, by: Account, on: date) -> Consultation:
    row = locked(consultation, by)
    if row.sent_at is None or on <= row.closes:
        raise ConsultationRefused(
            _("征求意见截止以后才能写最终文本；最后一天是 %(day)s。") % {"day": longday(row.closes)}
        )
    if row.withdrawn_on:
        raise ConsultationRefused(_("这次征求意见已经撤回，不再写最终文本。"))
    if row.published_on:
        raise ConsultationRefused(_("最终文本已经公布，不能再改；要补充的写在回头看里。"))
    return row


def _beside(row: Consultation, verb: str, label: str, by: Account, at: datetime) -> Statement:
    """Another act of the host unit with the same draft."""
    return record(
        unit=row.host, verb=verb, kind=KIND, path=row.path, label=label, at=at, entered_by=by
    )

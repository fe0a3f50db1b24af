"""Problems and proposals as they are brought up, taken back, and problems settled."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from taihua.base.clock import ZONE
from taihua.kernel.commitments.actions import commit, fulfil, release
from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.commitments.words import Promise
from taihua.kernel.org.models import Account
from taihua.kernel.records.actions import record, void
from taihua.kernel.records.queries import Statement, statements
from taihua.rooms.outreach.access import may_settle
from taihua.rooms.outreach.models import Problem, Proposal
from taihua.rooms.outreach.queries.visits import proposed_in_ledger

NOON = time(12)
FARTHEST = timedelta(days=3 * 366)  # what is to be done later is a slip of the pen
LONGEST_LABEL = 120
LONGEST_WHAT = 60
REWRITTEN = "调研记录更正"
SETTLE = Promise(gettext_noop("办理调研发现的问题：%(text)s"))
ANSWER = Promise(gettext_noop("答复调研建议：%(text)s"))


class SettlingRefused(Exception):
    """The problem stands as it was; the message is written for whoever tried."""


def first_line(text: str) -> str:
    """What a record is called: its first line, as a ledger calls it."""
    return text.splitlines()[0][:LONGEST_LABEL]


def in_short(text: str) -> str:
    """A matter in the words of a duty."""
    line = first_line(text)
    return line if len(line) <= LONGEST_WHAT else f"{line[:LONGEST_WHAT]}…"


@transaction.atomic
def bring_up(*, matter: Problem | Proposal, at: datetime, by: Account | None = None) -> None:
    """Let a problem or a proposal be on record and owed by its owner.

    A proposal that an imported ledger already holds of that day is not recorded a second time.
    """
    is_problem = isinstance(matter, Problem)
    visit, label = matter.visit, first_line(matter.text)
    happened = datetime.combine(visit.day, NOON, ZONE)
    if is_problem or label not in proposed_in_ledger(visit.visitor, visit.day):
        matter.statement = record(
            person=visit.visitor,
            verb="found-problem" if is_problem else "proposed",
            kind="outreach/problem" if is_problem else "outreach/proposal",
            path=matter.path,
            label=label,
            at=at,
            occurred_at=happened,
            entered_by=by,
            context={"visit": visit.path},
        ).uuid
    if isinstance(matter, Proposal):
        matter.proposed_at = happened
    matter.save()
    ask(matter, at)


def ask(matter: Problem | Proposal, at: datetime) -> None:
    """Let the owner owe the next step on a matter that is new to it."""
    name, what, act = (
        ("outreach:settle-problem", SETTLE, gettext_noop("写办理结果"))
        if isinstance(matter, Problem)
        else ("outreach:proposal", ANSWER, gettext_noop("去答复"))
    )
    commit(
        unit=matter.owner,
        what=what.of(text=in_short(matter.text)),
        due=matter.due,
        origin=matter.path,
        url=reverse(name, args=[matter.pk]),
        act=act,
        at=at,
    )


@transaction.atomic
def take_back(*, matter: Problem | Proposal, at: datetime, by: Account | None = None) -> None:
    """Let a matter that nobody has dealt with be gone; its record is voided and stays readable."""
    for statement in statements().filter(uuid__in=[matter.statement]):
        void(statement=statement, reason=REWRITTEN, at=at, entered_by=by)
    for each in of_origin(matter.path).filter(closed_at__isnull=True):
        release(commitment=each, reason=REWRITTEN, at=at)
    matter.delete()


@transaction.atomic
def settle_problem(*, problem: Problem, words: str, at: datetime, by: Account) -> Problem:
    """Say how a problem was mended; the owner's promise is kept by that record.

    :raises SettlingRefused: it is not the account's to settle, was settled before, or no word
    """
    row = Problem.objects.select_for_update().select_related("owner", "visit").get(pk=problem.pk)
    if not may_settle(by, row):
        raise SettlingRefused(_("这件问题由%(unit)s办理。") % {"unit": row.owner.name})
    if row.settled_at is not None:
        raise SettlingRefused(_("这件问题已经办结。"))
    if not words.strip():
        raise SettlingRefused(_("请写明办理结果。"))
    statement = record(
        unit=row.owner, verb="settled-problem", kind="outreach/problem", path=row.path,
        label=first_line(words.strip()), at=at, entered_by=by, context={"visit": row.visit.path},
    )  # fmt: skip
    row.settled, row.settled_at = words.strip(), at
    row.save(update_fields=["settled", "settled_at"])
    keep_promises(row.path, statement, at)
    return row


def keep_promises(origin: str, statement: Statement, at: datetime) -> None:
    """Close what is still owed of this origin by the record that shows it done."""
    for each in of_origin(origin).filter(closed_at__isnull=True):
        fulfil(commitment=each, statement=statement, at=at)

"""检查: hand in, review, pass or ask for a resit."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from taihua.base.clock import local_day
from taihua.kernel.commitments.actions import commit, fulfil, hand_over
from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.commitments.words import Promise
from taihua.kernel.org.models import Person
from taihua.kernel.records.actions import record
from taihua.kernel.records.queries import Statement
from taihua.rooms.reading.access import may_review
from taihua.rooms.reading.enums import CheckKind, Outcome, Step
from taihua.rooms.reading.models import Answer, Assignment, Attempt, Note, Reading
from taihua.rooms.reading.queries.duties import Duty, duty_of
from taihua.rooms.reading.queries.reviews import next_reviewer

REVIEW_WITHIN = timedelta(days=14)
RESIT_WITHIN = timedelta(days=14)
REVIEW = Promise(gettext_noop("审阅%(reader)s《%(title)s》的检查"))
RESIT = Promise(gettext_noop("补查《%(title)s》"))


class CheckRefused(Exception):
    """Nothing was handed in or reviewed; the message is written for whoever tried."""


@transaction.atomic
def save_draft(
    *, reader: Person, assignment: Assignment, answers: Mapping[int, str], at: datetime
) -> Attempt:
    """Keep answers that are not finished, by question id; only their writer sees them.

    :raises CheckRefused: it is not the reader's turn
    """
    duty = _duty_in_turn(reader, assignment, local_day(at))
    attempt = _draft(duty)
    for question in assignment.questions.all():
        Answer.objects.update_or_create(
            attempt=attempt,
            question=question,
            defaults={"text": answers.get(question.pk, "").strip()},
        )
    return attempt


@transaction.atomic
def hand_in_answers(
    *, reader: Person, assignment: Assignment, answers: Mapping[int, str], at: datetime
) -> Attempt:
    """Hand in the answers to all questions, by question id; a reviewer owes his opinion.

    A late paper is taken too: what lateness costs is for the rules to say.

    :raises CheckRefused: it is not the reader's turn, an answer is empty, nobody can review
    """
    attempt = save_draft(reader=reader, assignment=assignment, answers=answers, at=at)
    if attempt.answers.filter(text="").exists():
        raise CheckRefused(_("每道思考题都要回答。"))
    return _hand_in(attempt, at)


@transaction.atomic
def hand_in_note(*, reader: Person, assignment: Assignment, note: Note, at: datetime) -> Attempt:
    """Hand in a note as it stands; the reviewer reads this version, whatever is changed later.

    :raises CheckRefused: it is not the reader's turn or not his note, or nobody can review
    """
    if assignment.check_kind != CheckKind.NOTE:
        raise CheckRefused(_("这本书用思考题检查。"))
    if note.writer_id != reader.pk:
        raise CheckRefused(_("请交自己写的笔记。"))
    duty = _duty_in_turn(reader, assignment, local_day(at))
    attempt = _draft(duty)
    attempt.version = note.head
    return _hand_in(attempt, at)


def _duty_in_turn(reader: Person, assignment: Assignment, on: date) -> Duty:
    # Pressed twice at once, the second press waits here and then finds it done.
    list(Reading.objects.select_for_update().filter(reader=reader))
    duty = duty_of(reader, assignment, on)
    if duty is None:
        raise CheckRefused(_("《%(title)s》不是您的必读书。") % {"title": assignment.book.title})
    if not duty.standing.is_readers_turn:
        raise CheckRefused(_("您已经交过《%(title)s》的检查。") % {"title": duty.book.title})
    if duty.standing.step in {Step.TO_START, Step.READING}:
        raise CheckRefused(_("请先记下读完《%(title)s》，再交检查。") % {"title": duty.book.title})
    return duty


def _draft(duty: Duty) -> Attempt:
    """The open draft of a duty, made when there is none."""
    return Attempt.objects.get_or_create(
        assignment=duty.assignment,
        reader=duty.person,
        handed_in_at=None,
        defaults={"number": len(duty.attempts) + 1},
    )[0]


def _hand_in(attempt: Attempt, at: datetime) -> Attempt:
    reviewer = next_reviewer(attempt.assignment, attempt.reader)
    if reviewer is None:
        raise CheckRefused(_("这本书还没有可以审阅您答卷的人，请告诉党办。"))
    attempt.reviewer, attempt.handed_in_at = reviewer, at
    attempt.save()
    commit(
        person=reviewer,
        what=REVIEW.of(reader=attempt.reader.name, title=attempt.assignment.book.title),
        due=local_day(at) + REVIEW_WITHIN,
        origin=attempt.path,
        url=reverse("reading:review", args=[attempt.pk]),
        act=gettext_noop("去审阅"),
        at=at,
    )
    return attempt


@transaction.atomic
def pass_attempt(*, reviewer: Person, attempt: Attempt, remark: str, at: datetime) -> Attempt:
    """Find that the book was understood; the reader's record bears the day he handed in.

    :raises CheckRefused: the paper was not given to this reviewer, or is reviewed already
    """
    attempt = _reviewed(reviewer, attempt, Outcome.PASSED, remark, at)
    book = attempt.assignment.book
    duty = duty_of(attempt.reader, attempt.assignment, local_day(at))
    if duty is not None:
        book = duty.book
    passed = record(
        person=attempt.reader,
        verb="passed-check",
        kind="reading/book",
        path=book.path,
        label=book.title,
        at=at,
        occurred_at=attempt.handed_in_at,
        context={"assignment": attempt.assignment.path},
    )
    _close(attempt.assignment.path, attempt.reader, passed, at)
    return attempt


@transaction.atomic
def ask_resit(*, reviewer: Person, attempt: Attempt, remark: str, at: datetime) -> Attempt:
    """Ask the reader to try again, saying what to look at; he owes it in a fortnight.

    :raises CheckRefused: no remark, not given to this reviewer, or reviewed already
    """
    if not remark.strip():
        raise CheckRefused(_("请写明哪里要再读、再想。"))
    attempt = _reviewed(reviewer, attempt, Outcome.RESIT, remark, at)
    commit(
        person=attempt.reader,
        what=RESIT.of(title=attempt.assignment.book.title),
        due=local_day(at) + RESIT_WITHIN,
        origin=attempt.assignment.path,
        url=reverse("reading:check", args=[attempt.assignment_id]),
        act=gettext_noop("去补查"),
        at=at,
    )
    return attempt


@transaction.atomic
def hand_over_review(
    *, reviewer: Person, attempt: Attempt, taker: Person, reason: str, at: datetime
) -> Attempt:
    """Pass a paper on to another reviewer of the same book, with what was promised for it.

    :raises CheckRefused: not this reviewer's paper, or the other does not review this book
    :raises CommitmentRefused: no reason is given
    """
    attempt = _waiting(reviewer, attempt)
    others = attempt.assignment.reviewers.exclude(pk__in=[reviewer.pk, attempt.reader_id])
    if not others.filter(pk=taker.pk).exists():
        raise CheckRefused(_("请选择这本书的另一位审阅人。"))
    for commitment in of_origin(attempt.path).filter(person=reviewer, closed_at__isnull=True):
        hand_over(commitment=commitment, taker=taker, reason=reason, at=at)
    attempt.reviewer = taker
    attempt.save(update_fields=["reviewer"])
    return attempt


def _reviewed(
    reviewer: Person, attempt: Attempt, outcome: Outcome, remark: str, at: datetime
) -> Attempt:
    attempt = _waiting(reviewer, attempt)
    attempt.outcome, attempt.remark, attempt.reviewed_at = outcome, remark.strip(), at
    attempt.save(update_fields=["outcome", "remark", "reviewed_at"])
    reviewed = record(
        person=reviewer,
        verb="reviewed-check",
        kind="reading/check",
        path=attempt.path,
        label=attempt.assignment.book.title,
        at=at,
    )
    _close(attempt.path, reviewer, reviewed, at)
    return attempt


def _waiting(reviewer: Person, attempt: Attempt) -> Attempt:
    row = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
    if not may_review(reviewer, row):
        raise CheckRefused(_("这份答卷已经审阅过，或者不是交给您的。"))
    return row


def _close(origin: str, owner: Person, statement: Statement, at: datetime) -> None:
    for commitment in of_origin(origin).filter(person=owner, closed_at__isnull=True):
        fulfil(commitment=commitment, statement=statement, at=at)

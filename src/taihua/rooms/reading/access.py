"""Who may do what with a thing of this room."""

from datetime import date, timedelta

from taihua.base.clock import local_day
from taihua.kernel.org.access import any_of, is_auditor, is_clerk, is_leader, is_unit_clerk
from taihua.kernel.org.models import Account, Person
from taihua.rooms.reading.models import (
    Attempt,
    Circle,
    Comment,
    Contribution,
    EveningLine,
    Loan,
    Mark,
    Note,
    Opinion,
    Volume,
    WeeklyAnswer,
    WeeklyQuestion,
)

# After a review its reader may ask the reviewer what was meant: so long the paper stays open to him.
LOOK_BACK = timedelta(days=30)

may_set_books = is_clerk
may_keep_copies = is_clerk
may_see_progress = any_of(is_clerk, is_auditor, is_leader, is_unit_clerk)


def may_change_note(person: Person, note: Note) -> bool:
    return note.writer_id == person.pk


def may_review(person: Person, attempt: Attempt) -> bool:
    """Only the reviewer to whom it was given, while it waits."""
    return attempt.is_waiting and attempt.reviewer_id == person.pk


def may_read_paper(person: Person, attempt: Attempt, on: date) -> bool:
    """Its writer always; its reviewer as handed in, until ``LOOK_BACK`` after the review is over."""
    if attempt.reader_id == person.pk:
        return True
    if attempt.reviewer_id != person.pk or attempt.is_draft:
        return False
    return attempt.reviewed_at is None or on <= local_day(attempt.reviewed_at) + LOOK_BACK


def may_take_back_comment(person: Person, comment: Comment) -> bool:
    """Its writer; and the note's writer, who keeps the house of his note."""
    return person.pk in {comment.writer_id, comment.note.writer_id}


def may_change_circle(person: Person, circle: Circle) -> bool:
    return circle.keeper_id == person.pk


def is_in_circle(person: Person, circle: Circle) -> bool:
    return circle.keeper_id == person.pk or circle.members.filter(pk=person.pk).exists()


def may_rewrite_question(person: Person, question: WeeklyQuestion) -> bool:
    """Whoever asked it, while nobody has said anything to it."""
    return question.asker_id == person.pk and not question.answers.exists()


def may_take_back_answer(person: Person, answer: WeeklyAnswer) -> bool:
    return answer.writer_id == person.pk


def may_take_back_line(person: Person, line: EveningLine) -> bool:
    return line.reader_id == person.pk


def may_remove_mark(person: Person, mark: Mark) -> bool:
    return mark.reader_id == person.pk


def may_give_back(account: Account, loan: Loan) -> bool:
    """Whoever has the book, and whoever keeps the books."""
    return loan.borrower_id == account.person_id or may_keep_copies(account)


may_call_for_texts = is_clerk


def may_edit_volume(account: Account, volume: Volume) -> bool:
    """Its editors, and whoever calls for texts."""
    return may_call_for_texts(account) or (
        account.person is not None and volume.editors.contains(account.person)
    )


def may_answer_edit(person: Person, contribution: Contribution) -> bool:
    return contribution.writer_id == person.pk


def may_give_opinion(person: Person, opinion: Opinion) -> bool:
    """Only whoever was asked, once."""
    return opinion.reader_id == person.pk and opinion.given_at is None

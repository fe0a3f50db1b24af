"""定书、限时: set a book, begin it, finish it, or ask for another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.actions import record
from taihua.rooms.reading.enums import Binding, CheckKind, Decision
from taihua.rooms.reading.models import (
    Assignment,
    Book,
    Question,
    ReaderGroup,
    Reading,
    Substitute,
)
from taihua.rooms.reading.queries.duties import Duty, duty_of


class AssignmentRefused(Exception):
    """The book was not set; the message is written for the committee's clerk."""


class ReadingRefused(Exception):
    """Nothing was noted; the message is written for the reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is asked: which book, of whom, by when, and how it is checked."""

    book: Book
    setter: Unit
    set_date: date
    due_date: date
    check_kind: str
    groups: Sequence[ReaderGroup]
    reviewers: Sequence[Person]
    questions: Sequence[str] = ()
    request: str = ""


@transaction.atomic
def set_book(*, setting: Setting, at: datetime, by: Account | None = None) -> Assignment:
    """Set a book to groups of readers, and record that the committee did.

    :raises AssignmentRefused: nobody must read it or nobody reviews it, the check has no
        questions, the due day comes first, or the book was set on that day before
    """
    _refuse_half_a_setting(setting)
    try:
        with transaction.atomic():
            assignment = Assignment.objects.create(
                book=setting.book,
                setter=setting.setter,
                set_date=setting.set_date,
                due_date=setting.due_date,
                check_kind=setting.check_kind,
                request=setting.request,
            )
    except IntegrityError:
        raise AssignmentRefused(
            _("%(unit)s这一天已经布置过《%(title)s》。")
            % {"unit": setting.setter.name, "title": setting.book.title}
        ) from None
    for group in setting.groups:
        group.assignment = assignment
    ReaderGroup.objects.bulk_create(setting.groups)
    Question.objects.bulk_create(
        Question(assignment=assignment, position=position, text=text)
        for position, text in enumerate(setting.questions, start=1)
    )
    assignment.reviewers.set(setting.reviewers)
    record(
        unit=setting.setter,
        verb="set-book",
        kind="reading/book",
        path=setting.book.path,
        label=setting.book.title,
        at=at,
        context={"assignment": assignment.path, "due": setting.due_date.isoformat()},
        entered_by=by,
    )
    return assignment


def _refuse_half_a_setting(setting: Setting) -> None:
    if setting.due_date < setting.set_date:
        raise AssignmentRefused(_("截止日期不能早于布置日期。"))
    if not any(group.binding == Binding.REQUIRED for group in setting.groups):
        raise AssignmentRefused(_("请至少选一类必读的人。"))
    if setting.check_kind == CheckKind.ANSWERS and not setting.questions:
        raise AssignmentRefused(_("用思考题检查，请至少写一道题。"))
    if not setting.reviewers:
        raise AssignmentRefused(_("请指定至少一位审阅人。"))


@transaction.atomic
def start_book(*, reader: Person, book: Book, at: datetime) -> Reading:
    """Note that ``reader`` began a book; begun is begun, a second time changes nothing."""
    reading, begun = Reading.objects.get_or_create(
        reader=reader, book=book, defaults={"started_date": local_day(at)}
    )
    if begun:
        _record(reader, "started-book", book, at)
    return reading


@transaction.atomic
def finish_book(*, reader: Person, book: Book, at: datetime) -> Reading:
    """Note that ``reader`` says he has read a book to its end; said once.

    Whether it was understood is for the check to show: see :mod:`.checks`.

    :raises ReadingRefused: he had not begun it
    """
    reading = Reading.objects.select_for_update().filter(reader=reader, book=book).first()
    if reading is None:
        raise ReadingRefused(_("请先记下开始读《%(title)s》。") % {"title": book.title})
    if reading.finished_date is None:
        reading.finished_date = local_day(at)
        reading.save(update_fields=["finished_date"])
        _record(reader, "read", book, at)
    return reading


def _record(reader: Person, verb: str, book: Book, at: datetime) -> None:
    record(person=reader, verb=verb, kind="reading/book", path=book.path, label=book.title, at=at)


@transaction.atomic
def ask_substitute(
    *, reader: Person, assignment: Assignment, title: str, author: str, reason: str, at: datetime
) -> Substitute:
    """Ask to read another book instead of the one set.

    :raises ReadingRefused: the book is not required of the reader, was checked already, or a
        request stands
    """
    _open_duty(reader, assignment, local_day(at))
    try:
        with transaction.atomic():
            return Substitute.objects.create(
                assignment=assignment,
                reader=reader,
                title=title,
                author=author,
                reason=reason,
                asked_at=at,
            )
    except IntegrityError:
        raise ReadingRefused(_("这本书您已经申请过替代书目。")) from None


@transaction.atomic
def decide_substitute(
    *, substitute: Substitute, approve: bool, reply: str, at: datetime, by: Account
) -> Substitute:
    """Answer a request; an approved book enters the catalogue if it was not there.

    :raises ReadingRefused: it was answered before, or refused without a word of why
    """
    row = Substitute.objects.select_for_update().get(pk=substitute.pk)
    if row.decision != Decision.ASKED:
        raise ReadingRefused(_("这份申请已经答复过了。"))
    if not approve and not reply.strip():
        raise ReadingRefused(_("不同意时，请写明理由。"))
    if approve:
        row.book = Book.objects.get_or_create(title=row.title, author=row.author)[0]
    row.decision = Decision.APPROVED if approve else Decision.REFUSED
    row.reply, row.decided_by, row.decided_at = reply.strip(), by, at
    row.save()
    return row


def _open_duty(reader: Person, assignment: Assignment, on: date) -> Duty:
    duty = duty_of(reader, assignment, on)
    if duty is None:
        raise ReadingRefused(_("《%(title)s》不是您的必读书。") % {"title": assignment.book.title})
    if not duty.standing.is_readers_turn:
        raise ReadingRefused(_("《%(title)s》已经交了检查。") % {"title": duty.book.title})
    return duty

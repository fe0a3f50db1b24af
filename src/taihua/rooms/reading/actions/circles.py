"""Reading together: a circle, the question of its week, and what its members say to it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.kernel.org.models import Account, Person
from taihua.kernel.records.actions import record, void
from taihua.kernel.records.queries import statements_of
from taihua.rooms.reading.access import is_in_circle, may_rewrite_question
from taihua.rooms.reading.logic.turns import monday
from taihua.rooms.reading.models import Book, Circle, WeeklyAnswer, WeeklyQuestion


class CircleRefused(Exception):
    """Nothing was changed; the message is written for whoever reads together."""


@transaction.atomic
def form_circle(*, keeper: Person, name: str, members: Iterable[Person]) -> Circle:
    """Let colleagues read together; the keeper is one of them.

    :raises CircleRefused: a circle of this name is there already
    """
    try:
        with transaction.atomic():
            circle = Circle.objects.create(name=name, keeper=keeper)
    except IntegrityError:
        raise CircleRefused(_("已经有名为“%(name)s”的读书小组。") % {"name": name}) from None
    circle.members.set({keeper, *members})
    return circle


@transaction.atomic
def change_circle(*, circle: Circle, members: Iterable[Person]) -> Circle:
    """Let others read together; who left no longer sees what is shown to the circle."""
    circle.members.set({circle.keeper, *members})
    return circle


@transaction.atomic
def ask_circle(
    *, circle: Circle, asker: Person, text: str, at: datetime, book: Book | None = None
) -> WeeklyQuestion:
    """Ask a circle the question of this week; until somebody answers its asker may rewrite it.

    :raises CircleRefused: the asker reads elsewhere, or the week has another question
    """
    _need_member(circle, asker)
    question, is_new = WeeklyQuestion.objects.select_for_update().get_or_create(
        circle=circle,
        week=monday(local_day(at)),
        defaults={"asker": asker, "book": book, "text": text, "asked_at": at},
    )
    if is_new:
        _record(question.path, "posed-question", asker, circle, at)
        return question
    if (question.text, question.asker_id) == (text, asker.pk):
        return question
    if not may_rewrite_question(asker, question):
        raise CircleRefused(
            _("这一周%(name)s已经出了一问：%(text)s") % {"name": question.asker, "text": question}
        )
    question.text, question.book = text, book
    question.save(update_fields=["text", "book"])
    return question


@transaction.atomic
def answer_circle(
    *, question: WeeklyQuestion, writer: Person, text: str, at: datetime
) -> WeeklyAnswer:
    """Say something to a question of one's circle; said again it is rewritten, recorded once.

    :raises CircleRefused: the writer reads elsewhere
    """
    _need_member(question.circle, writer)
    answer, is_new = WeeklyAnswer.objects.update_or_create(
        question=question,
        writer=writer,
        defaults={"text": text},
        create_defaults={"text": text, "written_at": at},
    )
    if is_new:
        _record(answer.path, "answered-weekly", writer, question.circle, at)
    return answer


@transaction.atomic
def take_back_answer(*, answer: WeeklyAnswer, at: datetime, by: Account | None = None) -> None:
    """Take back what one said, from the circle and from the record."""
    for statement in statements_of(answer.writer).filter(object_path=answer.path):
        void(statement=statement, reason=_("本人撤回"), at=at, entered_by=by)
    answer.delete()


def _need_member(circle: Circle, person: Person) -> None:
    if not is_in_circle(person, circle):
        raise CircleRefused(_("您不在“%(name)s”这个小组里。") % {"name": circle.name})


def _record(path: str, verb: str, person: Person, circle: Circle, at: datetime) -> None:
    record(
        person=person,
        verb=verb,
        kind="reading/weekly-question",
        path=path,
        label=circle.name,
        at=at,
    )

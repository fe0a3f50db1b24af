"""Check questions before and after a session: what the group learnt, and nobody's own result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.kernel.org.models import Person
from taihua.rooms.study.models import CheckQuestion, CheckSheet, Session
from taihua.rooms.study.queries.checks import phase_of, token_of
from taihua.rooms.study.queries.sessions import is_expected

MOST_QUESTIONS = 10
FEWEST_CHOICES = 2


class CheckRefused(Exception):
    """Nothing was changed; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its choices, the right one by its place."""

    text: str
    choices: Sequence[str]
    right: int


@transaction.atomic
def set_questions(*, session: Session, questions: Sequence[Question], at: datetime) -> None:
    """Set the questions of a session, instead of those that were set before.

    :raises CheckRefused: the session has begun, somebody answered already, there are too many, or
        one has no right choice
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.starts_at <= at or session.is_cancelled:
        raise CheckRefused(_("学习已经开始，检查题要在学前出好。"))
    if session.sheets.exists():
        raise CheckRefused(_("已经有人答过学前的题，题目不能再改。"))
    if len(questions) > MOST_QUESTIONS:
        raise CheckRefused(_("最多出 %(most)d 道题。") % {"most": MOST_QUESTIONS})
    for question in questions:
        if len(question.choices) < FEWEST_CHOICES or not 0 <= question.right < len(
            question.choices
        ):
            raise CheckRefused(
                _("“%(text)s”要有至少两个选项，并标出一个正确的。") % {"text": question.text}
            )
    session.questions.all().delete()
    CheckQuestion.objects.bulk_create(
        CheckQuestion(
            session=session,
            position=position,
            text=question.text,
            choices=list(question.choices),
            right=question.right,
        )
        for position, question in enumerate(questions, start=1)
    )


@transaction.atomic
def answer_check(
    *, session: Session, person: Person, answers: Sequence[int | None], at: datetime
) -> CheckSheet:
    """Take the answers of one of the expected; how many are right is kept, and not whose they are.

    :raises CheckRefused: nothing is asked now, one is not expected, or has answered already
    """
    phase = phase_of(session, at)
    questions = list(session.questions.order_by("position"))
    if phase is None or not questions:
        raise CheckRefused(_("《%(topic)s》现在没有要答的题。") % {"topic": session.topic})
    if not is_expected(person, session):
        raise CheckRefused(_("《%(topic)s》没有安排您参加。") % {"topic": session.topic})
    right = sum(given == question.right for given, question in zip(answers, questions, strict=True))
    try:
        with transaction.atomic():
            return CheckSheet.objects.create(
                session=session,
                phase=phase,
                token=token_of(session, person),
                right=right,
                asked=len(questions),
            )
    except IntegrityError:
        raise CheckRefused(_("这一份您已经答过了。")) from None

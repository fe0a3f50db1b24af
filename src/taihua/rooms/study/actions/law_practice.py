"""Practise: one answer at a time; nothing of it goes on record."""

from datetime import datetime

from django.db import transaction

from taihua.kernel.org.models import Person
from taihua.rooms.study.actions.law_quizzes import Reply
from taihua.rooms.study.logic.items import is_right
from taihua.rooms.study.logic.law_practice import after_answer
from taihua.rooms.study.models import Card, LawQuestion, PracticeAnswer


@transaction.atomic
def answer_question(
    *, person: Person, question: LawQuestion, reply: Reply, at: datetime
) -> PracticeAnswer:
    """Take one answer, tell whether it is right, and set when the question is worth asking again."""
    card = Card.objects.select_for_update().filter(person=person, question=question).first()
    right = is_right(question.kind, question.told_choices, reply.chosen, reply.written)
    memory = after_answer(card.state if card else None, is_right=right, at=at)
    Card.objects.update_or_create(
        person=person, question=question, defaults={"state": memory.state, "due_at": memory.due}
    )
    return PracticeAnswer.objects.create(
        person=person, question=question, answered_at=at, is_right=right
    )

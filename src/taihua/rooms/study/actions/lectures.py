"""A lecture in turn: given, with homework; answered; read and commented on by the lecturer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.kernel.drafts.actions import use_up
from taihua.kernel.org.models import Account, Person
from taihua.kernel.records.actions import record
from taihua.kernel.records.restating import restate
from taihua.rooms.study.actions.promises import keep, let_go, owe
from taihua.rooms.study.actions.rotas import open_turn
from taihua.rooms.study.models import Homework, HomeworkAnswer, Turn
from taihua.rooms.study.queries.turns import answered_by, listeners_on

READ_WITHIN = timedelta(days=7)
MOST_QUESTIONS = 5
LONGEST_LABEL = 120
GATHERED = "答卷收齐"  # kept on record, in the language of the records


class LectureRefused(Exception):
    """Nothing was changed; the message says why and how to mend it."""


@transaction.atomic
def hold_turn(
    *,
    turn: Turn,
    homework: Sequence[str],
    homework_due: date | None,
    at: datetime,
    by: Account | None,
) -> Turn:
    """Put on record that a lecture was given, and which questions it left.

    :raises RotaRefused: it was given or cancelled before
    :raises LectureRefused: its time has not come, its rota is not issued, or questions and the day
        for the answers do not go together
    """
    turn = open_turn(turn)
    if turn.lecturer is None or not turn.rota.is_issued:
        raise LectureRefused(_("轮值表还没有公布，不能登记授课。"))
    if turn.starts_at > at:
        raise LectureRefused(_("《%(topic)s》还没有到时间，讲完再登记。") % {"topic": turn.topic})
    questions = [text.strip() for text in homework if text.strip()]
    _refuse(turn, questions, homework_due)
    statement = record(
        person=turn.lecturer,
        verb="lectured",
        kind="study/lecture",
        path=turn.path,
        label=turn.topic,
        at=at,
        occurred_at=turn.starts_at,
        context={"homework": "\n".join(questions)} if questions else None,
        entered_by=by,
    )
    turn.lectured_by, turn.held_at = statement.uuid, at
    turn.homework_due = homework_due if questions else None
    turn.revision += 1
    turn.save()
    keep(f"{turn.path}/material", statement, at)
    if questions:
        _set_homework(turn, turn.lecturer, questions, at, by)
    return turn


def _refuse(turn: Turn, questions: Sequence[str], due: date | None) -> None:
    if len(questions) > MOST_QUESTIONS:
        raise LectureRefused(_("最多留 %(most)d 道思考题。") % {"most": MOST_QUESTIONS})
    if questions and due is None:
        raise LectureRefused(_("留了思考题，请写明哪天前交答。"))
    if due is not None and due < turn.day:
        raise LectureRefused(_("交答截止不能早于授课那天。"))


def _set_homework(
    turn: Turn, lecturer: Person, questions: Sequence[str], at: datetime, by: Account | None
) -> None:
    Homework.objects.bulk_create(
        Homework(turn=turn, position=position, text=text)
        for position, text in enumerate(questions, start=1)
    )
    record(
        person=lecturer,
        verb="set-homework",
        kind="study/lecture",
        path=turn.path,
        label=questions[0][:LONGEST_LABEL],
        at=at,
        occurred_at=turn.starts_at,
        entered_by=by,
    )
    due = turn.homework_due or turn.day
    owe(
        lecturer,
        _("读《%(topic)s》的思考题答卷并批注") % {"topic": turn.topic},
        due + READ_WITHIN,
        f"{turn.path}/homework",
        (reverse("study:answers", args=[turn.pk]), _("读答卷")),
        at,
    )


@transaction.atomic
def answer_homework(
    *,
    turn: Turn,
    person: Person,
    answers: Mapping[Homework, str],
    at: datetime,
    once: UUID | None = None,
) -> list[HomeworkAnswer]:
    """Take a listener's answers; the first of them goes on record, later ones put it right.

    :raises LectureRefused: nothing is asked any more, one was no listener or is the lecturer,
        nothing is said, or the lecturer has read the answer that would change
    """
    turn = Turn.objects.select_for_update(of=("self",)).select_related("rota__unit").get(pk=turn.pk)
    if not turn.takes_answers:
        raise LectureRefused(
            _("《%(topic)s》的思考题已经收齐，不再收答卷。") % {"topic": turn.topic}
        )
    if turn.lecturer_id == person.pk or not listeners_on(turn.rota, turn.day).contains(person):
        raise LectureRefused(_("《%(topic)s》的思考题没有布置给您。") % {"topic": turn.topic})
    said = {homework: text.strip() for homework, text in answers.items() if text.strip()}
    if not said:
        raise LectureRefused(_("请至少答一道题。"))
    before = HomeworkAnswer.objects.filter(homework__turn=turn, person=person)
    first = not before.exists()
    stood = {each.homework_id: each for each in before}
    use_up(line=once, owner=person)
    written = [_write(stood.get(h.pk), h, person, text, at) for h, text in said.items()]
    if first:
        record(
            person=person,
            verb="answered-homework",
            kind="study/lecture",
            path=turn.path,
            label=turn.topic,
            at=at,
        )
    return written


def _write(
    row: HomeworkAnswer | None, homework: Homework, person: Person, text: str, at: datetime
) -> HomeworkAnswer:
    if row is None:
        return HomeworkAnswer.objects.create(
            homework=homework, person=person, text=text, handed_in_at=at
        )
    if row.text != text:
        if row.commented_at is not None:
            raise LectureRefused(
                _("“%(text)s”的回答已经批注过，不能再改。") % {"text": homework.text}
            )
        row.text, row.handed_in_at = text, at
        row.save(update_fields=["text", "handed_in_at"])
    return row


@transaction.atomic
def comment_on(*, answer: HomeworkAnswer, text: str, at: datetime) -> HomeworkAnswer:
    """Write the lecturer's comment beside an answer.

    :raises LectureRefused: nothing is said
    """
    if not text.strip():
        raise LectureRefused(_("请写几句批注。"))
    answer.comment, answer.commented_at = text.strip(), at
    answer.save(update_fields=["comment", "commented_at"])
    return answer


@transaction.atomic
def gather_answers(*, turn: Turn, at: datetime, by: Account | None) -> Turn:
    """The lecturer has read what was answered; the lecture's record then names who answered.

    :raises LectureRefused: nothing is being answered, or an answer has no comment yet
    """
    turn = Turn.objects.select_for_update(of=("self",)).select_related("lecturer").get(pk=turn.pk)
    if not turn.takes_answers or turn.lectured_by is None or turn.lecturer is None:
        raise LectureRefused(_("《%(topic)s》没有要收的答卷。") % {"topic": turn.topic})
    unread = HomeworkAnswer.objects.filter(homework__turn=turn, commented_at__isnull=True)
    if (one := unread.select_related("person").order_by("pk").first()) is not None:
        raise LectureRefused(
            _("%(name)s的回答还没有批注，读完再收齐。") % {"name": one.person.name}
        )
    people = answered_by(turn)
    homework = "\n".join(turn.homework.order_by("position").values_list("text", flat=True))
    if people:
        context = {"homework": homework, "answered": [person.code for person in people]}
        turn.lectured_by = restate(
            uuid=turn.lectured_by, reason=GATHERED, at=at, by=by, context=context
        )
    turn.closed_at = at
    turn.save(update_fields=["lectured_by", "closed_at"])
    if people:
        read = record(
            person=turn.lecturer,
            verb="read-homework",
            kind="study/lecture",
            path=turn.path,
            label=turn.topic,
            at=at,
            entered_by=by,
        )
        keep(f"{turn.path}/homework", read, at)
    else:
        let_go(f"{turn.path}/homework", _("没有人答，留到下一次开头讨论"), at)
    return turn

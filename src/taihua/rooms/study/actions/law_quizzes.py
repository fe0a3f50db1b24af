"""Set a quiz, open papers, keep drafts, hand in; passing goes on record, nothing else does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.actions import record
from taihua.rooms.study.enums import QuestionKind
from taihua.rooms.study.logic.items import is_right
from taihua.rooms.study.logic.law_papers import (
    Part,
    Shortage,
    counted,
    draw,
    fingerprint,
    is_passed,
    object_path,
    plan,
)
from taihua.rooms.study.models import (
    Law,
    LawVersion,
    Paper,
    PaperAnswer,
    Quiz,
    QuizGroup,
    QuizPart,
)
from taihua.rooms.study.queries.law_audience import PASSED, label_of
from taihua.rooms.study.queries.law_bank import stock
from taihua.rooms.study.queries.law_quizzes import quizzes_like, task_of

# Of these one choice is made, and no page can take it back.
ONCE_CHOSEN = {QuestionKind.SINGLE, QuestionKind.TRUTH}


class QuizRefused(Exception):
    """Nothing changed; the message is written for whoever tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A quiz to be set; ``wanted`` says how many questions of each kind."""

    title: str
    setter: Unit
    laws: Sequence[Law]
    set_date: date
    due_date: date
    pass_percent: int
    wanted: Mapping[str, int]
    groups: Sequence[QuizGroup]
    version: LawVersion | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered to one question: the places chosen, or the words written."""

    chosen: Sequence[int] = ()
    written: str = ""


@transaction.atomic
def set_quiz(*, setting: Setting, at: datetime) -> Quiz:
    """Set a quiz to groups of people; every paper of it will have the same make-up.

    :raises QuizRefused: no law, no question or nobody is named, days do not fit, the bank is short,
        or the same is set already
    """
    parts = _parts_of(setting, at)
    Unit.objects.select_for_update().get(pk=setting.setter.pk)  # a second press waits here
    if quizzes_like(setting.setter, setting.title, setting.set_date, setting.due_date).exists():
        raise QuizRefused(
            _("“%(title)s”已经布置过，同一天布置、同一天截止。要另布置一场，请换一个名称。")
            % {"title": setting.title}
        )
    quiz = Quiz.objects.create(
        title=setting.title,
        setter=setting.setter,
        version=setting.version,
        set_date=setting.set_date,
        due_date=setting.due_date,
        pass_percent=setting.pass_percent,
    )
    quiz.laws.set(setting.laws)
    QuizPart.objects.bulk_create(
        QuizPart(
            quiz=quiz,
            law_id=part.sort.law,
            kind=part.sort.kind,
            difficulty=part.sort.difficulty,
            count=part.count,
        )
        for part in parts
    )
    for group in setting.groups:
        group.quiz = quiz
    QuizGroup.objects.bulk_create(setting.groups)
    return quiz


def _parts_of(setting: Setting, at: datetime) -> Sequence[Part]:
    """What each paper is made of, if the setting can be carried out."""
    wanted = {kind: count for kind, count in setting.wanted.items() if count}
    if not setting.laws:
        raise QuizRefused(_("请至少选一部法律法规。"))
    if not wanted:
        raise QuizRefused(_("请写明各题型出几题。"))
    if not setting.groups:
        raise QuizRefused(_("请写明谁来测验。"))
    if setting.due_date < setting.set_date:
        raise QuizRefused(_("截止日期不能早于布置日期。"))
    laws = [law.pk for law in setting.laws]
    try:
        return plan(counted(stock(at, laws, setting.version)), laws, wanted)
    except Shortage as shortage:
        raise QuizRefused(_short(shortage)) from shortage


def _short(shortage: Shortage) -> str:
    kind = QuestionKind(shortage.kind).label
    told = {"kind": kind, "wanted": shortage.wanted, "there": shortage.there}
    return (
        _("题库里可用的%(kind)s只有 %(there)d 题，不够 %(wanted)d 题。请减少题数，或先补充题库。")
        % told
    )


@transaction.atomic
def withdraw_quiz(*, quiz: Quiz, reason: str, at: datetime) -> None:
    """Take a quiz back, with the reason; who passed it keeps the record.

    :raises QuizRefused: no reason is given, or it was withdrawn before
    """
    if not reason.strip():
        raise QuizRefused(_("请写明撤回的原因。"))
    row = Quiz.objects.select_for_update().get(pk=quiz.pk)
    if row.withdrawn_at is not None:
        raise QuizRefused(_("这场测验已经撤回。"))
    row.withdrawn_at, row.withdrawn_because = at, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_because"])


@transaction.atomic
def open_paper(*, taker: Person, quiz: Quiz, seed: int, at: datetime) -> Paper:
    """Give a person a paper: the one they have begun, else a new one with other questions.

    :raises QuizRefused: the quiz is not set to them, was withdrawn or passed, or the bank is short
    """
    # Pressed twice at once, the second press waits here and then finds the paper.
    Person.objects.select_for_update().get(pk=taker.pk)
    task = task_of(taker, quiz, local_day(at))
    if task is None:
        raise QuizRefused(_("“%(quiz)s”没有布置给您，或者已经撤回。") % {"quiz": quiz.title})
    if task.is_passed:
        raise QuizRefused(_("您已经通过“%(quiz)s”。") % {"quiz": quiz.title})
    if task.open_paper is not None:
        return task.open_paper
    try:
        questions, print_ = drawn(quiz, seed, at, [paper.pk for paper in task.papers])
    except Shortage as shortage:
        raise QuizRefused(_short(shortage)) from shortage
    paper = Paper.objects.create(
        quiz=quiz,
        taker=taker,
        number=len(task.papers) + 1,
        seed=seed,
        drawn_at=at,
        stock_print=print_,
    )
    PaperAnswer.objects.bulk_create(
        PaperAnswer(paper=paper, position=position, question_id=question)
        for position, question in enumerate(questions, start=1)
    )
    return paper


def drawn(
    quiz: Quiz, seed: int, at: datetime, earlier: Sequence[int] = ()
) -> tuple[list[int], str]:
    """The questions (by id) that a seed draws for a quiz from the bank of that moment, and its print.

    :param earlier: the papers (by id) whose questions are avoided
    :raises Shortage: the bank of that moment has too few
    """
    parts = [part.part for part in quiz.parts.all()]
    sorts = {part.sort for part in parts}
    there = stock(at, {sort.law for sort in sorts}, quiz.version, sorts)
    seen = set(PaperAnswer.objects.filter(paper__in=earlier).values_list("question", flat=True))
    return draw(parts, there, seed, seen), fingerprint(there)


def made_again(paper: Paper) -> tuple[list[int], str]:
    """The questions of a paper, drawn once more from its seed and the bank of its moment.

    :raises Shortage: the bank of that moment has too few
    """
    earlier = Paper.objects.filter(
        quiz=paper.quiz_id, taker=paper.taker_id, number__lt=paper.number
    )
    return drawn(paper.quiz, paper.seed, paper.drawn_at, list(earlier.values_list("pk", flat=True)))


@transaction.atomic
def save_draft(*, paper: Paper, replies: Mapping[int, Reply]) -> Paper:
    """Keep what is answered so far, by position; a position left out keeps what it had.

    So does one from which a single choice is missing: a choice once made is changed, never undone,
    and a page that was left open on another device must not take answers back.

    :raises QuizRefused: the paper was handed in before
    """
    paper = _open(paper)
    changed = []
    for answer in paper.answers.select_related("question"):
        reply = replies.get(answer.position)
        if reply is None or (_is_empty(reply) and answer.question.kind in ONCE_CHOSEN):
            continue
        answer.chosen, answer.written = sorted(set(reply.chosen)), reply.written.strip()
        changed.append(answer)
    PaperAnswer.objects.bulk_update(changed, ["chosen", "written"])
    return paper


def _is_empty(reply: Reply) -> bool:
    return not reply.chosen and not reply.written.strip()


@transaction.atomic
def hand_in(*, paper: Paper, replies: Mapping[int, Reply], at: datetime) -> Paper:
    """Hand a paper in: it is marked at once, and if it reaches the line the pass is recorded.

    What is not answered is wrong. A late paper is taken too: what lateness costs is for the rules.

    :raises QuizRefused: the paper was handed in before
    """
    paper = save_draft(paper=paper, replies=replies)
    answers = list(paper.answers.select_related("question").order_by("position"))
    for answer in answers:
        question = answer.question
        answer.is_right = is_right(
            question.kind, question.told_choices, answer.chosen, answer.written
        )
    PaperAnswer.objects.bulk_update(answers, ["is_right"])
    right = sum(bool(answer.is_right) for answer in answers)
    paper.handed_in_at, paper.right_count = at, right
    paper.passed = is_passed(right, len(answers), paper.quiz.pass_percent)
    paper.save(update_fields=["handed_in_at", "right_count", "passed"])
    if paper.passed:
        _record(paper, at)
    return paper


def _record(paper: Paper, at: datetime) -> None:
    """Put the pass on record as a row of the ledger would; marks and wrong answers stay outside."""
    label = label_of(paper.quiz)
    record(
        person=paper.taker,
        verb=PASSED,
        kind="study/law",
        path=object_path(label),
        label=label,
        at=at,
    )


def _open(paper: Paper) -> Paper:
    row = Paper.objects.select_for_update(of=("self",)).select_related("quiz").get(pk=paper.pk)
    if not row.is_open:
        raise QuizRefused(_("这份试卷已经交了。"))
    return row

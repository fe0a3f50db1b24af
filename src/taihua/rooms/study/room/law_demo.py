"""What the demonstration district has behind it in the study of law: two quizzes, some practice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from taihua.kernel.house import Story
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.actions import Draft
from taihua.rooms.study.actions.law_bank import confirm_question, put_items
from taihua.rooms.study.actions.law_practice import answer_question
from taihua.rooms.study.actions.law_quizzes import Reply, Setting, drawn, set_quiz
from taihua.rooms.study.actions.laws import NewVersion, bring_starter_bank, enter_law, enter_version
from taihua.rooms.study.enums import Difficulty, LawKind, QuestionKind
from taihua.rooms.study.logic.items import Choice, Item, truth
from taihua.rooms.study.logic.law_papers import is_passed, object_path
from taihua.rooms.study.models import (
    Law,
    LawQuestion,
    Paper,
    PaperAnswer,
    PracticeAnswer,
    Quiz,
    QuizGroup,
)
from taihua.rooms.study.queries.law_audience import PASSED, label_of, people_asked
from taihua.rooms.study.queries.law_bank import version_to_ask, with_law

BROUGHT_IN_BEFORE = timedelta(days=90)
OWN = "苔花区教育局学习制度"
OWN_ARTICLES = {
    1: "局党委中心组每季度至少集中学习一次。",
    2: "班子成员每人每年至少讲一次课。",
    3: "中层干部每年读完局党委指定的两本书。",
    4: "每学期组织一次学法测验。",
    5: "每月至少一天深入基层调研。",
    6: "本制度由局党委负责解释。",
}
OWN_CHANGED = {4: "每年组织两次学法测验，没有通过的可以再考。"}
FINISHED, OPEN = (("教师法", "教育督导条例"), 18), (("校车安全管理条例", "教师资格条例"), 12)
SLIP, SHORT_OF_IT, BUSY = 0.08, 0.35, 0.55


def study_law(story: Story) -> None:
    """Bring in the bank, let two quizzes be taken and some of the cast practise.

    Told a second time it finds everything there and tells the same.
    """
    setters = story.units(UnitKind.COMMITTEE) or story.units(UnitKind.BUREAU)
    begun = max(story.first, story.on - BROUGHT_IN_BEFORE)
    bring_starter_bank(at=story.moment(begun, 8), by=None)
    _keep_own_rules(story, begun)
    laws = {law.short: law for law in Law.objects.all()}
    wanted = [law for law in (*FINISHED[0], *OPEN[0]) if law not in laws]
    if not setters or wanted or not story.people(tier=Tier.LEADERSHIP):
        return
    rng = Random(f"law-{story.rng.getrandbits(32)}")  # noqa: S311  # a story, no secret
    ended = story.on - timedelta(days=40)
    for told in (
        _Told(story, rng, "秋季学法测验", FINISHED, begun, ended, BUSY / 8),
        _Told(story, rng, "校车与教师资格测验", OPEN, story.on - timedelta(days=12), None, BUSY),
    ):
        told.tell(setters[0], laws)
    _practise(story)


@dataclass(frozen=True, slots=True)
class _Told:
    """One quiz of the story; ``ended`` is the day on which it was due, if it is over."""

    story: Story
    rng: Random
    title: str
    make_up: tuple[tuple[str, ...], int]
    set_date: date
    ended: date | None
    missing: float

    def tell(self, setter: Unit, laws: dict[str, Law]) -> None:
        """Let it be taken; who leads or is of the cast passes, and in time where it is over."""
        quiz = self._set(setter, [laws[short] for short in self.make_up[0]])
        sure = self.story.cast() | {each.code for each in self.story.people(tier=Tier.LEADERSHIP)}
        last = self.ended or self.story.on - timedelta(days=1)
        people = sorted(people_asked(quiz, self.story.on), key=lambda person: person.code)
        answers: list[PaperAnswer] = []
        for number, person in enumerate(people):
            chance = self.rng.random()
            passes = person.code in sure
            if (chance < self.missing and not (passes and self.ended)) or self._waits(person):
                continue
            day = self.set_date + timedelta(days=1 + number % max(1, (last - self.set_date).days))
            short_of_it = not passes and self.rng.random() < SHORT_OF_IT / 2
            answers += self._papers(quiz, person, day, short_of_it=short_of_it)
        PaperAnswer.objects.bulk_create(answers, batch_size=500)

    def _waits(self, person: Person) -> bool:
        """Who of the cast still has the open quiz before him: the first leader and the newcomer."""
        return self.ended is None and person.code in {"lin", "wu"}

    def _set(self, setter: Unit, laws: Sequence[Law]) -> Quiz:
        there = Quiz.objects.filter(title=self.title).first()
        if there is not None:
            return there
        groups = [QuizGroup(tier=Tier.LEADERSHIP), QuizGroup(tier=Tier.MIDDLE)]
        if self.ended is None:
            groups += [QuizGroup(unit=unit) for unit in self.story.units()[:2]]
        single = self.make_up[1] // 2
        wanted = {"single": single, "truth": single // 2, "fill": single // 4}
        wanted["several"] = 2
        return set_quiz(
            setting=Setting(
                title=self.title,
                setter=setter,
                laws=laws,
                set_date=self.set_date,
                due_date=self.ended or self.story.on + timedelta(days=16),
                pass_percent=80,
                wanted=wanted,
                groups=groups,
            ),
            at=self.story.moment(self.set_date, 10),
        )

    def _papers(
        self, quiz: Quiz, person: Person, day: date, *, short_of_it: bool
    ) -> Iterator[PaperAnswer]:
        """A paper that falls short and often one that passes, or one that passes at once."""
        earlier: list[int] = []
        tries = [0.5, 1.0] if short_of_it else [1.0]
        if short_of_it and self.rng.random() < SHORT_OF_IT:
            tries = [0.5]
        for number, care in enumerate(tries, start=1):
            at = self.story.moment(day + timedelta(days=number - 1), 19, 10 + number)
            made = self._paper(quiz, person, number, at, care, earlier)
            if made is not None:
                paper, answers = made
                earlier.append(paper.pk)
                yield from answers
            if care == 1.0:
                self.story.add(self._pass(quiz, person, at))

    def _paper(
        self, quiz: Quiz, person: Person, number: int, at: datetime, care: float, earlier: list[int]
    ) -> tuple[Paper, list[PaperAnswer]] | None:
        seed, slips = self.rng.getrandbits(31), [self.rng.random() for _ in range(40)]
        if Paper.objects.filter(quiz=quiz, taker=person, number=number).exists():
            return None
        pks, stock_print = drawn(quiz, seed, at, earlier)
        rights = [slips[place] > SLIP + 0.5 * (1 - care) for place in range(len(pks))]
        wanted = care == 1.0
        while is_passed(sum(rights), len(rights), quiz.pass_percent) != wanted:
            rights[rights.index(not wanted)] = wanted
        right = sum(rights)
        paper = Paper.objects.create(
            quiz=quiz,
            taker=person,
            number=number,
            seed=seed,
            drawn_at=at,
            stock_print=stock_print,
            handed_in_at=at + timedelta(minutes=40),
            right_count=right,
            passed=is_passed(right, len(rights), quiz.pass_percent),
        )
        questions = LawQuestion.objects.in_bulk(pks)
        return paper, [
            _answer(paper, position, questions[pk], is_right=rights[position - 1])
            for position, pk in enumerate(pks, start=1)
        ]

    def _pass(self, quiz: Quiz, person: Person, at: datetime) -> Draft:
        label, moment = label_of(quiz), at + timedelta(minutes=40)
        return Draft(
            verb=PASSED,
            kind="study/law",
            path=object_path(label),
            label=label,
            person=person,
            occurred_at=moment,
            stored_at=moment,
            uuid=UUID(int=self.rng.getrandbits(128), version=4),
        )


def _answer(paper: Paper, position: int, question: LawQuestion, *, is_right: bool) -> PaperAnswer:
    answer = PaperAnswer(paper=paper, position=position, question=question, is_right=is_right)
    if question.kind == QuestionKind.FILL:
        answer.written = question.choices[0]["text"] if is_right else "不清楚"
        return answer
    right = [at for at, choice in enumerate(question.choices) if choice["right"]]
    wrong = [at for at, choice in enumerate(question.choices) if not choice["right"]]
    answer.chosen = right if is_right else (wrong or right)[:1]
    return answer


def _practise(story: Story) -> None:
    """Those of the cast who are waiting for the quiz practise for it, some evenings."""
    for person in Person.objects.filter(code__in=story.cast() & {"lin", "wu"}).order_by("code"):
        if PracticeAnswer.objects.filter(person=person).exists():
            continue
        asked = with_law(
            LawQuestion.objects.filter(article__version__law__short__in=OPEN[0])
        ).order_by("pk")[:14]
        for number, question in enumerate(asked):
            back = 9 - number // 2
            at = story.moment(story.on - timedelta(days=back), 20, number)
            reply = _reply(question, is_right=number % 5 != 1)
            answer_question(person=person, question=question, reply=reply, at=at)


def _reply(question: LawQuestion, *, is_right: bool) -> Reply:
    answer = _answer(Paper(), 1, question, is_right=is_right)
    return Reply(answer.chosen, answer.written)


def _keep_own_rules(story: Story, begun: date) -> None:
    """The house's own rules are studied too; lately one article of them was rewritten."""
    if Law.objects.filter(short=OWN).exists():
        return
    law = enter_law(short=OWN, title=OWN, kind=LawKind.OWN)
    first = NewVersion(adopted=begun, effective=begun, articles=6, texts=OWN_ARTICLES)
    enter_version(law=law, new=first, at=story.moment(begun))
    put_items(list(_own_questions()), at=story.moment(begun, 11), by=None)
    changed = story.on - timedelta(days=3)
    if changed <= begun:
        return
    second = NewVersion(
        adopted=changed - timedelta(days=2),
        effective=changed,
        articles=6,
        changed=OWN_CHANGED.keys(),
        texts=OWN_ARTICLES | OWN_CHANGED,
    )
    enter_version(law=law, new=second, at=story.moment(changed, 9))
    question = with_law(LawQuestion.objects.filter(code=f"{OWN}-1-1")).get()
    confirm_question(
        question=question, number=1, on=story.on, at=story.moment(changed, 15), by=None
    )
    new = Item(
        code="",
        law=OWN,
        article=4,
        kind=QuestionKind.SINGLE,
        difficulty=Difficulty.EASY,
        stem="修订以后，学法测验每年组织几次？",
        choices=tuple(Choice(text, text == "两次") for text in ("一次", "两次", "三次", "四次")),
        explanation="每年组织两次，没有通过的可以再考。",
    )
    put_items([new], at=story.moment(changed, 16), by=None, version_of=version_to_ask)


def _own_questions() -> Iterator[Item]:
    for article, stem, is_true, why in (
        (1, "局党委中心组每季度至少集中学习一次。", True, "第一条原文。"),
        (3, "中层干部每年读完局党委指定的一本书就可以。", False, "第三条写的是两本。"),
        (4, "每学期组织一次学法测验。", True, "第四条原文。"),
        (5, "每季度深入基层调研一天就可以。", False, "第五条写的是每月至少一天。"),
    ):
        yield Item(
            code=f"{OWN}-{article}-1",
            law=OWN,
            article=article,
            kind=QuestionKind.TRUTH,
            difficulty=Difficulty.EASY,
            stem=stem,
            choices=truth(is_true=is_true),
            explanation=why,
        )

"""The lectures of the demonstration's last year: an even rota, a swap, homework, answers, comments."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from taihua.kernel.house import Story
from taihua.kernel.org.models import Account, Person, Unit
from taihua.rooms.study.actions.lectures import (
    answer_homework,
    comment_on,
    gather_answers,
    hold_turn,
)
from taihua.rooms.study.actions.materials import Text, add_material
from taihua.rooms.study.actions.rotas import RotaRefused, Wish, draft_rota, issue_rota
from taihua.rooms.study.actions.swaps import answer_swap, ask_swap
from taihua.rooms.study.enums import Audience
from taihua.rooms.study.models import Turn
from taihua.rooms.study.queries.roster import group_on, leave_on, office_on
from taihua.rooms.study.queries.sessions import overlapping
from taihua.rooms.study.queries.turns import answers_of, turns_of
from taihua.rooms.study.room.diary import Diary

TOPICS = (
    "怎样开好一次教研组会", "课堂观察：看学生而不是看教师", "从数据看我区的均衡", "基层调研怎样问出真话",
    "公文写得短一点", "学校安全的十个细节", "家访的学问", "预算怎样跟着孩子走", "年度工作总结与明年打算",
)  # fmt: skip
QUESTIONS = (
    ("结合您联系的学校，这一课里的哪一条下周就能用？", "用了以后，怎样知道有没有用？"),
    ("您科里哪一件事最该照这个办法改？",),
)
ANSWERS = (
    "先在青石小学试：下周的教研组会只议一个问题，会前两天把问题发给老师。",
    "科里的月报改成一页，只写三件：做了什么、没做成什么、要谁帮忙。",
    "我联系的学校家访记录多、办的事少，先把上学期记下的七件办完。",
)
COMMENTS = (
    "具体，可以做。两周后我去看。",
    "第二条最要紧，请先做这一条。",
    "好。做的时候留意老师们怎么说。",
)
FIRST, LAST, FRIDAY = (2, 20), (12, 18), 5
ANSWERING, SOME = 0.6, 3
WITHOUT_HOMEWORK, WITHOUT_ANSWERS = 3, 5  # which lecture of the year


@dataclass(slots=True)
class YearOfLectures:
    """One year of lectures in turn, each leader once, as evenly as leave allows."""

    story: Story
    unit: Unit
    year: int
    by: Account | None
    before: Mapping[str, date]
    diary: Diary = field(init=False)

    def tell(self) -> None:
        self.diary = Diary(self.story.on)
        self.diary.at(self.story.moment(date(self.year, 1, 10)), self._rota)
        self.diary.happen()

    def _rota(self, at: datetime) -> None:
        leaders = list(group_on(self.unit, at.date()).order_by("code"))
        if not leaders:
            return
        days = self._days(len(leaders))
        away = leave_on(leaders, days[-1])
        cast = self.story.cast()
        head = [each for each in leaders if each.code in cast and each.pk not in away]
        wishes = [
            Wish(
                starts_at=self.story.moment(day, 15),
                ends_at=self.story.moment(day, 16, 30),
                topic=TOPICS[number % len(TOPICS)] if day != days[-1] else TOPICS[-1],
                place="局机关三楼会议室",
                able=head if day == days[-1] else (),
            )
            for number, day in enumerate(days)
        ]
        rota = draft_rota(
            unit=self.unit,
            first=date(self.year, 1, 1),
            last=date(self.year, 12, 31),
            audience=Audience.OFFICE,
            wishes=wishes,
            at=at,
            by=self.by,
        )
        turns = list(turns_of(rota))
        for turn in turns:
            self._remember(turn)
        issue_rota(rota=rota, at=at + timedelta(hours=2), by=self.by)
        turns = list(turns_of(rota))
        if len(turns) > SOME:
            self.diary.at(at + timedelta(days=20), partial(self._swap, turns[1], turns[2]))
        for number, turn in enumerate(turns):
            self.diary.at(turn.starts_at - timedelta(days=4), partial(self._prepare, turn.pk))
            self.diary.at(
                turn.ends_at + timedelta(minutes=30), partial(self._hold, turn.pk, number, turns)
            )

    def _days(self, count: int) -> list[date]:
        """As many days as there are leaders, from spring to the end of the year, on workdays."""
        first, last = date(self.year, *FIRST), date(self.year, *LAST)
        step = (last - first) / max(1, count - 1)
        return [self._free(first + step * number) for number in range(count)]

    def _free(self, day: date) -> date:
        """The first workday from ``day`` on whose afternoon no session takes."""
        while day.isoweekday() > FRIDAY or overlapping(
            self.unit, self.story.moment(day, 15), self.story.moment(day, 17)
        ):
            day += timedelta(days=1)
        return day

    def _remember(self, turn: Turn) -> None:
        """The ledgers of the years before are told last: say when each lectured last."""
        last = self.before.get(turn.lecturer.code) if turn.lecturer else None
        if last is not None:
            turn.because = {**turn.because, "last": last.isoformat()}
            turn.save(update_fields=["because"])

    def _swap(self, mine: Turn, theirs: Turn, at: datetime) -> None:
        """Two change days by consent, where leave allows it."""
        if mine.lecturer is None or theirs.lecturer is None:
            return
        why = "那一天要到省里参加培训"
        with suppress(RotaRefused):
            swap = ask_swap(mine=mine, theirs=theirs, person=mine.lecturer, reason=why, at=at)
            answer_swap(
                swap=swap,
                person=theirs.lecturer,
                agree=True,
                reply="可以，我提前准备。",
                at=at + timedelta(days=1),
                by=self.by,
            )

    def _prepare(self, pk: int, at: datetime) -> None:
        turn = self._turn(pk)
        text = Text(
            title=f"{turn.topic}讲稿提纲", source=turn.lecturer.name if turn.lecturer else ""
        )
        add_material(of=turn, text=text, at=at, by=self.by)

    def _hold(self, pk: int, number: int, turns: Sequence[Turn], at: datetime) -> None:
        turn = self._turn(pk)
        if at < turn.ends_at:  # changed days since
            self.diary.at(
                turn.ends_at + timedelta(minutes=30), partial(self._hold, pk, number, turns)
            )
            return
        questions = () if number == WITHOUT_HOMEWORK else QUESTIONS[number % len(QUESTIONS)]
        latest = turn.starts_at + timedelta(days=45) > self.story.moment(self.story.on)
        due = at.date() + timedelta(days=14)
        if latest:
            due = max(due, self.story.on + timedelta(days=2))
        hold_turn(
            turn=turn,
            homework=questions,
            homework_due=due if questions else None,
            at=at,
            by=self.by,
        )
        if questions and number != WITHOUT_ANSWERS:
            self._listen(turn, at)
        if questions and not latest:
            closing = self.story.moment(due + timedelta(days=3), 16)
            self.diary.at(closing, partial(self._gather, pk))

    def _listen(self, turn: Turn, at: datetime) -> None:
        """Most of the leadership answers, and some of the office."""
        rng, cast = self.story.rng, self.story.cast()
        leaders = list(group_on(self.unit, turn.day).order_by("code"))
        others = [p for p in office_on(self.unit, turn.day).order_by("code") if p not in leaders]
        people = [person for person in leaders if rng.random() < ANSWERING]
        people += rng.sample(others, min(SOME, len(others)))
        for person in people:
            if person.pk != turn.lecturer_id and person.code not in cast:
                when = at + timedelta(days=rng.randint(1, 10), hours=3)
                self.diary.at(when, partial(self._answer, turn.pk, person))

    def _answer(self, pk: int, person: Person, at: datetime) -> None:
        turn, rng = self._turn(pk), self.story.rng
        homework = list(turn.homework.order_by("position"))
        said = {each: rng.choice(ANSWERS) for each in homework[: rng.randint(1, len(homework))]}
        answer_homework(turn=turn, person=person, answers=said, at=at)

    def _gather(self, pk: int, at: datetime) -> None:
        turn = self._turn(pk)
        for answer in answers_of(turn):
            comment_on(answer=answer, text=self.story.rng.choice(COMMENTS), at=at)
        gather_answers(turn=turn, at=at, by=self.by)

    def _turn(self, pk: int) -> Turn:
        return Turn.objects.select_related("rota__unit", "lecturer").get(pk=pk)

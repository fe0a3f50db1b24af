"""What the demonstration district did in the pages: forums, talks with their asks, cards tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Self

from taihua.kernel.house import Story
from taihua.kernel.org.enums import Role, Tier, UnitKind
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import unit_of
from taihua.kernel.records.actions import Draft
from taihua.rooms.forums.actions import (
    closing,
    forums,
    notice,
    practices,
    proceedings,
    programme,
    questions,
    registration,
    talks,
)
from taihua.rooms.forums.actions.talks import TALK
from taihua.rooms.forums.enums import (
    AnswerKind,
    ForumKind,
    Helped,
    MeantFor,
    TrialResult,
)
from taihua.rooms.forums.enums import Stage as Who
from taihua.rooms.forums.models import Forum, Practice, Round, Slot, WorkTalk
from taihua.rooms.forums.room.texts import (
    ANSWERS,
    CARDS,
    FORUM_CALL,
    FORUM_QUESTIONS,
    FORUM_TALKS,
    TALKS,
)

SETTLED = timedelta(days=90)  # younger districts have only their ledgers
HEADS_BEGAN, HEADS_ENDED = timedelta(days=75), timedelta(days=45)
ALL_BEGAN, ALL_ENDS = timedelta(days=20), timedelta(days=10)
HEADS = 3  # who talked in the pages; the others are in the ledger
SEATS = 6


@dataclass(frozen=True, slots=True)
class Stage:
    """The part of the story that was made in the pages; empty without somebody to log in."""

    story: Story
    bureau: Unit
    clerk: Account | None
    heads: Sequence[Person] = ()

    @classmethod
    def of(cls, story: Story, bureau: Unit) -> Self:
        clerk = (
            Account.objects.filter(grants__role=Role.CLERK, person__isnull=False)
            .order_by("pk")
            .first()
        )
        if clerk is None or story.on - SETTLED < story.first or Forum.objects.exists():
            return cls(story, bureau, None)
        day, cast = story.on - HEADS_BEGAN, story.cast()
        heads = [
            each
            for each in story.people(tier=Tier.MIDDLE, on=day)
            if (unit := unit_of(each, day)) and unit.kind == UnitKind.SECTION
        ]
        # The section head who can log in is among them.
        heads.sort(key=lambda each: each.code not in cast)
        return cls(story, bureau, clerk, heads[:HEADS])

    @property
    def held_on(self) -> date:
        """The last 16 November that is a fortnight past."""
        day = date(self.story.on.year, 11, 16)
        return day if day <= self.story.on - timedelta(days=14) else day.replace(day.year - 1)

    def has_forum_on(self, day: date) -> bool:
        return self.clerk is not None and day == self.held_on and day >= self.story.first + SETTLED

    def tells_itself(self, draft: Draft) -> bool:
        """Whether a row of the ledgers tells what was made in the pages: then it is not told twice."""
        if draft.occurred_at is None or self.clerk is None:
            return False
        day = draft.occurred_at.date()
        if draft.kind == ForumKind.TEACHING:
            planned = date.fromisoformat(str((draft.context or {}).get("planned", day)))
            return self.has_forum_on(planned)
        return draft.kind == TALK and day.year == self.story.on.year and draft.person in self.heads

    def tell(self) -> None:
        if self.clerk is None:
            return
        if self.has_forum_on(self.held_on):
            self._held(self.clerk)
        self._open(self.clerk)
        self._talks(self.clerk)
        self._cards(self.clerk)

    # forums

    def _call(self, clerk: Account, kind: str, topic: str, day: date, before: int) -> Forum:
        call = forums.Call(
            kind=kind,
            host=self.bureau,
            topic=topic,
            call=FORUM_CALL,
            place="局机关三楼会议室",
            day=day,
            opens=time(9),
            closes=time(12),
            call_closes=day - timedelta(days=9),
            registration_closes=day - timedelta(days=2),
            recorder=_person(clerk),
            seats=SEATS if kind == ForumKind.PRINCIPALS else None,
            is_public=True,
        )
        at = self.story.moment(day - timedelta(days=before), 10)
        return forums.call_forum(call=call, at=at, by=clerk)

    def _place(
        self, forum: Forum, people: Sequence[Person], before: int, *, confirmed: int
    ) -> list[Slot]:
        """Items of forty minutes, one speaker each; the first few have said yes."""
        at, slots = self.story.moment(forum.day - timedelta(days=before), 15), []
        for number, (person, (title, gist)) in enumerate(zip(people, FORUM_TALKS, strict=False)):
            item = programme.Item(
                hall="",
                starts=time(9 + number * 40 // 60, number * 40 % 60),
                minutes=40,
                title=title,
                speakers=[person],
                summary=gist if confirmed == len(people) else "",
            )
            slot = programme.add_slot(forum=forum, item=item, at=at)
            slots.append(slot)
            if number < confirmed:
                programme.confirm(speaker=slot.speakers.get(), person=person, at=at)
        return slots

    def _held(self, clerk: Account) -> None:
        """The teaching forum: spoken, asked, answered, printed, taken up in two schools."""
        story, day = self.story, self.held_on
        teachers = story.people(tag="teacher", on=day)
        speakers, audience = teachers[1:4], teachers[4:22]
        forum = self._call(clerk, ForumKind.TEACHING, "课堂里的真问题", day, 40)
        slots = self._place(forum, speakers, 8, confirmed=len(speakers))
        for person in audience:
            at = story.moment(day - timedelta(days=6), 12)
            registration.register(forum=forum, person=person, at=at)
        for number, (text, answer) in enumerate(FORUM_QUESTIONS):
            at = story.moment(day, 10, 10 + number)
            asked = questions.ask(
                forum=forum, asker=audience[number], text=text, slot=slots[number], at=at,
                anonymous=number == 1,
            )  # fmt: skip
            questions.let_through(question=asked, by=clerk, at=at)
            speaker = slots[number].speakers.get().person
            questions.answer(question=asked, person=speaker, text=answer, at=at)
        noon = story.moment(day, 12, 30)
        closing.note_present(forum=forum, people=[*audience[:15], *speakers], by=clerk, at=noon)
        heard = [slot.speakers.get() for slot in slots]
        forum = closing.close_forum(forum=forum, spoke=heard, by=clerk, at=noon)
        self._print(forum, clerk)
        for school, what in zip(
            story.units(UnitKind.SCHOOL), ("三个教研组开始留磨课底稿", "四年级作文改为写给一个人看"),
            strict=False,
        ):  # fmt: skip
            since = day + timedelta(days=9)
            closing.note_spread(
                forum=forum, unit=school, what=what, since=since, by=clerk,
                at=story.moment(since + timedelta(days=2)),
            )  # fmt: skip

    def _print(self, forum: Forum, clerk: Account) -> None:
        at = self.story.moment(forum.day + timedelta(days=8), 16)
        version = proceedings.begin(forum=forum, by=clerk, at=at)
        forum.refresh_from_db()
        proceedings.issue(
            forum=forum,
            expected=version.number,
            number=f"讲坛文集〔{forum.day.year}〕1号",
            by=clerk,
            at=at,
        )

    def _notify(self, forum: Forum, clerk: Account) -> None:
        at = self.story.moment(self.story.on - timedelta(days=3), 11)
        version = notice.begin(forum=forum, by=clerk, at=at)
        notice.issue(
            forum=forum,
            expected=version.number,
            number=f"讲坛通知〔{at.year}〕1号",
            by=clerk,
            at=at,
        )

    def _open(self, clerk: Account) -> None:
        """A principals' forum in a fortnight: offers, a programme half made, more people than seats."""
        story = self.story
        forum = self._call(
            clerk, ForumKind.PRINCIPALS, "把每一分钱花在孩子身上",
            story.on + timedelta(days=16), 16 + 12,
        )  # fmt: skip
        principals = story.people(tag="principal", on=story.on)
        self._place(forum, principals[:2], 16 + 3, confirmed=1)
        for person in principals[2:3]:
            forums.offer_to_speak(
                forum=forum,
                speaker=person,
                title="食堂账目上墙以后",
                summary="每周把食堂的进出账贴在门口，第一个月有人问，第二个月有人夸。",
                at=story.moment(story.on - timedelta(days=2), 9),
            )
        guests = [each for each in story.people(tag="teacher") if each.code in story.cast()]
        others = [each for each in principals[3:] if each not in guests]
        teachers = [each for each in story.people(tag="teacher") if each not in guests]
        for number, person in enumerate([*others, *teachers[:SEATS], *guests]):
            at = story.moment(story.on - timedelta(days=2), 9, number)
            registration.register(forum=forum, person=person, at=at)
        for number, text in enumerate(
            ("公用经费能不能买图书？", "账目公开到什么程度，家长才看得懂？")
        ):
            at = story.moment(story.on - timedelta(days=1), 9 + number)
            asked = questions.ask(forum=forum, asker=teachers[number], text=text, at=at)
            if number == 0:
                questions.let_through(question=asked, by=clerk, at=at)
        self._notify(forum, clerk)

    # work talks

    def _talks(self, clerk: Account) -> None:
        story = self.story
        leader = next(iter(story.people(tier=Tier.LEADERSHIP, on=story.on - HEADS_BEGAN)), None)
        if leader is None or not self.heads:
            return
        asked = self._round(clerk, "科室负责人谈工作", Who.HEADS, HEADS_BEGAN, -HEADS_ENDED)
        said = [
            self._talk(person, number, asked, story.on - timedelta(days=60 - number), leader)
            for number, person in enumerate(self.heads)
        ]
        for number, (talk, text) in enumerate(zip(said, ANSWERS, strict=False)):
            at = story.moment(story.on - timedelta(days=52 - number), 11)
            kind = AnswerKind.TAKEN_UP if number else AnswerKind.ANSWERED
            answer = talks.answer(talk=talk, owner=leader, kind=kind, text=text, at=at)
            if number == 0:
                talks.weigh(
                    answer=answer, asker=talk.speaker, helped=Helped.YES, remark="",
                    at=at + timedelta(days=9),
                )  # fmt: skip
        self._running(clerk, leader)

    def _running(self, clerk: Account, leader: Person) -> None:
        """A round that is open: somebody of the section asks her head, somebody asks the leadership."""
        story = self.story
        asked = self._round(clerk, "机关干部谈工作", Who.EVERYBODY, ALL_BEGAN, ALL_ENDS)
        head, day = self.heads[0], story.on - timedelta(days=4)
        unit = unit_of(head, day)
        section = [each for each in story.members(unit, day) if each != head] if unit else []
        staff = {each.pk for each in story.people(tier=Tier.STAFF, on=day)}
        for number, person in enumerate([each for each in section if each.pk in staff][:2]):
            self._talk(person, 3 + number, asked, day, head)

    def _round(
        self, clerk: Account, title: str, stage: str, began: timedelta, ends: timedelta
    ) -> Round:
        first = self.story.on - began
        return talks.call_round(
            unit=self.bureau,
            title=f"{first.year} 年{title}",
            stage=stage,
            request="说一项自己管的工作：做了什么，学到什么，卡在哪里，想请谁帮什么。不写套话。",
            first_day=first,
            last_day=self.story.on + ends,
            at=self.story.moment(first, 8, 30),
            by=clerk,
        )

    def _talk(
        self, person: Person, number: int, asked: Round, day: date, owner: Person
    ) -> WorkTalk:
        work, did, learnt, blocked, ask = TALKS[number % len(TALKS)]
        words = talks.Words(
            work=work, did=did, learnt=learnt, blocked=blocked, ask=ask,
            owner=owner if ask else None,
        )  # fmt: skip
        return talks.hand_in(
            speaker=person, words=words, asked=asked, at=self.story.moment(day, 16)
        )

    # practices

    def _cards(self, clerk: Account) -> None:
        """Cards of schools and sections; tried in several places, one of them taken out of use."""
        story = self.story
        units = [*story.units(UnitKind.SCHOOL), *story.units(UnitKind.SECTION)]
        schools = [unit for unit in units if unit.kind == UnitKind.SCHOOL]
        writers = [self._writer(unit) for unit in units]
        made = []
        for number, card in enumerate(CARDS):
            own = schools if card.meant_for == MeantFor.SCHOOLS else units[len(schools) :] or units
            unit = own[number % len(own)]
            writer = writers[units.index(unit)]
            if writer is None:
                continue
            at = story.moment(story.on - timedelta(days=70 - 8 * number), 10)
            made.append(practices.share(writer=writer, card=card, at=at))
        results = (TrialResult.WORKED, TrialResult.PARTLY, TrialResult.FAILED, None)
        whys = (
            "照着做了一个月，家长自己来说好。",
            "低年级做得起来，高年级错不开时间。",
            "路口多，五位老师不够。",
        )
        for number, practice in enumerate(made[1:4]):
            takers = [
                who for who, unit in zip(writers, units, strict=True)
                if who is not None and unit.pk != practice.unit_id and unit in schools
            ]  # fmt: skip
            for place, person in enumerate(takers[: 4 - number]):
                self._trial(practice, person, 30 - 3 * place, results[place], whys)
        if len(made) > 4:  # noqa: PLR2004  # the fifth card
            practices.retire(
                practice=made[4],
                reason="经费改为网上申报，单子不用了。",
                by=clerk,
                at=story.moment(story.on - timedelta(days=6), 9),
            )

    def _trial(
        self,
        practice: Practice,
        person: Person,
        before: int,
        result: str | None,
        whys: Sequence[str],
    ) -> None:
        story = self.story
        since = max(
            story.on - timedelta(days=before), (practice.shared_at or story.moment(story.on)).date()
        )
        at = story.moment(since, 11)
        trial = practices.begin_trial(practice=practice, person=person, since=since, at=at)
        if result is not None and trial.is_under_way:
            told = story.moment(story.on - timedelta(days=3), 15)
            why = whys[list(TrialResult).index(TrialResult(result)) - 1]
            practices.tell_trial(trial=trial, person=person, result=result, why=why, at=told)

    def _writer(self, unit: Unit) -> Person | None:
        """Somebody who has worked in a unit all through the last weeks."""
        story = self.story
        days = (story.on - HEADS_BEGAN, story.on - timedelta(days=30), story.on)
        for person in story.members(unit):
            if all((there := unit_of(person, day)) and there.pk == unit.pk for day in days):
                return person
        return None


def _person(account: Account) -> Person:
    if account.person is None:
        raise ValueError(account)
    return account.person

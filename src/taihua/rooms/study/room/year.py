"""The sessions of the demonstration's last year: planned, held, checked, and what came of them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from taihua.kernel.documents.queries import newest
from taihua.kernel.house import Story
from taihua.kernel.org.enums import Role, UnitKind
from taihua.kernel.org.models import Account, Person, Unit
from taihua.rooms.study.actions.attendance import Noted, make_up, note_attendance
from taihua.rooms.study.actions.checks import Question, answer_check, set_questions
from taihua.rooms.study.actions.effects import Resolve, look_back, open_effect, settle_effect
from taihua.rooms.study.actions.materials import Text, add_material
from taihua.rooms.study.actions.minutes import Speech, issue_minutes, save_minutes
from taihua.rooms.study.actions.plans import decide, write_plan
from taihua.rooms.study.actions.sessions import Arrangement, set_session
from taihua.rooms.study.enums import EffectKind, Turnout
from taihua.rooms.study.models import Attendance, PlanItem, PlanVersion, Session
from taihua.rooms.study.queries.minutes import minutes_of
from taihua.rooms.study.queries.roster import group_on
from taihua.rooms.study.queries.sessions import expected_at
from taihua.rooms.study.room.diary import Diary

# month, topic, what it is to solve
TOPICS = (
    (1, "党的十八大报告", "把“努力办好人民满意的教育”落到今年的工作里。"),
    (2, "中国特色社会主义理论体系", "班子成员各写一条联系分管工作的体会。"),
    (3, "义务教育均衡发展", "找出差距最大的三项指标。"),
    (5, "学习型党组织建设", "定书、限时、检查怎样不走过场。"),
    (6, "教育规划纲要", "本区规划的中期差距。"),
    (7, "师德师风建设", "“十不准”怎样让学校自己管起来。"),
    (8, "基层学校调研成果交流", "上半年调研的建议还有哪些没有落实。"),
    (9, "校园安全与依法治教", "开学检查发现的问题由谁改、何时改完。"),
    (11, "干部作风建设", "机关到学校的检查能减掉哪些。"),
    (12, "年度工作总结与思考", "明年先办哪三件事。"),
)
MOVED, ADDED = 5, (10, "党的群众路线教育实践", "听来的意见怎样一条一条回复。")
WHY = "五月迎接市里的办学水平督导，这一次推迟到九月下旬；按上级部署，十月增加群众路线专题。"
EFFECTS = (
    (1, EffectKind.DECISION, "每月第一周的局务会先报上月学习落实情况", "从三月起局务会第一项就是这个，已经开了九次。"),
    (2, EffectKind.PROPOSAL, "班子成员的学习体会在机关读书角公开", "体会贴在读书角，有十一位同事写了回应。"),
    (3, EffectKind.DECISION, "给差距最大的三所学校各配一名音乐或美术教师", "暑假前三名教师到岗，三校开齐了音乐、美术课。"),
    (5, EffectKind.PROPOSAL, "定书的检查改成各科当面问三个问题", "十月起各科都这样查，没读完的当场约好补查的日子。"),
    (6, EffectKind.PROPOSAL, "把规划纲要的中期差距写成一页纸发到各校", "一页纸七月发到八所学校，青石小学据此改了校本计划。"),
    (7, EffectKind.DECISION, "“十不准”由学校自己做成一次教职工讨论", "八所学校都讨论过，收回意见 46 条，改了两条做法。"),
    (8, EffectKind.DECISION, "调研建议每条写明由谁答复、哪天前", "建议答复有了期限，九月以后新提的都在期限内答复。"),
    (10, EffectKind.DECISION, "听来的意见一条一条列单，写明谁答复", "列了 27 条，条条有人答复，有 9 条改了做法。"),
    (9, EffectKind.DECISION, "开学检查的问题列单销号", ""),
    (11, EffectKind.PROPOSAL, "到学校的检查每学期合并成一次", ""),
)  # fmt: skip
LOOKS = {1: "局务会还是先报学习落实，短了，也实了。", 3: "三名教师都留下来了，合唱队也有了。"}
AWAY = ("到市里开会", "下乡走访", "病假", "外出培训")
MADE_UP = "读了全部材料和纪要，补写体会：{topic}和我分管的工作连着，下周先到联系的学校看一遍。"
QUESTIONS = (
    Question("群众路线教育实践活动的总要求是哪十二个字？", ("照镜子、正衣冠、洗洗澡、治治病", "学理论、找差距、抓落实、见成效"), 0),
    Question("改进调研，最先要做的是哪一件？", ("先听汇报再看现场", "先看现场再听汇报", "只看材料"), 1),
    Question("精简检查，衡量的是什么？", ("检查的次数", "学校里解决了的问题"), 1),
)  # fmt: skip
MISSES, RIGHT_BEFORE, RIGHT_AFTER = 0.12, 0.5, 0.85
SPEECHES = 3


@dataclass(slots=True)
class YearOfStudy:
    """One year of a central group, as its recorder kept it."""

    story: Story
    unit: Unit
    year: int
    diary: Diary = field(init=False)
    plan_slots: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.diary = Diary(self.story.on)

    @property
    def clerk(self) -> Account | None:
        return Account.objects.filter(grants__role=Role.CLERK).order_by("pk").first()

    @property
    def head(self) -> Account | None:
        """Who approves: the account that leads the bureau."""
        led = Account.objects.filter(grants__role=Role.LEADER, grants__unit__kind=UnitKind.BUREAU)
        return led.order_by("pk").first()

    def tell(self) -> None:
        self.diary.at(self.moment(1, 8), self.plan)
        self.diary.at(self.moment(6, 3, 15), self.replan)
        self.diary.happen()

    def moment(self, month: int, day: int, hour: int = 9) -> datetime:
        return self.story.moment(date(self.year, month, day), hour)

    def leaders(self, on: date) -> list[Person]:
        """The group on a day, those who can log in first."""
        cast = self.story.cast()
        found = group_on(self.unit, on).order_by("code")
        return sorted(found, key=lambda person: person.code not in cast)

    # --- the plan -----------------------------------------------------------------------------

    def plan(self, at: datetime) -> None:
        items = [self._item(*topic) for topic in TOPICS]
        version = write_plan(unit=self.unit, year=self.year, items=items, at=at, by=self.clerk)
        self._approve(version, at, "同意。八月的调研交流请各位带着问题来。")
        self._set_all(version, [month for month, *_rest in TOPICS if month != MOVED])

    def replan(self, at: datetime) -> None:
        """The session of May had to wait, and one was added in autumn."""
        before = PlanVersion.objects.get(plan__unit=self.unit, plan__year=self.year)
        items = [
            PlanItem(
                slot=i.slot, planned_date=i.planned_date, topic=i.topic, lead=i.lead, aim=i.aim
            )
            for i in before.items.order_by("slot")
        ]
        for item in items:
            if item.planned_date.month == MOVED:
                item.planned_date = date(self.year, 9, 25)
        items.append(self._item(*ADDED))
        version = write_plan(
            unit=self.unit,
            year=self.year,
            items=items,
            at=at,
            by=self.clerk,
            reason=WHY,
            expected=before.number,
        )
        self._approve(version, at, "")
        self._set_all(version, [MOVED, ADDED[0]])

    def _item(self, month: int, topic: str, aim: str) -> PlanItem:
        day = date(self.year, month, 12)
        leaders = self.leaders(min(day, self.story.on))
        lead = leaders[month % len(leaders)] if leaders else None
        return PlanItem(planned_date=day, topic=topic, lead=lead, aim=aim)

    def _approve(self, version: PlanVersion, at: datetime, reply: str) -> None:
        at += timedelta(days=1)
        decide(version=version, approve=True, reply=reply, at=at, by=self.head)

    def _set_all(self, version: PlanVersion, months: list[int]) -> None:
        """Each is set a fortnight before its day: its topic, its day, its lead."""
        for item in version.items.order_by("planned_date"):
            month = next((m for m, t, _a in (*TOPICS, ADDED) if t == item.topic), 0)
            if month in months:
                day = item.planned_date + timedelta(days=self.story.rng.randint(-3, 5))
                day += timedelta(days=max(0, 7 - day.isoweekday()) if day.isoweekday() > 5 else 0)  # noqa: PLR2004
                day += timedelta(days=day.isoweekday() == 7)  # noqa: PLR2004  # a Monday
                at = self.story.moment(day - timedelta(days=14))
                at = max(at, self.story.moment(version.written_at.date() + timedelta(days=2)))
                self.diary.at(at, partial(self._set, item, day, month))

    # --- one session ----------------------------------------------------------------------------

    def _set(self, item: PlanItem, day: date, month: int, at: datetime) -> None:
        leaders = self.leaders(day)
        if not leaders:
            return
        away = {e.pk for e in leaders if e.leaves.filter(first_day__lte=day, last_day__gte=day)}
        fit = [each for each in leaders if each.pk not in away] or leaders
        lead = item.lead if item.lead in fit else fit[month % len(fit)]
        session = set_session(
            unit=self.unit,
            slot=item.slot,
            at=at,
            by=self.clerk,
            arrangement=Arrangement(
                topic=item.topic,
                starts_at=self.story.moment(day),
                ends_at=self.story.moment(day + timedelta(days=1), 12 if month % 2 else 17),
                days=Decimal("1.5") if month % 2 else Decimal(2),
                lead=lead,
                place="局机关三楼会议室",
                agenda="领学原文\n主讲人辅导\n联系分管工作讨论\n议定要办的事",
            ),
        )
        add_material(
            of=session,
            text=Text(title=f"{item.topic}学习资料", source="党委办公室编印"),
            at=at,
            by=self.clerk,
        )
        if month in {11, 12}:
            set_questions(session=session, questions=QUESTIONS, at=at)
        if month == 11:  # noqa: PLR2004
            self.diary.at(
                session.starts_at - timedelta(hours=2), partial(self._check, session, RIGHT_BEFORE)
            )
        self.diary.at(session.ends_at + timedelta(hours=1), partial(self._note, session, month))

    def _check(self, session: Session, share: float, at: datetime) -> None:
        """All but the cast answer before; enough of them answer after."""
        for person in self.leaders(session.day):
            answers = [
                q.right if self.story.rng.random() < share else 1 - min(q.right, 1)
                for q in QUESTIONS
            ]
            answer_check(
                session=Session.objects.get(pk=session.pk), person=person, answers=answers, at=at
            )

    def _note(self, session: Session, month: int, at: datetime) -> None:
        """Most come; each absence has its reason, and most of them are made up for."""
        cast, rng = self.story.cast(), self.story.rng
        expected = expected_at(session)
        noted = {
            each.person: self._turnout(each.person.code in cast, each.leave is not None, month)
            for each in expected
        }
        if all(mark.turnout != Turnout.PRESENT for mark in noted.values()):
            noted[session.lead] = Noted(Turnout.PRESENT)
        note_attendance(session=session, noted=noted, at=at, by=self.clerk)
        for owed in session.attendances.exclude(turnout=Turnout.PRESENT).order_by("pk"):
            later = at + timedelta(days=rng.randint(8, 20))
            if month < 9 or owed.person.code in cast:  # noqa: PLR2004  # the last are still owed
                self.diary.at(later, partial(self._make_up, owed))
        self.diary.at(at + timedelta(days=4), partial(self._minutes, session, month))
        if month == 11:  # noqa: PLR2004
            self.diary.at(at + timedelta(days=2), partial(self._check, session, RIGHT_AFTER))
        for which, kind, text, outcome in EFFECTS:
            if which == month:
                self.diary.at(
                    at + timedelta(days=1), partial(self._resolve, session, kind, text, outcome)
                )

    def _turnout(self, of_the_cast: bool, on_leave: bool, month: int) -> Noted:  # noqa: FBT001
        rng = self.story.rng
        missed = rng.random() < MISSES
        if on_leave:
            return Noted(Turnout.LEAVE, "病假")
        if missed and (not of_the_cast or month == 2):  # noqa: PLR2004
            away = rng.choice(AWAY)
            return Noted(Turnout.LEAVE, away) if month % 5 else Noted(Turnout.ABSENT)
        return Noted(Turnout.PRESENT)

    def _make_up(self, owed: Attendance, at: datetime) -> None:
        how = MADE_UP.format(topic=owed.session.topic)
        make_up(attendance=owed, day=at.date(), how=how, at=at, by=self.clerk)

    def _minutes(self, session: Session, month: int, at: datetime) -> None:
        session.refresh_from_db()
        came = session.attendances.filter(turnout=Turnout.PRESENT).select_related("person")
        speakers = [each.person for each in came.order_by("person__code")][:SPEECHES]
        text = (
            f"{session.lead.name}主讲《{session.topic}》。会议领学了原文，结合分管工作讨论。\n\n"
            "大家认为，学习要落到学校和孩子身上：先把上次议定的事办完，再议新的。\n\n"
            "会议议定的事项和承办人另列，办成什么样，下次学习开头先报。"
        )
        said = "联系的学校里有两件事等着办，这个月先办一件，下次学习报结果。"
        save_minutes(
            session=session,
            expected=0,
            text=text,
            speeches=[Speech(person, said) for person in speakers],
            at=at,
            by=self.clerk,
        )
        if month != 11 and self.clerk is not None:  # noqa: PLR2004  # the last draft waits
            self.diary.at(at + timedelta(days=2), partial(self._issue, session, self.clerk))

    def _issue(self, session: Session, by: Account, at: datetime) -> None:
        session.refresh_from_db()
        written = minutes_of(session)
        if written is not None:
            number = newest(written.document).number
            issue_minutes(session=session, expected=number, at=at, by=by)

    # --- what came of it ------------------------------------------------------------------------

    def _resolve(self, session: Session, kind: str, text: str, outcome: str, at: datetime) -> None:
        session.refresh_from_db()
        sections = self.story.units(UnitKind.SECTION)
        owner = None if len(text) % 2 and sections else session.lead
        effect = open_effect(
            session=session,
            resolve=Resolve(
                kind=kind,
                text=text,
                due=at.date() + timedelta(days=45 if outcome else 30),
                owner=owner,
                owner_unit=None if owner else sections[len(text) % len(sections)],
            ),
            at=at,
            by=self.clerk,
        )
        if not outcome:
            return

        def settle(then: datetime) -> None:
            effect.refresh_from_db()
            settle_effect(effect=effect, outcome=outcome, at=then, by=self.clerk)
            if session.day.month in LOOKS:
                self.diary.at(then + timedelta(days=180), see_again)

        def see_again(then: datetime) -> None:
            look = LOOKS[session.day.month]
            look_back(effect=effect, holds=True, text=look, at=then, by=self.clerk)

        self.diary.at(at + timedelta(days=self.story.rng.randint(25, 40)), settle)

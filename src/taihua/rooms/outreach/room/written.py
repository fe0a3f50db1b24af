"""What the demonstration district wrote in this room itself: visits, and a proposal in each state.

It plays among those who can log in: a leader who visits, a section that answers, and a school that
says whether it helped. Where there are none of these, nothing is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from taihua.kernel.house import Story
from taihua.kernel.org.enums import Role, Tier, UnitKind
from taihua.kernel.org.models import Account, Grant, Person, Unit
from taihua.kernel.org.queries import unit_of
from taihua.rooms.outreach.actions.matters import settle_problem
from taihua.rooms.outreach.actions.notes import Matter, Note, take_in
from taihua.rooms.outreach.actions.plans import plan_visit
from taihua.rooms.outreach.actions.proposals import (
    answer,
    carry_out,
    look_back,
    say_how_it_felt,
)
from taihua.rooms.outreach.models import FieldVisit, Proposal

MONTHS_TOLD = 8
LATE_IN_MONTH = 27  # days: the rows of the ledger lie before
WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Players:
    """Who visits, who answers, whom it was about."""

    leader: Account
    chief: Account
    clerk: Account
    section: Unit
    school: Unit
    schools: Sequence[Unit]

    @property
    def visitor(self) -> Person:
        return _person(self.leader)


def write_here(story: Story) -> None:
    """Visits under way and done, a proposal in each state, one answer overdue, plans ahead."""
    players = _players(story)
    if players is None or len(story.months()) < MONTHS_TOLD:
        return
    _looked_back(story, players)
    _to_look_back(story, players)
    _to_carry_and_refused(story, players)
    _overdue_and_explained(story, players)
    _of_the_chief(story, players)
    _plans(story, players)


def _players(story: Story) -> Players | None:
    """The first of the cast who can play each part."""
    grants = Grant.objects.select_related("account__person", "unit").order_by("pk")
    leaders = {person.pk for person in story.people(tier=Tier.LEADERSHIP)}
    held = [grant for grant in grants if grant.account.person_id is not None]
    leader = next((g for g in held if g.account.person_id in leaders), None)
    chief = _speaker(held, Role.LEADER, UnitKind.SECTION)
    clerk = _speaker(held, Role.UNIT_CLERK, UnitKind.SCHOOL)
    if not (leader and chief and clerk and chief.unit and clerk.unit):
        return None
    others = [unit for unit in story.units(UnitKind.SCHOOL) if unit != clerk.unit]
    if len(others) < 2:  # noqa: PLR2004  # one to see now and one later
        return None
    return Players(
        leader.account, chief.account, clerk.account, chief.unit, clerk.unit, tuple(others)
    )


def _speaker(grants: Sequence[Grant], role: Role, kind: UnitKind) -> Grant | None:
    return next((g for g in grants if g.role == role and g.unit and g.unit.kind == kind), None)


def _person(account: Account) -> Person:
    if account.person is None:
        raise LookupError(account.username)
    return account.person


def _late_in(story: Story, back: int, more: int = 0) -> date:
    """A day late in the month that lies so many months back."""
    return story.months()[-back] + timedelta(days=LATE_IN_MONTH + more)


def _note(story: Story, by: Account, place: Unit, day: date, **said: object) -> FieldVisit:
    told = {"halves": 2, "heard": "两位班主任、教务主任", "written": f"{day}T09:00:00.000Z"} | said
    number = uuid5(NAMESPACE_URL, f"demo {place.code} {day} {by.username}")
    note = Note(uuid=number, visitor=_person(by), place=place, day=day, **told)  # type: ignore[arg-type]
    return take_in(note=note, at=story.moment(day, 18), by=by).visit


def _answered(
    story: Story, players: Players, proposal: Proposal, *, day: date, decision: str, words: str,
    due: date | None = None,
) -> None:  # fmt: skip
    answer(
        proposal=proposal, decision=decision, words=words, due=due,
        at=story.moment(day, 10), by=players.chief,
    )  # fmt: skip


def _looked_back(story: Story, players: Players) -> None:
    """One that went all the way; the school's own problem was mended too."""
    day = _late_in(story, 7)
    visit = _note(
        story, players.leader, players.school, day,
        topic="课堂教学", seen="听了四节课，两个平行班进度差一周，老师们少有机会一起备课。",
        proposals=(Matter(text="请两校结对教研，每月共同备课一次。", owner=players.section),),
        problems=(Matter(text="实验室三个水龙头漏水。", owner=players.school),),
    )  # fmt: skip
    proposal = visit.proposals.get()
    _answered(
        story, players, proposal, day=day + timedelta(days=7), decision="adopted",
        words="列入下学期教研日程，由教研员牵头。", due=day + timedelta(days=60),
    )  # fmt: skip
    settle_problem(
        problem=visit.problems.get(), words="水龙头已全部更换。",
        at=story.moment(day + timedelta(days=9), 15), by=players.clerk,
    )  # fmt: skip
    say_how_it_felt(
        proposal=proposal, effect="helped", words="答复得快，我们照着排了备课日程。",
        at=story.moment(day + timedelta(days=20), 16), by=players.clerk,
    )  # fmt: skip
    carry_out(
        proposal=proposal, words="两校已共同备课两次，互派教师听课八节。",
        at=story.moment(day + timedelta(days=55), 11), by=players.chief,
    )  # fmt: skip
    look_back(
        proposal=proposal, effect="helped", words="又去听了两节课，两个班进度齐了，备课本是共用的。",
        at=story.moment(day + timedelta(days=110), 17), by=players.leader,
    )  # fmt: skip


def _to_look_back(story: Story, players: Players) -> None:
    day = _late_in(story, 5)
    visit = _note(
        story, players.leader, players.schools[0], day,
        topic="校舍与设备", seen="开学前看了各班教室，多媒体设备两间不能用。",
        proposals=(Matter(text="请把两间教室的多媒体修好。", owner=players.section),),
    )  # fmt: skip
    proposal = visit.proposals.get()
    _answered(
        story, players, proposal, day=day + timedelta(days=10), decision="adopted",
        words="由信息中心派人检修。", due=day + timedelta(days=70),
    )  # fmt: skip
    carry_out(
        proposal=proposal, words="两间都修好了，换了一台投影机。",
        at=story.moment(day + timedelta(days=65), 11), by=players.chief,
    )  # fmt: skip


def _to_carry_and_refused(story: Story, players: Players) -> None:
    day = _late_in(story, 3)
    visit = _note(
        story, players.leader, players.school, day, halves=1,
        topic="减负情况", seen="随机问了十二名学生，多数作业能在校内写完；社团课缺一名美术老师。",
        proposals=(
            Matter(text="请安排一名美术老师到校兼课。", owner=players.section),
            Matter(text="请把放学时间推迟半小时。", owner=players.section),
        ),
    )  # fmt: skip
    first, second = visit.proposals.order_by("pk")
    _answered(
        story, players, first, day=day + timedelta(days=11), decision="partly",
        words="先由中心校老师每周兼课两节，下学年再增编。", due=story.on + timedelta(days=16),
    )  # fmt: skip
    _answered(
        story, players, second, day=day + timedelta(days=15), decision="refused",
        words="冬季天黑得早，推迟放学不安全，明年春天再议。",
    )  # fmt: skip
    say_how_it_felt(
        proposal=second, effect="partly", words="理由说清了，家长也能接受。",
        at=story.moment(day + timedelta(days=18), 16), by=players.clerk,
    )  # fmt: skip


def _overdue_and_explained(story: Story, players: Players) -> None:
    day = _late_in(story, 3, 1)
    visit = _note(
        story, players.leader, players.schools[1], day,
        topic="师资配备", seen="音体美老师缺两名，由班主任兼着；图书室借阅很活跃。",
        proposals=(
            Matter(text="请协调两名音体美老师走教。", owner=players.section),
            Matter(text="请说明新教材何时到校。", owner=players.section),
        ),
    )  # fmt: skip
    _answered(
        story, players, visit.proposals.order_by("pk")[1],
        day=day + timedelta(days=6), decision="explained",
        words="新教材已到区库，下周配送。",
    )  # fmt: skip


def _of_the_chief(story: Story, players: Players) -> None:
    """Section heads go too: hers waits for another section, and the school has a problem to mend."""
    day = story.on - timedelta(days=6)
    other = next(
        (unit for unit in story.units(UnitKind.SECTION) if unit != players.section),
        players.section,
    )
    _note(
        story, players.chief, players.school, day, halves=1,
        topic="校园安全", seen="晨检、门卫都在岗；操场东侧雨后积水。", way="homes",
        heard="门卫、值周老师",
        proposals=(Matter(text="请统一配发晨检记录本。", owner=other),),
        problems=(
            Matter(
                text="操场东侧积水，请疏通。", owner=players.school,
                due=story.on + timedelta(days=9),
            ),
        ),
    )  # fmt: skip


def _plans(story: Story, players: Players) -> None:
    """One ahead of the leader that nobody is told, one of the chief that is, one not written down."""
    made = story.moment(story.on - timedelta(days=9))
    for account, place, days, topic, announced in (
        (players.leader, players.schools[1], 6, "留守儿童关爱", False),
        (players.chief, players.school, 8, "校园安全回访", True),
        (players.chief, players.schools[0], -2, "课堂教学", False),
    ):
        day = story.on + timedelta(days=days)
        if day.weekday() < WEEKEND and unit_of(_person(account), day):
            plan_visit(
                visitor=_person(account), place=place, day=day, topic=topic, at=made,
                announced=announced, by=account,
            )  # fmt: skip

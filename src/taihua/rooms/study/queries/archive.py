"""The file of one session (学习档案), gathered in the customary order."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from taihua.base.clock import ZONE
from taihua.base.papers import Paper
from taihua.base.papers.values import paper_day
from taihua.rooms.study.logic.archive import Part, archive_paper
from taihua.rooms.study.logic.checks import GroupChange
from taihua.rooms.study.models import Session
from taihua.rooms.study.queries.checks import change_of, is_closed
from taihua.rooms.study.queries.effects import effects_of
from taihua.rooms.study.queries.minutes import minutes_of
from taihua.rooms.study.queries.plans import holding
from taihua.rooms.study.queries.sessions import expected_at, turnouts_of


def archive_of(session: Session, on: date) -> Paper:
    """Plan, notice, materials, attendance, make-up study, minutes, speeches, check, effect.

    As far as everybody may know it on ``on``: minutes once issued, right answers once the check is over.
    """
    title = f"{session.unit.name}理论学习中心组\n{session.topic}学习档案"
    return archive_paper(title, session.unit.name, list(_parts(session, on)))


def _parts(session: Session, on: date) -> Iterator[Part]:
    yield _plan(session)
    yield _notice(session)
    yield _materials(session)
    yield from _attendance(session)
    yield from _minutes(session)
    yield _check(session, on)
    yield _effects(session)


def _plan(session: Session) -> Part:
    version = holding(session.plan) if session.plan else None
    items = version.items.all() if version else ()
    item = next((each for each in items if each.slot == session.slot), None)
    words = []
    if item is not None:
        words.append(f"计划日期：{paper_day(item.planned_date)}。专题：{item.topic}。")
        if item.aim:
            words.append(f"要解决的问题：{item.aim}")
    if session.beyond_plan:
        words.append(f"计划外学习，原因：{session.beyond_plan}")
    return Part("学习计划", "这次学习没有列入年度计划。", words)


def _notice(session: Session) -> Part:
    begins, ends = session.starts_at.astimezone(ZONE), session.ends_at.astimezone(ZONE)
    until = "" if ends.date() == begins.date() else paper_day(ends.date())
    when = f"{paper_day(session.day)} {begins:%H:%M}—{until}{ends:%H:%M}"
    words = [
        f"时间：{when}，计 {session.days.normalize():f} 天。",
        f"地点：{session.place or '另行通知'}。主讲：{session.lead.name}。",
    ]
    if agenda := [f"{n}．{line}" for n, line in enumerate(session.agenda_items, start=1)]:
        words.append(f"议程：{'；'.join(agenda)}。")
    return Part("学习通知", "没有写通知。", words)


def _materials(session: Session) -> Part:
    rows = [
        (each.title, each.source or "—", f"第 {each.version} 版")
        for each in session.materials.defer("content").order_by("title", "version")
    ]
    return Part("学习材料", "没有列出材料。", header=("材料", "出处", "版次"), rows=rows)


def _attendance(session: Session) -> Iterator[Part]:
    noted = [each for each in expected_at(session) if each.noted] if session.is_held else []
    counts = turnouts_of(session)
    words = []
    if noted:
        words.append(
            f"应到 {counts.expected} 人，实到 {counts.present} 人，"
            f"请假 {counts.on_leave} 人，未到 {counts.absent} 人。"
        )
    rows = [
        (each.person.name, str(each.noted.get_turnout_display()), each.noted.reason or "—")
        for each in noted
        if each.noted
    ]
    yield Part("出席登记", "还没有登记出席。", words, ("姓名", "出席", "原因"), rows)
    made_up = [
        (a.person.name, paper_day(a.made_up_date), a.made_up_how)
        for a in session.attendances.select_related("person").order_by("person__name", "pk")
        if a.made_up_date
    ]
    yield Part("补学", "没有补学。", header=("姓名", "补学日期", "所得"), rows=made_up)


def _minutes(session: Session) -> Iterator[Part]:
    minutes = minutes_of(session)
    if minutes and not minutes.version.is_issued:
        minutes = None
    text = minutes.text.split("\n") if minutes else []
    yield Part("学习纪要", "还没有写纪要。", [line for line in text if line.strip()])
    speeches = [f"{each['name']}：{each['text']}" for each in minutes.speeches] if minutes else []
    yield Part("发言摘要", "没有记发言。", speeches)


def _check(session: Session, on: date) -> Part:
    closed = is_closed(session, on)  # the right answers would spoil the check before
    words = [
        f"{number}．{question.text}（{question.choices[question.right]}）"
        if closed
        else f"{number}．{question.text}"
        for number, question in enumerate(session.questions.order_by("position"), start=1)
    ]
    if words and (found := change_of(session, on)) is not None:
        words.append(change_in_words(found))
    return Part("学前学后检查", "没有出检查题。", words)


def change_in_words(found: GroupChange) -> str:
    """The group's change as a sentence."""
    return _(
        "%(pairs)d 人学前学后都答了：答对的占比由 %(before).0f%% 到 %(after).0f%%，"
        "平均变化 %(change)+.0f 个百分点（95%% 区间 %(low)+.0f 到 %(high)+.0f）。"
    ) % {
        "pairs": found.pairs,
        "before": found.before * 100,
        "after": found.after * 100,
        "change": found.change * 100,
        "low": found.low * 100,
        "high": found.high * 100,
    }


def _effects(session: Session) -> Part:
    rows = []
    for effect in effects_of(session):
        owner = effect.owner or effect.owner_unit
        became = effect.outcome or effect.released_because or "还没有结果"
        looks = "；".join(
            f"{paper_day(look.day)}回看：{look.text}" for look in effect.follow_ups.all()
        )
        rows.append(
            (
                f"{effect.get_kind_display()}：{effect.text}",
                owner.name if owner else "—",
                paper_day(effect.due),
                "；".join(filter(None, (became, looks))),
            )
        )
    header = ("决定或建议", "承办", "期限", "结果和回看")
    return Part("学习效果", "还没有写学出了什么。", header=header, rows=rows)

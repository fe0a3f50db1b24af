"""The years of study of the committee that the demonstration district has behind it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from taihua.base.ledger import Row
from taihua.kernel.house import Story
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.records.ledgers import told
from taihua.rooms.study.room.lectures import YearOfLectures
from taihua.rooms.study.room.ledgers import LAW, LECTURES, PLANS, STUDY
from taihua.rooms.study.room.year import YearOfStudy

TOPICS = (
    "党的十八大报告", "中国特色社会主义理论体系", "义务教育均衡发展", "群众路线教育实践",
    "学习型党组织建设", "教育规划纲要", "师德师风建设", "基层学校调研成果交流",
    "校园安全与依法治教", "课堂教学改革", "干部作风建设", "年度工作总结与思考",
)  # fmt: skip
LAW_MONTHS = (4, 10)
STATUTES = ("义务教育法", "教师法", "未成年人保护法")
EFFECTS = ("形成一条工作意见并列入下月安排。", "修订了一项机关制度。", "确定了两所学校的帮扶办法。")
QUESTIONS = (
    "结合分管工作，谈谈怎样把这一课用到下周的工作里。",
    "您联系的学校最缺什么，打算怎么办？",
)
SELDOM, DRAWN, ANSWERING, NOT_PASSED = 0.85, 0.75, 0.6, 0.25
WITHOUT_HOMEWORK, WITHOUT_ANSWERS = 3, 5  # which lecture of a year


def tell(story: Story) -> None:
    """Years of study of the committee: most of it planned, held and attended; some gaps are left.

    The years before the last stand in ledgers, as they were kept; the last was kept here.
    """
    hosts = story.units(UnitKind.COMMITTEE) or story.units(UnitKind.BUREAU)
    if not hosts:
        return
    last = story.on.year
    lectured: dict[str, date] = {}
    for year in story.years():
        lectures = [] if year == last else list(_lectures(story, year))
        lectured |= {str(row["person"]): _day(row) for row in lectures}
        for ledger, rows in (
            (PLANS, _plans(story, hosts[0].code, year, here=year == last)),
            (STUDY, _sessions(story, hosts[0].code, year, here=year == last)),
            (LECTURES, iter(lectures)),
            (LAW, _quizzes(story, year)),
        ):
            lived = (row for row in rows if story.first <= _day(row) <= story.on)
            for draft in told(ledger, lived, story.rng):
                story.add(draft)
    kept = YearOfStudy(story, hosts[0], last)
    kept.tell()
    YearOfLectures(story, hosts[0], last, kept.clerk, lectured).tell()


def _day(row: Row) -> date:
    day = row["day"]
    return day if isinstance(day, date) else date.max


def _leaders(story: Story, day: date) -> list[str]:
    """The leadership on a day, those of the cast first."""
    cast = story.cast()
    leaders = [person.code for person in story.people(tier=Tier.LEADERSHIP, on=day)]
    return sorted(leaders, key=lambda code: code not in cast)


def _plans(story: Story, host: str, year: int, *, here: bool) -> Iterator[Row]:
    """What is planned; of a year that was kept here only the law."""
    made = date(year, 1, 8)
    leaders = _leaders(story, made)
    for month, topic in enumerate(TOPICS, 1):
        if month % 2 and not here:
            quarter = date(year, month - (month - 1) % 3, 8)
            yield {
                "unit": host, "kind": "中心组学习", "day": quarter, "topic": topic,
                "planned": date(year, month, 10), "lead": None,
            }  # fmt: skip
    for number, leader in enumerate(() if here else leaders):
        yield {
            "unit": host, "kind": "轮流授课", "day": made, "topic": f"第 {number + 1} 讲",
            "planned": date(year, 2 + number % 10, 20), "lead": leader,
        }  # fmt: skip
    for month in LAW_MONTHS:
        yield {
            "unit": host, "kind": "学法", "day": made, "topic": f"《{_statute(year, month)}》",
            "planned": date(year, month, 15), "lead": None,
        }  # fmt: skip


def _statute(year: int, month: int) -> str:
    return STATUTES[(year + month // 10) % len(STATUTES)]


def _sessions(story: Story, host: str, year: int, *, here: bool) -> Iterator[Row]:
    """A session a month but for one; each of the leadership misses one, the last two more.

    Of a year that was kept here only the law.

    What the spring's law came to was written down, what the autumn's did was not.
    """
    rng, missed = story.rng, story.rng.choice((2, 5, 8))
    away = {code: rng.randint(1, 12) for code in _leaders(story, min(date(year, 12, 31), story.on))}
    for month, topic in enumerate(TOPICS, 1):
        day, law = date(year, month, rng.randint(8, 20)), month in LAW_MONTHS
        *often, last_but_one, last = ["", "", *_leaders(story, day)]
        present = [code for code in often if code and away.get(code) != month]
        present += [code for code in (last_but_one, last) if code and rng.random() < SELDOM]
        if month == missed or not present or (here and not law):
            continue
        drawn = month == LAW_MONTHS[0] if law else rng.random() < DRAWN
        yield {
            "unit": host,
            "kind": "学法" if law else "中心组学习",
            "day": day,
            "topic": f"《{_statute(year, month)}》" if law else topic,
            "days": None if law else Decimal("1.5") + Decimal("0.5") * (month % 2),
            "present": tuple(present),
            "effect": rng.choice(EFFECTS) if drawn else None,
        }


def _lectures(story: Story, year: int) -> Iterator[Row]:
    """Each leader lectures once a year, the last of them only every other year."""
    leaders = _leaders(story, date(year, 3, 1))
    for number, leader in enumerate(leaders):
        if number == len(leaders) - 1 and year % 2:
            continue
        day = date(year, 2 + number % 9, 20) + timedelta(days=story.rng.randint(0, 7))
        others = [code for code in leaders if code != leader and story.rng.random() < ANSWERING]
        homework = None if number == WITHOUT_HOMEWORK else QUESTIONS[number % len(QUESTIONS)]
        yield {
            "person": leader,
            "unit": None,
            "day": day,
            "topic": TOPICS[(number + year) % len(TOPICS)],
            "homework": homework,
            "answered": tuple(others) if homework and number != WITHOUT_ANSWERS else (),
        }


def _quizzes(story: Story, year: int) -> Iterator[Row]:
    """In October the leadership passes and most section heads do; this year's took papers."""
    if year == story.on.year:
        return
    day = date(year, 10, 25)
    heads = [person.code for person in story.people(tier=Tier.MIDDLE, on=day)]
    for people, share in ((_leaders(story, day), 0), (heads, NOT_PASSED)):
        failed, cast = story.lapses(len(people), share), story.cast()
        for number, code in enumerate(people):
            if number not in failed or code in cast:
                law = f"《{_statute(year, LAW_MONTHS[1])}》"
                yield {"person": code, "unit": None, "day": day, "topic": law}

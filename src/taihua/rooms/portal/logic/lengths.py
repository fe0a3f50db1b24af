"""How long a draft lies open for comment, by arithmetic on days.

- 重大行政决策暂行条例（国务院令第 713 号）第十五条：公开征求意见的期限一般不少于 30 日，
  因情况紧急等原因需要缩短期限的，公开征求意见时应当予以说明。A plan (规划) is one of them.
- 市县法治政府建设示范指标体系（2021）第 24 项：对群众权益有重大影响的行政规范性文件不少于
  7 个工作日；与企业生产经营密切相关的不少于 30 日。
- 国办发〔2018〕37 号 names no number for other documents.
"""

from dataclasses import dataclass
from datetime import date, timedelta

DAYS = {"decision": 30, "plan": 30, "business": 30}
WORKING_DAYS = {"normative": 7}
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Moved:
    """Days off that are no weekend, and weekend days that are worked (放假和调休)."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Monday to Friday, unless it is said otherwise of that very day."""
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.off)


WEEKENDS = Moved()


def days_open(opens: date, closes: date) -> int:
    """The days on which opinions are taken, the first and the last among them."""
    return max(0, (closes - opens).days + 1)


def working_days_open(opens: date, closes: date, moved: Moved = WEEKENDS) -> int:
    """The same without Saturdays, Sundays and holidays, as far as these are said."""
    days = (opens + timedelta(days=n) for n in range(days_open(opens, closes)))
    return sum(moved.is_working(day) for day in days)


def is_short(kind: str, opens: date, closes: date, moved: Moved = WEEKENDS) -> bool:
    """Whether the period is shorter than its kind asks, so that the reason must be published.

    A period of 30 days runs to the same day 30 days on: the opening day is not counted.
    """
    if kind in DAYS:
        return (closes - opens).days < DAYS[kind]
    after = working_days_open(opens + timedelta(days=1), closes, moved)
    return after < WORKING_DAYS.get(kind, 0)


def one_year_on(day: date) -> date:
    """The same day a year later; from 29 February it is the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)

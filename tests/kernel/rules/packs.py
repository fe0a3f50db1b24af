"""Small packs for tests."""

from datetime import date, datetime

from taihua.base.clock import ZONE
from taihua.kernel.rules.actions import adopt, amend
from taihua.kernel.rules.models import RuleBook
from taihua.kernel.rules.wordings import turns

ON = date(2013, 12, 4)
JULY = date(2013, 7, 1)
IN_JUNE = datetime(2013, 6, 20, 10, tzinfo=ZONE)
NEW_YEAR = datetime(2011, 1, 3, 9, tzinfo=ZONE)

BOOK = """[book]
code = "bureau-book"
title = "局规"
level = "local"
source = "局党委会议，2011 年"
effective_from = 2011-01-01
"""
VISITS = """
[[rule]]
code = "b.visits"
sentence = "班子成员每月至少有一天深入基层调研。"
mechanism = "L6"
source = "局党委会议"
audience = { tiers = ["leadership"] }
verbs = ["visited"]
count = "quantity"
times = 1
every = "month"
act = "下基层调研"
measure = "天"
minutes = 420
"""
BOOKS = """
# 读书
[[rule]]
code = "b.books"
sentence = "中层干部每年必读两本书。"
mechanism = "I3"
source = "局党委会议"
audience = { tiers = ["middle"] }
verbs = ["read"]
count = "objects"
times = 2
every = "year"
proration = "days"
act = "必读书"
measure = "本"
minutes = 480
"""
FORUMS = """
[[rule]]
code = "b.forums"
sentence = "局机关每年举办二期校长讲坛。"
mechanism = "I4"
source = "局党委会议"
subject = "unit"
audience = { unit_kinds = ["bureau"] }
verbs = ["held-forum"]
times = 2
every = "year"
act = "校长讲坛"
measure = "期"
minutes = 600
"""
TEXT = BOOK + VISITS + BOOKS + FORUMS
PER_YEAR = 'times = 2\nevery = "year"\nproration'
THREE = TEXT.replace(PER_YEAR, PER_YEAR.replace("2", "3"))


def adopted(text: str = TEXT, at: datetime = NEW_YEAR, on: date = ON, **more: object) -> RuleBook:
    """A book that was adopted at New Year 2011."""
    return adopt(text=text, at=at, on=on, **more)


def amended(text: str = THREE, version: int = 1, **more: object) -> RuleBook:
    """That book, amended in June 2013 from July on."""
    told = {"effective_from": JULY, "at": IN_JUNE, "on": ON}
    return amend(text=text, expected_version=version, **{**told, **more})


def turns_of(
    code: str, on: date, first: date = date(2013, 1, 1), last: date = date(2013, 12, 31)
) -> dict[str, int]:
    """The quota by which each period of one rule is judged, by its key."""
    return {
        period.key: rule.hundredths
        for rule, periods in turns(first, last, on)
        if rule.code == code
        for period in periods
    }

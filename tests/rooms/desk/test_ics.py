"""The feed as text: what another program reads out of it is what went in."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from taihua.base.clock import ZONE
from taihua.kernel.house import Happening
from taihua.kernel.rules.enums import State
from taihua.rooms.desk.logic.cards import Card
from taihua.rooms.desk.logic.ics import Feed, as_ics, told_now, uid_of

SITE = "https://taihua.example.cn"
STAMP = datetime(2013, 12, 4, 1, tzinfo=UTC)
NINE = datetime(2013, 12, 6, 9, tzinfo=ZONE)

# What can stand in a title: anything but control characters, which no form lets through.
titles = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=120).filter(
    lambda text: text == text.strip()
)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(ZONE)).map(
    lambda moment: moment.replace(microsecond=0)
)


def happening(**changes):
    told = {
        "path": "study/session/12",
        "title": "中心组学习：十八届三中全会精神",
        "first": NINE,
        "last": NINE + timedelta(hours=2),
        "url": "/study/sessions/12/",
        **changes,
    }
    return Happening(**told)


def card(**changes):
    told = {
        "topic": "visit@lin",
        "path": "rules/duty/visit/lin/2013-12",
        "sentence": "本月还差一次下基层调研",
        "state": State.ON_COURSE,
        "due": date(2013, 12, 31),
        "why_url": "/rules/why/",
        **changes,
    }
    return Card(**told)


def feed(*, happenings=(), cards=()):
    return Feed("苔花：林知远", happenings, cards)


def text_of(*, stamp=STAMP, before=None, **holding):
    said = feed(**holding)
    return as_ics(said, SITE, told_now(said, SITE, before or {}, stamp))


def read(data):
    """What a program that knows nothing of ours makes of it."""
    return IcsCalendarStream.calendar_from_ics(data.decode())


def test_another_program_reads_the_event_that_was_meant():
    (event,) = read(text_of(happenings=[happening(place="三楼会议室", revision=2)])).events

    assert event.summary == "中心组学习：十八届三中全会精神"
    assert event.dtstart == NINE
    assert event.dtend == NINE + timedelta(hours=2)
    assert event.location == "三楼会议室"
    assert event.sequence == 2
    assert event.status == "CONFIRMED"
    assert str(event.url) == f"{SITE}/study/sessions/12/"


def test_another_program_reads_what_is_to_be_done_and_by_when():
    (todo,) = read(text_of(cards=[card(whose="苔花一小")])).todos

    assert todo.summary == "苔花一小：本月还差一次下基层调研"
    assert todo.due == date(2013, 12, 31)
    assert todo.status == "NEEDS-ACTION"


def test_what_has_no_page_of_its_own_has_no_address():
    (todo,) = read(text_of(cards=[card(why_url="")])).todos

    assert todo.url is None


def test_what_is_done_or_excused_is_no_longer_to_be_done():
    states = [State.DONE, State.DONE_LATE, State.EXEMPT, State.NOT_APPLICABLE]

    assert read(text_of(cards=[card(state=state) for state in states])).todos == []


def test_a_meeting_called_off_says_so_under_the_same_name():
    (before,) = read(text_of(happenings=[happening()])).events
    (after,) = read(text_of(happenings=[happening(is_cancelled=True, revision=1)])).events

    assert (before.status, after.status) == ("CONFIRMED", "CANCELLED")
    assert before.uid == after.uid
    assert after.sequence > before.sequence


CHANGES = (
    {"title": "改了题目"}, {"first": NINE + timedelta(hours=1)}, {"last": NINE + timedelta(hours=3)},
    {"place": "礼堂"}, {"url": "/elsewhere/"}, {"is_cancelled": True},
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_event_is_a_later_revision_and_the_others_stay_as_they_were(change):
    other = happening(path="study/session/13")
    before = told_now(feed(happenings=[happening(), other]), SITE, {}, STAMP)
    told = [happening(**change), other]

    text = text_of(happenings=told, before=before, stamp=STAMP + timedelta(days=1))

    changed, same = read(text).events
    assert (changed.sequence, same.sequence) == (1, 0)
    assert changed.dtstamp == changed.last_modified == STAMP + timedelta(days=1)
    assert same.dtstamp == same.last_modified == STAMP


@pytest.mark.parametrize(
    "change",
    [
        {"sentence": "还差两次"},
        {"due": date(2014, 1, 9)},
        {"whose": "苔花一小"},
        {"act_url": "/do/"},
    ],
)
def test_what_is_to_be_done_is_a_later_revision_when_it_changes(change):
    before = told_now(feed(cards=[card()]), SITE, {}, STAMP)

    (todo,) = read(text_of(cards=[card(**change)], before=before, stamp=NINE)).todos

    assert (todo.sequence, todo.last_modified) == (1, NINE)


def test_the_rooms_own_count_of_changes_is_never_fallen_short_of():
    first = told_now(feed(happenings=[happening(revision=4)]), SITE, {}, STAMP)
    seen_later = told_now(feed(happenings=[happening(revision=7)]), SITE, first, NINE)
    uncounted = told_now(
        feed(happenings=[happening(revision=7, title="新")]), SITE, seen_later, NINE
    )

    told = [one.revision for each in (first, seen_later, uncounted) for one in each.values()]
    assert told == [4, 7, 8]


def test_two_changes_within_a_second_are_two_moments():
    before = told_now(feed(cards=[card()]), SITE, {}, STAMP)
    (after,) = told_now(feed(cards=[card(sentence="改了")]), SITE, before, STAMP).values()

    assert after.changed_at == STAMP + timedelta(seconds=1)


says = st.lists(st.tuples(st.sampled_from("甲乙"), st.integers(0, 3)), min_size=1, max_size=12)


@given(says)
def test_a_revision_rises_with_each_change_and_never_falls(said):
    before, last = {}, None
    for hour, (title, revision) in enumerate(said):
        at = STAMP + timedelta(hours=hour)
        told = told_now(
            feed(happenings=[happening(title=title, revision=revision)]), SITE, before, at
        )
        (now,) = told.values()
        if last is not None:
            assert now.revision >= max(last[1].revision, revision)
            assert (now.revision > last[1].revision) >= (title != last[0])
            assert (now.changed_at > last[1].changed_at) == (now.revision > last[1].revision)
        before, last = told, (title, now)


def test_names_last_differ_from_house_to_house_and_betray_nobody():
    path = "rules/duty/visit/lin/2013-12"

    assert uid_of(path, SITE) == uid_of(path, SITE)
    assert uid_of(path, SITE) != uid_of(path, "https://elsewhere.example.cn")
    assert "lin" not in uid_of(path, SITE)


def test_a_moment_is_told_by_the_clock_of_the_house_with_its_time_zone():
    evening = datetime(2013, 12, 6, 12, tzinfo=UTC)

    text = text_of(happenings=[happening(first=evening, last=evening)]).decode()

    assert "DTSTART;TZID=Asia/Shanghai:20131206T200000" in text
    assert "TZOFFSETTO:+0800" in text
    assert "DTEND" not in text, "what has no length has no end"


def test_an_empty_calendar_is_a_calendar():
    found = read(text_of())

    assert (found.events, found.todos) == ([], [])
    assert Calendar.from_ical(text_of())["X-WR-CALNAME"] == "苔花：林知远"


@given(st.lists(titles, max_size=4), moments, st.integers(0, 600))
def test_every_title_and_moment_comes_back_whole(names, first, minutes):
    last = first + timedelta(minutes=minutes)
    told = [
        happening(path=f"study/session/{n}", title=name, place=name, first=first, last=last)
        for n, name in enumerate(names)
    ]
    owed = [card(path=f"commitment/{n}", sentence=name) for n, name in enumerate(names)]

    found = read(text_of(happenings=told, cards=owed))

    assert [event.summary for event in found.events] == names
    assert [event.location for event in found.events] == names
    assert [event.dtstart for event in found.events] == [first] * len(names)
    assert [todo.summary for todo in found.todos] == names
    assert len({entry.uid for entry in [*found.events, *found.todos]}) == 2 * len(names)


@given(st.lists(titles, max_size=4))
def test_every_line_keeps_to_the_grammar(names):
    told = [happening(path=str(n), title=name, place=name) for n, name in enumerate(names)]

    data = text_of(happenings=told, cards=[card(path=name, sentence=name) for name in names])

    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    data.decode()  # no character is cut in two where a line is folded
    for line in re.sub(rb"\r\n[ \t]", b"", data).decode().split("\r\n")[:-1]:
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[^:;]+)*:.*", line), line


def test_the_same_feed_gives_the_same_bytes():
    one = text_of(happenings=[happening()], cards=[card()])

    assert one == text_of(happenings=[happening()], cards=[card()])
    assert one != text_of(happenings=[happening()], cards=[card()], stamp=NINE)

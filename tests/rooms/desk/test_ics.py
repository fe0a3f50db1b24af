"""The feed as text: what another program reads out of it is what went in."""

import re
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from taihua.base.clock import ZONE
from taihua.kernel.house import Happening
from taihua.kernel.rules.enums import State
from taihua.rooms.desk.logic.cards import Card
from taihua.rooms.desk.logic.ics import Feed, as_ics, uid_of

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


def text_of(*, happenings=(), cards=(), stamp=STAMP):
    return as_ics(Feed("苔花：林知远", happenings, cards), SITE, stamp)


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


def test_what_is_done_or_excused_is_no_longer_to_be_done():
    states = [State.DONE, State.DONE_LATE, State.EXEMPT, State.NOT_APPLICABLE]

    assert read(text_of(cards=[card(state=state) for state in states])).todos == []


def test_a_meeting_called_off_says_so_under_the_same_name():
    (before,) = read(text_of(happenings=[happening()])).events
    (after,) = read(text_of(happenings=[happening(is_cancelled=True, revision=1)])).events

    assert (before.status, after.status) == ("CONFIRMED", "CANCELLED")
    assert before.uid == after.uid
    assert after.sequence > before.sequence


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

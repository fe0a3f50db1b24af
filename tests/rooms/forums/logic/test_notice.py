"""The first text of a notice, and what counts as another arrangement."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.forums.logic.notice import (
    Arrangement,
    Notice,
    Talk,
    arrangement_of,
    calling_off,
    changed,
    first_notice,
    notice_of,
)
from taihua.rooms.forums.logic.proceedings import Section

ARRANGED = Arrangement(
    topic="一校一品",
    day=date(2013, 12, 20),
    opens=time(9),
    closes=time(11, 30),
    place="三楼会议室",
    call_closes=date(2013, 12, 11),
    registration_closes=date(2013, 12, 18),
)
OTHERWISE = {
    "topic": "一校两品",
    "day": date(2013, 12, 27),
    "opens": time(8),
    "closes": time(12),
    "place": "礼堂",
    "call_closes": date(2013, 12, 12),
    "registration_closes": date(2013, 12, 19),
    "is_cancelled": True,
}
arrangements = st.builds(
    Arrangement,
    topic=st.text(),
    day=st.dates(),
    opens=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    closes=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    place=st.text(),
    call_closes=st.dates(),
    registration_closes=st.dates(),
    is_cancelled=st.booleans(),
)


def written(**changed_):
    told = {
        "kind": "校长讲坛",
        "about": "请讲一件真做过的事。",
        "addressee": "各科室、各学校",
        "talks": [Talk("一课三磨", ["周明", "沈青"]), Talk("茶歇", [])],
        "seats": 80,
        "recorder": "苏禾",
    }
    return first_notice(ARRANGED, **{**told, **changed_})


def test_the_first_text_says_what_when_where_who_speaks_and_by_when():
    text = written()

    assert text.title == "关于举办校长讲坛“一校一品”的通知"
    assert text.opening == (
        "定于2013年12月20日（周五）9:00—11:30在三楼会议室举办校长讲坛“一校一品”，"
        "现将有关事项通知如下。"
    )
    assert {each.heading: each.text for each in text.sections} == {
        "内容": "请讲一件真做过的事。",
        "时间和地点": "时间：2013年12月20日（周五）9:00—11:30\n地点：三楼会议室",
        "发言": "一课三磨（周明、沈青）\n申报发言截止：2013年12月11日（周三）。",
        "报名": (
            "请在“讲坛”中报名，截止 2013年12月18日（周三）。"
            "共 80 个座位，按报名先后安排，满了以后候补。"
        ),
        "联系人": "苏禾",
    }


def test_without_seats_it_does_not_speak_of_waiting():
    assert "候补" not in str(written(seats=None))


def test_the_second_notice_names_the_first():
    text = written(earlier="讲坛通知〔2013〕1号")

    assert text.title == "关于调整校长讲坛“一校一品”安排的通知"
    assert text.opening.startswith("讲坛通知〔2013〕1号所通知的安排有变，以本通知为准。定于")


def test_calling_off_says_what_was_arranged_and_why_it_is_not():
    text = calling_off(
        ARRANGED,
        kind="校长讲坛",
        addressee="全体教师",
        reason="会场停电。",
        earlier="讲坛通知〔2013〕1号",
    )

    assert text == Notice(
        "关于取消校长讲坛“一校一品”的通知",
        "全体教师",
        "讲坛通知〔2013〕1号通知的校长讲坛“一校一品”，原定于2013年12月20日（周五）9:00—11:30"
        "在三楼会议室举办，现不再举办。原因：会场停电。",
        [],
    )


def test_a_text_comes_back_from_its_document_as_it_was_kept():
    text = Notice("题", "全体教师", "开头", [Section("内容", "一\n二")])

    assert notice_of(text.as_body()) == text


@given(arrangements)
def test_an_arrangement_comes_back_as_it_was_told(arranged):
    again = arrangement_of(arranged.as_told())

    assert again == arranged
    assert changed(arranged, again) == []


@pytest.mark.parametrize("name", OTHERWISE)
def test_whatever_is_arranged_otherwise_is_named(name):
    assert changed(ARRANGED, replace(ARRANGED, **{name: OTHERWISE[name]})) == [name]

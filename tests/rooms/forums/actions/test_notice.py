"""The notice of a forum: begun from what is known, issued once, replaced by another."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from taihua.kernel.documents.actions import DocumentRefused, Overtaken
from taihua.kernel.documents.models import Document
from taihua.kernel.records.queries import statements
from taihua.rooms.forums.actions.closing import close_forum
from taihua.rooms.forums.actions.files import keep
from taihua.rooms.forums.actions.forums import (
    ForumRefused,
    call_forum,
    cancel_forum,
    change_forum,
)
from taihua.rooms.forums.actions.notice import begin, issue, write
from taihua.rooms.forums.actions.programme import decline
from taihua.rooms.forums.logic.notice import Notice
from taihua.rooms.forums.logic.proceedings import Section
from taihua.rooms.forums.queries.notice import (
    changes_since,
    draft_of,
    issued_paper,
    notices_of,
    text_of,
)
from tests.factories import NINE
from tests.rooms.forums.conftest import at, call_of, figure, placed

NUMBER = "讲坛通知〔2013〕1号"
TEXT = Notice("通知", "各学校", "开头", [Section("内容", "一行"), Section(" ", "删掉的")])


def issued(forum, by, number=NUMBER):
    version = begin(forum=forum, by=by, at=at(5))
    return issue(forum=forum, expected=version.number, number=number, by=by, at=at(5, 10))


def moved(forum, recorder, **changes):
    call = call_of(forum.host, recorder, **changes)
    return change_forum(forum=forum, call=call, at=at(6))


def test_it_begins_with_what_the_room_knows(forum, su, zhou, shen, wu):
    placed(forum, zhou)
    placed(forum, shen, starts=at(5, 10).time(), said_yes=False, title="没有答应的")
    refusing = placed(forum, wu, starts=at(5, 11).time(), said_yes=False, title="谢绝的")
    decline(speaker=refusing.speakers.get(), person=wu, reason="出差", at=NINE)

    version = begin(forum=forum, by=su.account, at=at(5))

    told = {section.heading: section.text for section in text_of(version).sections}
    assert told["发言"].splitlines()[0] == "一课三磨（周明）"
    assert "没有答应的" not in str(version.body)
    assert "谢绝的" not in str(version.body)
    assert version.document.unit == forum.host
    assert begin(forum=forum, by=su.account, at=at(6)) == version


def test_a_school_speaks_to_its_teachers(school, shen):
    own = call_forum(call=call_of(school, shen), at=NINE, by=shen.account)

    assert text_of(begin(forum=own, by=shen.account, at=NINE)).addressee == "全体教师"


def test_the_host_alone_writes_and_issues(forum, shen):
    with pytest.raises(ForumRefused, match="由主办单位来发"):
        begin(forum=forum, by=shen.account, at=NINE)
    with pytest.raises(ForumRefused, match="由主办单位来发"):
        write(forum=forum, text=TEXT, expected=1, by=shen.account, at=NINE)
    with pytest.raises(ForumRefused, match="由主办单位来发"):
        issue(forum=forum, expected=1, number=NUMBER, by=shen.account, at=NINE)

    assert not Document.objects.exists()


def test_what_is_held_has_no_notice_any_more(forum, su):
    held = close_forum(forum=forum, spoke=[], by=su.account, at=at(20, 18))

    with pytest.raises(ForumRefused, match="已经办完"):
        begin(forum=held, by=su.account, at=at(21))


def test_what_is_not_begun_is_neither_written_nor_issued(forum, su):
    with pytest.raises(ForumRefused, match="还没有开始写"):
        write(forum=forum, text=TEXT, expected=1, by=su.account, at=NINE)
    with pytest.raises(ForumRefused, match="还没有开始写"):
        issue(forum=forum, expected=1, number=NUMBER, by=su.account, at=NINE)


def test_the_text_is_kept_as_its_writer_leaves_it_and_bears_the_title_given(forum, su):
    begin(forum=forum, by=su.account, at=at(5))

    version = write(forum=forum, text=TEXT, expected=1, by=su.account, at=at(5))

    assert text_of(version) == Notice("通知", "各学校", "开头", [Section("内容", "一行")])
    assert Document.objects.get().title == "通知"


def test_two_who_write_at_once_lose_neither_text(forum, su):
    begin(forum=forum, by=su.account, at=at(5))
    write(forum=forum, text=TEXT, expected=1, by=su.account, at=at(5))

    with pytest.raises(Overtaken) as refused:
        write(forum=forum, text=TEXT, expected=1, by=su.account, at=at(5))

    assert refused.value.mine.beside == draft_of(forum)


def test_issued_it_is_on_record_once_and_comes_as_an_official_paper(forum, su, bureau):
    version = issued(forum, su.account)

    stated = statements().get(verb__code="issued-notice")
    assert (stated.unit, stated.object_label) == (bureau, "关于举办校长讲坛“一校一品”的通知")
    assert figure("forums.notices") == 1
    paper = issued_paper(version)
    assert (paper.masthead, paper.number) == (f"{bureau.name}文件", NUMBER)
    assert (paper.addressee, paper.issuer) == ("各科室、各学校", bureau.name)
    assert paper.day == date(2013, 12, 5)
    word = keep(version=version, paper=paper, form="docx", at=at(5))
    with ZipFile(BytesIO(bytes(word.content))) as book:
        assert "三楼会议室" in book.read("word/document.xml").decode()
    pdf = keep(version=version, paper=paper, form="pdf", at=at(5))
    assert bytes(pdf.content).startswith(b"%PDF-")


def test_a_draft_bears_neither_head_nor_seal(forum, su):
    paper = issued_paper(begin(forum=forum, by=su.account, at=at(5)))

    assert (paper.masthead, paper.number, paper.printed) == ("", "", None)
    assert not paper.sealed


def test_a_document_without_a_unit_is_a_paper_without_an_issuer(forum, su):
    version = begin(forum=forum, by=su.account, at=at(5))
    version.document.unit = None

    assert issued_paper(version).issuer == ""


def test_it_is_issued_under_a_number_as_it_was_read(forum, su):
    begin(forum=forum, by=su.account, at=at(5))

    with pytest.raises(ForumRefused, match="请填写编号"):
        issue(forum=forum, expected=1, number=" ", by=su.account, at=at(5))
    with pytest.raises(ForumRefused, match="又有人改过"):
        issue(forum=forum, expected=7, number=NUMBER, by=su.account, at=at(5))

    assert not notices_of(forum).exists()


def test_a_number_that_is_taken_is_refused_and_nothing_goes_on_record(forum, su, bureau):
    other = call_forum(call=call_of(bureau, su, topic="另一期"), at=NINE, by=su.account)
    issued(other, su.account)

    with pytest.raises(DocumentRefused, match="已经用过"):
        issued(forum, su.account)

    assert statements().filter(verb__code="issued-notice").count() == 1


def test_a_text_from_before_a_change_is_not_issued_until_somebody_went_over_it(forum, su):
    begin(forum=forum, by=su.account, at=at(5))
    forum = moved(forum, su, day=date(2013, 12, 27))

    with pytest.raises(ForumRefused, match="安排又改过"):
        issue(forum=forum, expected=1, number=NUMBER, by=su.account, at=at(6))
    write(forum=forum, text=TEXT, expected=1, by=su.account, at=at(6))

    assert issue(forum=forum, expected=2, number=NUMBER, by=su.account, at=at(6)).is_issued


def test_what_changes_after_it_was_issued_is_told_and_asks_for_another(forum, su):
    first = issued(forum, su.account)
    with pytest.raises(ForumRefused, match="安排没有变"):
        begin(forum=forum, by=su.account, at=at(6))
    forum = moved(forum, su, day=date(2013, 12, 27), opens=at(5, 8).time())

    told = [(each.name, each.told, each.now) for each in changes_since(first, forum)]
    assert told == [
        ("举办日期", "2013 年 12 月 20 日", "2013 年 12 月 27 日"),
        ("开始时间", "09:00", "08:00"),
    ]
    second = begin(forum=forum, by=su.account, at=at(6))
    assert NUMBER in text_of(second).opening
    issue(forum=forum, expected=1, number="讲坛通知〔2013〕2号", by=su.account, at=at(6))

    assert [each.pk for each in notices_of(forum)] == [second.pk, first.pk]
    assert changes_since(second, forum) == []
    assert figure("forums.notices") == 2


def test_a_forum_called_off_is_told_to_whom_it_was_told(forum, su):
    first = issued(forum, su.account)
    forum = cancel_forum(forum=forum, reason="会场停电。")

    assert [(c.name, c.told, c.now) for c in changes_since(first, forum)] == [
        ("办不办", "照办", "取消")
    ]
    assert "会场停电" in text_of(begin(forum=forum, by=su.account, at=at(6))).opening


def test_a_forum_called_off_before_anybody_was_told_needs_no_notice(forum, su):
    cancelled = cancel_forum(forum=forum, reason="会场停电。")

    with pytest.raises(ForumRefused, match="没有发过通知就取消了"):
        begin(forum=cancelled, by=su.account, at=at(6))

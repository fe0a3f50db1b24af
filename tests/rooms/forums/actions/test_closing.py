from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from taihua.kernel.documents.actions import DocumentRefused, Overtaken
from taihua.kernel.records.queries import statements, statements_of
from taihua.rooms.forums.actions.closing import close_forum, note_present, note_spread
from taihua.rooms.forums.actions.forums import ForumRefused
from taihua.rooms.forums.actions.proceedings import begin, issue, keep_file, write
from taihua.rooms.forums.actions.programme import decline
from taihua.rooms.forums.actions.questions import answer, ask, let_through
from taihua.rooms.forums.logic.proceedings import Section
from taihua.rooms.forums.models import Present, Spread
from taihua.rooms.forums.queries.proceedings import sections_of
from tests.factories import NINE
from tests.rooms.forums.conftest import (
    DAY,
    at,
    comes_back_as_the_same,
    figure,
    imported,
    placed,
    rows_of,
)

EVENING = at(20, 18)


@pytest.fixture
def held(forum, su, zhou, shen, wu):
    """周科长 spoke, 沈老师 and 吴老师 came."""
    slot = placed(forum, zhou, summary="删掉一半自己想讲的。")
    note_present(forum=forum, people=[shen, wu], by=su.account, at=at(20, 10))
    return close_forum(forum=forum, spoke=[slot.speakers.get()], by=su.account, at=EVENING)


# --- held --------------------------------------------------------------------------------------------


def test_a_forum_that_was_held_reaches_ledger_figures_and_people(held, bureau, zhou, shen):
    stated = statements().get(verb__code="held-forum")

    assert held.held == stated.uuid
    assert (stated.unit, stated.day, stated.context) == (bureau, DAY, {"speakers": ["zhou"]})
    assert [each.verb.code for each in statements_of(zhou)] == ["spoke-at-forum"]
    assert [each.verb.code for each in statements_of(shen)] == ["attended-forum"]
    counted = [figure(f"forums.{name}") for name in ("principals", "speakers", "attended")]
    assert counted == [1, 1, 2]
    assert figure("forums.speaker_share") == 1
    [row] = rows_of("forums")
    assert (row["topic"], row["kind"], row["speakers"]) == ("一校一品", "校长讲坛", ("周明",))
    assert comes_back_as_the_same("forums")


def test_a_forum_is_closed_once(held, su):
    with pytest.raises(ForumRefused, match="已经办完"):
        close_forum(forum=held, spoke=[], by=su.account, at=EVENING)

    assert figure("forums.principals") == 1


def test_a_forum_that_has_not_begun_was_not_held(forum, su, shen):
    for act in (
        lambda: close_forum(forum=forum, spoke=[], by=su.account, at=at(20, 8)),
        lambda: note_present(forum=forum, people=[shen], by=su.account, at=at(20, 8)),
    ):
        with pytest.raises(ForumRefused, match="还没有开始"):
            act()

    assert figure("forums.principals") == 0


def test_only_the_recorder_closes(forum, lin, shen):
    for other in (lin, shen):
        with pytest.raises(ForumRefused, match="只有记录人"):
            close_forum(forum=forum, spoke=[], by=other.account, at=EVENING)


def test_who_declined_did_not_speak(forum, su, zhou):
    speaker = placed(forum, zhou, said_yes=False).speakers.get()
    decline(speaker=speaker, person=zhou, reason="病了", at=NINE)

    with pytest.raises(ForumRefused, match="周明已谢绝发言"):
        close_forum(forum=forum, spoke=[speaker], by=su.account, at=EVENING)

    forum.refresh_from_db()
    assert forum.held_at is None


def test_the_list_of_who_came_is_the_last_one_said(forum, su, zhou, shen, wu):
    note_present(forum=forum, people=[shen, wu], by=su.account, at=at(20, 10))
    note_present(forum=forum, people=[wu, zhou, wu], by=su.account, at=at(20, 11))

    assert {each.person for each in Present.objects.all()} == {wu, zhou}
    assert figure("forums.attended") == 0


def test_a_row_that_a_clerk_wrote_before_is_not_written_again(forum, su, zhou, shen):
    imported(
        "forums", unit="bureau", kind="校长讲坛", day=DAY, topic="校长讲坛第二期", speakers=("周明",)
    )  # fmt: skip
    speakers = list(placed(forum, zhou, shen).speakers.all())

    closed = close_forum(forum=forum, spoke=speakers, by=su.account, at=EVENING)

    assert figure("forums.principals") == 1
    assert statements().get(verb__code="held-forum").uuid == closed.held
    assert figure("forums.speakers") == 2
    assert statements_of(zhou).filter(verb__code="spoke-at-forum").count() == 1


def test_what_was_closed_here_is_not_imported_a_second_time(held):
    imported("forums", **rows_of("forums")[0])

    assert figure("forums.principals") == 1


# --- taken up ----------------------------------------------------------------------------------------


def test_what_was_taken_up_in_two_places_is_one_forum_that_spread(held, su, school, other_school):
    for unit, what in ((school, "三个组开始磨课"), (other_school, "照着做")):
        note_spread(
            forum=held, unit=unit, what=what, since=date(2013, 12, 22), by=su.account, at=at(24)
        )

    held.refresh_from_db()
    assert (figure("forums.spread"), figure("forums.spread_share")) == (1, 1)
    assert figure("forums.principals") == 1
    assert rows_of("forums")[0]["outcome"] == "苔花一小：三个组开始磨课\n苔花二小：照着做"
    assert statements().get(verb__code="held-forum").uuid == held.held
    assert {each.unit for each in statements().filter(verb__code="spread-practice")} == {
        school,
        other_school,
    }


def test_the_same_told_twice_is_told_once(held, su, school):
    for _time in range(2):
        note_spread(
            forum=held, unit=school, what="做起来", since=date(2013, 12, 21), by=su.account, at=at(24)
        )  # fmt: skip

    assert Spread.objects.count() == 1
    assert rows_of("forums")[0]["outcome"] == "苔花一小：做起来"


def test_an_imported_forum_keeps_its_row_when_something_is_taken_up(forum, su, school):
    imported(
        "forums", unit="bureau", kind="校长讲坛", day=DAY, topic="第二期", outcome="发言稿印发"
    )
    closed = close_forum(forum=forum, spoke=[], by=su.account, at=EVENING)

    note_spread(forum=closed, unit=school, what="做起来", since=DAY, by=su.account, at=at(24))

    assert [row["outcome"] for row in rows_of("forums")] == ["发言稿印发\n苔花一小：做起来"]
    assert figure("forums.spread_share") == 1
    assert comes_back_as_the_same("forums")


@pytest.mark.parametrize("since", [date(2013, 12, 19), date(2013, 12, 25)])
def test_nothing_was_taken_up_before_the_forum_or_in_the_future(held, su, school, since):
    with pytest.raises(ForumRefused, match="讲坛当天或以后"):
        note_spread(forum=held, unit=school, what="做", since=since, by=su.account, at=at(24))

    assert not Spread.objects.exists()


def test_nothing_spreads_from_a_forum_that_was_not_held(forum, su, school):
    with pytest.raises(ForumRefused, match="办完以后"):
        note_spread(forum=forum, unit=school, what="做", since=DAY, by=su.account, at=at(24))


# --- proceedings -------------------------------------------------------------------------------------


def test_the_proceedings_begin_with_what_the_room_knows(forum, su, zhou, shen, wu):
    slot = placed(forum, zhou, summary="删掉一半自己想讲的。")
    asked = ask(forum=forum, asker=shen, text="谁来磨？", at=NINE, anonymous=True)
    ask(forum=forum, asker=wu, text="伤人的话", at=NINE)
    let_through(question=asked, by=su.account, at=NINE)
    answer(question=asked, person=su, text="备课组。", at=NINE)
    note_present(forum=forum, people=[shen, wu], by=su.account, at=at(20, 10))
    held = close_forum(forum=forum, spoke=[slot.speakers.get()], by=su.account, at=EVENING)

    version = begin(forum=held, by=su.account, at=EVENING)

    told = {section.heading: section.text for section in sections_of(version)}
    assert told == {
        "缘起": "请讲一件真做过的事。\n到会 2 人。",
        "一课三磨（周明）": "删掉一半自己想讲的。",
        "提问与回答": "问：谁来磨？\n答：苏禾：备课组。",
    }
    assert "沈青" not in str(version.body)
    held.refresh_from_db()
    assert begin(forum=held, by=su.account, at=at(21)) == version


def test_the_recorder_alone_writes_and_only_of_what_was_held(forum, held, su, zhou):
    with pytest.raises(ForumRefused, match="由记录人来写"):
        begin(forum=held, by=zhou.account, at=EVENING)
    held.held_at = None
    with pytest.raises(ForumRefused, match="办完以后才能写"):
        begin(forum=held, by=su.account, at=EVENING)
    with pytest.raises(ForumRefused, match="办完以后才能写"):
        write(forum=held, sections=[], expected=1, by=su.account, at=EVENING)


def test_two_texts_saved_at_once_are_both_kept(held, su):
    begin(forum=held, by=su.account, at=EVENING)
    held.refresh_from_db()
    first = write(forum=held, sections=[Section("一", "先")], expected=1, by=su.account, at=EVENING)

    with pytest.raises(Overtaken) as overtaken:
        write(forum=held, sections=[Section("一", "后")], expected=1, by=su.account, at=EVENING)

    assert overtaken.value.theirs == first
    assert sections_of(overtaken.value.mine) == [Section("一", "后")]


def test_issued_proceedings_stay_and_come_as_word_and_pdf(held, su):
    begin(forum=held, by=su.account, at=EVENING)
    held.refresh_from_db()
    with pytest.raises(ForumRefused, match="请填写编号"):
        issue(forum=held, expected=1, number=" ", by=su.account, at=at(22))
    with pytest.raises(ForumRefused, match="又有人改过"):
        issue(forum=held, expected=7, number="文集1号", by=su.account, at=at(22))

    version = issue(forum=held, expected=1, number="文集1号", by=su.account, at=at(22))

    held.refresh_from_db()
    assert held.issued_at == at(22)
    assert figure("forums.issued") == 1
    word = keep_file(forum=held, version=version, form="docx", at=at(22))
    with ZipFile(BytesIO(bytes(word.content))) as book:
        assert "删掉一半自己想讲的" in book.read("word/document.xml").decode()
    pdf = keep_file(forum=held, version=version, form="pdf", at=at(22))
    assert bytes(pdf.content).startswith(b"%PDF-")
    assert keep_file(forum=held, version=version, form="pdf", at=at(23)) == pdf
    with pytest.raises(DocumentRefused, match="已印发"):
        write(forum=held, sections=[Section("一", "改")], expected=1, by=su.account, at=at(23))
    with pytest.raises(DocumentRefused, match="已印发"):
        issue(forum=held, expected=1, number="文集2号", by=su.account, at=at(23))
    assert figure("forums.issued") == 1


def test_proceedings_that_are_not_begun_are_not_issued(held, su):
    for act in (
        lambda: issue(forum=held, expected=1, number="文集1号", by=su.account, at=at(22)),
        lambda: write(forum=held, sections=[], expected=1, by=su.account, at=at(22)),
    ):
        with pytest.raises(ForumRefused, match="还没有开始写"):
            act()

"""Minutes: written by two at once and lost by neither; issued once, under a number."""

from datetime import date, timedelta

import pytest

from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.documents.actions import DocumentRefused, Overtaken
from taihua.kernel.documents.models import Document
from taihua.kernel.records.queries import statements_of
from taihua.rooms.study.actions.minutes import MinutesRefused, Speech, issue_minutes, save_minutes
from taihua.rooms.study.queries.minutes import minutes_of
from tests.rooms.study.sessions import hold, moment, set_on

DAY = date(2013, 11, 12)
AT = moment(DAY + timedelta(days=2))


@pytest.fixture
def session(committee, leaders, lin, su):
    return hold(set_on(committee, DAY, lin, su.account), su.account)


def save(session, by, text="议定两件事。", expected=0, speeches=()):
    return save_minutes(
        session=session, expected=expected, text=text, speeches=speeches, at=AT, by=by.account
    )


def test_minutes_hold_the_text_and_what_each_said_in_short(session, su, lin):
    save(session, su, speeches=[Speech(lin, "先办一件。"), Speech(su, "  ")])

    session.refresh_from_db()
    written = minutes_of(session)
    assert written.text == "议定两件事。"
    assert written.speeches == [{"person": "lin", "name": "林知远", "text": "先办一件。"}]
    assert written.document.unit == session.unit


def test_of_two_recorders_at_once_both_are_told_and_both_texts_stay(session, su, keeper):
    first = save(session, su, text="苏的一稿")

    with pytest.raises(Overtaken) as told:
        save_minutes(session=session, expected=0, text="另一稿", speeches=(), at=AT, by=keeper)

    assert told.value.theirs == first
    assert told.value.mine.body["text"] == "另一稿"
    session.refresh_from_db()
    written = minutes_of(session)
    assert written.text == "苏的一稿"
    assert [late.body["text"] for late in written.beside] == ["另一稿"]


def test_a_later_version_grows_from_the_one_before(session, su):
    save(session, su)

    second = save(session, su, text="改过。", expected=1)

    assert second.number == 2
    assert Document.objects.count() == 1


def test_what_is_issued_has_a_number_and_closes_what_was_owed(session, su):
    save(session, su)
    session.refresh_from_db()

    issued = issue_minutes(session=session, expected=1, at=AT, by=su.account)

    assert issued.document.number == "中心组学纪〔2013〕1号"
    told = statements_of(session.unit).get(verb__code="issued-minutes")
    assert told.context == {"session": session.path, "number": issued.document.number}
    assert of_origin(f"{session.path}/minutes").get().closed_by == told.uuid
    with pytest.raises(DocumentRefused, match="已印发"):
        save(session, su, text="再改", expected=1)


def test_minutes_that_changed_since_they_were_read_are_not_issued(session, su):
    save(session, su)
    save(session, su, text="改过。", expected=1)
    session.refresh_from_db()

    with pytest.raises(MinutesRefused, match="刚刚又改过"):
        issue_minutes(session=session, expected=1, at=AT, by=su.account)

    assert not statements_of(session.unit).filter(verb__code="issued-minutes").exists()


def test_nothing_is_issued_where_nothing_is_written(session, su):
    with pytest.raises(MinutesRefused, match="还没有写纪要"):
        issue_minutes(session=session, expected=0, at=AT, by=su.account)
    save(session, su, text="  ")
    session.refresh_from_db()
    with pytest.raises(MinutesRefused, match="正文还是空的"):
        issue_minutes(session=session, expected=1, at=AT, by=su.account)


def test_minutes_are_of_a_session_that_was_held(committee, lin, su):
    with pytest.raises(MinutesRefused, match="先登记再写纪要"):
        save(set_on(committee, DAY, lin), su)

from datetime import date

import pytest

from taihua.kernel.records.queries import statements_of
from taihua.rooms.reading.actions.assignments import (
    AssignmentRefused,
    ReadingRefused,
    ask_substitute,
    decide_substitute,
    finish_book,
    start_book,
)
from taihua.rooms.reading.actions.checks import hand_in_answers
from taihua.rooms.reading.enums import Decision, Step
from taihua.rooms.reading.models import Assignment, Book, Reading, Substitute
from taihua.rooms.reading.queries.duties import duty_of
from tests.factories import NINE
from tests.rooms.reading.conftest import DUE, answers_to, at, read_through, set_to


def said(actor):
    """Verb and label of everything on record of somebody, oldest first."""
    return [(s.verb.code, s.object_label) for s in reversed(statements_of(actor))]


def test_setting_a_book_is_recorded_as_the_units_act(assignment, bureau, book):
    (statement,) = statements_of(bureau)

    assert (statement.verb.code, statement.kind.code) == ("set-book", "reading/book")
    assert statement.object_path == book.path
    assert statement.context == {"assignment": assignment.path, "due": DUE.isoformat()}


def test_setting_a_book_keeps_questions_in_order_and_groups(assignment):
    assert [q.text for q in assignment.questions.order_by("position")] == ["学是什么？", "怎样学？"]
    assert [group.tier for group in assignment.groups.all()] == ["middle"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"due_date": date(2013, 9, 1)}, "截止日期不能早于布置日期"),
        ({"groups": []}, "必读的人"),
        ({"questions": []}, "至少写一道题"),
    ],
)
def test_half_a_setting_is_refused_and_nothing_is_set(bureau, book, lin, changes, reason):
    with pytest.raises(AssignmentRefused, match=reason):
        set_to(bureau, book, [lin], **changes)

    assert not Assignment.objects.exists()
    assert said(bureau) == []


def test_a_book_without_a_reviewer_is_refused(bureau, book):
    with pytest.raises(AssignmentRefused, match="审阅人"):
        set_to(bureau, book, [])


def test_the_same_book_is_not_set_twice_on_one_day(assignment, bureau, book, lin):
    with pytest.raises(AssignmentRefused, match="已经布置过《劝学》"):
        set_to(bureau, book, [lin])

    assert Assignment.objects.count() == 1
    assert len(said(bureau)) == 1


def test_beginning_a_book_twice_is_one_record(book, shen):
    first = start_book(reader=shen, book=book, at=at(1))
    again = start_book(reader=shen, book=book, at=at(4))

    assert again == first
    assert again.started_date == date(2013, 12, 1)
    assert said(shen) == [("started-book", "劝学")]


def test_finishing_a_book_is_said_by_the_reader_once(book, shen):
    start_book(reader=shen, book=book, at=at(1))
    finish_book(reader=shen, book=book, at=at(4))
    again = finish_book(reader=shen, book=book, at=at(5))

    assert again.finished_date == date(2013, 12, 4)
    assert said(shen) == [("started-book", "劝学"), ("read", "劝学")]


def test_a_book_not_begun_cannot_be_finished(book, shen):
    with pytest.raises(ReadingRefused, match="请先记下开始读《劝学》"):
        finish_book(reader=shen, book=book, at=NINE)

    assert not Reading.objects.exists()
    assert said(shen) == []


def ask(reader, assignment, title="师说"):
    return ask_substitute(
        reader=reader, assignment=assignment, title=title, author="韩愈", reason="已读过", at=NINE
    )


def test_an_approved_substitute_enters_the_catalogue_and_takes_the_place(assignment, zhou, su):
    asked = ask(zhou, assignment)

    decided = decide_substitute(substitute=asked, approve=True, reply="", at=NINE, by=su.account)

    assert decided.book == Book.objects.get(title="师说")
    assert duty_of(zhou, assignment, NINE.date()).book == decided.book


def test_an_approved_substitute_that_is_in_the_catalogue_is_not_doubled(
    assignment, zhou, su, other_book
):
    asked = ask(zhou, assignment)

    decided = decide_substitute(substitute=asked, approve=True, reply="好", at=NINE, by=su.account)

    assert decided.book == other_book


def test_a_refusal_says_why_and_leaves_the_book_as_it_was(assignment, zhou, su, book):
    asked = ask(zhou, assignment)

    with pytest.raises(ReadingRefused, match="写明理由"):
        decide_substitute(substitute=asked, approve=False, reply=" ", at=NINE, by=su.account)
    decided = decide_substitute(
        substitute=asked, approve=False, reply="请先读原书。", at=NINE, by=su.account
    )

    assert (decided.decision, decided.book) == (Decision.REFUSED, None)
    assert duty_of(zhou, assignment, NINE.date()).book == book
    assert ask(zhou, assignment, "论语").decision == Decision.ASKED


def test_a_request_stands_alone_and_is_answered_once(assignment, zhou, su):
    asked = ask(zhou, assignment)
    with pytest.raises(ReadingRefused, match="已经申请过"):
        ask(zhou, assignment, "论语")
    decide_substitute(substitute=asked, approve=True, reply="", at=NINE, by=su.account)

    with pytest.raises(ReadingRefused, match="已经答复过"):
        decide_substitute(substitute=asked, approve=False, reply="不", at=NINE, by=su.account)

    assert Substitute.objects.get().decision == Decision.APPROVED


def test_who_is_not_set_the_book_cannot_ask_for_another(assignment, shen):
    with pytest.raises(ReadingRefused, match="不是您的必读书"):
        ask(shen, assignment)


def test_after_handing_in_no_other_book_can_be_asked_for(assignment, zhou, book):
    read_through(zhou, book)
    hand_in_answers(reader=zhou, assignment=assignment, answers=answers_to(assignment), at=NINE)

    with pytest.raises(ReadingRefused, match="已经交了检查"):
        ask(zhou, assignment)

    assert duty_of(zhou, assignment, NINE.date()).standing.step == Step.WAITING

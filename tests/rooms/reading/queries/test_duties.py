from datetime import date

from taihua.rooms.reading.actions.assignments import ask_substitute, decide_substitute
from taihua.rooms.reading.actions.checks import (
    ask_resit,
    hand_in_answers,
    pass_attempt,
    save_draft,
)
from taihua.rooms.reading.enums import Step
from taihua.rooms.reading.queries.duties import (
    duties_of,
    duty_of,
    handed_in,
    progress_by_unit,
)
from taihua.rooms.reading.room.dues import asked_of
from tests.factories import NINE, PersonFactory, TermFactory
from tests.rooms.reading.conftest import answers_to, at, read_through, set_to

TODAY = date(2013, 12, 4)


def test_the_book_of_last_year_stays_until_it_is_passed(bureau, book, other_book, lin, zhou):
    old = set_to(
        bureau, book, [lin], tier="middle", set_date=date(2012, 3, 1), due_date=date(2012, 6, 30)
    )
    new = set_to(bureau, other_book, [lin], tier="middle")

    assert [duty.assignment for duty in duties_of(zhou, TODAY)] == [old, new]
    read_through(zhou, book)
    attempt = hand_in_answers(reader=zhou, assignment=old, answers=answers_to(old), at=NINE)
    pass_attempt(reviewer=lin, attempt=attempt, remark="", at=NINE)
    assert [duty.assignment for duty in duties_of(zhou, TODAY)] == [new]


def test_who_is_not_asked_has_no_duty(assignment, shen):
    assert duty_of(shen, assignment, TODAY) is None
    assert duties_of(shen, TODAY) == []


def test_a_draft_is_neither_a_paper_nor_the_last_one(assignment, zhou, book):
    read_through(zhou, book)
    save_draft(reader=zhou, assignment=assignment, answers={}, at=NINE)

    duty = duty_of(zhou, assignment, TODAY)
    assert duty.standing.step == Step.TO_HAND_IN
    assert duty.last_attempt is None
    assert not handed_in(assignment, zhou).exists()


def test_everybody_of_whom_it_is_required_is_counted_by_unit(
    assignment, zhou, section, school, posts, su, book
):
    head = PersonFactory(name="何校")
    TermFactory(person=head, post=posts["科长"], unit=school)
    read_through(zhou, book)
    attempt = hand_in_answers(
        reader=zhou, assignment=assignment, answers=answers_to(assignment), at=NINE
    )
    pass_attempt(reviewer=attempt.reviewer, attempt=attempt, remark="", at=NINE)

    rows = progress_by_unit(assignment, su.account, date(2013, 12, 21))

    assert [(r.unit, r.asked, r.read, r.passed, r.overdue) for r in rows] == [
        (school, 1, 0, 0, 1),
        (section, 1, 1, 1, 0),
    ]


def test_a_leader_sees_the_units_below_and_no_others(assignment, zhou, section, school, posts):
    TermFactory(post=posts["科长"], unit=school)

    assert [row.unit for row in progress_by_unit(assignment, zhou.account, TODAY)] == [section]


def test_progress_costs_the_same_however_many_read(
    assignment, su, section, posts, django_assert_max_num_queries
):
    for more in (1, 2, 297):
        for _each in range(more):
            TermFactory(post=posts["科长"], unit=section)

        with django_assert_max_num_queries(9):
            rows = progress_by_unit(assignment, su.account, TODAY)

    assert [row.asked for row in rows] == [300]


def test_the_desk_is_asked_for_the_next_step_of_each_book(assignment, zhou, lin, book):
    def asked():
        return [(due.sentence, due.due, due.url) for due in asked_of(zhou, TODAY)]

    url = f"/reading/assignments/{assignment.pk}/"
    assert asked() == [("《劝学》还没开始读", date(2013, 12, 20), url)]
    read_through(zhou, book)
    assert asked() == [("《劝学》读完了，还要交检查", date(2013, 12, 20), url)]
    attempt = hand_in_answers(
        reader=zhou, assignment=assignment, answers=answers_to(assignment), at=NINE
    )
    assert asked() == []
    ask_resit(reviewer=attempt.reviewer, attempt=attempt, remark="再想", at=at(5))
    assert asked() == []


def test_the_substitute_is_what_is_asked_for(assignment, zhou, su):
    asked = ask_substitute(
        reader=zhou, assignment=assignment, title="论语", author="", reason="已读", at=NINE
    )
    decide_substitute(substitute=asked, approve=True, reply="", at=NINE, by=su.account)

    (due,) = asked_of(zhou, TODAY)
    assert due.sentence == "《论语》还没开始读"

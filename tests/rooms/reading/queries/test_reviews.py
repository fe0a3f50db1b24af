"""What waits for a reviewer, and for the party office."""

import pytest

from taihua.rooms.reading.actions.assignments import ask_substitute, decide_substitute
from taihua.rooms.reading.actions.checks import hand_in_answers, pass_attempt, save_draft
from taihua.rooms.reading.models import Assignment
from taihua.rooms.reading.queries.reviews import (
    attempts_seen_by,
    next_reviewer,
    reviewed_by,
    substitutes_seen_by,
    waiting_for,
    with_counts,
)
from tests.factories import NINE, PersonFactory, TermFactory
from tests.rooms.reading.conftest import answers_to, at, read_through


@pytest.fixture
def colleagues(posts, section):
    """Four more heads of the section."""
    people = [PersonFactory(name=f"干部{number}") for number in range(4)]
    for person in people:
        TermFactory(person=person, post=posts["科长"], unit=section)
    return people


def hand_in(assignment, reader, when=NINE):
    read_through(reader, assignment.book)
    return hand_in_answers(
        reader=reader, assignment=assignment, answers=answers_to(assignment), at=when
    )


def test_papers_are_shared_out_evenly(assignment, colleagues, lin, su):
    given = [hand_in(assignment, person).reviewer for person in colleagues]

    assert sorted(given.count(reviewer) for reviewer in (lin, su)) == [2, 2]


def test_who_has_read_his_papers_gets_the_next(assignment, colleagues, lin, su):
    first = hand_in(assignment, colleagues[0])
    second = hand_in(assignment, colleagues[1])
    pass_attempt(reviewer=second.reviewer, attempt=second, remark="", at=NINE)

    assert {first.reviewer, second.reviewer} == {lin, su}
    assert next_reviewer(assignment, colleagues[2]) == second.reviewer


def test_a_draft_weighs_nothing(assignment, colleagues, lin, zhou, book):
    before = next_reviewer(assignment, zhou)
    read_through(colleagues[0], book)
    save_draft(reader=colleagues[0], assignment=assignment, answers={}, at=NINE)

    assert next_reviewer(assignment, zhou) == before


def test_papers_wait_the_oldest_first_and_are_read_the_latest_first(
    assignment, colleagues, lin, su
):
    assignment.reviewers.set([lin])
    papers = [hand_in(assignment, person, at(day)) for day, person in enumerate(colleagues, 4)]
    assert list(waiting_for(lin)) == papers
    for day, paper in enumerate(papers, 10):
        pass_attempt(reviewer=lin, attempt=paper, remark="", at=at(day))

    assert list(reviewed_by(lin)) == papers[::-1]
    assert not waiting_for(lin).exists()
    assert not reviewed_by(su).exists()


def test_a_draft_is_seen_by_nobody_but_in_its_own_form(assignment, zhou, lin, book):
    read_through(zhou, book)
    save_draft(reader=zhou, assignment=assignment, answers={}, at=NINE)

    assert not attempts_seen_by(zhou, NINE.date()).exists()
    assert not attempts_seen_by(lin, NINE.date()).exists()


def test_an_assignment_tells_how_many_papers_wait_and_passed(assignment, colleagues):
    papers = [hand_in(assignment, person) for person in colleagues[:3]]
    pass_attempt(reviewer=papers[0].reviewer, attempt=papers[0], remark="", at=NINE)
    read_through(colleagues[3], assignment.book)
    save_draft(reader=colleagues[3], assignment=assignment, answers={}, at=NINE)

    (told,) = with_counts(Assignment.objects.all())

    assert (told.waiting, told.passed) == (2, 1)


def test_requests_are_seen_by_who_asked_and_who_decides_open_ones_first(
    assignment, colleagues, su, zhou, keeper
):
    asked = [
        ask_substitute(
            reader=person, assignment=assignment, title="师说", author="", reason="已读", at=at(day)
        )
        for day, person in enumerate(colleagues[:3], 4)
    ]
    decide_substitute(substitute=asked[2], approve=False, reply="不", at=at(10), by=su.account)

    assert list(substitutes_seen_by(su.account)) == [asked[1], asked[0], asked[2]]
    assert list(substitutes_seen_by(keeper)) == [asked[1], asked[0], asked[2]]
    assert not substitutes_seen_by(zhou.account).exists()

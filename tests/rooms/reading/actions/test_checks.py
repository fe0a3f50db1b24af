from datetime import date

import pytest

from taihua.kernel.commitments.actions import CommitmentRefused
from taihua.kernel.commitments.queries import of_origin, open_for
from taihua.kernel.org.actions import end_term
from taihua.kernel.org.models import Term
from taihua.kernel.records.queries import statements_of
from taihua.rooms.reading.actions.assignments import (
    ask_substitute,
    decide_substitute,
    start_book,
)
from taihua.rooms.reading.actions.checks import (
    CheckRefused,
    ask_resit,
    hand_in_answers,
    hand_in_note,
    hand_over_review,
    pass_attempt,
    save_draft,
)
from taihua.rooms.reading.actions.notes import revise_note, write_note
from taihua.rooms.reading.enums import Outcome, Step
from taihua.rooms.reading.models import Attempt
from taihua.rooms.reading.queries.duties import duty_of
from tests.factories import NINE
from tests.rooms.reading.conftest import answers_to, at, read_through, set_to


@pytest.fixture
def waiting(assignment, zhou, book):
    """周科长's paper, read through and handed in."""
    read_through(zhou, book)
    return hand_in_answers(
        reader=zhou, assignment=assignment, answers=answers_to(assignment), at=NINE
    )


def verbs_of(person):
    return [statement.verb.code for statement in reversed(statements_of(person))]


def step_of(person, assignment):
    return duty_of(person, assignment, NINE.date()).standing.step


def test_the_whole_path_from_set_to_passed(assignment, zhou, lin, book):
    read_through(zhou, book)
    attempt = hand_in_answers(
        reader=zhou, assignment=assignment, answers=answers_to(assignment), at=at(2)
    )
    pass_attempt(reviewer=lin, attempt=attempt, remark="好", at=at(4))

    assert step_of(zhou, assignment) == Step.PASSED
    assert verbs_of(zhou) == ["started-book", "passed-check", "read"]
    assert verbs_of(lin) == ["reviewed-check"]


def test_the_pass_bears_the_day_of_handing_in_not_of_the_review(assignment, zhou, lin, book):
    read_through(zhou, book, at(1))
    attempt = hand_in_answers(
        reader=zhou, assignment=assignment, answers=answers_to(assignment), at=at(2)
    )
    pass_attempt(reviewer=lin, attempt=attempt, remark="", at=at(30))

    passed = statements_of(zhou).get(verb__code="passed-check")
    assert (passed.day, passed.counts_on) == (date(2013, 12, 2), date(2013, 12, 2))
    assert passed.object_path == book.path
    assert passed.stored_at == at(30)


def test_what_was_answered_and_remarked_never_enters_the_record(waiting, zhou, lin):
    pass_attempt(reviewer=lin, attempt=waiting, remark="秘密评语", at=NINE)

    told = str([(s.object_label, s.context, s.result) for s in statements_of(zhou)])
    told += str([(s.object_label, s.context, s.result) for s in statements_of(lin)])
    assert "秘密" not in told
    assert "学不可以已" not in told


def test_handing_in_makes_the_reviewer_owe_his_opinion(waiting, lin):
    (owed,) = open_for(lin)

    assert owed.what == "审阅周明《劝学》的检查"
    assert owed.due == date(2013, 12, 18)
    assert owed.url == f"/reading/reviews/{waiting.pk}/"


def test_reviewing_closes_what_was_owed_by_the_record_of_the_review(waiting, lin):
    pass_attempt(reviewer=lin, attempt=waiting, remark="", at=NINE)

    (closed,) = of_origin(waiting.path)
    assert closed.closed_by == statements_of(lin).get().uuid
    assert not open_for(lin).exists()


def test_a_resit_is_owed_by_the_reader_until_it_is_passed(assignment, waiting, zhou, lin):
    ask_resit(reviewer=lin, attempt=waiting, remark="第二题再想想。", at=at(4))

    (owed,) = open_for(zhou)
    assert (owed.what, owed.due) == ("补查《劝学》", date(2013, 12, 18))
    assert owed.url == f"/reading/assignments/{assignment.pk}/check/"
    assert step_of(zhou, assignment) == Step.RESIT
    assert "passed-check" not in verbs_of(zhou)

    again = hand_in_answers(
        reader=zhou, assignment=assignment, answers=answers_to(assignment, "又想过了"), at=at(5)
    )
    assert again.number == 2
    assert step_of(zhou, assignment) == Step.WAITING
    pass_attempt(reviewer=again.reviewer, attempt=again, remark="好", at=at(6))

    assert not open_for(zhou).exists()
    assert step_of(zhou, assignment) == Step.PASSED


def test_two_resits_are_one_thing_owed(assignment, waiting, zhou, lin):
    ask_resit(reviewer=lin, attempt=waiting, remark="再想想", at=at(4))
    again = hand_in_answers(
        reader=zhou, assignment=assignment, answers=answers_to(assignment), at=at(5)
    )
    ask_resit(reviewer=again.reviewer, attempt=again, remark="还差一点", at=at(6))

    assert open_for(zhou).count() == 1


def test_a_resit_without_a_word_of_why_is_refused(waiting, lin):
    with pytest.raises(CheckRefused, match="请写明"):
        ask_resit(reviewer=lin, attempt=waiting, remark=" ", at=NINE)

    waiting.refresh_from_db()
    assert waiting.outcome == Outcome.WAITING


def test_only_the_reviewer_it_was_given_to_may_review_and_only_once(waiting, lin, su, zhou):
    for somebody in (su, zhou):
        with pytest.raises(CheckRefused, match="不是交给您的"):
            pass_attempt(reviewer=somebody, attempt=waiting, remark="", at=NINE)
    pass_attempt(reviewer=lin, attempt=waiting, remark="", at=NINE)
    with pytest.raises(CheckRefused, match="已经审阅过"):
        ask_resit(reviewer=lin, attempt=waiting, remark="反悔", at=NINE)

    assert verbs_of(lin) == ["reviewed-check"]
    assert statements_of(zhou).filter(verb__code="passed-check").count() == 1


def test_a_draft_is_no_paper_and_is_taken_up_again(assignment, zhou, book):
    read_through(zhou, book)
    first, second = assignment.questions.order_by("position")
    save_draft(reader=zhou, assignment=assignment, answers={first.pk: "半句"}, at=NINE)
    save_draft(reader=zhou, assignment=assignment, answers={first.pk: "一句"}, at=NINE)

    (draft,) = Attempt.objects.all()
    assert draft.is_draft
    assert {a.question: a.text for a in draft.answers.all()} == {first: "一句", second: ""}
    assert step_of(zhou, assignment) == Step.TO_HAND_IN
    handed = hand_in_answers(
        reader=zhou, assignment=assignment, answers=answers_to(assignment), at=NINE
    )
    assert (handed.pk, handed.number) == (draft.pk, 1)


def test_an_empty_answer_is_refused_and_nobody_owes_a_review(assignment, zhou, lin, book):
    read_through(zhou, book)
    first, _second = assignment.questions.order_by("position")

    with pytest.raises(CheckRefused, match="每道思考题"):
        hand_in_answers(reader=zhou, assignment=assignment, answers={first.pk: "学"}, at=NINE)

    assert not Attempt.objects.exists()
    assert not open_for(lin).exists()


def test_a_book_not_yet_read_cannot_be_checked(assignment, zhou, book):
    start_book(reader=zhou, book=book, at=NINE)

    with pytest.raises(CheckRefused, match="请先记下读完《劝学》"):
        hand_in_answers(reader=zhou, assignment=assignment, answers=answers_to(assignment), at=NINE)


def test_who_is_not_set_the_book_cannot_hand_in(assignment, shen, book):
    read_through(shen, book)

    with pytest.raises(CheckRefused, match="不是您的必读书"):
        hand_in_answers(reader=shen, assignment=assignment, answers=answers_to(assignment), at=NINE)


def test_handing_in_twice_is_refused(assignment, waiting, zhou):
    with pytest.raises(CheckRefused, match="已经交过"):
        hand_in_answers(reader=zhou, assignment=assignment, answers=answers_to(assignment), at=NINE)

    assert Attempt.objects.count() == 1


def test_a_late_paper_is_taken(bureau, zhou, lin, book):
    late = set_to(bureau, book, [lin], tier="middle", due_date=date(2013, 11, 30))
    read_through(zhou, book)

    attempt = hand_in_answers(reader=zhou, assignment=late, answers=answers_to(late), at=NINE)

    assert attempt.is_waiting
    assert not duty_of(zhou, late, NINE.date()).standing.overdue


def test_papers_go_round_the_reviewers_and_never_to_their_writer(bureau, book, lin, zhou, su):
    everyone = set_to(bureau, book, [lin, zhou, su])
    for reader in (lin, zhou, su):
        read_through(reader, book)
        hand_in_answers(reader=reader, assignment=everyone, answers=answers_to(everyone), at=NINE)

    given = {attempt.reader: attempt.reviewer for attempt in Attempt.objects.all()}
    assert given == {lin: zhou, zhou: lin, su: lin}


def test_a_reader_who_alone_reviews_is_told(bureau, book, lin):
    alone = set_to(bureau, book, [lin], tier="leadership")
    read_through(lin, book)

    with pytest.raises(CheckRefused, match="请告诉党办"):
        hand_in_answers(reader=lin, assignment=alone, answers=answers_to(alone), at=NINE)

    assert not Attempt.objects.exists()


@pytest.fixture
def by_note(bureau, book, lin, su):
    return set_to(bureau, book, [lin, su], tier="middle", check_kind="note", questions=[])


def note_of(writer, book, text="锲而不舍。"):
    return write_note(writer=writer, kind="note", title="读劝学", text=text, book=book, at=NINE)


def test_a_note_is_reviewed_as_it_was_handed_in(by_note, zhou, book):
    read_through(zhou, book)
    note = note_of(zhou, book)
    attempt = hand_in_note(reader=zhou, assignment=by_note, note=note, at=NINE)
    revise_note(note=note, grown_from=1, title="改过", text="改过", at=at(5))

    attempt.refresh_from_db()
    assert attempt.version.text == "锲而不舍。"


def test_somebody_elses_note_cannot_be_handed_in(by_note, zhou, shen, book):
    read_through(zhou, book)

    with pytest.raises(CheckRefused, match="自己写的"):
        hand_in_note(reader=zhou, assignment=by_note, note=note_of(shen, book), at=NINE)


def test_questions_are_not_answered_by_a_note(assignment, zhou, book):
    read_through(zhou, book)

    with pytest.raises(CheckRefused, match="思考题检查"):
        hand_in_note(reader=zhou, assignment=assignment, note=note_of(zhou, book), at=NINE)


def test_the_pass_of_a_substitute_is_recorded_on_the_book_that_was_read(
    assignment, zhou, lin, su, other_book
):
    asked = ask_substitute(
        reader=zhou, assignment=assignment, title="师说", author="韩愈", reason="已读", at=NINE
    )
    decide_substitute(substitute=asked, approve=True, reply="", at=NINE, by=su.account)
    read_through(zhou, other_book)
    attempt = hand_in_answers(
        reader=zhou, assignment=assignment, answers=answers_to(assignment), at=NINE
    )
    pass_attempt(reviewer=lin, attempt=attempt, remark="", at=NINE)

    assert statements_of(zhou).get(verb__code="passed-check").object_label == "师说"
    assert step_of(zhou, assignment) == Step.PASSED


def test_a_paper_is_handed_over_with_what_is_owed(waiting, lin, su):
    hand_over_review(reviewer=lin, attempt=waiting, taker=su, reason="出差", at=NINE)

    waiting.refresh_from_db()
    assert waiting.reviewer == su
    assert not open_for(lin).exists()
    assert open_for(su).get().origin == waiting.path


def test_a_paper_goes_only_to_another_reviewer_of_the_book_and_with_a_reason(
    waiting, lin, shen, su
):
    with pytest.raises(CheckRefused, match="另一位审阅人"):
        hand_over_review(reviewer=lin, attempt=waiting, taker=shen, reason="忙", at=NINE)
    with pytest.raises(CommitmentRefused, match="原因"):
        hand_over_review(reviewer=lin, attempt=waiting, taker=su, reason=" ", at=NINE)

    waiting.refresh_from_db()
    assert waiting.reviewer == lin


def test_a_paper_is_reviewed_though_its_reader_has_left(waiting, zhou, lin, book):
    end_term(term=Term.objects.known().get(person=zhou), last_day=date(2013, 12, 1), at=NINE)

    pass_attempt(reviewer=lin, attempt=waiting, remark="", at=NINE)

    assert statements_of(zhou).get(verb__code="passed-check").object_path == book.path

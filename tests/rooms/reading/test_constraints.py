"""What the database itself refuses, whoever writes to it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from taihua.rooms.reading.models import (
    Answer,
    Assignment,
    Attempt,
    Book,
    Bookmark,
    Copy,
    EveningLine,
    Loan,
    Mark,
    Note,
    NoteVersion,
    Question,
    Reading,
    Share,
    Substitute,
)
from tests.factories import NINE

DAY = date(2013, 12, 4)
BEFORE = DAY - timedelta(days=1)


def refuses(build, *, told=""):
    """The row is refused by the database, and where a person may cause it, in plain words."""
    with pytest.raises(IntegrityError), transaction.atomic():
        build().save()
    if told:
        with pytest.raises(ValidationError, match=told):
            build().validate_constraints()


@pytest.fixture
def copy(book, school):
    return Copy.objects.create(book=book, label="TH-0001", unit=school)


@pytest.fixture
def note(shen):
    note = Note.objects.create(writer=shen, kind="note", created_at=NINE)
    note.head = NoteVersion.objects.create(
        note=note, number=1, grown_from=0, title="题", text="文", written_at=NINE
    )
    note.save()
    return note


def test_books_are_told_apart_by_title_and_author_and_by_isbn(book):
    refuses(lambda: Book(title="劝学", author="荀子"), told="已经有这本书")
    Book.objects.create(title="一", isbn="9787020002207")
    refuses(lambda: Book(title="二", isbn="9787020002207"), told="已经有这个 ISBN")
    Book.objects.create(title="三")
    assert Book.objects.filter(isbn="").count() == 2


def test_a_copy_is_in_one_pair_of_hands(copy, shen, zhou):
    def lend(person, returned=None):
        return Loan(copy=copy, borrower=person, lent_date=DAY, due_date=DAY, returned_date=returned)

    lend(shen, returned=DAY).save()
    lend(shen).save()
    refuses(lambda: lend(zhou))


def test_loans_run_forwards(copy, shen):
    refuses(
        lambda: Loan(copy=copy, borrower=shen, lent_date=DAY, due_date=BEFORE),
        told="应还日期不能早于借出日期",
    )
    refuses(
        lambda: Loan(copy=copy, borrower=shen, lent_date=DAY, due_date=DAY, returned_date=BEFORE),
        told="归还日期不能早于借出日期",
    )


def test_assignments_run_forwards_and_are_set_once_a_day(assignment, book, bureau):
    def build(**changes):
        fields = {
            "book": book,
            "setter": bureau,
            "set_date": DAY,
            "due_date": DAY,
            "check_kind": "note",
        }
        return Assignment(**{**fields, **changes})

    refuses(lambda: build(due_date=BEFORE), told="截止日期不能早于布置日期")
    refuses(
        lambda: build(set_date=assignment.set_date, due_date=assignment.due_date),
        told="已经布置过这本书",
    )


def test_questions_have_their_own_places(assignment):
    refuses(lambda: Question(assignment=assignment, position=1, text="又一题"))


def test_a_reading_is_one_and_runs_forwards(book, shen):
    refuses(
        lambda: Reading(reader=shen, book=book, started_date=DAY, finished_date=BEFORE),
        told="读完日期不能早于开始日期",
    )
    Reading.objects.create(reader=shen, book=book, started_date=DAY)
    refuses(lambda: Reading(reader=shen, book=book, started_date=DAY))


def attempt_of(assignment, reader, number, **changes):
    return Attempt(assignment=assignment, reader=reader, number=number, **changes)


def test_one_attempt_is_open_and_one_is_passed(assignment, zhou, lin):
    done = {"handed_in_at": NINE, "reviewed_at": NINE, "reviewer": lin}
    attempt_of(assignment, zhou, 1, outcome="resit", **done).save()
    attempt_of(assignment, zhou, 2).save()

    refuses(lambda: attempt_of(assignment, zhou, 3))
    refuses(lambda: attempt_of(assignment, zhou, 1, outcome="resit", **done))
    Attempt.objects.filter(number=2).update(outcome="passed", **done)
    refuses(lambda: attempt_of(assignment, zhou, 3, outcome="passed", **done))


def test_an_outcome_comes_by_a_review_of_what_was_handed_in(assignment, zhou, lin):
    refuses(lambda: attempt_of(assignment, zhou, 1, outcome="passed"))
    refuses(lambda: attempt_of(assignment, zhou, 1, outcome="passed", reviewed_at=NINE))
    refuses(lambda: attempt_of(assignment, zhou, 1, reviewed_at=NINE, handed_in_at=NINE))


def test_nobody_reviews_himself(assignment, zhou):
    refuses(
        lambda: attempt_of(assignment, zhou, 1, handed_in_at=NINE, reviewer=zhou),
        told="自己的答卷要请别人审阅",
    )


def test_a_question_is_answered_once_an_attempt(assignment, zhou):
    attempt = attempt_of(assignment, zhou, 1)
    attempt.save()
    question = assignment.questions.first()
    Answer.objects.create(attempt=attempt, question=question, text="一")

    refuses(lambda: Answer(attempt=attempt, question=question, text="二"))


def test_one_request_lives_and_an_approved_one_has_its_book(assignment, zhou, other_book):
    def build(**changes):
        fields = {"title": "师说", "reason": "已读", "asked_at": NINE}
        return Substitute(assignment=assignment, reader=zhou, **{**fields, **changes})

    refuses(lambda: build(decision="approved"))
    build(decision="refused").save()
    build(decision="approved", book=other_book).save()
    refuses(build, told="已经有一份替代申请")


def test_a_version_grows_from_an_earlier_one(note):
    def version(number, grown_from):
        return NoteVersion(
            note=note, number=number, grown_from=grown_from, title="题", text="", written_at=NINE
        )

    refuses(lambda: version(2, 2))
    refuses(lambda: version(1, 0))


def test_a_note_is_shown_once_to_an_audience_at_a_time(note, school):
    def share(**changes):
        return Share(note=note, shared_at=NINE, **changes)

    share().save()
    share(unit=school).save()
    share(tier="middle").save()
    for again in ({}, {"unit": school}, {"tier": "middle"}):
        refuses(lambda again=again: share(**again))
    refuses(lambda: share(unit=school, tier="middle"))
    Share.objects.update(withdrawn_at=NINE)
    share().save()


def test_a_bookmark_is_one_and_a_mark_marks_something(book, shen):
    Bookmark.objects.create(reader=shen, book=book, href="a", offset=0)
    refuses(lambda: Bookmark(reader=shen, book=book, href="b", offset=1))
    refuses(
        lambda: Mark(reader=shen, book=book, href="a", offset=0, exact="", made_at=NINE),
        told="请先选出要划线的文字",
    )


def test_a_line_is_left_once_an_evening(shen):
    EveningLine.objects.create(reader=shen, day=DAY, words="一", said_at=NINE)

    refuses(
        lambda: EveningLine(reader=shen, day=DAY, words="二", said_at=NINE),
        told="今晚已经留过一句话",
    )


def test_every_row_says_what_it_is_without_a_query(
    assignment, book, edition, copy, note, shen, zhou, django_assert_num_queries
):
    chapter = edition.chapters.first()
    rows = [
        book,
        edition,
        chapter,
        edition.pictures.first(),
        copy,
        Loan(copy=copy, borrower=shen),
        assignment,
        assignment.groups.first(),
        assignment.questions.first(),
        Reading(reader=shen, book=book),
        attempt_of(assignment, zhou, 1),
        Answer(attempt_id=1, question_id=1),
        Substitute(assignment=assignment, reader=zhou, title="师说"),
        note,
        note.head,
        Share(note=note, tier="middle"),
        Bookmark(reader=shen, book=book),
        Mark(reader=shen, book=book, offset=3),
        EveningLine(reader=shen, day=DAY),
    ]

    with django_assert_num_queries(0):
        told = [str(row) for row in rows]

    assert all(told)
    assert str(note.comments.model(note=note, writer=shen)) == f"{note.pk} {shen.pk}"

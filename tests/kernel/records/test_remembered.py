"""What was made of the same records before is not made again, and never of other records."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from taihua.kernel.records.actions import learn_words, void
from taihua.kernel.records.remembered import newest_record, remembered
from tests.factories import PersonFactory
from tests.kernel.measures.acts import KINDS, VERBS, did, moment


@pytest.fixture
def words(db):
    learn_words([(verb, verb) for verb in VERBS], [(kind, kind) for kind in KINDS])


def counting():
    """Something to ask, which tells how often it was asked."""
    asked = []

    def answer():
        asked.append(1)
        return len(asked)

    return answer


def test_the_same_question_about_the_same_records_is_answered_once(words):
    did(PersonFactory(), date(2013, 3, 1))
    answer = counting()

    said = [remembered(("how many", 1), newest_record(), answer) for _time in range(3)]

    assert said == [1, 1, 1]


def test_another_question_is_answered_for_itself(words):
    did(PersonFactory(), date(2013, 3, 1))
    answer = counting()

    assert remembered(("how many", 1), newest_record(), answer) == 1
    assert remembered(("how many", 2), newest_record(), answer) == 2


def test_an_empty_answer_is_an_answer(words):
    did(PersonFactory(), date(2013, 3, 1))
    answer = counting()
    for _time in range(2):
        assert remembered("nothing", newest_record(), lambda: answer() and None) is None

    assert answer() == 2


def test_whatever_is_recorded_or_taken_back_is_seen_at_once(words):
    answer = counting()
    person = PersonFactory()
    wrong = did(person, date(2013, 3, 1))
    assert remembered("how many", newest_record(), answer) == 1

    did(person, date(2013, 3, 2))
    assert remembered("how many", newest_record(), answer) == 2
    void(statement=wrong, reason="重复登记", at=moment(date(2013, 5, 1)))
    assert remembered("how many", newest_record(), answer) == 3


def test_where_nothing_is_on_record_nothing_is_remembered(db):
    answer = counting()

    assert [remembered("how many", newest_record(), answer) for _time in range(2)] == [1, 2]


def test_a_record_that_was_never_kept_does_not_speak_for_the_one_that_takes_its_number(words):
    answer = counting()
    person = PersonFactory()
    did(person, date(2013, 3, 1))
    with transaction.atomic():
        did(person, date(2013, 3, 2))
        assert remembered("how many", newest_record(), answer) == 1
        transaction.set_rollback(True)
    did(person, date(2013, 3, 3))

    assert remembered("how many", newest_record(), answer) == 2


def test_what_was_known_once_rests_on_the_records_of_then(words):
    person = PersonFactory()
    first = did(person, date(2013, 3, 1))
    did(person, date(2013, 6, 1))

    assert newest_record(moment(date(2013, 4, 1))) == (first.pk, first.uuid)
    assert newest_record(datetime(2000, 1, 1, tzinfo=UTC)) == (0, None)

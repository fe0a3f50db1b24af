"""What a store of records never holds is found when the guards have been taken off."""

from datetime import timedelta

import pytest
from django.db import connection

from taihua.kernel.records.actions import learn_words, record, void
from taihua.kernel.records.models import Statement
from taihua.kernel.records.soundness import unsound
from tests.factories import NINE

pytestmark = pytest.mark.django_db


@pytest.fixture
def did(shen, school):
    learn_words([("test-did", "做了")], [("test/thing", "事物")])

    def put(path="a", **who):
        who = who or {"person": shen}
        return record(verb="test-did", kind="test/thing", path=path, label="", at=NINE, **who)

    return put


def forced(statement, **changes):
    """Change a record behind the back of its guards."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS records_statement_no_update")
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
    Statement.objects.filter(pk=statement.pk).update(**changes)


def test_a_store_written_by_its_door_is_sound(did, school):
    void(statement=did(), reason="重复", at=NINE)
    void(statement=did("b", unit=school), reason="重复", at=NINE)
    did("c")

    assert unsound(NINE) == {}


@pytest.mark.parametrize(
    ("plans", "found"), [([], {"counts-after-its-day": 1}), (["test-did"], {})]
)
def test_only_a_plan_may_count_after_its_day(did, plans, found):
    forced(did(), counts_on=NINE.date() + timedelta(days=1))
    learn_words([("test-did", "做了")], [], plans=plans)

    assert unsound(NINE) == found


def test_a_voiding_of_a_voiding_is_found(did):
    voiding = void(statement=did(), reason="重复", at=NINE)
    forced(did("b"), voids=voiding.pk)

    assert unsound(NINE) == {"voids-a-voiding": 1}


@pytest.mark.parametrize("whose", ["person", "unit"])
def test_a_voiding_of_what_somebody_else_did_is_found(did, wu, school, other_school, whose):
    statement = did() if whose == "person" else did(unit=school)
    voiding = void(statement=statement, reason="重复", at=NINE)
    forced(voiding, **{whose: wu if whose == "person" else other_school})

    assert unsound(NINE) == {"voids-another-actor": 1}


def test_a_voiding_by_a_unit_of_what_a_person_did_is_found(did, school):
    voiding = void(statement=did(), reason="重复", at=NINE)
    forced(voiding, person=None, unit=school)

    assert unsound(NINE) == {"voids-another-actor": 1}


@pytest.mark.parametrize(
    ("days", "found"),
    [(0, {}), (1, {"stored-in-the-future": 1})],
)
def test_what_was_stored_later_today_is_no_fault_but_tomorrow_is(did, days, found):
    forced(did(), stored_at=NINE.replace(hour=23, minute=59) + timedelta(days=days))

    assert unsound(NINE) == found


@pytest.mark.parametrize(
    ("hours", "wrong"), [(14.99, False), (15, True), (-9, False), (-9.01, True)]
)
def test_a_day_begins_and_ends_at_midnight_in_shanghai(did, hours, wrong):
    forced(did(), occurred_at=NINE + timedelta(hours=hours))

    assert unsound(NINE) == ({"day-is-not-its-moment": 1} if wrong else {})

"""What is learnt later of an act is stated with it again; the act keeps its day, its row and its past."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest

from taihua.kernel.records.actions import learn_words, record, void
from taihua.kernel.records.queries import everything_said, history_of, statements
from taihua.kernel.records.restating import restate
from tests.factories import NINE

LATER = NINE + timedelta(days=30)


@pytest.fixture(autouse=True)
def words(db):
    learn_words([("test-did", "做了")], [("test/thing", "事物"), ("test/done", "办完的事物")])


@pytest.fixture
def act(shen):
    return record(
        verb="test-did",
        kind="test/thing",
        path="test/thing/1",
        label="第一件",
        person=shen,
        at=NINE,
        occurred_at=NINE - timedelta(days=2),
        quantity=Decimal("0.5"),
        result={"said": "先说的"},
        context={"where": "校内"},
        row_key="row-1",
    )


def again(number, **more):
    return restate(uuid=number, reason="补记结果", at=LATER, result={"came": "成了"}, **more)


def test_an_act_stands_once_with_what_came_of_it_and_as_it_was_otherwise(act, shen):
    number = again(act.uuid)

    stands = statements().get()
    assert stands.uuid == number != act.uuid
    assert stands.result == {"said": "先说的", "came": "成了"}
    assert (stands.person, stands.unit, stands.day) == (shen, None, act.day)
    assert (stands.counts_on, stands.quantity) == (act.counts_on, Decimal("0.5"))
    assert (stands.context, stands.row_key) == ({"where": "校内"}, "row-1")
    assert stands.stored_at == LATER


def test_what_was_said_first_is_kept_with_the_reason_why_it_counts_no_more(act):
    again(act.uuid)

    first, voiding, stands = history_of(act)
    assert first == act
    assert (voiding.voids, voiding.context) == (act, {"reason": "补记结果"})
    assert stands == statements().get()


def test_what_is_said_later_takes_the_place_of_what_was_said_before(act):
    restate(uuid=act.uuid, reason="更正", at=LATER, result={"said": "后说的"})

    assert statements().get().result == {"said": "后说的"}


def test_an_act_may_become_one_of_another_kind(act):
    again(act.uuid, kind="test/done")

    assert statements().get().kind.code == "test/done"


def test_an_act_that_was_voided_meanwhile_stays_voided(act):
    void(statement=act, reason="录错了", at=NINE)

    assert again(act.uuid) == act.uuid
    assert not statements().exists()


@pytest.mark.parametrize("number", [None, uuid.UUID(int=7)])
def test_what_is_on_no_record_is_not_put_there(number):
    assert again(number) == number
    assert not everything_said().exists()

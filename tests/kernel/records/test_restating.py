"""An act stated again with what came of it: one statement stands, the first is void, the day stays."""

from datetime import date, datetime, timedelta

import pytest

from taihua.base.clock import ZONE
from taihua.kernel.records.actions import learn_words, record
from taihua.kernel.records.queries import everything_said, statements
from taihua.kernel.records.restating import restate, take_back
from tests.factories import NINE, PersonFactory

LATER = NINE + timedelta(days=3)


@pytest.fixture
def talk(db):
    """A talk that made up for an earlier day, as a row of a sheet told it."""
    learn_words([("talked", "谈")], [("talk", "谈工作"), ("talk/settled", "谈妥的")])
    return record(
        verb="talked",
        kind="talk",
        path="talk/1",
        label="招生",
        at=NINE,
        person=PersonFactory(),
        occurred_at=datetime(2013, 12, 2, 12, tzinfo=ZONE),
        counts_on=date(2013, 11, 29),
        quantity="0.5",
        context={"place": "一小"},
        result={"ask": "要钱"},
        row_key="talks/1",
    )


def test_what_is_said_later_stands_beside_what_was_said_first(talk):
    uuid = restate(uuid=talk.uuid, reason="补记答复", at=LATER, result={"answer": "给"})

    again = statements().get()
    assert again.uuid == uuid != talk.uuid
    assert again.result == {"ask": "要钱", "answer": "给"}
    assert (again.person, again.quantity, again.context) == (
        talk.person, talk.quantity, {"place": "一小"},
    )  # fmt: skip
    assert (again.day, again.counts_on) == (talk.day, talk.counts_on)
    assert again.row_key == "talks/1"
    assert again.stored_at == LATER
    assert everything_said().get(voids=talk).context["reason"] == "补记答复"


def test_kind_and_context_can_be_said_otherwise(talk):
    restate(uuid=talk.uuid, reason="办妥", at=LATER, kind="talk/settled", context={"place": "二小"})

    again = statements().get()
    assert (again.kind.code, again.context) == ("talk/settled", {"place": "二小"})
    assert again.result == {"ask": "要钱"}


def test_under_another_name_it_is_no_longer_the_row_of_the_sheet(talk):
    restate(uuid=talk.uuid, reason="改了题目", at=LATER, label="转学")

    again = statements().get()
    assert (again.object_label, again.row_key) == ("转学", None)


def test_what_said_no_result_says_none_after(talk):
    bare = record(verb="talked", kind="talk", path="talk/2", label="x", at=NINE, person=talk.person)

    uuid = restate(uuid=bare.uuid, reason="更正", at=LATER, context={"place": "一小"})

    assert statements().get(uuid=uuid).result is None


def test_what_was_taken_back_stays_taken_back(talk):
    take_back(uuid=talk.uuid, reason="没有谈成", at=LATER)
    said = everything_said().count()

    assert restate(uuid=talk.uuid, reason="补记", at=LATER, result={"answer": "给"}) == talk.uuid
    take_back(uuid=talk.uuid, reason="再一次", at=LATER)

    assert everything_said().count() == said
    assert not statements().exists()


def test_nothing_on_record_is_nothing_to_restate_or_take_back(talk):
    assert restate(uuid=None, reason="补记", at=LATER, result={}) is None
    take_back(uuid=None, reason="没有", at=LATER)

    assert everything_said().get() == talk


def test_a_plan_that_is_moved_counts_on_its_new_day(talk):
    learn_words([("planned", "计划")], [], plans=["planned"])
    plan = record(
        verb="planned", kind="talk", path="talk/2", label="招生", at=NINE, person=talk.person,
        context={"planned": "2013-12-20"},
    )  # fmt: skip

    uuid = restate(uuid=plan.uuid, reason="改期", at=LATER, context={"planned": "2014-01-10"})

    again = statements().get(uuid=uuid)
    assert plan.counts_on == date(2013, 12, 20)
    assert (again.day, again.counts_on) == (plan.day, date(2014, 1, 10))

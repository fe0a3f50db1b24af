"""Who promised what is held to it by a record, and by nothing else."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from taihua.kernel.commitments.actions import (
    CommitmentRefused,
    commit,
    fulfil,
    hand_over,
    release,
)
from taihua.kernel.commitments.models import Commitment, HandOver
from taihua.kernel.commitments.queries import of_origin, open_for
from taihua.kernel.records.actions import learn_words, record
from tests.factories import NINE

DUE = date(2013, 12, 11)


def owed(**owner):
    return commit(
        what="答复沈老师的建议", due=DUE, origin="outreach/proposal/1", url="/x/", act="答复", at=NINE,
        **owner,
    )  # fmt: skip


@pytest.fixture
def statement(shen):
    learn_words([("test-did", "做了")], [("test/thing", "事物")])
    return record(verb="test-did", kind="test/thing", path="a", label="", person=shen, at=NINE)


def test_what_is_owed_is_seen_by_its_owner_most_urgent_first(lin, zhou):
    later = owed(person=lin)
    sooner = commit(
        what="", due=DUE - timedelta(1), origin="b", url="", act="", at=NINE, person=lin
    )

    assert list(open_for(lin)) == [sooner, later]
    assert list(open_for(zhou)) == []


def test_what_a_unit_owes_is_seen_by_those_who_ask_for_the_unit(zhou, section):
    commitment = owed(unit=section)

    assert list(open_for(zhou, [section.pk])) == [commitment]
    assert list(open_for(zhou)) == []


def test_the_same_thing_is_owed_once(lin):
    assert owed(person=lin) == owed(person=lin)
    assert Commitment.objects.count() == 1


def test_a_record_closes_it_once(lin, statement):
    commitment = owed(person=lin)

    closed = fulfil(commitment=commitment, statement=statement, at=NINE)

    assert (closed.closed_at, closed.closed_by) == (NINE, statement.uuid)
    assert not closed.is_open
    assert list(open_for(lin)) == []
    with pytest.raises(CommitmentRefused, match="已经办结"):
        fulfil(commitment=commitment, statement=statement, at=NINE)
    assert owed(person=lin) != commitment


def test_it_is_released_only_for_a_reason(lin):
    commitment = owed(person=lin)
    with pytest.raises(CommitmentRefused, match="原因"):
        release(commitment=commitment, reason=" ", at=NINE)
    assert list(open_for(lin)) == [commitment]

    release(commitment=commitment, reason="建议已撤回", at=NINE)

    assert list(open_for(lin)) == []
    assert of_origin("outreach/proposal/1").get().released_because == "建议已撤回"


def test_it_passes_to_another_with_a_reason_and_keeps_its_day(lin, zhou):
    commitment = owed(person=lin)

    hand_over(commitment=commitment, taker=zhou, reason="分工调整", at=NINE)

    assert [each.due for each in open_for(zhou)] == [DUE]
    assert list(open_for(lin)) == []
    passed = HandOver.objects.get()
    assert (passed.giver, passed.taker, passed.reason) == (lin, zhou, "分工调整")


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_does_not_pass_on_without_a_reason(lin, zhou, reason):
    with pytest.raises(CommitmentRefused, match="原因"):
        hand_over(commitment=owed(person=lin), taker=zhou, reason=reason, at=NINE)

    assert Commitment.objects.get().person == lin


def test_it_does_not_pass_to_its_owner_nor_from_a_unit(lin, zhou, section):
    with pytest.raises(CommitmentRefused, match="另一位"):
        hand_over(commitment=owed(person=lin), taker=lin, reason="?", at=NINE)
    with pytest.raises(CommitmentRefused, match="另一位"):
        hand_over(commitment=owed(unit=section), taker=lin, reason="?", at=NINE)

    assert not HandOver.objects.exists()


def test_the_database_refuses_to_close_without_record_or_reason(lin):
    commitment = owed(person=lin)
    commitment.closed_at = NINE

    with pytest.raises(IntegrityError), transaction.atomic():
        commitment.save()

    assert list(open_for(lin)) == [commitment]

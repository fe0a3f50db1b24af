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
from tests.meeting import at_once, on_postgresql

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


def test_a_unit_owes_the_same_thing_once_beside_a_person(lin, section):
    of_person, of_unit = owed(person=lin), owed(unit=section)

    assert owed(unit=section) == of_unit != of_person
    assert set(of_origin("outreach/proposal/1")) == {of_person, of_unit}


@pytest.mark.parametrize("owners", [("lin", None), (None, "section")])
def test_the_database_refuses_the_same_thing_twice_while_it_is_open(request, owners, bureau):
    person, unit = (name and request.getfixturevalue(name) for name in owners)
    first = owed(person=person, unit=unit)
    first.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)

    assert Commitment.objects.count() == 1


def test_it_does_not_pass_to_somebody_who_owes_the_same_already(lin, zhou):
    mine, theirs = owed(person=lin), owed(person=zhou)

    with pytest.raises(CommitmentRefused, match="已经承办"):
        hand_over(commitment=mine, taker=zhou, reason="分工调整", at=NINE)

    assert list(open_for(lin)) == [mine]
    assert list(open_for(zhou)) == [theirs]
    assert not HandOver.objects.exists()


def test_what_the_taker_did_long_ago_is_no_bar(lin, zhou, statement):
    fulfil(commitment=owed(person=zhou), statement=statement, at=NINE)

    hand_over(commitment=owed(person=lin), taker=zhou, reason="分工调整", at=NINE)

    assert open_for(zhou).count() == 1


def test_what_is_closed_is_neither_released_nor_passed_on(lin, zhou, statement):
    commitment = owed(person=lin)
    fulfil(commitment=commitment, statement=statement, at=NINE)

    with pytest.raises(CommitmentRefused, match="已经办结"):
        release(commitment=commitment, reason="不办了", at=NINE)
    with pytest.raises(CommitmentRefused, match="已经办结"):
        hand_over(commitment=commitment, taker=zhou, reason="分工调整", at=NINE)

    kept = Commitment.objects.get()
    assert (kept.closed_by, kept.released_because, kept.person) == (statement.uuid, "", lin)


def test_it_has_exactly_one_owner(lin, section):
    for owners in ({}, {"person": lin, "unit": section}):
        with pytest.raises(IntegrityError), transaction.atomic():
            owed(**owners)

    assert not Commitment.objects.exists()


def test_it_is_called_by_what_and_when_and_a_hand_over_by_who_to_whom(lin, zhou):
    commitment = owed(person=lin)
    hand_over(commitment=commitment, taker=zhou, reason="分工调整", at=NINE)

    assert str(commitment) == "答复沈老师的建议 2013-12-11"
    assert str(HandOver.objects.get()) == f"{lin.pk}→{zhou.pk}"


# --- two in one moment ----------------------------------------------------------------------------


@on_postgresql
def test_two_who_ask_for_the_same_at_once_get_one_commitment(transactional_db, lin):
    one, other = at_once(lambda: owed(person=lin), lambda: owed(person=lin))

    assert one == other == Commitment.objects.get()


@on_postgresql
def test_of_two_who_fulfil_at_once_one_is_told_it_is_done(transactional_db, lin, statement):
    commitment = owed(person=lin)

    came = at_once(
        *[lambda: fulfil(commitment=commitment, statement=statement, at=NINE)] * 2,
    )

    told = [each for each in came if isinstance(each, CommitmentRefused)]
    assert ["已经办结" in str(refusal) for refusal in told] == [True]
    assert Commitment.objects.get().closed_by == statement.uuid


@on_postgresql
def test_who_fulfils_while_another_passes_it_on_leaves_no_half(
    transactional_db, lin, zhou, statement
):
    commitment = owed(person=lin)

    fulfilled, _passed = at_once(
        lambda: fulfil(commitment=commitment, statement=statement, at=NINE),
        lambda: hand_over(commitment=commitment, taker=zhou, reason="分工调整", at=NINE),
    )

    kept = Commitment.objects.get()
    assert not isinstance(fulfilled, Exception)
    assert kept.closed_by == statement.uuid
    assert kept.person == (zhou if HandOver.objects.exists() else lin)

"""What is on record stays on record: one door in, no change, no deletion."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction

from taihua.kernel.records.actions import (
    Draft,
    StatementRefused,
    learn_words,
    record,
    record_many,
    void,
)
from taihua.kernel.records.models import ObjectKind, Statement, Verb
from taihua.kernel.records.queries import (
    by_uuids,
    everything_said,
    history_of,
    kind_ids,
    labels,
    statements,
    statements_of,
    verb_ids,
)
from taihua.kernel.records.tokens import opaque
from tests.factories import NINE, PersonFactory
from tests.meeting import at_once, on_postgresql


@pytest.fixture(autouse=True)
def words(db):
    learn_words([("test-did", "做了"), ("test-saw", "看了")], [("test/thing", "事物")])


def did(person, **changes):
    told = {
        "verb": "test-did", "kind": "test/thing", "path": "test/thing/1", "label": "第一件",
        "person": person, "at": NINE,
    }  # fmt: skip
    return record(**{**told, **changes})


def test_a_record_says_who_did_what_when_and_when_it_was_stored(shen):
    statement = did(shen, occurred_at=NINE - timedelta(days=2), quantity="0.5", result={"a": 1})

    stored = Statement.objects.get()
    assert stored == statement
    assert (stored.person, stored.unit) == (shen, None)
    assert (stored.day, stored.counts_on) == (date(2013, 12, 2), date(2013, 12, 2))
    assert (stored.stored_at, stored.quantity) == (NINE, Decimal("0.5"))
    assert (stored.result, stored.context, stored.is_made_up) == ({"a": 1}, None, False)
    assert stored.uuid.version == 4


def test_the_day_is_the_one_in_shanghai(shen):
    just_before_midnight_utc = NINE.replace(day=3, hour=23, minute=30)

    assert did(shen, occurred_at=just_before_midnight_utc).day == date(2013, 12, 3)


def test_an_act_may_make_up_for_an_earlier_day_but_not_for_a_later_one(shen):
    assert did(shen, counts_on=date(2013, 11, 30)).is_made_up

    with pytest.raises(StatementRefused, match="以前的日子"):
        did(shen, counts_on=date(2013, 12, 5))

    assert Statement.objects.count() == 1


@pytest.fixture
def plans():
    learn_words([("test-planned", "计划")], [], plans=["test-planned"])


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize(
    ("context", "counts_on"),
    [
        ({"planned": "2014-03-14"}, date(2014, 3, 14)),
        ({"planned": "2013-12-04"}, date(2013, 12, 4)),
        ({"planned": "2013-11-30"}, date(2013, 11, 30)),
        ({"planned": None}, date(2013, 12, 4)),
        ({"lead": "lin"}, date(2013, 12, 4)),
        (None, date(2013, 12, 4)),
    ],
)
def test_a_plan_counts_on_the_day_it_names_or_else_on_its_own(shen, context, counts_on):
    plan = did(shen, verb="test-planned", context=context)

    assert (plan.day, plan.counts_on) == (NINE.date(), counts_on)


def test_only_a_plan_counts_on_the_day_it_names(shen):
    assert did(shen, context={"planned": "2014-03-14"}).counts_on == NINE.date()


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"context": {"planned": "三月"}}, "'三月' is no day to plan for"),
        ({"context": {"planned": 20140314}}, "20140314 is no day to plan for"),
        ({"counts_on": date(2013, 11, 30)}, "names its day in context"),
    ],
)
def test_a_plan_for_no_day_or_for_two_is_refused(shen, said, told):
    with pytest.raises(StatementRefused, match=told):
        did(shen, verb="test-planned", **said)

    assert not Statement.objects.exists()


def test_sent_again_with_its_number_it_changes_nothing(shen):
    number = uuid.uuid4()
    first = did(shen, uuid=number, occurred_at=NINE)

    again = did(shen, uuid=number, occurred_at=NINE, at=NINE + timedelta(hours=1))

    assert again == first
    assert Statement.objects.count() == 1


def test_a_number_taken_for_something_else_is_refused(shen, wu):
    number = uuid.uuid4()
    did(shen, uuid=number)

    with pytest.raises(StatementRefused, match="另一条记录"):
        did(wu, uuid=number)

    assert Statement.objects.get().person == shen


@pytest.mark.parametrize("change", [{"verb": "check-in"}, {"kind": "test/none"}])
def test_words_that_no_room_declares_are_refused(shen, change):
    with pytest.raises(StatementRefused, match="no room declares"):
        did(shen, **change)

    assert not Statement.objects.exists()


def test_a_record_has_exactly_one_actor(shen, school):
    with pytest.raises(StatementRefused, match="either a person or a unit"):
        did(shen, unit=school)
    with pytest.raises(StatementRefused, match="either a person or a unit"):
        did(None)

    assert not Statement.objects.exists()


def test_a_quantity_has_two_decimals_at_most(shen):
    with pytest.raises(StatementRefused, match="两位小数"):
        did(shen, quantity="0.125")

    assert not Statement.objects.exists()


@pytest.mark.parametrize("quantity", ["viel", "NaN", "Infinity", "-Infinity", "1e14", ""])
def test_what_is_no_number_is_refused_in_words(shen, quantity):
    with pytest.raises(StatementRefused, match="不是可以登记的数"):
        did(shen, quantity=quantity)

    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("quantity", "hundredths"),
    [(0, 0), ("0.01", 1), ("-0.50", -50), (Decimal("1200.5"), 120_050), (10**13, 10**15)],
)
def test_a_quantity_is_kept_to_the_cent(shen, quantity, hundredths):
    statement = did(shen, quantity=quantity)

    statement.refresh_from_db()
    assert statement.hundredths == hundredths
    assert statement.quantity == Decimal(quantity)


@pytest.mark.parametrize(("field", "longest"), [("path", 200), ("label", 300)])
def test_a_name_longer_than_its_column_is_refused_on_both_databases(shen, field, longest):
    did(shen, **{field: "长" * longest})

    with pytest.raises(StatementRefused, match=f"太长，最多 {longest} 字"):
        did(shen, **{field: "长" * (longest + 1)})

    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE records_statement SET hundredths = 0",
        "DELETE FROM records_statement",
    ],
)
def test_the_database_itself_refuses_to_change_a_record(shen, deed):
    did(shen)

    with pytest.raises(Error, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(deed)

    assert Statement.objects.get().hundredths == 100


def test_what_is_voided_stays_readable_and_stands_no_more(shen, su):
    statement = did(shen)

    voiding = void(statement=statement, reason=" 登错了人 ", at=NINE, entered_by=su.account)

    assert list(statements()) == []
    assert list(everything_said()) == [statement, voiding]
    assert voiding.context == {"reason": "登错了人"}
    assert list(history_of(statement)) == [statement, voiding]


def test_before_it_was_voided_it_stood(shen):
    statement = did(shen)
    void(statement=statement, reason="重复", at=NINE + timedelta(days=1))

    assert list(statements(NINE)) == [statement]
    assert list(statements(NINE - timedelta(seconds=1))) == []
    assert list(statements(NINE + timedelta(days=1))) == []


def test_voiding_wants_a_reason_and_happens_once(shen):
    statement = did(shen)
    with pytest.raises(StatementRefused, match="原因"):
        void(statement=statement, reason="  ", at=NINE)
    voiding = void(statement=statement, reason="重复", at=NINE)

    with pytest.raises(StatementRefused, match="已经作废"):
        void(statement=statement, reason="又一次", at=NINE)
    with pytest.raises(StatementRefused, match="不能再作废"):
        void(statement=voiding, reason="反悔", at=NINE)

    assert Statement.objects.count() == 2


def test_many_are_recorded_in_their_order_or_none(shen, school):
    good = Draft(verb="test-did", kind="test/thing", path="a", label="甲", person=shen)
    also = Draft(verb="test-saw", kind="test/thing", path="b", label="乙", unit=school)
    bad = Draft(verb="test-did", kind="test/thing", path="c", label="丙")

    with pytest.raises(StatementRefused):
        record_many([good, bad], at=NINE)
    assert not Statement.objects.exists()

    record_many([good, also], at=NINE)
    assert [s.object_path for s in everything_said()] == ["a", "b"]
    assert list(statements_of(school)) == [Statement.objects.get(object_path="b")]
    assert [s.object_path for s in statements_of(shen)] == ["a"]


def test_the_history_of_a_ledgers_row_holds_its_corrections(shen):
    first = did(shen, row_key="row-1")
    voiding = void(statement=first, reason="改数量", at=NINE)
    second = did(shen, row_key="row-1", quantity=2)
    did(shen, row_key="row-2")

    assert list(history_of(second)) == [first, voiding, second]


def test_words_are_learnt_once_and_their_names_kept_up():
    learn_words([("test-did", "办了")], [("test/thing", "事物")])

    assert labels()["test-did"] == "办了"
    assert Verb.objects.filter(code="test-did").count() == 1
    assert verb_ids(["test-did", "nobody-says"]) == [Verb.objects.get(code="test-did").pk]
    assert kind_ids(["test/thing"]) == [ObjectKind.objects.get(code="test/thing").pk]


def test_records_are_found_by_their_numbers(shen):
    first, second = did(shen, occurred_at=NINE - timedelta(days=1)), did(shen)

    assert list(by_uuids([second.uuid, str(first.uuid)])) == [first, second]


def test_a_token_hides_the_name_stays_the_same_and_is_its_own_token():
    token = opaque("help", "王　小明")

    assert token == opaque("help", "王小明 ")
    assert "王" not in token
    assert token != opaque("pupil", "王小明")
    assert opaque("help", token) == token


def test_a_token_cannot_be_guessed_without_the_key(settings):
    before = opaque("help", "王小明")
    settings.TAIHUA_TOKEN_KEY = "another key"

    assert opaque("help", "王小明") != before


# --- two in one moment ----------------------------------------------------------------------------


@on_postgresql
def test_of_two_who_take_back_at_once_one_is_told_it_is_done(transactional_db, words, shen):
    statement = did(shen)

    came = at_once(*[lambda: void(statement=statement, reason="重复", at=NINE)] * 2)

    assert sum(isinstance(each, StatementRefused) for each in came) == 1
    assert everything_said().count() == 2
    assert list(statements()) == []


@on_postgresql
def test_sent_twice_at_once_with_its_number_it_is_recorded_once(transactional_db, words, shen):
    number = uuid.uuid4()

    one, other = at_once(*[lambda: did(shen, uuid=number, occurred_at=NINE)] * 2)

    assert one == other == Statement.objects.get()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows how many are null")
def test_what_stands_is_never_looked_for_through_all_that_voids_nothing(words):
    """SQLite takes a unique index for one row a value, even for the many that have none."""
    person = PersonFactory()
    sought = statements().filter(verb__code="read", person=person, object_path="reading/book/1")

    assert "voids_id=?" not in sought.explain().replace("voids_id>?", "")


@pytest.mark.usefixtures("plans")
def test_what_plans_is_learnt_and_unlearnt_with_its_verb_alone():
    learn_words([("test-did", "做了")], [], plans=["test-did"])
    assert set(Verb.objects.filter(code__startswith="test-", plans=True)) == {
        Verb.objects.get(code="test-did"),
        Verb.objects.get(code="test-planned"),
    }

    learn_words([("test-did", "做了")], [])
    assert Verb.objects.get(code__startswith="test-", plans=True).code == "test-planned"

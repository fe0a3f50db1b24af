"""Adopting, amending, retiring, exempting: what then holds, what is on record, who is refused."""

from datetime import date, timedelta

import pytest

from taihua.kernel.org.models import Unit
from taihua.kernel.records.queries import everything_said, statements_of
from taihua.kernel.rules import actions
from taihua.kernel.rules.actions import (
    RulesRefused,
    adopt,
    end_exemption,
    exempt,
    retire,
    retire_book,
)
from taihua.kernel.rules.enums import State
from taihua.kernel.rules.models import Exemption, RuleBook, RuleEntry
from taihua.kernel.rules.packtext import PackRefused
from taihua.kernel.rules.queries import explanation
from taihua.kernel.rules.wordings import rule_of, rules_in_force, wordings_of
from tests.kernel.rules.packs import (
    BOOK,
    BOOKS,
    FORUMS,
    IN_JUNE,
    JULY,
    NEW_YEAR,
    ON,
    TEXT,
    THREE,
    VISITS,
    adopted,
    amended,
    turns_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast(lin, zhou):
    """Somebody must be there for rules to concern."""


# --- adopting ---------------------------------------------------------------------------------------------


def test_adopted_rules_hold_from_the_books_day_on():
    book = adopted()

    assert (book.version, book.effective_from, book.text) == (1, date(2011, 1, 1), TEXT)
    assert rules_in_force(date(2010, 12, 31)) == []
    assert [r.code for r in rules_in_force(ON)] == ["b.books", "b.forums", "b.visits"]
    assert all(rule.since == date(2011, 1, 1) for rule in rules_in_force(ON))


def test_a_later_day_of_effect_wins_and_a_later_day_of_a_rule_wins_over_both():
    late = VISITS + "valid_from = 2014-01-01\n"

    adopted(BOOK + late + BOOKS, effective_from=date(2012, 5, 1))

    days = dict(RuleEntry.objects.values_list("code", "valid_from"))
    assert days == {"b.visits": date(2014, 1, 1), "b.books": date(2012, 5, 1)}


def test_adoption_is_on_record_as_the_clerks_act(su):
    adopted(by=su.account)

    (statement,) = statements_of(su)
    assert statement.verb.code == "adopted-rules"
    assert statement.object_path == "rules/book/bureau-book/1"
    assert statement.object_label == "《局规》第 1 版"
    assert statement.entered_by == su.account


def test_without_a_clerk_it_is_the_bureaus_act(bureau, keeper):
    adopted(by=keeper)

    assert statements_of(bureau).get().verb.code == "adopted-rules"


def test_a_book_is_adopted_once():
    adopted()

    with pytest.raises(RulesRefused, match="已经通过到第 1 版了"):
        adopted()

    assert RuleBook.objects.count() == 1


def test_what_the_linter_refuses_changes_nothing_and_says_why():
    with pytest.raises(RulesRefused, match="国办函") as caught:
        adopted(BOOK + BOOKS + VISITS.replace("深入基层调研", "在线打卡"))

    assert [finding.rule for finding in caught.value.findings] == ["b.visits"]
    assert not RuleBook.objects.exists()
    assert not RuleEntry.objects.exists()
    assert not everything_said().exists()


def test_a_text_that_is_no_pack_changes_nothing():
    with pytest.raises(PackRefused):
        adopted("[book]")

    assert not RuleBook.objects.exists()


def test_rules_can_be_left_out():
    adopt(text=TEXT, at=NEW_YEAR, on=ON, without=["b.books", "b.forums"])

    assert [rule.code for rule in rules_in_force(ON)] == ["b.visits"]
    assert "b.books" not in RuleBook.objects.get().text


def test_the_ground_is_read_from_the_house(school):
    nobody = VISITS.replace("leadership", "none").replace("b.visits", "b.nobody")
    flew = VISITS.replace('"visited"', '"flew"').replace("b.visits", "b.flew")
    adopted()
    other = BOOK.replace("bureau-book", "other-book")

    with pytest.raises(RulesRefused) as caught:
        adopt(text=other + nobody + flew + BOOKS, at=NEW_YEAR, on=ON)

    said = {(finding.rule, finding.code) for finding in caught.value.findings}
    assert said == {("b.nobody", "nobody"), ("b.flew", "unrecorded"), ("b.books", "code-taken")}


def test_a_contradiction_with_another_book_in_force_is_refused():
    adopted(BOOK + BOOKS)
    strict = BOOKS.replace("b.books", "c.books").replace("times = 2", "times = 4")

    with pytest.raises(RulesRefused, match="一个要求两本，一个要求四本"):
        adopt(text=BOOK.replace("bureau-book", "c-book") + strict, at=NEW_YEAR, on=ON)


# --- amending ---------------------------------------------------------------------------------------------


def test_an_amendment_holds_from_its_day_and_what_was_said_before_stays_on_file(su):
    adopted()

    book = amended(by=su.account)

    before, after = wordings_of("b.books")
    assert (before.hundredths, before.said_until) == (200, date(2013, 6, 30))
    assert (after.hundredths, after.valid_from) == (300, JULY)
    assert before.since == after.since == date(2011, 1, 1)
    assert before.valid_to is None
    assert [r.hundredths for r in wordings_of("b.books", IN_JUNE - timedelta(days=1))] == [200]
    assert book.version == 2
    assert statements_of(su).get().verb.code == "amended-rules"


def test_rules_whose_words_did_not_change_are_not_touched():
    adopted()
    before = RuleEntry.objects.get(code="b.visits")

    amended()

    (after,) = RuleEntry.objects.filter(code="b.visits")
    assert (after.pk, after.known_until, after.valid_to) == (before.pk, None, None)


def test_a_rule_gone_from_the_text_ends_the_day_before_and_a_new_one_begins():
    adopted(BOOK + VISITS + BOOKS)

    amended(BOOK + BOOKS + FORUMS)

    assert [rule.code for rule in rules_in_force(date(2013, 6, 30))] == ["b.books", "b.visits"]
    assert [rule.code for rule in rules_in_force(JULY)] == ["b.books", "b.forums"]
    assert rule_of("b.forums", ON).since == JULY


def test_the_slower_of_two_clerks_is_told_who_was_faster(su):
    adopted()
    amended(by=su.account)

    with pytest.raises(RulesRefused, match=r"苏禾已在.*通过了第 2 版"):
        amended(TEXT.replace("times = 1", "times = 2"), version=1)

    assert RuleBook.objects.count() == 2


def test_the_same_text_again_is_no_amendment():
    adopted()

    with pytest.raises(RulesRefused, match="没有不同"):
        amended(TEXT)


def test_a_book_that_was_never_adopted_cannot_be_amended():
    with pytest.raises(RulesRefused, match="还没有通过"):
        amended()


def test_an_amendment_that_the_linter_refuses_changes_nothing():
    adopted()

    with pytest.raises(RulesRefused, match="积分"):
        amended(TEXT.replace("必读两本书", "积分一百"))

    assert RuleBook.objects.count() == 1
    assert not RuleEntry.objects.filter(known_until__isnull=False).exists()


def test_an_amendment_of_the_very_first_day_replaces_the_wording_wholly():
    adopted()

    amended(effective_from=date(2011, 1, 1))

    assert [rule.hundredths for rule in wordings_of("b.books")] == [300]


def test_an_earlier_amendment_made_later_replaces_the_one_that_was_to_come():
    adopted()
    amended(effective_from=date(2014, 1, 1))
    four = THREE.replace("times = 3", "times = 4")

    amended(four, version=2, at=IN_JUNE + timedelta(days=5))

    assert [(r.hundredths, r.valid_from) for r in wordings_of("b.books")] == [
        (200, date(2011, 1, 1)),
        (400, JULY),
    ]


def test_a_rule_dropped_and_taken_up_again_begins_anew():
    adopted()
    amended(BOOK + VISITS + FORUMS)
    amended(TEXT, version=2, effective_from=date(2014, 1, 1), at=IN_JUNE + timedelta(days=9))

    first, second = wordings_of("b.books")

    assert (first.since, first.valid_to) == (date(2011, 1, 1), date(2013, 6, 30))
    assert (second.since, second.valid_to) == (date(2014, 1, 1), None)


# --- retiring ---------------------------------------------------------------------------------------------


def test_a_retired_rule_asks_nothing_that_had_not_fallen_due(lin, su):
    adopted()

    book = retire(code="b.visits", from_day=date(2013, 12, 15), at=IN_JUNE, on=ON, by=su.account)

    assert turns_of("b.visits", date(2014, 1, 10)).keys() == {f"2013-{m:02}" for m in range(1, 12)}
    assert explanation("b.visits", lin, "2013-11", ON).state is State.OWED
    assert explanation("b.visits", lin, "2013-12", date(2014, 1, 1)) is None
    assert book.text.count("[[rule]]") == 2
    assert statements_of(su).get().verb.code == "retired-rules"


def test_what_does_not_hold_cannot_be_retired():
    adopted()
    retire(code="b.visits", from_day=JULY, at=IN_JUNE, on=ON)

    with pytest.raises(RulesRefused, match="没有施行中的条目"):
        retire(code="b.visits", from_day=JULY, at=IN_JUNE, on=ON)
    with pytest.raises(RulesRefused, match="没有施行中的条目"):
        retire(code="b.none", from_day=JULY, at=IN_JUNE, on=ON)


# --- exempting --------------------------------------------------------------------------------------------


def let_off(**more):
    told = {
        "rule_code": "b.visits",
        "first_day": date(2013, 11, 1),
        "last_day": date(2013, 11, 30),
        "reason": "援藏",
        "at": NEW_YEAR,
    }
    return exempt(**{**told, **more})


def test_an_exempt_person_owes_nothing_for_those_days(lin, su):
    adopted()

    let_off(person=lin, by=su.account)

    assert explanation("b.visits", lin, "2013-11", ON).state is State.EXEMPT
    assert explanation("b.visits", lin, "2013-10", ON).state is State.OWED
    assert statements_of(su).get().object_label.startswith("b.visits 林知远")


def test_a_unit_is_let_off_a_duty_of_units(bureau):
    adopted()

    let_off(
        rule_code="b.forums", unit=bureau, first_day=date(2012, 1, 1), last_day=date(2012, 12, 31)
    )

    assert explanation("b.forums", bureau, "2012", ON).state is State.EXEMPT


def test_the_same_exemption_again_changes_nothing(lin):
    adopted()

    assert let_off(person=lin) == let_off(person=lin)
    assert Exemption.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"rule_code": "b.none"}, "没有条目"),
        ({"rule_code": "b.forums"}, "给个人的就免除个人"),
        ({"person": None}, "给个人的就免除个人"),
        ({"last_day": date(2013, 10, 1)}, "不能早于开始日期"),
        ({"reason": "  "}, "写明免除的原因"),
    ],
)
def test_an_exemption_that_makes_no_sense_is_refused(lin, more, why):
    adopted()

    with pytest.raises(RulesRefused, match=why):
        let_off(**{"person": lin, **more})

    assert not Exemption.objects.exists()


def test_an_exemption_taken_back_counts_no_more_but_is_remembered(lin):
    adopted()
    exemption = let_off(person=lin)

    end_exemption(exemption=exemption, at=IN_JUNE)

    assert explanation("b.visits", lin, "2013-11", ON).state is State.OWED
    then = explanation("b.visits", lin, "2013-11", ON, IN_JUNE - timedelta(days=1))
    assert then.state is State.EXEMPT
    with pytest.raises(RulesRefused, match="已经撤销过了"):
        end_exemption(exemption=exemption, at=IN_JUNE)


# --- a whole book, and two at once ------------------------------------------------------------------------


def test_a_retired_book_asks_nothing_more_and_is_not_taken_up_again(lin, su):
    adopted()

    book = retire_book(code="bureau-book", from_day=JULY, at=IN_JUNE, by=su.account)

    assert book.retired_from == JULY
    assert rules_in_force(JULY) == []
    assert len(rules_in_force(date(2013, 6, 30))) == 3
    assert explanation("b.visits", lin, "2013-05", ON).state is State.OWED
    assert explanation("b.books", lin, "2013", ON) is None
    assert statements_of(su).get().verb.code == "retired-rules"
    for again in (
        lambda: retire_book(code="bureau-book", from_day=JULY, at=IN_JUNE),
        amended,
        lambda: retire_book(code="none", from_day=JULY, at=IN_JUNE),
    ):
        with pytest.raises(RulesRefused, match=r"已从 2013 年 7 月 1 日起废止|还没有通过"):
            again()


@pytest.mark.parametrize("second", [adopted, amended])
def test_of_two_clerks_in_the_same_moment_the_database_lets_one_through(second, monkeypatch):
    adopted()
    stale = RuleBook.objects.get()
    if second is amended:
        amended(TEXT.replace("times = 1", "times = 2"))
    monkeypatch.setattr(actions, "_newest", lambda _code: None if second is adopted else stale)

    with pytest.raises(RulesRefused, match="您写的没有丢"):
        second()

    assert not RuleEntry.objects.filter(data__times=3).exists()


def test_a_house_without_a_bureau_cannot_say_whose_act_it_is(bureau, keeper):
    Unit.objects.filter(pk=bureau.pk).update(kind="group")

    with pytest.raises(RulesRefused, match="还没有局机关"):
        adopted(BOOK + VISITS, by=keeper)

    assert not RuleBook.objects.exists()


def test_a_rule_that_ended_before_the_book_begins_is_not_entered():
    old = VISITS + "valid_to = 2013-12-31\n"

    adopted(BOOK + old + BOOKS, effective_from=date(2014, 1, 1))

    assert list(RuleEntry.objects.values_list("code", flat=True)) == ["b.books"]

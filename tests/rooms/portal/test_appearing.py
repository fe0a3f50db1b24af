"""An article that was set for later counts on the day on which it appears."""

from datetime import date, timedelta

import pytest

from taihua.kernel import house
from taihua.kernel.documents.actions import draft as draft_document
from taihua.kernel.documents.actions import issue as issue_document
from taihua.kernel.measures.queries import value
from taihua.kernel.records.actions import void
from taihua.kernel.records.queries import statements
from taihua.rooms.portal.actions.articles import Place, Words, write
from taihua.rooms.portal.actions.publishing import publish
from taihua.rooms.portal.actions.review import (
    hand_in,
    issue,
    pass_on,
    record_appeared,
    restore,
    withdraw,
)
from taihua.rooms.portal.room.articles import LEDGERS
from taihua.rooms.portal.tasks import put_appeared_on_record
from tests.factories import NINE

LATER = NINE + timedelta(days=30)  # 3 January 2014
AFTER = LATER + timedelta(minutes=7)


@pytest.fixture
def scheduled(draft, shen, su, lin):
    """Issued on 4 December, to appear on 3 January."""
    draft.published_at = LATER
    draft.save()
    hand_in(article=draft, expected=1, by=shen.account, at=NINE)
    pass_on(article=draft, expected=1, by=su.account, at=NINE)
    return issue(article=draft, expected=1, by=lin.account, at=NINE)


def told():
    return [
        (each.verb.code, each.day, each.stored_at, each.object_label, each.entered_by.username)
        for each in statements().filter(kind__code="portal/article").order_by("pk")
    ]


def counted(year):
    figure = house.figures()["portal.articles"]
    return value(figure, first=date(year, 1, 1), last=date(year, 12, 31)).number


def test_nothing_is_on_record_before_it_appears(scheduled):
    assert record_appeared(at=LATER - timedelta(seconds=1)) == 0
    assert told() == []
    assert (counted(2013), counted(2014)) == (0, 0)


def test_it_counts_on_the_day_on_which_it_appears_in_the_name_of_who_issued_it(scheduled):
    assert record_appeared(at=AFTER) == 1

    assert told() == [("published", LATER.date(), AFTER, "全区秋季开学检查", "lin")]
    assert (counted(2013), counted(2014)) == (0, 1)
    [row] = LEDGERS[0].store.rows(2014)
    assert row["day"] == LATER.date()


def test_it_is_put_on_record_once_even_if_it_was_taken_back_from_it(scheduled, su):
    record_appeared(at=AFTER)
    assert record_appeared(at=AFTER) == 0
    void(statement=statements().get(), reason="登记错了", at=AFTER, entered_by=su.account)

    assert record_appeared(at=AFTER) == 0
    assert not statements().filter(verb__code="published").exists()


def test_what_was_withdrawn_before_appeared_to_nobody(scheduled, lin):
    withdraw(article=scheduled, reason="改期", by=lin.account, at=NINE)
    assert record_appeared(at=AFTER) == 0

    restore(article=scheduled, by=lin.account, at=AFTER)

    assert record_appeared(at=AFTER) == 1


def test_what_appeared_at_once_is_on_record_already(published):
    assert record_appeared(at=AFTER) == 0
    assert [each[:3] for each in told()] == [("published", NINE.date(), NINE)]


def test_a_correction_that_is_issued_before_the_day_changes_neither_day_nor_issuer(
    scheduled, shen, su, deputy
):
    words = Words(title="改过的标题", text="改过。")
    from_one = {"article": scheduled, "at": NINE}
    write(words=words, place=None, expected=1, by=shen.account, **from_one)
    hand_in(expected=2, by=shen.account, **from_one)
    pass_on(expected=2, by=su.account, **from_one)
    issue(expected=2, by=deputy, **from_one)
    assert told() == []

    record_appeared(at=AFTER)

    assert [each[3:] for each in told()] == [("改过的标题", "lin")]


def test_a_document_set_for_later_counts_as_document_and_article_when_it_appears(
    news, bureau, su, lin
):
    version = draft_document(
        kind="study/minutes", title="学习纪要", year=2013, body={"text": "学了。", "speeches": []},
        at=NINE, by=su.account, unit=bureau,
    )  # fmt: skip
    version = issue_document(
        version=version, number="〔2013〕7号", by=su.account, at=NINE, known=NINE, provenance={}
    )
    place = Place(column=news, unit=bureau, published_at=LATER)
    publish(
        version=version, words=Words(title="纪要", text=""), place=place, by=lin.account, at=NINE
    )
    assert told() == []

    record_appeared(at=AFTER)

    assert [(verb, day, label) for verb, day, _at, label, _by in told()] == [
        ("published", LATER.date(), "纪要"),
        ("published-document", LATER.date(), "学习纪要"),
    ]
    assert statements().get(verb__code="published").context["document"] == "学习纪要"


def test_it_comes_round_by_itself(scheduled, time_machine, settings):
    settings.TAIHUA_TODAY = None
    time_machine.move_to(AFTER, tick=False)

    assert put_appeared_on_record.call() == 1
    assert put_appeared_on_record.call() == 0


def test_looking_costs_the_same_however_many_are_on_record(scheduled, django_assert_num_queries):
    record_appeared(at=AFTER)

    with django_assert_num_queries(4):
        record_appeared(at=AFTER)

"""The edges of a desk: the seventh card, the last day, the first of the month, the many."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taihua.kernel.commitments.actions import commit
from taihua.kernel.records.actions import learn_words, record, void
from taihua.kernel.rules.enums import State
from taihua.rooms.desk.logic.cards import MOST_CARDS
from taihua.rooms.desk.queries import duties, standings
from tests.factories import NINE, LeaveFactory, PersonFactory, TermFactory, in_force

DAY = NINE.date()


@pytest.fixture(autouse=True)
def house_on_its_day(db, settings):
    settings.TAIHUA_TODAY = DAY
    learn_words([("visited", "下基层调研")], [("outreach/visit", "调研")])


def promise(person, days, what="批阅读书检查"):
    return commit(
        what=what, due=DAY + timedelta(days), origin=f"test/{what}/{days}", url="/reading/",
        act="去批阅", at=NINE, person=person,
    )  # fmt: skip


def visit(person, day, path="v/1", **more):
    at = NINE.replace(year=day.year, month=day.month, day=day.day)
    return record(
        verb="visited", kind="outreach/visit", path=path, label="苔花一小", person=person, at=at,
        **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("count", "now", "later"), [(0, 0, 0), (6, 6, 0), (7, 7, 0), (8, 7, 1), (30, 7, 23)]
)
def test_seven_cards_lie_on_top_and_none_is_lost(shen, count, now, later):
    for number in range(count):
        promise(shen, number, f"第{number}件")

    desk = duties.desk_of(shen.account, DAY)

    assert (len(desk.now), len(desk.later)) == (now, later)
    assert MOST_CARDS == 7


def test_the_most_urgent_lie_on_top(shen):
    for days in (30, -3, 2, -9, 8):
        promise(shen, days, f"{days} 天后")

    desk = duties.desk_of(shen.account, DAY)

    assert [card.due - DAY for card in desk.now] == [timedelta(n) for n in (-9, -3, 2, 8, 30)]
    assert [card.state for card in desk.now] == [
        State.OWED, State.OWED, State.DUE_SOON, State.ON_COURSE, State.ON_COURSE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "listed"),
    [(date(2013, 11, 30), 0), (date(2013, 12, 1), 1), (DAY, 1)],
)
def test_what_is_done_this_month_begins_on_the_first(shen, day, listed):
    visit(shen, day)

    assert duties.desk_of(shen.account, DAY).done.count() == listed


def test_what_was_taken_back_is_not_done(shen):
    void(statement=visit(shen, DAY), reason="写错", at=NINE)

    assert duties.desk_of(shen.account, DAY).done.count() == 0


@pytest.mark.parametrize("last_day", [date(2013, 11, 30), date(2013, 12, 31), date(2014, 2, 28)])
def test_a_promise_is_owed_from_the_day_after(shen, last_day):
    promise(shen, (last_day - DAY).days)

    (card,) = duties.desk_of(shen.account, last_day + timedelta(1)).now

    assert card.state is State.OWED
    before = duties.desk_of(shen.account, last_day).now
    assert [one.state for one in before] == [State.DUE_SOON]


def test_a_month_of_leave_is_not_owed(lin):
    in_force()
    LeaveFactory(person=lin, first_day=date(2013, 3, 1), last_day=date(2013, 3, 31))

    verdicts = {one.period.key: one.state for one in standings.all_verdicts(lin, DAY)}

    assert verdicts["2013-02"] is State.OWED
    assert verdicts["2013-03"] is State.EXEMPT


def test_who_came_in_summer_owes_nothing_of_spring(bureau, posts):
    in_force()
    newcomer = PersonFactory()
    TermFactory(person=newcomer, post=posts["局长"], unit=bureau, first_day=date(2013, 7, 1))

    keys = [one.period.key for one in standings.all_verdicts(newcomer, DAY)]

    assert min(keys) == "2013-07"


def test_a_visit_counts_in_the_month_it_makes_up_for(lin):
    in_force(grace_days=10)
    visit(lin, date(2013, 12, 2), counts_on=date(2013, 11, 30))

    verdicts = {one.period.key: one.state for one in standings.all_verdicts(lin, DAY)}

    assert verdicts["2013-11"] in {State.DONE, State.DONE_LATE}
    assert verdicts["2013-12"] not in {State.DONE, State.DONE_LATE}


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_desk_costs_the_same_however_much_lies_on_it(shen, count, django_assert_num_queries):
    in_force()
    promise(shen, 0, "第一件")
    visit(shen, DAY)
    duties.desk_of(shen.account, DAY)
    with CaptureQueriesContext(connection) as little:  # each room asks something of its own
        list(duties.desk_of(shen.account, DAY).done)
    for number in range(count):
        promise(shen, number, f"又第{number}件")
        visit(shen, DAY, path=f"v/{number}")

    with django_assert_num_queries(len(little)):
        desk = duties.desk_of(shen.account, DAY)
        assert len(list(desk.done)) == count + 1


def test_the_page_of_what_i_did_comes_in_pages(shen, logged_in):
    for number in range(27):
        visit(shen, DAY, path=f"v/{number}")
    browser = logged_in(shen)

    pages = [
        browser.get(reverse("desk:done"), {"page": number}) for number in ("1", "2", "x", "99")
    ]

    assert [len(page.context["page"]) for page in pages] == [25, 2, 25, 2]


def test_nobody_sees_what_others_did(shen, wu, logged_in):
    visit(shen, DAY)

    assert len(logged_in(shen).get(reverse("desk:done")).context["page"]) == 1
    assert len(logged_in(wu).get(reverse("desk:done")).context["page"]) == 0


@pytest.mark.parametrize("asked", [{"unit": "nowhere"}, {"of": "cats"}, {"unit": "\x00"}])
def test_a_question_that_cannot_be_shows_all_that_is_mine(lin, shen, wu, logged_in, asked):
    shown = logged_in(lin).get(reverse("desk:overview"), asked)

    assert shown.status_code == 200
    assert {row.subject.name for row in shown.context["rows"]} >= {"沈青", "吴江"}


def test_the_overview_counts_people_as_people_and_units_as_units(logged_in, lin, zhou):
    browser = logged_in(lin)

    people = browser.get(reverse("desk:overview"))
    units = browser.get(reverse("desk:overview"), {"of": "units"})

    assert f"共 {people.context['page'].paginator.count} 人" in people.text
    assert f"共 {units.context['page'].paginator.count} 个单位" in units.text


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_overview_page_costs_the_same_however_many_people(
    lin, bureau, posts, logged_in, count, django_assert_max_num_queries
):
    in_force()
    for person in PersonFactory.create_batch(count):
        TermFactory(person=person, post=posts["教师"], unit=bureau)
    browser = logged_in(lin)

    with django_assert_max_num_queries(26):
        page = browser.get(reverse("desk:overview"))
    assert len(page.context["rows"]) == min(count + 1, 25)


def test_the_auditor_looks_at_everybody_and_the_member_at_nobody(zheng, wu, shen, logged_in):
    address = reverse("desk:person", args=["shen"])

    assert logged_in(zheng).get(address).status_code == 200
    assert logged_in(wu).get(address).status_code == 403


@pytest.mark.parametrize("code", ["nobody", "' OR 1=1", "%00", "沈青"])
def test_a_person_or_unit_that_is_none_is_not_found(lin, logged_in, code):
    browser = logged_in(lin)

    assert browser.get(f"/overview/people/{code}/").status_code == 404
    assert browser.get(f"/overview/units/{code}/").status_code == 404

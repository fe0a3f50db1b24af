"""The rules in the browser, for each of the cast."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from taihua.base.clock import ZONE
from taihua.kernel.records.actions import record
from tests.factories import LeaveFactory, PersonFactory, TermFactory, in_force
from tests.kernel.rules.packs import BOOK, TEXT, VISITS, adopted, amended

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_fourth(settings):
    settings.TAIHUA_TODAY = date(2013, 12, 4)


@pytest.fixture
def book(lin, zhou):
    return adopted()


def visited(person, day, label="调研：苔花一小", **more):
    at = datetime.combine(day, datetime.min.time(), ZONE).replace(hour=10)
    return record(
        verb="visited",
        kind="outreach/visit",
        path=f"outreach/visit/{day}",
        label=label,
        at=at,
        person=person,
        **more,
    )


def why(rule, actor, key):
    return reverse("rules:why", args=[rule, actor.code, key])


# --- reading ------------------------------------------------------------------------------------------


def test_everybody_reads_the_rules_with_their_source_level_and_audience(book, wu, logged_in):
    page = logged_in(wu).get("/rules/").text

    assert "班子成员每月至少有一天深入基层调研。" in page
    assert "局党委会议" in page
    assert "领导班子" in page
    assert "本地" in page
    assert "通过新制度" not in page


def test_before_anything_is_adopted_the_clerk_is_shown_where_to_begin(su, wu, logged_in):
    assert "/rules/start/" in logged_in(su).get("/rules/").text
    assert "/rules/start/" not in logged_in(wu).get("/rules/").text


def test_a_book_shows_its_rules_versions_and_text(book, wu, logged_in):
    browser = logged_in(wu)

    page = browser.get("/rules/book/bureau-book/").text
    text = browser.get("/rules/book/bureau-book/text/")

    assert "中层干部每年必读两本书。" in page
    assert text.text == TEXT
    assert 'filename="bureau-book-v1.toml"' in text["Content-Disposition"]


@pytest.mark.parametrize(
    "path", ["book/none/", "book/none/text/", "rule/none/", "why/none/lin/2013-12/"]
)
def test_what_is_not_there_is_not_found(book, su, logged_in, path):
    assert logged_in(su).get(f"/rules/{path}").status_code == 404


def test_a_member_sees_on_a_rules_page_his_own_standing_and_nobody_elses(
    book, zhou, lin, wu, logged_in
):
    theirs = logged_in(wu).get("/rules/rule/b.visits/").text
    hers = logged_in(zhou).get("/rules/rule/b.books/").text

    assert "林知远" not in theirs
    assert "办得怎样" not in theirs
    assert "今年还差两本必读书" in hers


def test_the_clerk_drills_down_from_a_state_to_people_to_the_reason(book, lin, su, logged_in):
    browser = logged_in(su)

    page = browser.get("/rules/rule/b.visits/", {"period": "2013-11", "state": "owed"}).text
    none = browser.get("/rules/rule/b.visits/", {"period": "2013-11", "state": "done"}).text

    assert "林知远" in page
    assert why("b.visits", lin, "2013-11") in page
    assert "林知远" not in none


def test_a_leader_sees_only_his_own_people_in_the_standing(book, zhou, lin, logged_in):
    page = logged_in(zhou).get("/rules/rule/b.visits/").text

    assert "林知远" not in page


@pytest.mark.parametrize("people", [1, 30])
def test_the_standing_costs_the_same_however_many_people(
    book, su, posts, bureau, logged_in, people, django_assert_max_num_queries
):
    for _ in range(people):
        TermFactory(person=PersonFactory(), post=posts["局长"], unit=bureau)
    browser = logged_in(su)

    with django_assert_max_num_queries(34):
        page = browser.get("/rules/rule/b.visits/")

    assert page.status_code == 200


# --- why -------------------------------------------------------------------------------------------------


def test_the_explanation_says_what_counted_what_did_not_and_why(book, lin, su, logged_in):
    visited(lin, date(2013, 11, 5), label="调研：青石小学")
    visited(lin, date(2013, 12, 2), label="调研：苔花二中", counts_on=date(2013, 11, 30))

    page = logged_in(lin).get(why("b.visits", lin, "2013-12")).text

    assert "班子成员每月至少有一天深入基层调研。" in page
    assert "本月还差一天下基层调研，12 月 31 日前" in page
    assert "苔花二中" in page
    assert "计入的日子不在这一周期以内" in page
    assert "青石小学" not in page
    assert 'class="timeline"' in page
    assert "苔花区教育局局长" in page


def test_a_member_sees_only_his_own_explanation(book, lin, zhou, wu, logged_in):
    assert logged_in(zhou).get(why("b.books", zhou, "2013")).status_code == 200
    assert logged_in(zhou).get(why("b.visits", lin, "2013-12")).status_code == 404
    assert logged_in(wu).get(why("b.books", zhou, "2013")).status_code == 404


def test_clerks_auditors_and_leaders_see_those_of_their_units(
    book, lin, zhou, su, zheng, bureau, logged_in
):
    for somebody in (su, zheng, lin):
        assert logged_in(somebody).get(why("b.books", zhou, "2013")).status_code == 200
        assert logged_in(somebody).get(why("b.forums", bureau, "2013")).status_code == 200
    assert logged_in(zhou).get(why("b.forums", bureau, "2013")).status_code == 404


def test_strangers_are_asked_to_log_in(book, lin, client):
    page = client.get(why("b.visits", lin, "2013-12"))

    assert page.status_code == 302
    assert "/account/login/" in page["Location"]


def test_the_explanation_can_be_drawn_as_it_was_known_on_a_day(book, lin, logged_in):
    at = datetime(2013, 12, 3, 9, tzinfo=ZONE)
    record(
        verb="visited",
        kind="outreach/visit",
        path="outreach/visit/1",
        label="迟报的调研",
        at=at,
        occurred_at=datetime(2013, 11, 5, 10, tzinfo=ZONE),
        person=lin,
    )
    browser = logged_in(lin)

    now = browser.get(why("b.visits", lin, "2013-11")).text
    then = browser.get(why("b.visits", lin, "2013-11"), {"known": "2013-12-02"}).text

    assert "迟报的调研" in now
    assert "11 月下基层调研已完成" in now
    assert "迟报的调研" not in then
    assert "11 月欠一天下基层调研" in then


def test_a_moment_that_makes_no_sense_is_said_to_be_none(book, lin, logged_in):
    page = logged_in(lin).get(why("b.visits", lin, "2013-12"), {"known": "昨天"})

    assert page.status_code == 200
    assert "“昨天”不是时间" in page.text


def test_before_the_rule_was_known_there_is_no_explanation_and_a_way_back(book, lin, logged_in):
    page = logged_in(lin).get(why("b.visits", lin, "2013-11"), {"known": "2010-01-01"})

    assert page.status_code == 404
    assert "那时还没有这一期" in page.text


@pytest.mark.parametrize(
    "ask",
    [
        {"on": "9999-12-31"},
        {"on": "0001-01-01"},
        {"known": "0001-01-01T00:00"},
        {"known": "9999-12-31T23:59-12:00"},
        {"known": "2013-12-01T09:00+08:00"},
        {"known": "２０１３"},
    ],
)
def test_days_at_the_ends_of_the_calendar_break_nothing(book, lin, logged_in, ask):
    page = logged_in(lin).get(why("b.visits", lin, "2013-12"), ask)

    assert page.status_code == 200


@pytest.mark.parametrize(
    "key", ["9999-12", "0001-01", "R30@0001-01-01", "R30@9999-12-31", "9990/9999", "SY9999", "x"]
)
def test_periods_at_the_ends_of_the_calendar_are_not_found(book, lin, logged_in, key):
    in_force("q.rolling", every="rolling", n=30)
    in_force("q.years", every="years", n=10)

    for code in ("b.visits", "q.rolling", "q.years"):
        assert logged_in(lin).get(why(code, lin, key)).status_code == 404


@pytest.mark.parametrize("on", ["2013-12-03", "gestern", "2013-02-30", ""])
def test_the_explanation_can_be_drawn_for_another_day(book, lin, logged_in, on):
    page = logged_in(lin).get(why("b.visits", lin, "2013-12"), {"on": on})

    assert f"到 12 月 {3 if on == '2013-12-03' else 4} 日为止" in page.text


def test_the_explanation_names_leave_exemption_and_late_making_up(book, lin, logged_in):
    LeaveFactory(person=lin, first_day=date(2013, 11, 4), last_day=date(2013, 11, 8))
    in_force("q.visits", grace_days=10, leave_excuses=False)
    visited(lin, date(2013, 12, 2), counts_on=date(2013, 11, 30))

    page = logged_in(lin).get(why("q.visits", lin, "2013-11")).text

    assert "病假：2013 年 11 月 4 日至 11 月 8 日" in page
    assert "这条制度不因请假减免" in page
    assert "补 11 月 30 日（周六） 的" in page
    assert "逾期完成" in page


def test_the_explanation_says_for_which_day_a_plan_was_made(book, lin, logged_in):
    in_force("q.plans", verbs=["planned-outreach"], kinds=["outreach/visit"])
    record(
        verb="planned-outreach", kind="outreach/visit", path="v/1", label="苔花二中", person=lin,
        at=datetime(2013, 10, 20, 9, tzinfo=ZONE), context={"planned": "2013-11-12"},
    )  # fmt: skip

    october = logged_in(lin).get(why("q.plans", lin, "2013-10")).text
    november = logged_in(lin).get(why("q.plans", lin, "2013-11")).text

    assert "计划在 11 月 12 日" in october
    assert "计入的日子不在这一周期以内" in october
    assert "计划在 11 月 12 日" in november
    assert "计入的日子不在这一周期以内" not in november


def test_an_amended_book_shows_what_changed_and_the_rule_its_wordings(book, wu, logged_in):
    amended()
    browser = logged_in(wu)

    page = browser.get("/rules/book/bureau-book/").text
    since = browser.get("/rules/book/bureau-book/", {"since": "1"}).text
    nothing = browser.get("/rules/book/bureau-book/", {"since": "2"}).text
    rule = browser.get("/rules/rule/b.books/").text

    for text in (page, since):
        assert "<del>每年至少两本必读书</del> <ins>每年至少三本必读书</ins>" in text
    assert "与第" not in nothing
    assert "2013 年 7 月 1 日起" in rule
    assert "<del>每年至少两本必读书</del>" in rule


def test_a_rule_yet_to_come_says_from_when(lin, wu, logged_in):
    adopted(BOOK + VISITS + "valid_from = 2014-01-01\n")
    browser = logged_in(wu)

    assert "2014 年 1 月 1 日起施行" in browser.get("/rules/").text
    assert "将从 2014 年 1 月 1 日起施行" in browser.get("/rules/rule/b.visits/").text


@pytest.mark.parametrize("code", ["p/7", "工号 7", "a.b-c", "100%"])
def test_people_whose_numbers_are_odd_have_their_reasons_too(
    book, posts, bureau, su, logged_in, code
):
    person = TermFactory(person=PersonFactory(code=code), post=posts["局长"], unit=bureau).person

    for key in ("2013-12", "2013-11"):
        assert logged_in(su).get(why("b.visits", person, key)).status_code == 200


def test_the_burden_ledger_shows_its_sums_and_its_formulas(book, lin, wu, logged_in):
    visited(lin, date(2013, 11, 5))

    page = logged_in(wu).get("/rules/burden/").text

    assert "平均每人每月约 420 分钟" in page
    assert "1 条记录各计入一次，没有一条记录多处计入" in page
    assert "合每月 =" in page


def test_the_burden_ledger_says_what_was_saved_only_where_something_was(book, lin, wu, logged_in):
    assert "这个月还没有计入制度的记录" in logged_in(wu).get("/rules/burden/").text
    adopted(BOOK.replace("bureau-book", "second-book") + VISITS.replace("b.visits", "c.visits"))
    visited(lin, date(2013, 11, 5))

    assert "1 条记录共计入 2 次，省下约 3 分钟" in logged_in(wu).get("/rules/burden/").text


def test_the_menu_leads_to_the_rules(wu, logged_in):
    assert 'href="/rules/"' in logged_in(wu).get("/rules/").text

import re
from datetime import date

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taihua.kernel import house
from taihua.kernel.measures.logic import Figure, Tally
from taihua.kernel.records.actions import learn_words, record
from tests.factories import NINE, UnitFactory, in_force
from tests.rooms.reports.views.reading import page

FULL = ("help.person_times", 2)


def test_the_board_says_what_is_there_and_what_is_missing(logged_in, su, lin, helped, mechanism):
    helped(lin, 3)
    mechanism([FULL, ("help.person_times", 6), ("study.lectures", 1), ("no.rule", 1)])

    html = re.sub(r"\s+", " ", page(logged_in(su), "/reports/board/?year=2013"))

    assert "4 个标记里做到 1 个" in html
    assert "缺study.lectures" in html
    assert "缺no.rule" in html
    assert "/reports/figures/help.person_times/?year=2013" in html
    assert "/reports/figures/no.rule/" not in html
    assert "/rules/rule/no.rule/" not in html


def test_a_mark_that_hangs_on_a_rule_leads_to_the_rule(logged_in, su, lin, mechanism):
    in_force("visit.monthly")
    mechanism([("visit.monthly", 1)] * 4)

    html = page(logged_in(su), "/reports/board/?year=2013")

    assert "/rules/rule/visit.monthly/" in html
    assert "做到 0 个" in html


def test_a_mechanism_shows_its_marks_and_how_its_rules_are_kept(
    logged_in, su, lin, helped, mechanism
):
    helped(lin, 3)
    mechanism([FULL, ("help.person_times", 6), FULL, FULL])
    in_force("visit.monthly", mechanism="L1")
    in_force("other.rule", mechanism="L2", sentence="另一条。")

    html = page(logged_in(su), "/reports/board/L1/?year=2013")

    assert "缺help.person_times" in html
    assert "班子成员每月至少一天深入基层调研。" in html
    assert "state-owed" in html
    assert "另一条。" not in html
    assert "没有相应的制度" in page(logged_in(su), "/reports/board/L1/?year=2001")
    assert logged_in(su).get("/reports/board/L9/").status_code == 404


def test_the_board_without_mechanisms_says_so(logged_in, su):
    assert "还没有哪个房间声明机制" in page(logged_in(su), "/reports/board/")


def test_the_board_of_a_unit_counts_its_own_records(
    logged_in, su, lin, shen, school, helped, mechanism
):
    helped(lin, 3)
    mechanism([FULL, FULL, FULL, FULL])
    browser = logged_in(su)

    assert "做到 4 个" in page(browser, "/reports/board/")
    html = page(browser, f"/reports/board/?unit={school.code}")
    assert "做到 0 个" in html
    assert f"unit={school.code}" in html


def test_a_unit_clerk_sees_the_board_of_the_own_unit_only(
    logged_in, shen, school, lin, helped, mechanism
):
    helped(lin, 3)
    mechanism([FULL, FULL, FULL, FULL])

    html = page(logged_in(shen), "/reports/board/?unit=bureau")

    assert "做到 0 个" in html
    assert "全局" not in html


def test_a_plan_made_last_year_for_november_fills_its_mark_in_march(
    monkeypatch, logged_in, su, school, mechanism, settings
):
    learn_words([("planned", "计划")], [], plans=["planned"])
    plans = Figure("plans", "列入计划的", "为统计期订的计划", "项", Tally(("planned",)))
    monkeypatch.setattr(house, "figures", lambda: {"plans": plans})
    mechanism([("plans", 1)] * 4)
    record(
        verb="planned", kind="study/lecture", path="plan/1", label="讲坛", unit=school, at=NINE,
        context={"planned": "2014-11-14"},
    )  # fmt: skip
    settings.TAIHUA_TODAY = date(2014, 3, 3)
    browser = logged_in(su)

    assert "做到 4 个" in page(browser, "/reports/board/?year=2014")
    assert "做到 0 个" in page(browser, "/reports/board/?year=2013")


def test_the_board_is_not_for_those_who_oversee_nobody(logged_in, wu):
    assert logged_in(wu).get("/reports/board/").status_code == 403


def test_the_board_costs_the_same_with_1_or_30_mechanisms(logged_in, su, lin, helped, mechanism):
    helped(lin, 3)
    browser = logged_in(su)
    in_force("visit.monthly")
    cost = set()

    for many in (1, 3, 30):
        mechanism(*[[FULL, ("help.persons", 1), ("visit.monthly", 1), FULL]] * many)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            browser.get("/reports/board/")
        cost.add(len(queries))

    assert len(cost) == 1
    assert cost.pop() < 25


def test_the_page_of_a_mechanism_counts_nothing_for_the_others(
    logged_in, su, lin, helped, mechanism
):
    helped(lin, 3)
    alone = [FULL, FULL, FULL, FULL]
    others = [(f"study.{name}", 1) for name in ("lectures", "law_share", "effect_share", "held")]
    said = []

    for declared in ([alone], [alone, others]):
        mechanism(*declared)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            logged_in(su).get("/reports/board/L1/?year=2013")
        said.append(" ".join(query["sql"] for query in queries))

    assert "help" in said[0]
    assert len(said[0]) == len(said[1])


def test_a_mechanism_whose_rules_concern_nobody_there_is_set_apart(
    logged_in, su, lin, shen, school, helped, mechanism
):
    in_force("visit.monthly")
    mechanism([("help.persons", 1), ("visit.monthly", 1), FULL, FULL])

    whole = page(logged_in(su), "/reports/board/?year=2013")
    school_alone = page(logged_in(shen), "/reports/board/?year=2013")

    assert "缺visit.monthly" in whole
    assert "不涉及本单位" not in whole
    assert "缺visit.monthly" not in school_alone
    assert "不涉及本单位" in school_alone
    assert "0 个标记里做到 0 个" in re.sub(r"\s+", " ", school_alone)


def test_who_looks_after_a_unit_sees_its_board_first_and_not_one_below_it(
    logged_in, lin, shen, bureau, school, helped, mechanism
):
    UnitFactory(code="a", name="阿小学", kind="school", parent=bureau)
    mechanism([FULL, FULL, FULL, FULL])

    html = page(logged_in(lin), "/reports/board/?year=2013")

    assert re.search(r'value="bureau"\s+selected', html)


def test_a_mark_of_a_rule_that_asks_nothing_of_the_unit_is_no_gap(
    logged_in, su, lin, shen, school, helped, mechanism
):
    in_force("visit.monthly")
    helped(shen, 3)
    mechanism([FULL, ("visit.monthly", 1), FULL, FULL])

    html = page(logged_in(su), f"/reports/board/L1/?year=2013&unit={school.code}")

    assert "不涉及" in html
    assert "缺visit.monthly" not in html

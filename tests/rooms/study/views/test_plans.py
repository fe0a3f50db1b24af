"""The pages of plans: who sees them, what they say, that nothing typed is lost."""

from datetime import date

import pytest

from taihua.rooms.study.actions.plans import write_plan
from taihua.rooms.study.models import PlanVersion
from tests.factories import PersonFactory, TermFactory
from tests.rooms.study.conftest import JANUARY, item


def rows(*items: tuple[str, str], initial: int = 0) -> dict[str, str]:
    data = {"items-TOTAL_FORMS": str(len(items)), "items-INITIAL_FORMS": str(initial)}
    for number, (day, topic) in enumerate(items):
        data |= {f"items-{number}-planned_date": day, f"items-{number}-topic": topic}
    return data


def test_the_clerk_writes_a_plan_and_the_leader_approves_it(committee, su, lin, logged_in):
    head = {"unit": committee.pk, "year": "2013"}
    answer = logged_in(su).post(
        "/study/plans/new/", head | rows(("2013-12-20", "总结与思考"), ("", ""))
    )
    version = PlanVersion.objects.get()
    assert answer.url == f"/study/plans/{version.plan_id}/"

    leader = logged_in(lin)
    assert "等您审定" in leader.get("/study/").text
    leader.post(
        f"/study/plans/{version.plan_id}/decide/",
        {"approve": "1", "reply": "", "expected": version.number},
    )

    page = leader.get(f"/study/plans/{version.plan_id}/").text
    assert "现行第 1 版，林知远审定" in page
    assert "总结与思考" in page


def test_what_was_typed_stays_when_a_plan_is_refused(committee, su, logged_in):
    head = {"unit": committee.pk, "year": "2013"}

    answer = logged_in(su).post("/study/plans/new/", head | rows(("2014-02-01", "明年的事")))

    assert "不在这一年" in answer.text
    assert 'value="明年的事"' in answer.text
    assert not PlanVersion.objects.exists()


def test_a_row_with_half_of_what_it_needs_says_what_is_missing(committee, su, logged_in):
    head = {"unit": committee.pk, "year": "2013"}

    answer = logged_in(su).post(
        "/study/plans/new/", head | rows(("", "没有日期"), ("2013-12-20", ""))
    )

    assert "请写计划日期。" in answer.text
    assert "请写专题" in answer.text


def test_a_plan_is_changed_with_the_reason_and_its_story_is_told(approved, su, logged_in):
    browser, plan = logged_in(su), approved.plan
    old = list(approved.items.order_by("slot"))
    data = rows(*[(str(i.planned_date), i.topic) for i in old], initial=4)
    data |= {f"items-{n}-slot": str(i.slot) for n, i in enumerate(old)}
    data |= {"items-0-planned_date": "2013-03-20", "expected": "1", "reason": "二月迎检"}

    browser.post(f"/study/plans/{plan.pk}/revise/", data)

    page = browser.get(f"/study/plans/{plan.pk}/").text
    assert "为什么调整：二月迎检" in page
    assert "2 月 10 日（周日）改到 3 月 20 日（周三）" in page


def test_the_gap_of_a_quarter_is_told_in_words(approved, lin, logged_in):
    page = logged_in(lin).get(f"/study/plans/{approved.plan_id}/").text

    assert "《党的十八大报告》原定 2 月 10 日（周日），还没有学。" in page


@pytest.mark.parametrize("outsider", ["wu", "shen", "zhou"])
def test_a_plan_of_another_group_is_not_there(approved, outsider, logged_in, request):
    browser = logged_in(request.getfixturevalue(outsider))

    assert browser.get(f"/study/plans/{approved.plan_id}/").status_code == 404
    assert "您能看到的学习计划还没有。" in browser.get("/study/plans/").text


def test_the_auditor_reads_every_plan_and_is_offered_no_change(approved, zheng, logged_in):
    page = logged_in(zheng).get(f"/study/plans/{approved.plan_id}/").text

    assert "党的十八大报告" in page
    assert "调整计划" not in page


def test_whoever_wrote_a_plan_does_not_approve_it(written, keeper, zhou, logged_in):
    assert logged_in(keeper).get(f"/study/plans/{written.plan_id}/decide/").status_code == 403
    assert logged_in(zhou).get(f"/study/plans/{written.plan_id}/decide/").status_code == 404


def test_a_year_is_closed_with_a_summary(approved, su, logged_in):
    browser = logged_in(su)

    browser.post(f"/study/plans/{approved.plan_id}/close/", {"summary": "学了四次，修订一项制度。"})

    page = browser.get(f"/study/plans/{approved.plan_id}/").text
    assert "已收尾" in page
    assert "学了四次，修订一项制度。" in page
    assert "调整计划" not in page


def test_two_of_one_name_are_told_apart_where_a_speaker_is_chosen(
    approved, lin, su, posts, bureau, logged_in
):
    namesake = TermFactory(
        person=PersonFactory(name=lin.name, code="T2013"), post=posts["局长"], unit=bureau
    ).person

    page = logged_in(su).get(f"/study/plans/{approved.plan_id}/revise/").text

    assert f">{lin.name}（{lin.code}）</option>" in page
    assert f">{namesake.name}（T2013）</option>" in page
    assert f">{lin.name}</option>" not in page


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_plan_costs_the_same_however_long_it_is(count, committee, su, lin, logged_in, costs):
    items = [
        item(date(2013, 1 + n // 4 % 12, 1 + n % 4 * 7), f"专题{n}", lead=lin) for n in range(count)
    ]
    version = write_plan(unit=committee, year=2013, items=items, at=JANUARY, by=su.account)

    assert costs(logged_in(su), f"/study/plans/{version.plan_id}/") <= 18
    assert costs(logged_in(su), f"/study/plans/{version.plan_id}/revise/") <= 9

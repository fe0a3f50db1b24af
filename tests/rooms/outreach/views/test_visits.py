from datetime import date, timedelta

import pytest

from taihua.kernel.records.queries import statements_of
from taihua.rooms.outreach.actions.notes import Matter, take_in
from taihua.rooms.outreach.models import FieldVisit, PlannedVisit, Problem, Proposal
from tests.factories import NINE, LeaveFactory
from tests.rooms.outreach.conftest import DAY, TODAY, number

UUID = str(number(7))


def fields(**changes):
    return {
        "uuid": UUID,
        "revision": "1",
        "written": "2013-12-02T09:00:00.000Z",
        "place": "school-1",
        "day": "2013-12-02",
        "days": "0.5",
        "topic": "课堂教学",
        "way": "talk",
        "heard": "班主任",
        "seen": "多媒体教室不够用。",
        "problems-TOTAL_FORMS": "1",
        "problems-INITIAL_FORMS": "0",
        "proposals-TOTAL_FORMS": "1",
        "proposals-INITIAL_FORMS": "0",
        **changes,
    }


def test_a_visit_is_written_down_on_the_page_and_counts(logged_in, lin, school, section):
    said = fields(**{"proposals-0-text": "请结对教研。", "proposals-0-owner": "jijiao"})

    answer = logged_in(lin).post("/outreach/visits/new/", said, follow=True)

    assert "调研记录已存下：已计入。" in answer.text
    assert statements_of(lin).get(verb__code="visited").quantity * 2 == 1
    assert Proposal.objects.get().owner == section


def test_sending_the_page_twice_writes_one_visit(logged_in, lin, school):
    browser = logged_in(lin)
    for _time in range(2):
        browser.post("/outreach/visits/new/", fields())

    assert FieldVisit.objects.count() == statements_of(lin).count() == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"days": "1.5"}, "一次调研记半天或一天"),
        ({"day": "2013-12-05"}, "还没有到"),
        ({"day": "后天"}, "哪一天："),
        ({"place": "nowhere"}, "没有这个单位"),
        ({"seen": " "}, "看到什么、发现什么："),
        ({"proposals-0-text": "请修"}, "请选由哪个单位办"),
        ({"problems-0-owner": "school-1"}, "请写内容，或不选单位"),
        ({"revision": "0"}, "还有几处要改"),
        ({"written": "昨天"}, "还有几处要改"),
    ],
)
def test_bad_input_is_told_in_words_and_what_was_typed_is_kept(
    logged_in, lin, school, changes, reason
):
    page = logged_in(lin).post("/outreach/visits/new/", fields(**changes)).text

    assert reason in page
    assert "课堂教学" in page
    assert not FieldVisit.objects.exists()


def test_a_closed_unit_and_a_day_of_leave_are_refused_in_words(logged_in, lin, school):
    browser = logged_in(lin)
    LeaveFactory(person=lin, first_day=DAY, last_day=DAY)
    assert "您在请假（病假）" in browser.post("/outreach/visits/new/", fields()).text
    school.closed = date(2012, 7, 1)
    school.save()
    answer = browser.post("/outreach/visits/new/", fields(day="2013-12-03"))

    assert "苔花一小不在办" in answer.text
    assert not FieldVisit.objects.exists()


def test_a_note_is_rewritten_by_its_writer_alone(logged_in, lin, zhou, visit):
    address = f"/outreach/visits/{visit.pk}/revise/"
    page = logged_in(lin).get(address)
    assert "请两校结对教研。" in page.text
    assert 'name="revision" value="2"' in page.text
    assert logged_in(zhou).get(address).status_code == 404

    said = fields(uuid=str(visit.uuid), revision="2", topic="改过的主题")
    logged_in(lin).post(address, said)

    visit.refresh_from_db()
    assert visit.topic == "改过的主题"
    assert not Proposal.objects.exists()


def test_the_page_of_a_visit_shows_what_came_of_it_and_strangers_find_nothing(
    logged_in, visit, lin, shen, wu
):
    address = f"/outreach/visits/{visit.pk}/"

    page = logged_in(shen).get(address).text
    assert "请两校结对教研。" in page
    assert "写办理结果" in page
    assert "写办理结果" not in logged_in(lin).get(address).text
    assert logged_in(wu).get(address).status_code == 404


def test_the_owner_settles_a_problem_and_others_do_not_find_the_page(logged_in, visit, shen, zhou):
    problem = visit.problems.get()
    address = f"/outreach/problems/{problem.pk}/"
    assert logged_in(zhou).post(address, {"words": "好了"}).status_code == 404

    browser = logged_in(shen)
    assert "还有几处要改" in browser.post(address, {"words": " "}).text
    browser.post(address, {"words": "沟已疏通。"})

    assert Problem.objects.get().settled == "沟已疏通。"
    assert "这件问题已经办结" in browser.post(address, {"words": "又好了。"}).text


def test_a_note_that_does_not_count_says_why_and_can_be_checked_again(logged_in, lin, note_of):
    take_in(note=note_of(), at=NINE)
    second = take_in(note=note_of(written="2013-12-02T10:00:00.000Z"), at=NINE).visit
    browser = logged_in(lin)

    assert "同一次调研，不重复计" in browser.get(f"/outreach/visits/{second.pk}/").text
    answer = browser.post(f"/outreach/visits/{second.pk}/count-again/", follow=True)

    assert "核对过了：同一次调研，不重复计。" in answer.text


def test_visits_are_listed_and_found_by_their_words(logged_in, visit, lin, wu, note_of):
    browser = logged_in(lin)

    assert "您这个月下去了 1 天" in browser.get("/outreach/").text
    assert "课堂教学" in browser.get("/outreach/?words=结对").text
    assert "没有找到" in browser.get("/outreach/?words=无此词").text
    assert "课堂教学" not in logged_in(wu).get("/outreach/").text


@pytest.mark.parametrize("words", ["长" * 30_000, "a " * 2_000, "\0"])
def test_no_words_are_too_many_or_too_strange_to_look_for(logged_in, visit, lin, words):
    assert logged_in(lin).get("/outreach/", {"words": words}).status_code == 200


@pytest.mark.parametrize("address", ["/outreach/", "/outreach/proposals/", "/outreach/plan/"])
def test_lists_cost_the_same_however_many_visits(
    logged_in, lin, section, school, note_of, costs, address
):
    def visit_on(day):
        matter = Matter(text=f"建议 {day}", owner=section)
        take_in(note=note_of(day=day, proposals=(matter,), problems=(matter,)), at=NINE)

    visit_on(DAY)
    few = costs(logged_in(lin), address)
    for back in range(1, 12):
        visit_on(DAY - timedelta(days=back))

    assert costs(logged_in(lin), address) == few


# --- the plan ----------------------------------------------------------------------------------------------


def test_a_visit_is_planned_and_cancelled_on_the_page(logged_in, lin, school, other_school, zhou):
    browser = logged_in(lin)
    page = browser.get("/outreach/plan/").text
    assert "近一年还没有人去过" in page
    assert "班子成员这个月一起怎么排" in page

    said = {"place": "school-1", "day": "2013-12-10", "topic": "校园安全"}
    assert "已列入计划：苔花一小。" in browser.post("/outreach/plan/", said, follow=True).text
    planned = PlannedVisit.objects.get()
    assert not planned.announced

    address = f"/outreach/plan/{planned.pk}/cancel/"
    assert logged_in(zhou).get(address).status_code == 404
    assert "还有几处要改" in browser.post(address, {"because": ""}).text
    assert "已取消" in browser.post(address, {"because": "会议"}, follow=True).text


def test_a_plan_for_yesterday_is_refused_and_kept_in_the_form(logged_in, lin, school):
    said = {"place": "school-1", "day": str(TODAY - timedelta(days=1)), "topic": "校园安全"}

    page = logged_in(lin).post("/outreach/plan/", said).text

    assert "已经过去" in page
    assert "校园安全" in page
    assert not PlannedVisit.objects.exists()


def test_an_account_without_a_person_sees_the_plan_and_plans_nothing(logged_in, keeper, school):
    browser = logged_in(keeper)

    assert "列入计划</button>" not in browser.get("/outreach/plan/").text
    assert browser.post("/outreach/plan/", {}).status_code == 404

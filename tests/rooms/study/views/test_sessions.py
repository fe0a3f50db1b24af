"""The pages of sessions, each role at its own: set, note, make up, minute, follow up, print."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taihua.kernel.documents.models import Document
from taihua.rooms.study.actions.checks import set_questions
from taihua.rooms.study.actions.plans import decide, write_plan
from taihua.rooms.study.models import Effect, Session
from tests.factories import PersonFactory, TermFactory
from tests.rooms.study.actions.test_checks import ASKED
from tests.rooms.study.conftest import JANUARY, item
from tests.rooms.study.sessions import SET_AT, hold, set_on

PAST, AHEAD = date(2013, 11, 12), date(2013, 12, 10)


@pytest.fixture
def ahead(committee, leaders, lin, su):
    return set_on(committee, AHEAD, lin, su.account)


@pytest.fixture
def past(committee, leaders, lin, su):
    return set_on(committee, PAST, lin, su.account)


@pytest.fixture
def held(past, su):
    return hold(past, su.account, l0=("leave", "开会"))


def test_the_lead_of_the_plan_is_proposed_and_not_a_namesake(
    committee, posts, bureau, leaders, lin, su, logged_in
):
    meant = TermFactory(person=PersonFactory(name=lin.name), post=posts["局长"], unit=bureau).person
    plan = write_plan(
        unit=committee,
        year=2013,
        items=[item(date(2013, 12, 12), "总结", lead=meant)],
        at=JANUARY,
        by=su.account,
    )
    decide(version=plan, approve=True, reply="", at=JANUARY, by=lin.account)

    page = logged_in(su).get(f"/study/sessions/new/?plan={plan.plan_id}&slot=1").text

    assert f'value="{meant.pk}" selected' in page
    assert f'value="{lin.pk}" selected' not in page


def filled(session, **changed):
    told = {
        "topic": session.topic,
        "lead": session.lead_id,
        "day": str(session.day),
        "first": "09:00",
        "last": "11:00",
        "days": "0.5",
    }
    return told | changed


def test_a_session_of_the_plan_is_set_from_the_plans_page(approved, lin, su, logged_in):
    browser = logged_in(su)
    plan = browser.get(f"/study/plans/{approved.plan_id}/").text
    assert f"/study/sessions/new/?plan={approved.plan_id}&slot=4" in plan

    page = browser.get(f"/study/sessions/new/?plan={approved.plan_id}&slot=4")
    assert 'value="校园安全"' in page.text
    data = {"topic": "校园安全", "lead": lin.pk, "day": "2013-12-12", "first": "09:00"}
    data |= {"last": "11:30", "days": "0.5"}
    answer = browser.post(f"/study/sessions/new/?plan={approved.plan_id}&slot=4", data)

    session = Session.objects.get()
    assert answer.url == f"/study/sessions/{session.pk}/"
    assert session.slot == 4
    assert "已排定" in browser.get(f"/study/plans/{approved.plan_id}/").text


@pytest.mark.parametrize("query", ["plan=x&slot=4", "plan=1&slot=77", "plan=999999&slot=1"])
def test_an_item_that_no_plan_has_is_not_there(approved, su, logged_in, query):
    assert logged_in(su).get(f"/study/sessions/new/?{query}").status_code == 404


def test_what_is_refused_keeps_what_was_typed(ahead, su, committee, logged_in):
    data = filled(ahead, topic="同一时间", unit=committee.pk, beyond_plan="上级要求")

    page = logged_in(su).post("/study/sessions/new/", data).text

    assert "这段时间已有《校园安全》" in page
    assert 'value="同一时间"' in page


def test_a_session_over_two_days_ends_on_the_second(ahead, su, logged_in):
    data = filled(ahead, last="17:00", last_day="2013-12-11", days="2", reason="两天")

    logged_in(su).post(f"/study/sessions/{ahead.pk}/change/", data)

    ahead.refresh_from_db()
    assert (ahead.last_day, ahead.days) == (AHEAD + timedelta(days=1), 2)
    assert "两天" in logged_in(su).get(f"/study/sessions/{ahead.pk}/").text


def test_a_session_that_ends_before_it_begins_is_told_beside_the_field(ahead, su, logged_in):
    data = filled(ahead, last="08:00", reason="改")

    page = logged_in(su).post(f"/study/sessions/{ahead.pk}/change/", data).text

    assert "结束时间要晚于开始时间。" in page


def test_the_recorder_notes_everybody_and_a_missing_reason_is_named(past, su, leaders, logged_in):
    browser = logged_in(su)
    data = {f"p{person.pk}-turnout": "present" for person in leaders}
    data[f"p{leaders[0].pk}-turnout"] = "leave"

    page = browser.post(f"/study/sessions/{past.pk}/attendance/", data)
    assert f"{leaders[0].name}请假的原因还没有写" in page.text

    browser.post(
        f"/study/sessions/{past.pk}/attendance/", data | {f"p{leaders[0].pk}-reason": "开会"}
    )
    page = browser.get(f"/study/sessions/{past.pk}/").text
    assert "应到 4 人，实到 3 人，请假 1 人，未到 0 人。" in page


def test_a_correction_asks_why(held, su, leaders, logged_in):
    browser = logged_in(su)
    data = {f"p{person.pk}-turnout": "present" for person in leaders}

    page = browser.post(f"/study/sessions/{held.pk}/attendance/", data)
    assert page.status_code == 200
    browser.post(f"/study/sessions/{held.pk}/attendance/", data | {"reason": "记错"})

    assert "实到 4 人" in browser.get(f"/study/sessions/{held.pk}/").text
    assert "组织学习：记错" in browser.get(f"/study/sessions/{held.pk}/").text


def test_a_member_asks_leave_beforehand(ahead, lin, su, logged_in):
    logged_in(lin).post(f"/study/sessions/{ahead.pk}/leave/", {"reason": "省里培训"})

    assert 'value="省里培训"' in logged_in(su).get(f"/study/sessions/{ahead.pk}/attendance/").text


def test_each_makes_up_for_the_own_absence_and_nobody_for_anothers(
    held, lin, su, leaders, logged_in
):
    missed = held.attendances.get(person=leaders[3])
    assert logged_in(lin).get(f"/study/catch-up/{missed.pk}/").status_code == 404
    listed = logged_in(su).get("/study/catch-up/").text
    assert leaders[3].name in listed

    logged_in(su).post(
        f"/study/catch-up/{missed.pk}/", {"day": "2013-11-20", "how": "读了材料和纪要"}
    )

    assert "都补齐了，没有人欠。" in logged_in(su).get("/study/catch-up/").text


def test_two_recorders_see_both_texts_and_both_are_kept(held, su, keeper, logged_in):
    address = f"/study/sessions/{held.pk}/minutes/"
    first, second = logged_in(su), logged_in(keeper)
    first.post(address, {"expected": "0", "text": "苏的一稿"})

    page = second.post(address, {"expected": "0", "text": "另一稿"}).text
    assert "别人已先保存了一版" in page
    assert "苏的一稿" in page
    assert ">\n另一稿</textarea>" in page
    assert "有人和您同时写了纪要" in first.get(f"/study/sessions/{held.pk}/").text
    assert "另一稿" in first.get(address).text

    second.post(address, {"expected": "1", "text": "两份并成一份"})
    assert "两份并成一份" in first.get(f"{address}read/").text


def test_issued_minutes_are_read_by_everybody_and_drafts_are_not(held, su, wu, zheng, logged_in):
    address = f"/study/sessions/{held.pk}/minutes/"
    browser = logged_in(su)
    browser.post(address, {"expected": "0", "text": "议定两件事。"})
    assert logged_in(wu).get(f"{address}read/").status_code == 404
    assert logged_in(zheng).get(f"{address}read/").status_code == 200

    browser.post(f"{address}issue/", {"expected": "1"})

    document = Document.objects.get()
    page = logged_in(wu).get(f"{address}read/")
    assert "议定两件事。" in page.text
    assert f'/study/sessions/{held.pk}/"' not in page.text
    assert document.number in logged_in(wu).get("/documents/").text


def test_a_decision_goes_from_the_session_to_its_owners_desk_and_back(held, lin, su, logged_in):
    recorder = logged_in(su)
    data = {"kind": "decision", "text": "先报落实", "owner": lin.pk, "due": "2013-12-31"}
    recorder.post(f"/study/sessions/{held.pk}/effect/", data)
    effect = Effect.objects.get()
    owner = logged_in(lin)
    assert "先报落实" in owner.get("/").text

    owner.post(f"/study/effects/{effect.pk}/", {"outcome": "第一次局务会报了"})

    assert "学有成效" in recorder.get(f"/study/sessions/{held.pk}/").text
    recorder.post(f"/study/effects/{effect.pk}/", {"holds": "no", "text": "停了一次"})
    assert "没有坚持下来" in recorder.get("/study/effects/").text


def test_a_unit_that_carries_something_out_may_read_where_it_came_from(
    held, section, su, zhou, shen, logged_in
):
    data = {"kind": "decision", "text": "先改月报", "owner_unit": section.pk, "due": "2013-12-31"}
    logged_in(su).post(f"/study/sessions/{held.pk}/effect/", data)
    effect = Effect.objects.get()

    for person, seen in ((zhou, 200), (shen, 404)):
        assert logged_in(person).get(f"/study/effects/{effect.pk}/").status_code == seen
        assert logged_in(person).get(f"/study/sessions/{held.pk}/").status_code == seen


def test_a_resolve_has_one_owner(held, lin, section, su, logged_in):
    data = {"kind": "decision", "text": "先报", "due": "2013-12-31"}
    both = {"owner": lin.pk, "owner_unit": section.pk}

    for owners in ({}, both):
        page = logged_in(su).post(f"/study/sessions/{held.pk}/effect/", data | owners)
        assert "请选一位承办人，或者一个承办单位。" in page.text

    assert not Effect.objects.exists()


def test_check_questions_are_set_answered_and_never_shown_by_name(ahead, lin, su, logged_in):
    recorder, address = logged_in(su), f"/study/sessions/{ahead.pk}/questions/"
    data = {"questions-TOTAL_FORMS": "1", "questions-INITIAL_FORMS": "0"}
    data |= {"questions-0-text": "先看什么？", "questions-0-choices": "现场\n汇报"}
    assert "请在一个正确的选项前加星号" in recorder.post(address, data).text
    recorder.post(address, data | {"questions-0-choices": "*现场\n汇报"})

    member = logged_in(lin)
    assert "答《校园安全》的学前检查题" in member.get("/study/").text
    member.post(f"/study/sessions/{ahead.pk}/check/", {"q1": "0"})

    assert "检查题" not in member.get("/study/").text
    assert member.get(f"/study/sessions/{ahead.pk}/check/").status_code == 302


def test_the_file_of_a_session_prints_and_is_taken_away(held, su, logged_in):
    browser = logged_in(su)

    page = browser.get(f"/study/sessions/{held.pk}/archive/").text
    word = browser.get(f"/study/sessions/{held.pk}/archive/docx/")

    parts = ("学习计划", "学习通知", "学习材料", "出席登记", "补学", "学习纪要", "发言摘要")
    places = [page.index(f"、{part}<") for part in (*parts, "学前学后检查", "学习效果")]
    assert places == sorted(places)
    assert "理论学习中心组<br>校园安全学习档案" in page
    assert "应到 4 人，实到 3 人" in page
    assert word.content.startswith(b"PK")
    assert browser.get(f"/study/sessions/{held.pk}/archive/xml/").status_code == 404


def test_a_material_is_added_and_taken_by_those_who_may_see_the_session(
    ahead, lin, su, wu, logged_in
):
    file = SimpleUploadedFile("纲要.pdf", b"%PDF-1.7 moss")
    logged_in(lin).post(f"/study/sessions/{ahead.pk}/material/", {"title": "纲要", "file": file})

    material = ahead.materials.get()
    taken = logged_in(su).get(f"/study/materials/{material.pk}/")
    assert taken.content == b"%PDF-1.7 moss"
    assert taken["Content-Disposition"].startswith("attachment")
    assert logged_in(wu).get(f"/study/materials/{material.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["", "archive/", "archive/pdf/", "leave/", "check/", "material/"])
def test_a_session_of_others_is_not_there(ahead, wu, logged_in, path):
    assert logged_in(wu).get(f"/study/sessions/{ahead.pk}/{path}").status_code == 404


def test_middle_cadres_see_only_enlarged_sessions(ahead, committee, lin, zhou, logged_in):
    open_one = set_on(committee, date(2013, 12, 11), lin, enlarged=True, topic="扩大学习")

    page = logged_in(zhou).get("/study/sessions/").text

    assert "扩大学习" in page
    assert "校园安全" not in page
    assert logged_in(zhou).get(f"/study/sessions/{open_one.pk}/").status_code == 200


def test_who_may_see_the_session_but_not_its_plan_is_not_led_there(
    approved, committee, lin, su, zhou, logged_in
):
    session = set_on(committee, date(2013, 12, 11), lin, su.account, enlarged=True, slot=4)
    address = f"/study/plans/{approved.plan_id}/"

    page = logged_in(zhou).get(f"/study/sessions/{session.pk}/").text

    assert "2013 年计划第 4 项" in page
    assert address not in page
    assert address in logged_in(su).get(f"/study/sessions/{session.pk}/").text


def test_the_auditor_reads_and_is_offered_nothing_to_change(held, zheng, logged_in):
    page = logged_in(zheng).get(f"/study/sessions/{held.pk}/").text

    for act in ("更正出席", "写纪要", "加入材料", "记补学", "再写一个决定"):
        assert act not in page


def test_what_is_called_off_says_why(ahead, su, logged_in):
    browser = logged_in(su)

    browser.post(f"/study/sessions/{ahead.pk}/cancel/", {"reason": "防汛"})

    assert "这次学习取消了：防汛" in browser.get(f"/study/sessions/{ahead.pk}/").text


@pytest.mark.parametrize("count", [1, 30])
def test_a_session_costs_the_same_however_many_come(
    count, committee, lin, su, posts, bureau, logged_in, costs
):
    for n in range(count):
        TermFactory(person=PersonFactory(name=f"人{n}"), post=posts["局长"], unit=bureau)
    session = hold(set_on(committee, PAST, lin, su.account), su.account)

    assert costs(logged_in(su), f"/study/sessions/{session.pk}/") <= 26


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_however_long_it_is(count, committee, lin, su, logged_in, costs):
    for n in range(count):
        set_on(committee, AHEAD + timedelta(days=n), lin, su.account)

    assert costs(logged_in(su), "/study/sessions/") <= 10


def test_questions_show_as_they_were_set(ahead, su, logged_in):
    set_questions(session=ahead, questions=ASKED, at=SET_AT)

    page = logged_in(su).get(f"/study/sessions/{ahead.pk}/questions/").text

    assert "*现场\n汇报" in page

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taihua.kernel import house
from taihua.kernel.documents.models import DocumentFile
from taihua.kernel.documents.queries import newest
from taihua.kernel.measures.logic import Figure, Standing
from taihua.kernel.records.actions import void
from taihua.rooms.reports import actions
from taihua.rooms.reports.queries.report import sections_of, version_of
from tests.factories import NINE, PersonFactory, in_force

TODAY = date(2013, 12, 4)
SERVICE = "learning.service"
TEN = NINE + timedelta(hours=1)


@pytest.fixture
def begun(bureau, su, lin, helped):
    """A report of 612 person-times of help, begun by the clerk."""
    helped(lin, 612)
    return actions.begin(year=2013, on=TODAY, at=NINE, by=su.account)


@pytest.fixture
def issued(begun, su):
    return actions.issue(
        version=begun, expected=1, number="苔教〔2013〕1号", on=TODAY, at=TEN, by=su.account
    )


def page(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def text_now(key=SERVICE):
    return next(part.text for part in sections_of(version_of(2013)) if part.key == key)


# --- the report ---------------------------------------------------------------------------------
def test_the_years_say_how_each_report_stands(logged_in, su, begun):
    html = page(logged_in(su), "/reports/")

    assert "在写" in html
    assert "还没动笔" in html


def test_a_year_not_begun_shows_what_the_records_would_write_and_saves_nothing(logged_in, su):
    html = page(logged_in(su), "/reports/2013/")

    assert "没有保存" in html
    assert "帮扶老干部、老党员、留守儿童没有查到记录。" in html
    assert version_of(2013) is None


def test_begin_keeps_the_first_draft(logged_in, su, bureau):
    answer = logged_in(su).post("/reports/2013/begin/")

    assert answer["Location"] == "/reports/2013/"
    assert version_of(2013).number == 1


def test_every_number_in_the_report_is_a_link_with_its_basis(logged_in, su, begun):
    html = re.sub(r"\s+", " ", page(logged_in(su), "/reports/2013/"))

    assert re.search(
        r'href="/reports/figures/help\.person_times/\?year=2013" [^>]*>612<span [^>]*>2011 年以来登记的帮扶人次',
        html,
    )
    assert "一、激发学习力" in html
    assert "（三）宗旨教育" in html


def test_a_draft_is_for_the_office_and_an_issued_report_for_everybody(logged_in, su, wu, begun):
    assert logged_in(wu).get("/reports/2013/").status_code == 403

    actions.issue(
        version=begun, expected=1, number="苔教〔2013〕1号", on=TODAY, at=TEN, by=su.account
    )

    assert "612" in page(logged_in(wu), "/reports/2013/")


def test_the_auditor_reads_and_finds_nothing_to_press(logged_in, zheng, begun):
    browser = logged_in(zheng)

    html = page(browser, "/reports/2013/")
    assert "核对并印发" not in html
    assert f"/reports/2013/write/{SERVICE}/" not in html
    for address in (
        f"/reports/2013/write/{SERVICE}/",
        "/reports/2013/issue/",
        "/reports/2013/refresh/",
    ):
        assert browser.get(address).status_code == 403


def test_the_page_lists_claims_without_evidence(logged_in, su, begun):
    browser = logged_in(su)
    browser.post(
        f"/reports/2013/write/{SERVICE}/", {"text": "我们走访了三百多人次。", "expected": 1}
    )

    html = page(browser, "/reports/2013/")

    assert f'/reports/2013/write/{SERVICE}/#claims">三百多人次' in re.sub(r"\s*>\s*", ">", html)


def test_the_report_costs_the_same_however_many_records(
    logged_in, su, lin, begun, helped, django_assert_max_num_queries
):
    browser = logged_in(su)
    for place in range(3):
        helped(lin, 1, path=f"t-x{place}")

    with django_assert_max_num_queries(16):
        browser.get("/reports/2013/")


# --- writing ------------------------------------------------------------------------------------
def test_a_section_is_saved_and_retyped_numbers_are_put_right_and_told(logged_in, su, begun):
    answer = logged_in(su).post(
        f"/reports/2013/write/{SERVICE}/",
        {"text": "帮了[[help.person_times|999]]人次。", "expected": 1},
        follow=True,
    )

    assert text_now() == "帮了[[help.person_times|612]]人次。"
    assert "999→612" in answer.content.decode()


def test_an_unknown_figure_is_refused_beside_the_field_and_the_text_stays(logged_in, su, begun):
    html = (
        logged_in(su)
        .post(f"/reports/2013/write/{SERVICE}/", {"text": "[[x.y]]人，我写了很久", "expected": 1})
        .content.decode()
    )

    assert "没有名为 x.y 的统计数" in html
    assert "我写了很久" in html
    assert newest(begun.document).number == 1


def test_a_form_that_does_not_say_what_it_was_written_on_is_shown_again(logged_in, su, begun):
    answer = logged_in(su).post(f"/reports/2013/write/{SERVICE}/", {"text": "我写的。"})

    assert answer.status_code == 200
    assert "我写的。" in answer.content.decode()
    assert newest(begun.document).number == 1


def test_the_slower_writer_sees_both_texts_and_can_save_again(logged_in, su, keeper, begun):
    slow, address = logged_in(su), f"/reports/2013/write/{SERVICE}/"
    logged_in(keeper).post(address, {"text": "先存的。", "expected": 1})

    html = slow.post(address, {"text": "后存的。", "expected": 1}).content.decode()

    assert "先存的。" in html
    assert "后存的。" in html
    assert "没有丢失" in html
    assert text_now() == "先存的。"
    assert 'name="expected" value="2"' in html
    slow.post(address, {"text": "先存的。后存的。", "expected": 2})
    assert text_now() == "先存的。后存的。"


@pytest.mark.parametrize("address", ["nowhere/", "learning/../"])
def test_a_section_that_is_not_there_is_not_found(logged_in, su, begun, address):
    assert logged_in(su).get(f"/reports/2013/write/{address}").status_code == 404


def test_what_is_not_begun_cannot_be_written(logged_in, su, bureau):
    assert logged_in(su).get(f"/reports/2013/write/{SERVICE}/").status_code == 404


# --- fresh numbers ------------------------------------------------------------------------------
def hidden(html, name):
    return re.search(rf'name="{name}" value="([^"]+)"', html)[1]


def test_refresh_without_conflict_asks_nothing(logged_in, su, lin, begun, helped):
    browser = logged_in(su)
    helped(lin, 8, path="t-9")
    html = page(browser, "/reports/2013/refresh/")

    browser.post(
        "/reports/2013/refresh/",
        {"expected": hidden(html, "expected"), "known": hidden(html, "known")},
    )

    assert "没有冲突" in html
    assert "612 → <b>620</b>" in html
    assert "[[help.person_times|620]]" in text_now()
    assert "没有新的变化" in page(browser, "/reports/2013/refresh/")


def test_refresh_shows_both_sentences_and_takes_the_chosen_one(logged_in, su, bureau, lin, helped):
    browser = logged_in(su)
    browser.post("/reports/2013/begin/")
    browser.post(f"/reports/2013/write/{SERVICE}/", {"text": "我重写了这一段。", "expected": 1})
    helped(lin, 612)
    html = page(browser, "/reports/2013/refresh/")

    assert "我重写了这一段。" in html
    assert "解决实际困难612人次" in html
    browser.post(
        "/reports/2013/refresh/",
        {
            "expected": hidden(html, "expected"),
            "known": hidden(html, "known"),
            f"{SERVICE}:0": "theirs",
        },
    )
    assert "解决实际困难[[help.person_times|612]]人次" in text_now()


def test_refresh_of_a_text_changed_meanwhile_is_refused(logged_in, su, begun):
    browser = logged_in(su)
    html = page(browser, "/reports/2013/refresh/")
    browser.post(f"/reports/2013/write/{SERVICE}/", {"text": "新写的。", "expected": 1})

    answer = browser.post("/reports/2013/refresh/", {"expected": 1, "known": hidden(html, "known")})

    assert "又有人改过" in answer.content.decode()
    assert text_now() == "新写的。"


def test_refresh_without_its_moment_shows_the_questions_anew(logged_in, su, begun):
    answer = logged_in(su).post("/reports/2013/refresh/", {"expected": 1, "known": "昨天"})

    assert answer.status_code == 200
    assert newest(begun.document).number == 1


# --- issuing ------------------------------------------------------------------------------------
def test_issue_offers_the_next_number_and_closes_the_year(logged_in, su, begun):
    browser = logged_in(su)
    html = page(browser, "/reports/2013/issue/")

    assert "苔教〔2013〕1号" in html
    browser.post("/reports/2013/issue/", {"number": "苔教〔2013〕1号", "expected": 1})
    assert version_of(2013).is_issued
    assert "从此不变" in page(browser, "/reports/2013/")
    assert browser.get(f"/reports/2013/write/{SERVICE}/").status_code == 403


def test_the_sign_of_the_office_begins_the_number(logged_in, su, begun, settings):
    settings.TAIHUA_SIGN = "某教"

    assert "某教〔2013〕1号" in page(logged_in(su), "/reports/2013/issue/")


def test_issue_shows_the_claims_that_are_still_open(logged_in, su, begun):
    browser = logged_in(su)
    browser.post(f"/reports/2013/write/{SERVICE}/", {"text": "约三百人次。", "expected": 1})

    assert "三百人次" in page(browser, "/reports/2013/issue/")


def test_issue_under_a_taken_number_is_refused_with_the_reason(logged_in, su, issued, bureau):
    browser = logged_in(su)
    browser.post("/reports/2012/begin/")

    html = browser.post(
        "/reports/2012/issue/", {"number": "苔教〔2013〕1号", "expected": 1}
    ).content.decode()

    assert "已经用过" in html
    assert not version_of(2012).is_issued


def test_an_issued_report_tells_which_figures_changed_since(logged_in, su, lin, issued, helped):
    helped(lin, 8, path="t-9", at=TEN + timedelta(days=1))

    html = re.sub(r"\s+", " ", page(logged_in(su), "/reports/2013/"))

    assert "印发时 612，现在 620" in html
    assert ">612<span" in html.replace("> 612", ">612")


# --- files --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("form", "starts"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE"), ("json", b"{")]
)
def test_a_file_is_made_and_can_be_downloaded(logged_in, su, begun, form, starts):
    browser = logged_in(su)

    answer = browser.post(f"/reports/2013/files/{form}/")
    html = page(browser, answer["Location"])
    file = DocumentFile.objects.get(form=form)

    assert f"/documents/files/{file.pk}/" in html
    assert browser.get(f"/documents/files/{file.pk}/").content.startswith(starts)


def test_a_file_not_ready_says_so_and_asks_again_by_itself(logged_in, su, begun):
    answer = logged_in(su).get("/reports/2013/files/pdf/")

    assert answer.status_code == 202
    assert "正在生成" in answer.content.decode()
    part = logged_in(su).get("/reports/2013/files/pdf/", headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith("<div")


def test_a_file_of_an_issued_report_is_made_once(logged_in, su, wu, issued):
    for somebody in (su, wu):
        logged_in(somebody).post("/reports/2013/files/pdf/")

    assert DocumentFile.objects.count() == 1


@pytest.mark.parametrize("address", ["/reports/2013/files/exe/", "/reports/2012/files/pdf/"])
def test_a_form_or_year_that_is_not_there_is_not_found(logged_in, su, begun, address):
    assert logged_in(su).get(address).status_code == 404


def test_files_of_a_draft_are_not_for_others(logged_in, wu, begun):
    assert logged_in(wu).post("/reports/2013/files/pdf/").status_code == 403


def test_a_moment_that_is_none_is_not_found(logged_in, su, begun):
    assert logged_in(su).get("/reports/2013/files/pdf/?asked=gestern").status_code == 404


# --- figures and records ------------------------------------------------------------------------
def test_the_list_of_figures_has_numbers_and_bases(logged_in, wu, begun):
    html = page(logged_in(wu), "/reports/figures/?year=2013")

    assert "612 人次" in html
    assert "2011 年以来登记的帮扶人次" in html


@pytest.mark.parametrize("year", ["", "abc", "0", "99999", "²"])
def test_a_year_that_is_none_is_the_present_one(logged_in, wu, begun, year):
    assert "612 人次" in page(logged_in(wu), f"/reports/figures/?year={year}")


def test_a_figure_opens_down_to_its_records(logged_in, su, lin, begun):
    browser = logged_in(su)

    html = page(browser, "/reports/figures/help.person_times/?year=2013")
    record = re.search(r"/reports/records/[0-9a-f-]{36}/", html)[0]

    assert "612" in html
    assert "SUM(" in html
    assert "林知远" in html
    assert "受助人" in page(browser, record)


def test_others_see_the_number_but_not_the_records(logged_in, wu, begun):
    html = page(logged_in(wu), "/reports/figures/help.person_times/?year=2013")

    assert "612" in html
    assert "林知远" not in html
    assert "您不能逐条查看" in html


def test_a_record_is_closed_to_those_who_may_not_see_it(logged_in, su, wu, lin, helped):
    statement = helped(lin)

    assert logged_in(wu).get(f"/reports/records/{statement.uuid}/").status_code == 404
    assert logged_in(lin).get(f"/reports/records/{statement.uuid}/").status_code == 200
    assert logged_in(su).get(f"/reports/records/{uuid4()}/").status_code == 404


def test_a_voided_record_still_opens_and_says_why(logged_in, su, lin, helped):
    statement = helped(lin)
    void(statement=statement, reason="登记重了", at=TEN)

    assert "登记重了" in page(logged_in(su), f"/reports/records/{statement.uuid}/")


def test_a_figure_of_an_issued_year_replays_as_known_then(logged_in, su, lin, issued, helped):
    helped(lin, 8, path="t-9", at=TEN + timedelta(days=1))
    browser = logged_in(su)

    now = page(browser, "/reports/figures/help.person_times/?year=2013")
    link = re.search(r'href="(/reports/figures/[^"]*known=[^"]*)"', now)[1].replace("&amp;", "&")
    then = page(browser, link)

    assert "<b>620</b>" in now
    assert "印发时是 612" in now
    assert "<b>612</b>" in then


def test_records_of_a_figure_come_in_pages(logged_in, su, lin, helped):
    for place in range(27):
        helped(lin, path=f"t-{place}")
    browser = logged_in(su)

    first = page(browser, "/reports/figures/help.person_times/")
    second = page(browser, "/reports/figures/help.person_times/?page=2")

    assert len(re.findall(r"/reports/records/", first)) == 25
    assert len(re.findall(r"/reports/records/", second)) == 2


@pytest.mark.parametrize("count", [1, 3, 20])
def test_a_figure_costs_the_same_however_many_records(
    logged_in, su, bureau, helped, count, django_assert_max_num_queries
):
    for place in range(count):
        helped(PersonFactory(), path=f"t-{place}")
    browser = logged_in(su)

    with django_assert_max_num_queries(14):
        browser.get("/reports/figures/help.person_times/")


@pytest.mark.parametrize("known", ["gestern", "2013-13-45T00:00:00Z", "2013-12-01T00:00:00"])
def test_a_moment_that_is_none_counts_all_that_is_known(logged_in, wu, begun, known):
    html = page(logged_in(wu), f"/reports/figures/help.person_times/?year=2013&known={known}")

    assert "<b>612</b>" in html


def test_a_figure_that_nobody_declares_is_not_found(logged_in, su):
    assert logged_in(su).get("/reports/figures/no.such/").status_code == 404


def test_a_figure_about_a_rule_leads_to_the_rule(logged_in, su, lin, monkeypatch):
    kept = Figure("duty.visits", "按月下基层", "口径", "", Standing("visit.monthly", share=True))
    monkeypatch.setattr(house, "figures", lambda: {kept.code: kept})
    browser = logged_in(su)

    assert "/rules/rule/" not in page(browser, "/reports/figures/duty.visits/?year=2013")
    in_force("visit.monthly")
    html = page(browser, "/reports/figures/duty.visits/?year=2013")
    assert "/rules/rule/visit.monthly/" in html
    assert "0%" in html


# --- the board ----------------------------------------------------------------------------------
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


def test_the_board_is_not_for_those_who_oversee_nobody(logged_in, wu):
    assert logged_in(wu).get("/reports/board/").status_code == 403


def test_the_board_costs_the_same_with_1_or_30_mechanisms(logged_in, su, lin, helped, mechanism):
    helped(lin, 3)
    browser = logged_in(su)
    in_force("visit.monthly")
    cost = set()

    for many in (1, 3, 30):
        mechanism(*[[FULL, ("help.persons", 1), ("visit.monthly", 1), FULL]] * many)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/reports/board/")
        cost.add(len(queries))

    assert len(cost) == 1
    assert cost.pop() < 20

"""The rules in the browser, for each of the cast."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taihua.base.clock import ZONE
from taihua.kernel.records.actions import record
from taihua.kernel.rules.models import Exemption, RuleBook, RuleEntry
from tests.factories import PersonFactory, TermFactory
from tests.kernel.rules.packs import BOOK, TEXT, VISITS, adopted

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


# --- writing ------------------------------------------------------------------------------------------------


def posted(text, do="look", version=0, **more):
    return {"text": text, "do": do, "version": version, "year": 2012, **more}


def test_only_the_clerk_writes_rules(book, lin, zhou, wu, zheng, su, keeper, logged_in):
    paths = [
        "start/",
        "book/bureau-book/edit/",
        "book/bureau-book/new/",
        "book/bureau-book/b.visits/",
    ]
    for path in paths:
        for somebody in (lin, zhou, wu, zheng):
            assert logged_in(somebody).get(f"/rules/{path}").status_code == 403
        for somebody in (su, keeper):
            assert logged_in(somebody).get(f"/rules/{path}").status_code == 200


def test_a_clerk_adopts_a_pack_of_the_house_after_looking_at_it(lin, zhou, su, logged_in):
    browser = logged_in(su)

    looked = browser.get("/rules/start/", {"pack": "haizhou-2013"}).text
    before = RuleBook.objects.count()
    browser.post("/rules/adopt/", posted(BOOK + VISITS))
    after_look = RuleBook.objects.count()
    done = browser.post("/rules/adopt/", posted(BOOK + VISITS, do="adopt"), follow=True).text

    assert "学习型党组织建设制度（2013）" in looked
    assert "拿 2012 年试算" in looked
    assert (before, after_look) == (0, 0)
    assert "《局规》第 1 版已经通过。" in done
    assert RuleBook.objects.get().adopted_by.person == su


def test_refused_rules_can_be_left_out(lin, su, logged_in):
    bad = VISITS.replace("b.visits", "b.online").replace("深入基层调研", "在线打卡")
    browser = logged_in(su)

    refused = browser.post("/rules/adopt/", posted(BOOK + VISITS + bad, do="adopt"))
    nothing = RuleBook.objects.exists()
    browser.post("/rules/adopt/", posted(BOOK + VISITS + bad, do="adopt", without=["b.online"]))

    assert "国办函〔2026〕12号" in refused.text
    assert not nothing
    assert list(RuleEntry.objects.values_list("code", flat=True)) == ["b.visits"]


def test_a_text_that_cannot_be_read_is_shown_again_with_its_faults(su, logged_in):
    page = logged_in(su).post("/rules/adopt/", posted("[book\n", do="adopt"))

    assert "第 1 行：不合 TOML 的写法" in page.text
    assert "[book" in page.text
    assert not RuleBook.objects.exists()


def test_an_uploaded_file_is_looked_over_and_nothing_is_adopted(lin, su, logged_in):
    browser = logged_in(su)
    good = SimpleUploadedFile("b.toml", (BOOK + VISITS).encode())
    gb = SimpleUploadedFile("b.toml", (BOOK + VISITS).encode("gb18030"))

    looked = browser.post("/rules/start/", {"file": good})
    refused = browser.post("/rules/start/", {"file": gb})

    assert "班子成员每月至少有一天深入基层调研。" in looked.text
    assert "不是 UTF-8 文本" in refused.text
    assert not RuleBook.objects.exists()


def test_the_second_of_two_clerks_is_told_and_loses_no_word(book, su, logged_in):
    browser = logged_in(su)
    first = TEXT.replace("每年必读两本书", "每年必读三本书").replace("times = 2", "times = 3", 1)
    second = TEXT.replace("必读两本书", "必读四本书")

    browser.post("/rules/adopt/", posted(first, do="adopt", version=1))
    page = browser.post("/rules/adopt/", posted(second, do="adopt", version=1)).text

    assert "通过了第 2 版。您写的没有丢" in page
    assert "必读四本书" in page
    assert RuleBook.objects.count() == 2


def test_one_rule_is_changed_in_a_form_looked_over_and_adopted(book, su, logged_in):
    browser = logged_in(su)
    page = browser.get("/rules/book/bureau-book/b.visits/")
    form = page.context["form"]
    told = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
    told = {name: value for name, value in told.items() if value is not None and value is not False}

    looked = browser.post("/rules/book/bureau-book/b.visits/", {**told, "times": "2"})
    text = looked.context["form"].initial["text"]
    done = browser.post("/rules/adopt/", posted(text, do="adopt", version=1), follow=True)

    assert "<del>每月至少一天下基层调研</del> <ins>每月至少两天下基层调研</ins>" in looked.text
    assert "# 读书" in text
    assert "第 2 版" in done.text
    assert "每月至少两天下基层调研" in browser.get("/rules/rule/b.visits/").text


def test_a_new_rule_is_written_in_a_form(book, su, logged_in):
    browser = logged_in(su)
    told = {
        "code": "b.talks",
        "sentence": "中层干部每年谈一次工作。",
        "source": "局党委会议",
        "level": "local",
        "confidence": "sure",
        "mechanism": "I3",
        "subject": "person",
        "tiers": ["middle"],
        "verbs": ["talked-work"],
        "count": "statements",
        "times": "1",
        "every": "year",
        "n": "1",
        "grace_days": "0",
        "notice_days": "30",
        "proration": "days",
        "act": "谈工作",
        "measure": "次",
        "minutes": "90",
    }

    page = browser.post("/rules/book/bureau-book/new/", told)
    again = browser.post("/rules/book/bureau-book/new/", {**told, "code": "b.visits"})

    assert "中层干部每年谈一次工作。" in page.context["form"].initial["text"]
    assert "这个代码已经用过了。" in again.text


def test_a_rule_is_retired_from_a_day_on(book, su, logged_in):
    browser = logged_in(su)

    browser.post("/rules/rule/b.visits/retire/", {"from_day": "2013-12-01"})

    assert "已经废止" in browser.get("/rules/rule/b.visits/").text
    assert RuleBook.objects.get(version=2).text.count("[[rule]]") == 2


def test_the_clerk_exempts_and_takes_back(book, lin, su, logged_in):
    browser = logged_in(su)
    told = {
        "rule": "b.visits",
        "who": "林知远",
        "first_day": "2013-12-01",
        "last_day": "2013-12-31",
        "reason": "援藏",
    }

    page = browser.post("/rules/exemptions/", told, follow=True).text
    exempt = browser.get(why("b.visits", lin, "2013-12")).text
    browser.post(f"/rules/exemptions/{Exemption.objects.get().pk}/end/")
    owing = browser.get(why("b.visits", lin, "2013-12")).text

    assert "林知远的免除已经登记。" in page
    assert "本月下基层调研已免除" in exempt
    assert "援藏" in exempt
    assert "本月还差一天下基层调研" in owing


def test_an_exemption_names_somebody_of_the_roster_and_days_in_order(book, lin, su, logged_in):
    told = {
        "rule": "b.visits",
        "who": "无此人",
        "first_day": "2013-12-31",
        "last_day": "2013-12-01",
        "reason": "援藏",
    }

    page = logged_in(su).post("/rules/exemptions/", told).text

    assert "名册里没有“无此人”。" in page
    assert "结束日期不能早于开始日期。" in page
    assert not Exemption.objects.exists()


def test_those_who_oversee_see_the_exemptions_and_grant_none(book, lin, zheng, wu, logged_in):
    assert "登记免除" not in logged_in(zheng).get("/rules/exemptions/").text
    assert logged_in(wu).get("/rules/exemptions/").status_code == 403
    assert logged_in(lin).post("/rules/exemptions/", {"rule": "b.visits"}).status_code == 200
    assert not Exemption.objects.exists()


def test_the_burden_ledger_shows_its_sums_and_its_formulas(book, lin, wu, logged_in):
    visited(lin, date(2013, 11, 5))

    page = logged_in(wu).get("/rules/burden/").text

    assert "平均每人每月约 420 分钟" in page
    assert "1 条记录共计入 1 次，省下约 0 分钟" in page
    assert "合每月 =" in page


def test_the_menu_leads_to_the_rules(wu, logged_in):
    assert 'href="/rules/"' in logged_in(wu).get("/rules/").text

"""Writing rules in the browser: looked over, adopted, changed, retired, exempted from."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taihua.kernel.rules.models import Exemption, RuleBook, RuleEntry
from tests.factories import PersonFactory
from tests.kernel.rules.packs import BOOK, TEXT, VISITS, adopted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_fourth(settings):
    settings.TAIHUA_TODAY = date(2013, 12, 4)


@pytest.fixture
def book(lin, zhou):
    return adopted()


def why(rule, actor, key):
    return reverse("rules:why", args=[rule, actor.code, key])


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


def test_a_pack_of_the_house_that_holds_already_is_offered_as_an_amendment(
    lin, zhou, su, logged_in
):
    adopted()
    RuleBook.objects.update(code="haizhou-2013")

    page = logged_in(su).get("/rules/start/", {"pack": "haizhou-2013"})

    assert page.context["form"].initial["version"] == 1
    assert "与现行版本的不同" in page.text


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


def test_the_words_that_a_rule_says_stand_before_all_others(book, su, logged_in):
    form = logged_in(su).get("/rules/book/bureau-book/b.visits/").context["form"]

    offered = [code for code, _label in form.fields["verbs"].choices]
    assert offered[: len(form["verbs"].initial)] == list(form["verbs"].initial)
    assert len(offered) == len(set(offered)) > 25


def test_a_rule_is_put_under_a_mechanism_by_its_title(book, su, logged_in):
    page = logged_in(su).get("/rules/book/bureau-book/new/")

    choices = dict(page.context["form"].fields["mechanism"].choices)
    assert choices["I4"] == "校长讲坛（每年二期）、教学论坛（I4）"
    codes = [code for code in choices if code]
    assert codes == sorted(codes, key=lambda code: ("LIC".index(code[0]), int(code[1:])))


def test_a_mechanism_that_no_room_carries_out_stays_with_its_rule(lin, zhou, su, logged_in):
    adopted(BOOK + VISITS.replace('"L6"', '"K9"'))

    form = logged_in(su).get("/rules/book/bureau-book/b.visits/").context["form"]

    assert ("K9", "K9") in form.fields["mechanism"].choices


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


# --- what goes wrong ---------------------------------------------------------------------------------------


def test_a_book_is_begun_on_a_blank_sheet(su, logged_in):
    page = logged_in(su).get("/rules/start/", {"pack": "new"})

    assert 'code = "book-2013"' in page.context["form"].initial["text"]


@pytest.mark.parametrize("told", [{"text": ""}, {"year": "1066"}, {"effective_from": "morgen"}])
def test_a_form_filled_in_wrongly_keeps_what_was_typed(su, logged_in, told):
    page = logged_in(su).post("/rules/adopt/", {**posted(BOOK + VISITS), **told})

    assert "还有几处要改" in page.text
    assert "text" in told or "b.visits" in page.text


@pytest.mark.parametrize(
    "path", ["book/none/edit/", "book/none/new/", "book/none/b.x/", "book/bureau-book/b.none/"]
)
def test_what_is_not_there_cannot_be_edited(book, su, logged_in, path):
    assert logged_in(su).get(f"/rules/{path}").status_code == 404


def test_what_is_not_there_cannot_be_retired(book, su, logged_in):
    browser = logged_in(su)

    assert browser.post("/rules/rule/none/retire/").status_code == 404
    assert browser.post("/rules/book/none/retire/").status_code == 404
    assert browser.post("/rules/exemptions/999/end/").status_code == 404


def test_a_rule_or_book_is_not_retired_without_a_day_or_twice(book, su, logged_in):
    browser = logged_in(su)
    day = {"from_day": "2013-12-01"}

    no_day = browser.post("/rules/rule/b.visits/retire/", {})
    browser.post("/rules/rule/b.visits/retire/", day)
    twice = browser.post("/rules/rule/b.visits/retire/", day)
    book_no_day = browser.post("/rules/book/bureau-book/retire/", {})
    gone = browser.post("/rules/book/bureau-book/retire/", day, follow=True)
    book_twice = browser.post("/rules/book/bureau-book/retire/", day)

    assert "还有几处要改" in no_day.text
    assert "没有施行中的条目" in twice.text
    assert "还有几处要改" in book_no_day.text
    assert "2013 年 12 月 1 日起废止" in gone.text
    assert "修改这部制度" not in gone.text
    assert "起废止。" in book_twice.text


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"every": "once"}, "只做一次的要写明截止日期。"),
        ({"times": "0"}, "要求要大于零。"),
        ({"mechanism": ""}, "这一项还空着"),
        ({"verbs": []}, "这一项还空着"),
    ],
)
def test_a_rule_filled_in_wrongly_is_said_to_be(book, su, logged_in, told, said):
    browser = logged_in(su)
    form = browser.get("/rules/book/bureau-book/b.visits/").context["form"]
    values = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
    plain = {name: value for name, value in values.items() if value not in (None, "")}

    page = browser.post("/rules/book/bureau-book/b.visits/", {**plain, **told})

    assert said in page.text


def test_an_exemption_taken_back_twice_is_refused(book, lin, su, logged_in):
    browser = logged_in(su)
    told = {"rule": "b.visits", "who": "lin", "first_day": "2013-12-01",
            "last_day": "2013-12-31", "reason": "援藏"}  # fmt: skip
    browser.post("/rules/exemptions/", told)
    path = f"/rules/exemptions/{Exemption.objects.get().pk}/end/"

    browser.post(path)
    page = browser.post(path, follow=True)

    assert "已经撤销过了" in page.text


def test_two_people_of_one_name_are_told_apart_by_number(book, lin, su, logged_in):
    PersonFactory(name="林知远")
    told = {"rule": "b.visits", "who": "林知远", "first_day": "2013-12-01",
            "last_day": "2013-12-31", "reason": "援藏"}  # fmt: skip

    page = logged_in(su).post("/rules/exemptions/", told)

    assert "有 2 个“林知远”，请写工号。" in page.text


def test_a_unit_is_let_off_by_its_name(book, bureau, su, logged_in):
    told = {"rule": "b.forums", "who": "苔花区教育局", "first_day": "2013-01-01",
            "last_day": "2013-12-31", "reason": "校舍改造"}  # fmt: skip

    page = logged_in(su).post("/rules/exemptions/", told, follow=True)

    assert "苔花区教育局的免除已经登记。" in page.text
    assert Exemption.objects.get().unit == bureau

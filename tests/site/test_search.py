"""The search page: what is found, for whom, and what is said where nothing is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taihua.kernel import house
from taihua.kernel.documents.actions import draft, issue
from taihua.kernel.house import Found, Room
from tests.factories import NINE, PersonFactory, PostFactory, TermFactory, in_force

PAGE = reverse("search")


@pytest.fixture(autouse=True)
def house_on_its_day(db, settings):
    settings.TAIHUA_TODAY = NINE.date()


@pytest.fixture
def shelf(monkeypatch):
    """A room in which each account finds its own things only."""

    def search(account, words, limit):
        mine = [
            Found(title=f"{account}的劝学笔记{n}", url="/", excerpt="<b>劝学</b>")
            for n in range(20)
        ]
        return [found for found in mine if all(word in found.title for word in words)][:limit]

    monkeypatch.setitem(house._house.rooms, "fake", Room(code="fake", title="书", search=search))


def found(browser, words):
    return browser.get(PAGE, {"q": words})


def titles(answer):
    return {group.title: [hit.title for hit in group.found] for group in answer.context["groups"]}


def test_a_name_of_two_characters_is_found_by_who_may_see_the_person(logged_in, lin, zhou, wu):
    answer = found(logged_in(lin), "周明")

    assert titles(answer)["人员"] == ["周明"]
    assert reverse("org:person", args=["zhou"]) in answer.text
    assert "<mark>周明</mark>" in answer.text


def test_what_is_found_of_people_and_units_can_be_opened_by_the_finder(logged_in, shen, wu, school):
    browser = logged_in(shen)

    answer = found(browser, "苔花一小")

    assert titles(answer)["单位"] == ["苔花一小"]
    for group in answer.context["groups"]:
        for hit in group.found:
            assert browser.get(hit.url).status_code == 200, hit


def test_a_stranger_to_the_unit_finds_nobody_of_it(logged_in, shen, wu, school, other_school):
    assert "吴江" not in str(titles(found(logged_in(shen), "吴江")))
    assert "没有找到" in found(logged_in(shen), "吴江").text
    assert "没有找到" in found(logged_in(wu), "沈青").text
    assert "没有找到" in found(logged_in(wu), "苔花一小").text


def test_each_finds_in_a_room_what_is_theirs(logged_in, shelf, lin, wu):
    lins, wus = found(logged_in(lin), "劝学"), found(logged_in(wu), "劝学")

    assert "林知远的" in lins.text
    assert "吴江的" not in lins.text
    assert "林知远的" not in wus.text


def test_a_hit_is_marked_and_what_was_written_stays_text(logged_in, shelf, lin):
    shown = found(logged_in(lin), "劝学").text

    assert "&lt;b&gt;<mark>劝学</mark>&lt;/b&gt;" in shown
    assert "<b>劝学" not in shown


def test_ten_of_a_kind_are_shown_and_it_is_said_that_there_are_more(logged_in, shelf, lin):
    answer = found(logged_in(lin), "劝学")

    assert len(titles(answer)["书"]) == 10
    assert "只列出前十条" in answer.text
    assert "找到的不止这些，先列出 10 条您能看的" in answer.text
    assert "只列出前十条" not in found(logged_in(lin), "劝学 笔记19").text


def test_rules_documents_ledgers_and_pages_are_found_by_everybody(logged_in, wu, su, bureau):
    in_force()
    version = draft(
        kind="reports/annual", title="2013 年度总结", year=2013, body={}, at=NINE, unit=bureau
    )
    issue(
        version=version, number="苔教〔2013〕7号", by=su.account, at=NINE, known=NINE, provenance={}
    )
    browser = logged_in(wu)

    assert titles(found(browser, "深入基层"))["制度"] == ["班子成员每月至少一天深入基层调研。"]
    assert titles(found(browser, "苔教 7号"))["文件"] == ["《2013 年度总结》"]
    assert "日历订阅" in titles(found(browser, "日历"))["页面"]
    assert any("调研" in title for title in titles(found(browser, "调研"))["台账"])


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ("提了什么建议", "台账", "下基层调研台账"),
        ("没有网也能写", "页面", "下基层"),
        ("轮流授课", "页面", "学习"),
        ("可学的做法", "页面", "讲坛"),
        ("动态验证码", "页面", "两步验证"),
    ],
)
def test_what_the_house_says_of_its_pages_and_ledgers_is_found(logged_in, wu, words, kind, title):
    browser = logged_in(wu)

    hits = {
        hit.title: hit
        for group in found(browser, words).context["groups"]
        if group.title == kind
        for hit in group.found
    }

    assert words in hits[title].excerpt
    assert browser.get(hits[title].url, follow=True).status_code == 200


def test_a_draft_is_not_found(logged_in, su):
    draft(kind="reports/annual", title="还没印发的", year=2013, body={}, by=su.account, at=NINE)

    assert "没有找到" in found(logged_in(su), "还没印发").text


def test_pages_of_others_are_not_offered(logged_in, wu, keeper):
    assert "账号和角色" in str(titles(found(logged_in(keeper), "角色")))
    assert "没有找到" in found(logged_in(wu), "角色").text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("", "在搜索框里写一两个词"),
        ("林", "太短了"),
        ("，。", "太短了"),
        ("长" * 81, "写得太长了"),
        ("没有这回事", "没有找到"),
        ("<script>alert(1)</script>", "没有找到"),
    ],
)
def test_what_cannot_be_found_is_said_in_words(logged_in, wu, asked, words):
    answer = found(logged_in(wu), asked)

    assert answer.status_code == 200
    assert words in answer.text
    assert "<script>alert" not in answer.text


def test_the_field_stands_on_every_page_and_keeps_what_was_asked(logged_in, client, lin):
    browser = logged_in(lin)

    for page in ["/", "/me/", "/rules/", "/nowhere/"]:
        assert f'action="{PAGE}"' in browser.get(page).text
    assert 'value="学习 计划"' in found(browser, "学习 计划").text
    assert "searched" not in client.get("/account/login/").text
    assert f'action="{PAGE}"' not in client.get("/account/login/").text


def test_a_search_costs_the_same_however_much_it_finds(logged_in, lin, school):
    post, browser, there, costs = PostFactory(), logged_in(lin), 0, set()
    for more in (1, 2, 297):
        for n in range(there, there + more):
            TermFactory(person=PersonFactory(code=f"x{n}", name=f"同名{n}"), unit=school, post=post)
        there += more
        found(browser, "同名")
        with CaptureQueriesContext(connection) as asked:
            assert found(browser, "同名").context["count"] == min(there, 10)
        costs.add(len(asked))

    assert there == 300
    assert len(costs) == 1, costs

"""Three people carry one article to the public site, on their phones; a stranger reads it there."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import District
from tests.e2e.test_axe import TOO_WIDE
from tests.e2e.walk import visitor

PHONE = 360
TITLE = "晚八点，我们一起读书"
TEXT = "一、为什么读\n每天一小时，读自己选的书。\n二、怎样读\n读完写几句，和同事说说。"
PAPER = {"name": "书目.txt", "mimeType": "text/plain", "buffer": "《论语》".encode()}


@pytest.fixture
def on_the_phone(browser: Browser, district: District):
    """Opens a page of the house for somebody of a role, or for a stranger."""
    contexts = []

    def open_page(role: str | None, path: str) -> Page:
        session = [district.sessions[role]] if role else []
        context = visitor(browser, district.address, *session, width=PHONE)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{district.address}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def only_choice(field: Locator, words: str) -> str:
    """The value of the one option that says ``words``."""
    option = field.locator("option", has_text=words)
    expect(option).to_have_count(1)
    return option.get_attribute("value") or ""


def draft(page: Page) -> str:
    """Write an article with an attachment and hand it in; its number."""
    page.get_by_role("link", name="写文章").click()
    column = page.get_by_label("栏目")
    column.select_option(only_choice(column, "五先五夯实活动专栏"))
    unit = page.get_by_label("供稿单位")
    unit.select_option(only_choice(unit, "苔花一小"))
    for label, words in [("标题", TITLE), ("来源", "苔花一小"), ("作者", "沈青"), ("正文", TEXT)]:
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="存下这一稿").click()
    page.get_by_text("加一个附件").click()
    page.locator("form[action$='/files/'] input[type=file]").set_input_files(PAPER)
    page.get_by_role("button", name="存下附件").click()
    expect(page.get_by_role("link", name="书目.txt")).to_be_visible()
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_text("已送审")).to_be_visible()
    found = re.search(r"/desk/(\d+)/", page.url)
    assert found, page.url
    return found[1]


def test_three_people_carry_an_article_to_everybody(on_the_phone):
    drafter = on_the_phone("unit_clerk", "/portal/desk/")
    number = draft(drafter)
    stranger = on_the_phone(None, "/portal/c/five-firsts/")
    expect(stranger.get_by_role("link", name=TITLE)).to_have_count(0)

    reviewer = on_the_phone("clerk", "/portal/desk/")
    expect(reviewer.get_by_text(TITLE).first).to_be_visible()
    reviewer.goto(drafter.url)
    reviewer.get_by_label("说明").fill("第二段请写具体。")
    reviewer.get_by_role("button", name="退回修改").click()

    drafter.goto(re.sub(r"/desk/.*", f"/desk/{number}/edit/", drafter.url))
    drafter.get_by_label("正文").fill(TEXT.replace("和同事说说", "周五和同事说说"))
    drafter.get_by_role("button", name="存下这一稿").click()
    drafter.get_by_role("button", name="送审").click()
    expect(drafter.get_by_text("已送审")).to_be_visible()

    reviewer.goto(re.sub(r"/desk/.*", f"/desk/{number}/", reviewer.url))
    expect(reviewer.get_by_text("周五和同事说说")).to_be_visible()
    reviewer.get_by_role("button", name="审核通过").click()
    expect(reviewer.get_by_text("已通过，交签发人。")).to_be_visible()
    stranger.reload()
    expect(stranger.get_by_role("link", name=TITLE)).to_have_count(0)

    issuer = on_the_phone("leader", f"/portal/desk/{number}/")
    issuer.get_by_role("button", name="签发").click()
    expect(issuer.get_by_text("已签发。")).to_be_visible()
    expect(issuer.get_by_role("link", name="看公开的页面")).to_be_visible()

    reads_it(on_the_phone(None, f"/portal/a/{number}/"))


def reads_it(page: Page) -> None:
    """Every piece of furniture that the pages of such a site have."""
    place = page.locator(".public-place")
    expect(place).to_contain_text("您当前的位置：")
    for crumb in ("首页", "专题专栏", "五先五夯实活动专栏"):
        expect(place.get_by_role("link", name=crumb)).to_be_visible()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    facts = page.locator(".public-facts")
    expect(facts).to_contain_text(re.compile(r"发布时间：2013-12-04 \d\d:\d\d"))
    expect(facts).to_contain_text(re.compile(r"人气：\d+"))
    expect(facts).to_contain_text("来源：苔花一小")
    expect(facts).to_contain_text("作者：沈青")
    expect(page.locator(".public-text")).to_contain_text("周五和同事说说")
    expect(page.get_by_role("heading", name="一、为什么读")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="书目.txt").click()
    assert got.value.suggested_filename == "书目.txt"
    expect(page.get_by_role("link", name="顶部")).to_have_attribute("href", "#top")
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    turn = page.get_by_role("navigation", name="本栏目的上一篇和下一篇")
    expect(turn).to_contain_text("上一篇：")
    assert not page.evaluate(TOO_WIDE)
    turn.locator("p", has_text="下一篇：").get_by_role("link").click()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()  # its own way back


def test_on_paper_an_article_has_its_facts_and_its_address_but_no_buttons(on_the_phone):
    page = on_the_phone(None, "/portal/c/five-firsts/")
    page.locator(".public-list a").first.click()
    page.emulate_media(media="print")

    expect(page.locator(".public-facts")).to_be_visible()
    expect(page.get_by_text("原文地址：")).to_be_visible()
    expect(page.locator(".public-head")).to_be_hidden()
    expect(page.locator(".public-turn")).to_be_hidden()

"""What the house issues reaches a stranger in two clicks, on phones and without scripts."""

import re
import shutil

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import open_house
from tests.e2e.test_axe import TOO_WIDE, barriers
from tests.e2e.test_report import words_of
from tests.e2e.walk import visitor

PHONE = 360


@pytest.fixture(scope="module")
def office(demonstration, tmp_path_factory):
    """A district of our own with its worker: these tests issue, publish and set PDFs."""
    home = shutil.copytree(demonstration.home, tmp_path_factory.mktemp("published") / "home")
    with open_house(home) as opened:
        yield opened


@pytest.fixture
def on_the_phone(office, browser):
    """Opens a page for a role, or for a stranger, on a phone."""
    windows = []

    def open_page(role: str | None, path: str, *, scripts: bool = False) -> Page:
        session = office.sessions[role] if role else ""
        window = visitor(browser, office.address, session, width=PHONE, scripts=scripts)
        windows.append(window)
        page = window.new_page()
        page.goto(f"{office.address}{path}")
        return page

    yield open_page
    for window in windows:
        window.close()


def published(leader: Page) -> str:
    """Publish what is open before the leader: two clicks; tells where strangers read it."""
    thing = leader.url
    leader.get_by_role("link", name="发布到门户").click()
    assert not leader.evaluate(TOO_WIDE)
    leader.get_by_role("button", name="发布", exact=True).click()
    expect(leader.get_by_text("已发布，所有人都能看到")).to_be_visible()
    leader.goto(thing)
    leader.get_by_role("link", name="看公开的文章").click()
    return path_of(leader)


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def attached(stranger: Page, ends: str) -> bytes:
    """The bytes of an attachment, which may still be being set in the background."""
    link = stranger.locator(".public-files a", has_text=ends)
    for _patience in range(120):
        if link.count():
            break
        stranger.wait_for_timeout(500)
        stranger.reload()
    address = link.first.get_attribute("href") or ""
    return stranger.request.get(
        stranger.evaluate("at => new URL(at, location).href", address)
    ).body()


def test_a_volume_is_published_and_read_by_a_stranger(on_the_phone):
    leader = on_the_phone("leader", "/reading/volumes/")
    leader.get_by_role("link", name="第 2 辑").first.click()

    public = published(leader)

    stranger = on_the_phone(None, public, scripts=True)
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("苔花风景")
    assert stranger.locator("article h2, article h3, article li").count() > 3
    assert not stranger.evaluate(TOO_WIDE)
    assert barriers(stranger, public) == []
    assert "苔花风景" in words_of(attached(stranger, ".pdf"))
    assert attached(stranger, ".epub").startswith(b"PK")


def test_minutes_are_published_and_read_by_a_stranger(on_the_phone):
    leader = on_the_phone("leader", "/study/sessions/9/")
    number = leader.get_by_role("link", name=re.compile("中心组学纪"))
    said = number.inner_text()
    number.click()
    title = leader.get_by_role("heading", level=1).inner_text()
    first = leader.locator("article p").first.inner_text().splitlines()[0]

    public = published(leader)

    stranger = on_the_phone(None, public)
    expect(stranger.get_by_role("heading", level=1)).to_have_text(title)
    expect(stranger.locator("article")).to_contain_text(first)
    assert not stranger.evaluate(TOO_WIDE)
    expect(stranger.locator("article")).to_contain_text(f"编号：{said}")
    assert re.sub(r"\s", "", first) in words_of(attached(stranger, ".pdf"))


def test_a_notice_is_written_issued_and_published_and_says_when_it_is_overtaken(on_the_phone):
    clerk = on_the_phone("clerk", "/forums/")
    clerk.get_by_role("link", name="把每一分钱花在孩子身上").click()
    forum = path_of(clerk)
    put_off(clerk, "2013-12-21")
    expect(
        clerk.get_by_text(re.compile("举办日期：通知里写的是.*现在是2013 年 12 月 21 日"))
    ).to_be_visible()
    clerk.get_by_role("button", name="另发一份通知").click()
    assert not clerk.evaluate(TOO_WIDE)
    clerk.get_by_label("开头").fill("改到周六，请各校转告。")
    clerk.get_by_role("button", name="存下通知").click()
    number = clerk.get_by_label("编号").input_value()
    clerk.get_by_role("button", name="印发通知").click()
    expect(clerk.get_by_text("通知已印发")).to_be_visible()
    assert not clerk.evaluate(TOO_WIDE)

    leader = on_the_phone("leader", f"{forum}notice/")
    public = published(leader)

    stranger = on_the_phone(None, public)
    expect(stranger.locator(".public-place")).to_contain_text("通知公告")
    expect(stranger.locator("article")).to_contain_text("改到周六，请各校转告。")
    expect(stranger.locator("article")).to_contain_text("2013年12月21日（周六）")
    assert number in words_of(attached(stranger, ".pdf"))
    assert number in words_of(attached(stranger, ".docx"))
    member = on_the_phone("member", forum)
    assert "通知里写的是" not in member.locator("main").inner_text()


def put_off(clerk: Page, day: str) -> None:
    clerk.get_by_role("link", name="改安排").click()
    clerk.get_by_label("举办日期").fill(day)
    clerk.locator("form.form button.button").click()


def test_two_who_edit_one_article_lose_neither_text(on_the_phone):
    """The second sees both side by side, and decides; the first text stays among the revisions."""
    hers = on_the_phone("unit_clerk", "/portal/desk/new/")
    for label in ("栏目", "供稿单位"):
        field = hers.get_by_label(label)
        field.select_option(index=1)
    hers.get_by_label("标题").fill("冬季长跑")
    hers.get_by_label("正文").fill("每天早上跑一圈。\n跑多快自己定。")
    hers.get_by_role("button", name="存下这一稿").click()
    address = f"{path_of(hers)}edit/"
    his = on_the_phone("clerk", address)
    hers.goto(his.url)
    hers.get_by_label("正文").fill("每天早上跑两圈。\n跑多快自己定。")
    hers.get_by_role("button", name="存下这一稿").click()

    his.get_by_label("正文").fill("每天傍晚跑一圈。\n跑多快自己定。")
    his.get_by_role("button", name="存下这一稿").click()

    both = his.locator(".diff-sides")
    expect(both.locator("section").nth(0)).to_contain_text("每天早上跑两圈。")
    expect(both.locator("section").nth(1)).to_contain_text("每天傍晚跑一圈。")
    expect(both.locator("ins").first).to_be_visible()
    assert not his.evaluate(TOO_WIDE)
    his.goto(his.url)
    expect(his.get_by_role("textbox", name="正文")).to_have_value(
        "每天傍晚跑一圈。\n跑多快自己定。"
    )
    his.get_by_role("button", name="存下这一稿").click()
    his.get_by_role("textbox", name="正文").fill("每天傍晚跑两圈。\n跑多快自己定。")
    his.get_by_role("button", name="存下这一稿").click()
    expect(his.locator("article, .article-body").first).to_contain_text("每天傍晚跑两圈。")
    expect(his.get_by_text("第 2 稿").first).to_be_visible()

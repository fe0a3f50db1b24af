"""A draft goes out, is spoken to, answered, changed and published, on phones and over three days."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.demonstration import DEMO
from tests.e2e.conftest import open_house
from tests.e2e.test_axe import TOO_WIDE
from tests.e2e.walk import visitor
from tests.serving import served

PHONE = 360
AFTER = {**DEMO, "TAIHUA_TODAY": "2013-12-06"}  # the day after it closed
TITLE = "课后服务办法"
DRAFT = "第一条　放学后学校开门到五点半。\n第二条　每周三天，自愿参加。\n第三条　不收费。"
SAID = "双职工家庭天天要接，请改成每天。"


@pytest.fixture(scope="module")
def home(demonstration, tmp_path_factory):
    """A district of our own: it lives on for two days."""
    return shutil.copytree(demonstration.home, tmp_path_factory.mktemp("asking") / "home")


class Visits:
    """Pages on phones, each of somebody."""

    def __init__(self, browser: Browser, sessions: dict[str, str]) -> None:
        self.browser, self.sessions = browser, sessions
        self.contexts: list[BrowserContext] = []

    def open(self, role: str | None, address: str) -> Page:
        session = [self.sessions[role]] if role else []
        origin = address[: address.index("/", len("http://"))]  # a session is for all of the house
        context = visitor(self.browser, origin, *session, width=PHONE)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    opened = Visits(browser, {})
    yield opened
    opened.close()


def send_out(page: Page, title: str = TITLE) -> str:
    """Write a draft, look at it, send it out; the path of its page."""
    page.get_by_role("link", name="征求一次意见").click()
    page.get_by_label("标题").fill(title)
    page.get_by_label("类别").select_option("ordinary")
    page.get_by_label("起草说明").fill("家长下班晚，孩子没有地方去。")
    page.get_by_label("征求意见稿").fill(DRAFT)
    page.get_by_label("截止日期").fill("2013-12-05")
    page.get_by_role("button", name="存下，先看一遍").click()
    page.get_by_role("button", name="发出征求意见稿").click()
    expect(page.get_by_text("征求意见稿已经发出。")).to_be_visible()
    found = re.search(r"/portal/consultations/\d+/", page.url)
    assert found, page.url
    return found[0]


def say(page: Page, title: str = TITLE) -> str:
    """Find the draft from the front page, say something on a clause; the receipt."""
    page.get_by_role("link", name=title).click()
    assert not page.evaluate(TOO_WIDE)
    page.get_by_role("link", name="对第二条提意见").click()
    page.get_by_label("您的意见").fill(SAID)
    page.wait_for_timeout(3_200)  # nobody types faster
    page.get_by_role("button", name="发出意见").click()
    expect(page.get_by_role("heading", name="意见已收到")).to_be_visible()
    return page.locator(".receipt-number").inner_text()


def test_a_draft_goes_all_the_way_to_what_was_asked_heard_and_done(home, visits):
    with open_house(home, "--no-worker") as house:
        visits.sessions = house.sessions
        path = send_out(visits.open("clerk", f"{house.address}/portal/consultations/"))
        receipt = say(visits.open(None, f"{house.address}/portal/"))

    with served(home, "--processes", "1", "--no-worker", **AFTER) as house:
        officer = visits.open("clerk", f"{house.address}{path}matrix/")
        expect(officer.get_by_role("link", name="还没有最终文本")).to_be_visible()
        expect(officer.get_by_text("还没有答复")).to_be_visible()
        cannot_publish(officer)

        officer.get_by_role("link", name=f"“{SAID}”").click()
        expect(officer.get_by_role("heading", level=1)).to_have_text("答复意见")
        officer.get_by_label("采纳", exact=True).check()
        officer.get_by_label("理由").fill("改成每天。")
        officer.get_by_label("改了哪一条").select_option(label="第二条")
        officer.get_by_role("button", name="答复", exact=True).click()
        write_final(officer, DRAFT)
        expect(officer.get_by_text("最终文本里这一条没有变")).to_be_visible()
        cannot_publish(officer)
        stranger = visits.open(None, f"{house.address}{path}")
        expect(stranger.get_by_text("意见办理中")).to_be_visible()
        there = stranger.goto(f"{house.address}{path}outcome/")
        assert there
        assert there.status == 404

        officer.get_by_role("link", name="改最终文本").click()
        write_final(officer, DRAFT.replace("每周三天", "每个上学日"), open_page=False)
        assert not officer.evaluate(TOO_WIDE)
        officer.get_by_label("总的说明").fill("谢谢提意见的家长。")
        officer.get_by_role("button", name="公布采纳情况和最终文本").click()
        expect(officer.get_by_text("采纳情况和最终文本已公布。")).to_be_visible()

        reads_what_came_of_it(visits.open(None, f"{house.address}/portal/consultations/"), receipt)


def cannot_publish(page: Page) -> None:
    """While something is missing there is no button to press."""
    expect(page.get_by_text("补上才能公布")).to_be_visible()
    expect(page.get_by_role("button", name="公布采纳情况和最终文本")).to_have_count(0)


def write_final(page: Page, text: str, *, open_page: bool = True) -> None:
    """Write the final text, see where its clauses come from; one stands before the matrix then."""
    if open_page:
        page.get_by_role("link", name="写最终文本").click()
    page.get_by_label("最终文本").fill(text)
    page.get_by_role("button", name="存下，去核对来自哪一条").click()
    page.get_by_role("button", name="存下，看对照表").click()
    expect(page.get_by_role("heading", name="意见对照表")).to_be_visible()


def reads_what_came_of_it(page: Page, receipt: str) -> None:
    page.locator(".card", has_text=TITLE).get_by_role("link", name="条意见的采纳情况").click()
    expect(page.get_by_role("heading", name="您提了，我们听到，我们做了")).to_be_visible()
    for heading in ("您提了", "我们听到", "我们做了", "有没有用"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.get_by_text("谢谢提意见的家长。")).to_be_visible()
    expect(page.get_by_text(SAID)).to_be_visible()
    expect(page.locator("main del")).to_contain_text("周三")
    expect(page.locator("main ins")).to_contain_text("上学日")
    expect(page.locator(".public-nav")).to_be_visible()
    assert not page.evaluate(TOO_WIDE)

    page.get_by_role("link", name="征求意见", exact=True).first.click()
    page.get_by_role("link", name="用回执号查我的意见").click()
    page.get_by_label("回执号").fill(receipt.lower())
    page.get_by_role("button", name="查答复").click()
    expect(page.get_by_text("改成每天。", exact=True)).to_be_visible()


def test_what_went_out_by_mistake_is_withdrawn_and_who_spoke_reads_why(home, visits):
    why = "发出的是初稿，改好后另行征求。"
    with open_house(home, "--no-worker") as house:
        visits.sessions = house.sessions
        path = send_out(
            visits.open("clerk", f"{house.address}/portal/consultations/"), "误发的办法"
        )
        receipt = say(visits.open(None, f"{house.address}/portal/"), "误发的办法")

        officer = visits.open("clerk", f"{house.address}{path}")
        officer.get_by_role("link", name="撤回", exact=True).click()
        officer.get_by_role("button", name="撤回", exact=True).click()  # the reason is missing
        assert not officer.evaluate(TOO_WIDE)
        officer.get_by_label("为什么撤回").fill(why)
        officer.get_by_role("button", name="撤回", exact=True).click()
        expect(officer.get_by_text("已撤回，原因公开在这一页。")).to_be_visible()

        stranger = visits.open(None, f"{house.address}{path}")
        expect(stranger.get_by_text(why)).to_be_visible()
        expect(stranger.get_by_text("放学后学校开门到五点半")).to_have_count(0)
        expect(stranger.get_by_role("link", name="对第二条提意见")).to_have_count(0)
        stranger.goto(f"{house.address}/portal/consultations/")
        expect(stranger.locator(".card", has_text="误发的办法")).to_contain_text(why)
        stranger.get_by_role("link", name="用回执号查我的意见").click()
        stranger.get_by_label("回执号").fill(receipt)
        stranger.get_by_role("button", name="查答复").click()
        expect(stranger.get_by_text(why)).to_be_visible()
        assert not stranger.evaluate(TOO_WIDE)

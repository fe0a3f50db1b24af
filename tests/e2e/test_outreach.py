"""A visit is written on a phone without a network, sent once, and never shown to the next person."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.demonstration import DEMO
from tests.e2e.browser import ROOT, find_chromium, with_fonts
from tests.e2e.conftest import ONE_SESSION_A_ROLE, District
from tests.e2e.line import Line, lined
from tests.e2e.phone import (
    A_DAY_AHEAD,
    ASKED,
    AWAKE,
    FOUR_AT_ONCE,
    NO_SYNC,
    RAW,
    RUIN,
    kill,
    knows_who_is_here,
)
from tests.e2e.test_axe import barriers, complaints_of
from tests.e2e.walk import SESSION
from tests.serving import served, taihua

type Phone = Callable[..., AbstractContextManager[BrowserContext]]


@pytest.fixture(scope="module")
def home(demonstration, tmp_path_factory):
    """A district of our own: these tests write and log out."""
    return shutil.copytree(demonstration.home, tmp_path_factory.mktemp("visits") / "home")


@pytest.fixture(scope="module")
def line(home) -> Iterator[Line]:
    """The house, at the end of a line that can be cut."""
    with (
        served(home, "--processes", "1", "--no-worker", **DEMO) as house,
        lined(house.address) as line,
    ):
        yield line


@pytest.fixture(scope="module")
def office(home, line) -> District:
    """Two sessions a role: ``member`` and, to be logged out, ``member-again``."""
    again = ONE_SESSION_A_ROLE.replace('"SESSION", role', '"SESSION", role + "-again"')
    said = "".join(
        taihua(home, "shell", "-v0", "-c", script, **DEMO) for script in (ONE_SESSION_A_ROLE, again)
    )
    lines = [line.split() for line in said.splitlines() if line.startswith("SESSION")]
    return District(line.address, {role: key for _word, role, _name, key in lines})


@pytest.fixture
def phone(browser: Browser, office: District, line: Line, tmp_path: Path) -> Phone:
    """A phone's browser, which keeps what it stored when it is closed and opened again."""
    line.whole = True

    @contextmanager
    def opened(role: str = "member", *, dies: bool = False) -> Iterator[BrowserContext]:
        context = browser.browser_type.launch_persistent_context(
            str(tmp_path / "phone"),
            executable_path=find_chromium(),
            env=with_fonts(ROOT / ".cache" / "fonts"),
            args=["--disable-gpu", "--no-first-run"],
            viewport={"width": 360, "height": 740},
            locale="zh-CN",
        )
        be(context, office, role)
        try:
            yield context
            if dies:
                knows_who_is_here(tmp_path / "phone")
                kill(tmp_path / "phone")
        finally:
            context.close()

    return opened


def be(context: BrowserContext, office: District, role: str) -> None:
    context.add_cookies([{"name": SESSION, "value": office.sessions[role], "url": office.address}])


def app(context: BrowserContext, office: District) -> Page:
    page = context.new_page()
    page.goto(f"{office.address}/outreach/app/")
    page.evaluate(AWAKE)
    return page


def write(page: Page, topic: str, day: str) -> None:
    page.get_by_label("去了哪个单位").select_option(label="苔花一小")
    page.get_by_label("哪一天").fill(day)
    page.get_by_label("调研主题").fill(topic)
    page.get_by_label("听了谁的意见").fill("门卫、值周老师")
    page.get_by_label("看到什么、发现什么").fill("操场雨后积水。")


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="写好了，交上去").click()


def written(context: BrowserContext, office: District, topic: str) -> int:
    """How many visits of this topic the house has."""
    page = context.new_page()
    page.goto(f"{office.address}/outreach/?words={topic}")
    found = page.get_by_role("link", name=topic, exact=True).count()
    page.close()
    return found


def test_a_visit_is_written_offline_survives_a_dead_battery_and_is_sent_once(phone, office, line):
    topic = "积水回访"
    with phone(dies=True) as context:
        page = app(context, office)
        line.cut(context)
        page.reload()
        expect(page.locator("#net")).to_contain_text("没有网")
        write(page, topic, "2013-11-20")
        expect(page.locator("#kept")).to_contain_text("草稿已存")

    with phone(dies=True) as context:  # there is still no network
        line.cut(context)
        page = app(context, office)
        expect(page.locator("#net")).to_contain_text("没有网")
        waiting = page.locator("#waiting li", has_text=topic)
        waiting.get_by_role("button", name="接着写").click()
        expect(page.get_by_label("看到什么、发现什么")).to_have_value("操场雨后积水。")
        hand_in(page)
        expect(waiting).to_contain_text("等有网时交")

    with phone() as context:
        line.cut(context)
        page = app(context, office)
        expect(page.locator("#waiting li", has_text=topic)).to_contain_text("等有网时交")

        line.mend(context)
        page.reload()
        expect(page.locator("#waiting li", has_text=topic)).to_contain_text("已交：已计入")
        page.reload()
        assert written(context, office, topic) == 1


def test_what_waits_is_sent_by_the_worker_once_there_is_a_network_though_the_app_is_closed(
    phone, office, line
):
    with phone() as context:
        page = app(context, office)
        line.cut(context)
        write(page, "夜里才有网", "2013-11-18")
        hand_in(page)
        expect(page.locator("#waiting li", has_text="夜里才有网")).to_contain_text("等有网时交")
        assert page.evaluate(ASKED)  # the browser is to wake the worker
        page.close()

        house = context.new_page()  # somewhere else in the house: the app itself stays closed
        line.mend(context)
        house.goto(f"{office.address}/outreach/")
        wake(house, office)

        expect(house.get_by_role("link", name="夜里才有网", exact=True)).to_be_visible()
        page = app(context, office)
        expect(page.locator("#waiting li", has_text="夜里才有网")).to_contain_text("已交：已计入")
        assert written(context, office, "夜里才有网") == 1


def test_the_worker_sends_nothing_for_whoever_is_logged_in_after_the_writer(phone, office, line):
    with phone() as context:
        page = app(context, office)
        line.cut(context)
        write(page, "别人登录以后", "2013-11-15")
        hand_in(page)
        expect(page.locator("#waiting li", has_text="别人登录以后")).to_contain_text("等有网时交")
        page.close()

        be(context, office, "leader")
        house = context.new_page()
        line.mend(context)
        house.goto(f"{office.address}/outreach/")
        wake(house, office)
        house.wait_for_timeout(1500)
        assert written(context, office, "别人登录以后") == 0

        be(context, office, "member")
        page = app(context, office)
        expect(page.locator("#waiting li", has_text="别人登录以后")).to_contain_text("已交：已计入")


def wake(page: Page, office: District) -> None:
    """Wake the worker as the browser does when the network is back, and look again until it has sent."""
    devtools = page.context.new_cdp_session(page)
    known: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: known.extend(each["registrationId"] for each in told["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    page.wait_for_timeout(500)
    devtools.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": office.address,
            "registrationId": known[0],
            "tag": "taihua-visits",
            "lastChance": False,
        },
    )
    page.wait_for_timeout(1500)
    page.reload()


def test_a_server_that_fails_after_storing_doubles_nothing(phone, office):
    def stores_and_fails(route: Route) -> None:
        route.fetch()
        route.fulfill(status=500, body="")

    with phone() as context:
        context.add_init_script(NO_SYNC)  # a browser in which the page alone sends
        page = app(context, office)
        page.route("**/outreach/app/take-in/", stores_and_fails)
        write(page, "两次应答", "2013-11-21")
        hand_in(page)
        waiting = page.locator("#waiting li", has_text="两次应答")
        expect(page.locator("#said")).to_contain_text("没有交成")
        expect(waiting).to_contain_text("等有网时交")

        page.unroute("**/outreach/app/take-in/")
        page.get_by_role("button", name="现在交").click()

        expect(waiting).to_contain_text("已交：已计入")
        assert written(context, office, "两次应答") == 1


def test_one_note_sent_four_times_at_one_moment_is_taken_once(phone, office):
    with phone() as context:
        page = app(context, office)
        write(page, "同时四次", "2013-11-19")
        expect(page.locator("#kept")).to_contain_text("草稿已存")

        assert page.evaluate(FOUR_AT_ONCE) == ["taken"] * 4

        assert written(context, office, "同时四次") == 1


def test_nobody_sees_what_another_wrote_on_the_same_device(phone, office, line):
    with phone("member-again") as context:
        page = app(context, office)
        write(page, "只给自己看", "2013-11-22")
        expect(page.locator("#kept")).to_contain_text("草稿已存")

        page.goto(f"{office.address}/outreach/")
        page.get_by_role("button", name="退出").click()
        line.cut(context)
        page = app(context, office)
        expect(page.locator("#locked")).to_be_visible()
        expect(page.locator("body")).not_to_contain_text("只给自己看")
        expect(page.get_by_label("调研主题")).to_be_hidden()

        line.mend(context)
        be(context, office, "unit_clerk")
        page = app(context, office)
        expect(page.locator("#nothing")).to_be_visible()
        expect(page.get_by_label("调研主题")).to_have_value("")

        be(context, office, "member")
        page = app(context, office)
        expect(page.locator("#waiting li", has_text="只给自己看")).to_contain_text("草稿")


def test_what_is_kept_is_sealed_and_one_that_is_ruined_holds_up_no_other(phone, office, line):
    with phone("leader") as context:
        page = app(context, office)
        line.cut(context)
        write(page, "坏掉的一份", "2013-11-25")
        hand_in(page)
        expect(page.locator("#waiting li", has_text="坏掉的一份")).to_be_visible()
        words, extractable = page.evaluate(RAW)
        assert "坏掉的一份" not in words
        assert extractable == [False]

        page.evaluate(RUIN)
        write(page, "好好的一份", "2013-11-26")
        hand_in(page)
        expect(page.locator("#waiting").get_by_text("这一份读不出来了")).to_be_visible()
        line.mend(context)
        page.reload()

        expect(page.locator("#waiting li", has_text="好好的一份")).to_contain_text("已交")
        expect(page.locator("#waiting").get_by_text("这一份读不出来了")).to_be_visible()


def test_a_device_a_day_ahead_is_asked_which_day_it_was(phone, office):
    with phone() as context:
        context.add_init_script(A_DAY_AHEAD)
        page = app(context, office)
        expect(page.locator("#clock")).to_contain_text("差了约 24 小时")
        write(page, "钟快一天", "2013-11-27")
        hand_in(page)
        waiting = page.locator("#waiting li", has_text="钟快一天")
        expect(waiting).to_contain_text("2013-11-27 吗")

        waiting.get_by_role("button", name="日期没错，交上去").click()

        expect(waiting).to_contain_text("已交：已计入")


def test_a_refused_note_says_why_and_is_sent_again_when_it_is_mended(phone, office):
    with phone() as context:
        page = app(context, office)
        write(page, "还没去", "2013-12-24")
        hand_in(page)
        waiting = page.locator("#waiting li", has_text="还没去")
        expect(waiting).to_contain_text("还没有到")

        waiting.get_by_role("button", name="接着写").click()
        page.get_by_label("哪一天").fill("2013-11-28")
        hand_in(page)

        expect(waiting).to_contain_text("已交")


def test_the_app_is_readable_by_all_and_obeys_the_policy(phone, office):
    with phone() as context:
        page = app(context, office)
        said = complaints_of(page)
        page.reload()
        hand_in(page)
        expect(page.locator("#wrong")).to_contain_text("还要写：去了哪个单位")
        write(page, "给人看的", "2013-11-29")
        expect(page.locator("#waiting li", has_text="给人看的")).to_be_visible()

        assert barriers(page, "the app") == []
        assert said == []

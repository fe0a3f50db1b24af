"""A clerk uploads a pack, looks, adopts it, changes it, and reads a verdict; all without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import District
from tests.e2e.walk import visitor

# It holds from summer on: nothing of the district's winter changes under other tests.
PACK = """[book]
code = "spring-2014"
title = "春季读书约定"
level = "local"
source = "局党委会议，2013 年 12 月"
effective_from = 2014-06-01

[[rule]]
code = "spring.shared-note"
sentence = "科室负责人每季度与同事交流一篇读书笔记。"
mechanism = "L3"
source = "局党委会议"
audience = { tags = ["section_head"] }
verbs = ["shared-note"]
times = 1
every = "quarter"
act = "共读笔记"
measure = "篇"
minutes = 30

[[rule]]
code = "spring.online"
sentence = "每天在线打卡三十分钟。"
mechanism = "I1"
source = "局党委会议"
audience = { tiers = ["middle"] }
verbs = ["shared-note"]
times = 1
every = "week"
act = "打卡"
minutes = 30
"""


@pytest.fixture
def clerk(browser: Browser, district: District):
    """A page of the clerk's, on a phone without scripts."""
    context = visitor(
        browser, district.address, district.sessions["clerk"], width=360, scripts=False
    )
    page = context.new_page()
    page.goto(f"{district.address}/rules/")
    yield page
    context.close()


def stands_in_line(page: Page) -> bool:
    return not page.locator("body").evaluate(
        "b => b.scrollWidth > document.documentElement.clientWidth"
    )


def test_a_pack_is_uploaded_looked_at_adopted_without_what_is_refused_and_changed(clerk, district):
    clerk.get_by_role("link", name="通过新制度").click()
    clerk.get_by_label("制度文件（TOML）").set_input_files(
        {"name": "spring.toml", "mimeType": "text/plain", "buffer": PACK.encode()}
    )
    clerk.get_by_role("button", name="上传并看看会怎样").click()
    expect(clerk.get_by_role("heading", name="春季读书约定")).to_be_visible()
    expect(clerk.get_by_text("国办函〔2026〕12号").first).to_be_visible()
    expect(clerk.get_by_text("拿 2012 年试算")).to_be_visible()

    clerk.get_by_label("spring.online").check()
    clerk.get_by_role("button", name="去掉勾选的几条，通过其余的").click()
    expect(clerk.get_by_text("《春季读书约定》第 1 版已经通过。")).to_be_visible()
    expect(clerk.get_by_text("在线打卡")).to_have_count(0)

    clerk.get_by_role("link", name="科室负责人每季度与同事交流一篇读书笔记。").click()
    clerk.get_by_role("link", name="修改这一条").click()
    clerk.get_by_label("要求多少").fill("2")
    clerk.get_by_role("button", name="看看会怎样").click()
    expect(clerk.get_by_text("每季度至少两篇共读笔记")).to_be_visible()
    clerk.get_by_label("从哪一天起施行").fill("2014-06-01")
    clerk.get_by_role("button", name="通过这部制度").click()
    expect(clerk.get_by_text("《春季读书约定》第 2 版已经通过。")).to_be_visible()


def test_a_text_that_cannot_be_read_is_kept_with_its_faults(clerk, district):
    clerk.goto(f"{district.address}/rules/start/?pack=new")
    box = clerk.get_by_label("全文（TOML）")
    box.fill(box.input_value() + "\n[[rule]\ncode = 我写的\n")
    clerk.get_by_role("button", name="看看会怎样").click()

    expect(clerk.get_by_text("不合 TOML 的写法").first).to_be_visible()
    expect(clerk.get_by_label("全文（TOML）")).to_have_value(re.compile("我写的"))


def test_from_a_rule_to_the_people_to_the_reason(clerk, district):
    clerk.get_by_role("link", name="班子成员每月至少有一天深入基层开展调研。").click()
    clerk.get_by_label("看").select_option("2013-11")
    clerk.get_by_role("button", name="看", exact=True).click()
    clerk.get_by_role("link", name=re.compile("为什么.*林知远")).click()

    expect(
        clerk.get_by_role("heading", name=re.compile("林知远：11 月.*下基层调研"))
    ).to_be_visible()
    expect(clerk.locator("svg.timeline")).to_be_visible()
    assert stands_in_line(clerk)

    clerk.get_by_label("按哪一刻所知道的看").fill("2013-10-01T08:00")
    clerk.get_by_role("button", name="按那一刻看").click()
    expect(clerk.get_by_text("后来补记和更正的都不在内")).to_be_visible()

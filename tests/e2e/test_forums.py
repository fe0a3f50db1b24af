"""Work talks and what a stranger sees of forums, in a real browser."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.walk import visitor


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+|#.*$", "", page.url)


def test_a_work_talk_is_drafted_asked_answered_and_weighed(opened):
    speaker = opened("clerk", "/forums/talks/")
    asked = speaker.locator("li.duty", has_text="机关干部谈工作")
    asked.get_by_role("link", name="谈工作", exact=True).click()
    speaker.get_by_label("谈哪项工作").fill("文件归档")
    speaker.get_by_role("button", name="先存草稿").click()
    expect(speaker.get_by_text("草稿已存下，只有您自己看得到。")).to_be_visible()
    speaker.get_by_label("做了什么").fill("三年的文件都归了档。")
    speaker.get_by_label("想请谁帮什么").fill("请定一位管档案室钥匙的人。")
    owner = speaker.get_by_label("请谁答复")
    owner.select_option(value=owner.locator("option", has_text="林知远").get_attribute("value"))
    speaker.get_by_role("button", name="提交给大家").click()
    expect(speaker.get_by_text("还没有答复")).to_be_visible()

    leader = opened("leader", path_of(speaker), width=360)
    leader.get_by_label("去办了").check()
    leader.get_by_label("答复", exact=True).fill("由办公室蒋主任管，今天交钥匙。")
    leader.get_by_role("button", name=re.compile("^答复")).click()
    expect(leader.get_by_text("提出的人还没有说解决了没有。")).to_be_visible()

    speaker.reload()
    speaker.get_by_role("link", name="说说解决了没有").click()
    speaker.get_by_label("解决了", exact=True).check()
    speaker.get_by_role("button", name="告诉大家").click()
    expect(speaker.get_by_text("说：解决了")).to_be_visible()


def test_a_stranger_reads_what_is_public_and_nothing_else(browser, district):
    context = visitor(browser, district.address)
    page = context.new_page()
    answer = page.request.get(f"{district.address}/forums/feed/")
    links = re.findall(r'<link href="([^"]+/forums/open/\d+/)#', answer.text())

    assert answer.headers["content-type"].startswith("application/atom+xml")
    page.goto(links[0])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(re.sub("/open/", "/", links[0]))
    assert "/account/login/" in page.url
    context.close()

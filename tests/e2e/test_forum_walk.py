"""A forum in a real browser, without scripts: from the call to the printed proceedings."""

import re

from playwright.sync_api import Page, expect

TOPIC = "把账算给孩子看"


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+|#.*$", "", page.url)


def call(page: Page) -> str:
    """Call a forum that takes place today; tells where its page is."""
    page.get_by_label("教学论坛").check()
    page.get_by_label("主办单位").select_option(label="苔花区教育局")
    page.get_by_label("主题").fill(TOPIC)
    page.get_by_label("征集说明").fill("请讲一件真做过的事。")
    page.get_by_label("地点").fill("三楼会议室")
    page.get_by_label("举办日期").fill("2013-12-04")
    page.get_by_label("开始时间").fill("00:00")
    page.get_by_label("结束时间").fill("23:59")
    page.get_by_label("征集截止").fill("2013-12-04")
    page.get_by_label("报名截止").fill("2013-12-04")
    page.get_by_role("button", name="发出征集").click()
    expect(page.get_by_text(f"征集已发出：《{TOPIC}》。")).to_be_visible()
    return path_of(page)


def place(clerk: Page) -> None:
    """Put a talk of 沈老师 into the programme."""
    clerk.get_by_role("link", name="加一项议程").click()
    clerk.get_by_label("题目").fill("一张账单两节课")
    clerk.get_by_label("分钟").fill("30")
    clerk.get_by_label("主讲人").fill("沈青")
    clerk.get_by_label("要点").fill("让学生自己记一周的账。")
    clerk.get_by_role("button", name="排进议程").click()
    expect(clerk.get_by_text("等回话")).to_be_visible()


def accept(speaker: Page) -> None:
    invitation = speaker.locator("li.duty", has_text="一张账单两节课")
    invitation.get_by_role("link", name="回话").click()
    speaker.get_by_role("button", name="我来讲").click()
    expect(speaker.get_by_text("已排进您的日历")).to_be_visible()


def register_and_ask(guest: Page) -> None:
    guest.get_by_role("button", name="报名", exact=True).click()
    expect(guest.get_by_text("您已报名，有座位。")).to_be_visible()
    guest.get_by_text("提一个问题").click()
    guest.get_by_label("问哪一项").select_option(label="一张账单两节课")
    guest.get_by_label("想问什么").fill("账本谁来查？")
    guest.get_by_label("听众看不到我的名字").check()
    guest.get_by_role("button", name="交给记录人").click()
    expect(guest.get_by_text("等记录人公开")).to_be_visible()


def close_and_print(clerk: Page) -> None:
    clerk.get_by_role("link", name="记谁讲了、谁到了").click()
    clerk.get_by_label("吴江").check()
    clerk.get_by_role("button", name="记下这一期办了").click()
    expect(clerk.get_by_label("正文").nth(1)).to_have_value("让学生自己记一周的账。")
    clerk.get_by_label("正文").first.fill("账是给孩子看的。")
    clerk.get_by_role("button", name="存下文集").click()
    clerk.get_by_role("button", name="印发文集").click()
    expect(clerk.get_by_text("文集已印发，Word 和 PDF 都做好了。")).to_be_visible()


def test_a_forum_goes_from_its_call_to_its_proceedings_without_scripts(opened):
    clerk = opened("clerk", "/forums/new/", scripts=False)
    address = call(clerk)
    place(clerk)
    speaker = opened("unit_clerk", "/forums/", scripts=False)
    accept(speaker)
    guest = opened("member", address, width=360, scripts=False)
    register_and_ask(guest)

    clerk.reload()
    clerk.get_by_role("button", name="公开“账本谁来查？”", exact=True).click()
    speaker.goto(re.sub(r"/forums/.*", address, speaker.url))
    speaker.get_by_role("link", name="回答“账本谁来查？”").click()
    speaker.get_by_label("回答").fill("同桌互查。")
    speaker.get_by_role("button", name="写下回答").click()
    clerk.reload()
    close_and_print(clerk)

    guest.reload()
    guest.get_by_role("link", name="读文集").click()
    expect(guest.get_by_text("账是给孩子看的。")).to_be_visible()
    expect(guest.get_by_text("问：账本谁来查？")).to_be_visible()
    with guest.expect_download() as download:
        guest.get_by_role("link", name="Word").click()
    assert download.value.suggested_filename.endswith(".docx")

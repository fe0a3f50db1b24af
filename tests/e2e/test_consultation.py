"""A stranger says something on a draft without scripts; the office answers; nothing is published early."""

import re

from playwright.sync_api import expect


def test_an_opinion_goes_from_a_stranger_to_the_office_and_its_answer_waits(opened):
    stranger = opened(None, "/portal/consultations/", width=360, scripts=False)
    stranger.get_by_role("link", name="苔花区中小学生校服管理办法").click()
    stranger.get_by_role("link", name="对第二条提意见").click()
    stranger.get_by_label("您的意见").fill("冬装请分薄厚两种。")
    stranger.wait_for_timeout(3_200)  # nobody types faster
    stranger.get_by_role("button", name="发出意见").click()
    expect(stranger.get_by_role("heading", name="意见已收到")).to_be_visible()
    receipt = stranger.locator(".receipt-number").inner_text()

    office = opened("clerk", "/portal/consultations/")
    office.get_by_role("link", name="苔花区中小学生校服管理办法").click()
    office.get_by_role("link", name="办理意见").click()
    office.get_by_role("link", name="答复“冬装请分薄厚两种。”").click()
    office.get_by_label("采纳", exact=True).check()
    office.get_by_label("理由").fill("冬装分两种，各自定价。")
    office.get_by_role("button", name="答复", exact=True).click()
    expect(office.get_by_text("已答复。公布以前还可以改。")).to_be_visible()
    office.get_by_role("link", name="看对照表").click()
    expect(office.get_by_text("截止以后才能公布")).to_be_visible()
    expect(office.get_by_role("button", name="公布采纳情况和最终文本")).to_have_count(0)

    stranger.locator("main").get_by_role("link", name="征求意见", exact=True).click()
    stranger.get_by_role("link", name="用回执号查我的意见").click()
    stranger.get_by_label("回执号").fill(receipt.lower())
    stranger.get_by_role("button", name="查答复").click()
    expect(stranger.get_by_text("截止以后逐条答复")).to_be_visible()
    expect(stranger.get_by_text("各自定价")).to_have_count(0)


def test_everybody_reads_what_became_of_the_opinions(opened):
    stranger = opened(None, "/portal/consultations/", scripts=False)
    stranger.get_by_role("link", name=re.compile("12 条意见的采纳情况")).click()

    expect(stranger.get_by_role("heading", name="您提了，我们听到，我们做了")).to_be_visible()
    expect(stranger.locator("ins", has_text="带完一个学段")).to_be_visible()
    expect(stranger.get_by_text("2 条说的是一件事")).to_be_visible()

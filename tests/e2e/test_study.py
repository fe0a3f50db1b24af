"""Study in a real browser: from the plan to its effect, and a lecture's homework there and back."""

import re

from playwright.sync_api import Page, expect


def test_a_plan_is_written_returned_mended_and_approved(opened):
    clerk = opened("clerk", "/study/plans/new/")
    clerk.get_by_label("年度", exact=True).fill("2014")
    clerk.get_by_label("计划日期").first.fill("2014-03-12")
    clerk.get_by_label("专题").first.fill("依法治教")
    clerk.get_by_role("button", name="提交审定").click()
    expect(clerk.get_by_text("计划已提交，等待审定。")).to_be_visible()

    leader = opened("leader", "/study/", width=360)
    leader.get_by_role("link", name="去审定").click()
    leader.get_by_label("意见").fill("下半年也要排")
    leader.get_by_role("button", name="退回修改").click()
    expect(leader.get_by_text("计划已退回。")).to_be_visible()

    clerk.reload()
    clerk.get_by_role("link", name="调整计划").click()
    clerk.get_by_label("为什么调整").fill("补上下半年")
    clerk.get_by_label("计划日期").nth(1).fill("2014-09-10")
    clerk.get_by_label("专题").nth(1).fill("教师队伍")
    clerk.get_by_role("button", name="提交审定").click()
    leader.goto(clerk.url)
    leader.get_by_role("link", name="审定", exact=True).click()
    leader.get_by_role("button", name="审定通过").click()

    expect(leader.get_by_text("现行第 2 版，林知远审定")).to_be_visible()
    expect(leader.get_by_text("为什么调整：补上下半年")).to_be_visible()


def note_and_minute(clerk: Page) -> None:
    """Note who came, write the minutes and issue them."""
    clerk.get_by_role("link", name="登记出席").click()
    clerk.get_by_role("group", name=re.compile("林知远")).get_by_label("到会").check()
    clerk.get_by_role("button", name="登记出席").click()
    expect(clerk.get_by_text(re.compile("应到 9 人"))).to_be_visible()
    clerk.get_by_role("link", name="写纪要").first.click()
    clerk.get_by_label("纪要").fill("议定：每学期合并成一次。")
    clerk.get_by_label("林知远").fill("先从安全检查合起。")
    clerk.get_by_role("button", name="存下纪要").click()
    clerk.get_by_role("button", name="印发纪要").click()
    expect(clerk.get_by_text(re.compile("纪要已印发：中心组学纪〔2013〕"))).to_be_visible()


def resolve(clerk: Page) -> None:
    """Write what the session led to, and who carries it out."""
    clerk.get_by_role("link", name="写学出了什么").click()
    clerk.get_by_label("决定").check()
    clerk.get_by_label("内容").fill("检查每学期合并成一次")
    clerk.get_by_label("承办人").select_option(label="林知远")
    clerk.get_by_label("期限").fill("2013-12-31")
    clerk.get_by_role("button", name="交给承办").click()


def test_a_session_goes_from_its_day_to_its_effect_without_scripts(opened):
    clerk = opened("clerk", "/study/sessions/new/", scripts=False)
    clerk.get_by_label("专题").fill("到学校的检查怎样合并")
    clerk.get_by_label("主讲人").select_option(label="林知远")
    clerk.get_by_label("日期", exact=True).fill("2013-12-03")
    clerk.get_by_label("计划外的原因").fill("市里部署")
    clerk.get_by_role("button", name="排定").click()
    expect(clerk.get_by_text("《到学校的检查怎样合并》已排定。")).to_be_visible()
    address = clerk.url

    note_and_minute(clerk)
    clerk.goto(address)
    resolve(clerk)
    owner = opened("leader", "/study/effects/", width=360, scripts=False)
    owner.get_by_role("link", name="检查每学期合并成一次", exact=True).click()
    owner.get_by_label("结果", exact=True).fill("三个科室排成了一张表")
    owner.get_by_role("button", name="写下结果").click()

    clerk.goto(address)
    expect(clerk.locator(".lede").get_by_text("学有成效")).to_be_visible()
    clerk.get_by_role("link", name="学习档案").click()
    expect(clerk.get_by_role("heading", name=re.compile("、学习效果"))).to_be_visible()
    expect(clerk.get_by_text("三个科室排成了一张表")).to_be_visible()
    clerk.goto(f"{re.sub('/study/.*', '', address)}/ledgers/study/")
    expect(clerk.get_by_text("到学校的检查怎样合并").first).to_be_visible()


def test_homework_is_answered_on_a_phone(opened):
    listener = opened("clerk", "/study/", width=360)
    due = listener.locator(".duty", has_text="的思考题")
    due.get_by_role("link", name="去答").click()
    listener.locator("textarea").first.fill("先看现场，再听汇报。")
    listener.get_by_role("button", name="交答卷").click()

    expect(listener.get_by_role("heading", name="我的回答")).to_be_visible()
    expect(listener.get_by_text("先看现场，再听汇报。").first).to_be_visible()


def test_a_rota_is_tried_out_and_says_why(opened):
    clerk = opened("clerk", "/study/turns/new/")
    clerk.get_by_label("开始日期").fill("2014-01-01")
    clerk.get_by_label("结束日期").fill("2014-06-30")
    for number, (day, topic) in enumerate((("2014-02-20", "家访"), ("2014-03-20", "预算"))):
        clerk.get_by_label("日期", exact=True).nth(number).fill(day)
        clerk.get_by_label("题目").nth(number).fill(topic)
    clerk.get_by_role("button", name="排出来看看").click()

    expect(clerk.get_by_text("排得匀")).to_be_visible()
    expect(clerk.get_by_role("cell", name=re.compile("上一次讲在")).first).to_be_visible()
    clerk.get_by_role("button", name="公布").click()
    expect(clerk.get_by_text("轮值表已公布")).to_be_visible()

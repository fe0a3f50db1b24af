"""The study of law in a real browser: fail, sit again, pass; a bad file of questions."""

import re
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from taihua.rooms.study.actions.laws import DATA, NOW
from taihua.rooms.study.logic.gift import read_gift
from tests.e2e.conftest import OpenPage

QUIZ = "校车与教师资格测验"
KNOWN = {
    found.item.stem: [choice.text for choice in found.item.choices if choice.is_right]
    for found in read_gift((DATA / NOW).read_text("utf-8")).found
}
BAD = "$CATEGORY: 教师法/第六条\n\n好的一题{T}\n\n这一题没有答案\n"
GOOD = "$CATEGORY: 教师法/第六条\n\n教师节在秋天。{T}\n"


@pytest.fixture
def opened(opened: OpenPage) -> OpenPage:
    """Pages on a phone."""
    return partial(opened, width=360, height=740)


def answer_all(page: Page, *, knowing: bool) -> None:
    """Answer every question of the paper, as somebody does who knows the law or does not."""
    for group in page.locator("form.paper fieldset").all():
        stem = re.sub(r"^\d+\. ", "", group.locator("legend").inner_text().strip())
        for label in group.locator("label").all():
            text = re.sub(r"^[A-F]\. ", "", label.inner_text().strip())
            if (text in KNOWN[stem]) == knowing:
                label.click()
    for field in page.locator("form.paper input[type=text]").all():
        said = page.locator(f"label[for={field.get_attribute('id')}]").inner_text().strip()
        field.fill(KNOWN[re.sub(r"^\d+\. ", "", said)][0] if knowing else "不清楚")


def test_a_quiz_is_failed_resat_and_passed_on_a_phone_without_scripts(opened):
    page = opened("member", "/study/law/", scripts=False)
    page.get_by_role("button", name="去测验").click()
    first = page.url
    page.locator("form.paper label").nth(1).click()
    page.get_by_role("button", name="先存草稿").click()
    expect(page.get_by_text("草稿已存下。")).to_be_visible()
    answer_all(page, knowing=False)
    page.get_by_role("button", name="交卷").click()
    expect(page.get_by_role("heading", name="还没到通过线")).to_be_visible()

    page.get_by_role("button", name="换一份卷子再考").click()
    assert page.url != first
    answer_all(page, knowing=True)
    page.get_by_role("button", name="交卷").click()

    expect(page.get_by_role("heading", name="通过了")).to_be_visible()
    page.goto(first.split("/study/")[0] + "/ledgers/law/")
    expect(page.get_by_text("《校车安全管理条例》《教师资格条例》").first).to_be_visible()


def test_a_draft_keeps_itself(opened):
    page = opened("leader", "/study/law/")
    page.get_by_role("button", name=re.compile("去测验|接着答")).first.click()
    page.locator("form.paper label").nth(1).click()

    expect(page.locator("#kept")).to_contain_text("草稿已存下。")
    page.reload()
    expect(page.locator("form.paper input").nth(2)).to_be_visible()
    assert page.locator("form.paper input:checked").count() == 1


def test_practice_tells_at_once_what_is_right_and_why(opened):
    page = opened("unit_clerk", "/study/law/practice/")
    page.locator("form.paper input").last.click()
    if page.locator("form.paper input[type=text]").count():
        page.locator("form.paper input[type=text]").fill("不清楚")
    page.get_by_role("button", name="看对不对").click()

    expect(page.get_by_role("heading", name=re.compile("答对了|答错了"))).to_be_visible()
    expect(page.locator("blockquote.proof")).to_be_visible()
    page.get_by_role("link", name="下一题").click()
    expect(page.get_by_role("button", name="看对不对")).to_be_visible()


def test_a_bad_file_of_questions_is_refused_by_line_and_a_good_one_taken(opened):
    page = opened("clerk", "/study/law/gift/")

    def send(text: str) -> None:
        file = {"name": "bank.gift", "mimeType": "text/plain", "buffer": text.encode()}
        page.get_by_label("GIFT 文件").set_input_files(file)
        page.get_by_role("button", name="导入这个文件").click()

    send(BAD)
    expect(page.get_by_role("row", name=re.compile("5.*没有花括号里的答案"))).to_be_visible()
    page.goto(page.url.replace("gift/", "questions/?words=好的一题"))
    expect(page.get_by_text("没有这样的题。")).to_be_visible()

    page.goto(re.sub(r"questions/.*", "gift/", page.url))
    send(GOOD)
    expect(page.get_by_text("新增 1 题")).to_be_visible()

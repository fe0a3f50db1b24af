"""Reading in a real browser: two devices, one place; with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage

BOOK = "《学记选读》"
# The character that stands at the top of the text, as a reader sees it.
TOP = """() => {
    const box = document.querySelector(".reader-text").getBoundingClientRect();
    const caret = document.caretPositionFromPoint(box.left + 24, 56);
    return caret.offsetNode.data.slice(caret.offset, caret.offset + 6);
}"""


@pytest.fixture
def opened(opened: OpenPage):
    """Pages on a small phone, or on a device of the size that a test says."""

    def open_page(role: str, path: str, *, size=(360, 420), scripts: bool = True) -> Page:
        return opened(role, path, width=size[0], height=size[1], scripts=scripts)

    return open_page


def open_book(page: Page) -> None:
    page.get_by_role("link", name=BOOK).first.click()
    page.wait_for_url(re.compile(r"/reading/text/"))


def open_first_chapter(page: Page) -> None:
    """Wherever the reader stopped before, and whichever test made him stop there."""
    open_book(page)
    page.goto(re.sub(r"text/(\d+)/\d+/.*", r"text/\1/1/", page.url))


def keeps_a_place_within(response) -> bool:
    """Whether a place was kept that is not the beginning of the chapter."""
    asked = response.request.post_data or ""
    return response.url.endswith("/place/") and "offset=" in asked and "offset=0" not in asked


def test_reading_goes_on_at_the_same_character_on_another_device(opened):
    phone = opened("unit_clerk", "/reading/evening/")
    open_first_chapter(phone)
    phone.evaluate("window.scrollTo(0, 0)")
    with phone.expect_response(keeps_a_place_within):
        phone.evaluate("document.querySelectorAll('.reader-text p')[1].scrollIntoView()")
    seen = phone.evaluate(TOP)
    phone.close()

    desk = opened("unit_clerk", "/reading/evening/", size=(1440, 420))
    begun = desk.get_by_role("listitem").filter(has_text=BOOK)
    begun.get_by_role("link", name="接着读").click()
    desk.wait_for_url(re.compile(r"\?at=\d+"))

    expect(desk.get_by_text(seen, exact=False).first).to_be_in_viewport()
    offset = int(re.search(r"at=(\d+)", desk.url)[1])
    assert offset > 0


def test_without_scripts_a_button_keeps_the_place(opened):
    page = opened("member", "/reading/evening/", scripts=False)
    open_book(page)
    page.get_by_role("link", name="下一章").click()
    page.get_by_role("button", name="下次从这一段继续").first.click()
    expect(page.get_by_text("记住了：下次从这里继续。")).to_be_visible()
    chapter = page.url.split("#")[0]

    again = opened("member", "/reading/evening/", scripts=False)
    begun = again.get_by_role("link", name="接着读").all()
    ways = [again.request.get(link.evaluate("link => link.href")).url for link in begun]

    assert any(way.startswith(chapter) for way in ways)


def test_a_selection_is_marked_and_begins_a_note(opened):
    page = opened("unit_clerk", "/reading/evening/", size=(1024, 800))
    open_first_chapter(page)
    page.evaluate(
        """() => {
            const text = document.querySelector(".reader-text p").firstChild;
            getSelection().setBaseAndExtent(text, 0, text, 7);
        }"""
    )
    page.get_by_role("link", name="在这一段划线").first.click()
    assert page.get_by_label("原文").input_value() == "玉不琢，不成器"
    page.get_by_label("想法").fill("先从琢磨一节课做起")
    page.get_by_role("button", name="划线").click()

    expect(page.locator("mark", has_text="玉不琢，不成器")).to_be_visible()
    page.get_by_role("link", name=BOOK).first.click()
    page.get_by_role("link", name=re.compile("1 处")).click()
    page.get_by_role("link", name="用这些划线写笔记").click()
    expect(page.get_by_label("正文")).to_have_value(re.compile("玉不琢，不成器"))


def test_a_note_is_written_shared_and_answered_without_a_reload(opened):
    writer = opened("unit_clerk", "/reading/notes/new/")
    writer.get_by_label("题目").fill("玉不琢")
    writer.get_by_label("正文").fill("琢磨一节课。")
    writer.get_by_role("button", name="存下笔记").click()
    writer.get_by_role("link", name="分享", exact=True).click()
    writer.get_by_label("全局").check()
    writer.get_by_role("button", name="分享给他们").click()
    address = re.sub(r"^https?://[^/]+", "", writer.url)

    reader = opened("member", address)
    reader.evaluate("window.stayed = true")
    reader.get_by_label("说一句").fill("一起琢磨。")
    reader.get_by_role("button", name="发表评论").click()

    expect(reader.locator("#comments li", has_text="一起琢磨。")).to_be_visible()
    assert reader.evaluate("window.stayed")


def test_a_book_is_set_read_checked_and_passed_on_a_phone_without_scripts(opened):
    clerk = opened("clerk", "/reading/assignments/new/", scripts=False)
    clerk.get_by_label("书", exact=True).select_option(label="师说")
    clerk.get_by_label("由谁指定").select_option(label="苔花区教育局党委")
    clerk.get_by_label("截止日期").fill("2014-01-31")
    clerk.get_by_role("textbox", name="思考题").fill("师是做什么的？")
    clerk.get_by_label("审阅人").fill("林知远")
    clerk.get_by_label("必读或推荐").first.select_option(label="必读")
    clerk.get_by_label("层次").first.select_option(label="一般干部职工")
    clerk.get_by_role("button", name="布置这本书").click()
    expect(clerk.get_by_text("《师说》已布置。")).to_be_visible()

    reader = opened("member", "/reading/", scripts=False)
    duty = reader.locator(".duty", has_text="《师说》")
    duty.get_by_role("button", name="开始读").click()
    reader.get_by_role("button", name="记下读完").click()
    reader.goto(f"{reader.url.split('/reading')[0]}/reading/")
    duty.get_by_role("link", name="交检查").click()
    reader.get_by_label("师是做什么的？").fill("传道受业解惑。")
    reader.get_by_role("button", name="提交答卷").click()
    expect(reader.get_by_text("已提交，等待审阅。")).to_be_visible()

    reviewer = opened("leader", "/reading/reviews/", scripts=False)
    reviewer.locator(".duty", has_text="吴江").get_by_role("link", name="审阅").click()
    reviewer.get_by_label("评语").fill("读进去了。")
    reviewer.get_by_role("button", name="通过", exact=True).click()
    expect(reviewer.get_by_text("已审阅吴江的答卷。")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("检查通过").first).to_be_visible()


def test_answers_save_themselves_while_they_are_written(opened):
    page = opened("leader", "/reading/")
    page.locator(".duty", has_text="《劝学》").get_by_role("button", name="记下读完").click()
    page.goto(f"{page.url.split('/reading')[0]}/reading/")
    page.locator(".duty", has_text="《劝学》").get_by_role("link", name="交检查").click()
    first = page.get_by_role("textbox").first
    first.fill("想到一半")
    page.get_by_role("textbox").last.click()

    expect(page.locator("#kept")).to_contain_text("草稿已存下", timeout=10_000)
    fresh = page.context.new_page()
    fresh.goto(page.url)
    expect(fresh.get_by_role("textbox").first).to_have_value("想到一半")


def test_two_tabs_on_one_note_lose_neither_text(opened):
    page = opened("member", "/reading/notes/new/", scripts=False)
    page.get_by_label("题目").fill("两处")
    page.get_by_label("正文").fill("原来的一句。")
    page.get_by_role("button", name="存下笔记").click()
    address = page.url + "revise/"
    first, second = page.context.new_page(), page.context.new_page()
    for tab, words in ((first, "先改的一句。"), (second, "后改的一句。")):
        tab.goto(address)
        tab.get_by_label("正文").fill(words)
    first.get_by_role("button", name="存下笔记").click()
    second.get_by_role("button", name="存下笔记").click()

    expect(second.get_by_role("alert")).to_contain_text("两份都在")
    expect(second.locator(".diff-sides")).to_contain_text("先改的一句。")
    expect(second.get_by_label("正文")).to_have_value("后改的一句。")


@pytest.mark.parametrize(
    "path",
    ["", "books/", "books/1/", "assignments/", "assignments/1/", "notes/", "notes/new/",
     "circles/", "reviews/", "substitutes/", "evening/", "text/1/1/", "text/1/1/mark/"],
)  # fmt: skip
def test_no_page_is_wider_than_a_phone(opened, path):
    page = opened("leader", f"/reading/{path}", size=(360, 740))

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


VOICES = """() => {
    const said = window.said = [];
    const voices = [%s];
    const synthesis = {
        getVoices: () => voices,
        cancel: () => {},
        speak: (words) => { said.push([words.text, words.voice.name]); window.last = words; },
        addEventListener: () => {},
    };
    Object.defineProperty(window, "speechSynthesis", { value: synthesis });
    window.SpeechSynthesisUtterance = class extends EventTarget {
        constructor(text) { super(); this.text = text; }
    };
}"""
LOCAL = '{ name: "here", lang: "zh-CN", localService: true }'
DISTANT = '{ name: "elsewhere", lang: "zh-CN", localService: false }'
ENGLISH = '{ name: "english", lang: "en-GB", localService: true }'


@pytest.mark.parametrize(
    ("voices", "offered"), [(LOCAL, True), (f"{DISTANT}, {ENGLISH}", False), ("", False)]
)
def test_a_chapter_is_read_aloud_only_by_a_voice_of_the_device(opened, voices, offered):
    page = opened("leader", "/reading/evening/")
    page.add_init_script(f"({VOICES % voices})()")
    open_book(page)
    button = page.get_by_role("button", name="朗读")

    expect(button).to_have_count(1 if offered else 0)
    if offered:
        button.click()
        first = page.locator(".is-read-aloud").inner_text()
        page.evaluate("window.last.dispatchEvent(new Event('end'))")
        assert page.evaluate("window.said[0]") == [first, "here"]
        assert page.locator(".is-read-aloud").inner_text() == page.evaluate("window.said[1][0]")
        page.get_by_role("button", name="停下").click()
        expect(page.locator(".is-read-aloud")).to_have_count(0)


def test_what_is_typed_is_kept_by_itself_and_found_on_another_device(opened):
    phone = opened("auditor", "/reading/notes/new/")
    phone.get_by_label("题目").fill("路上想到的")
    phone.get_by_label("正文").fill("先听，再看，最后才说。")
    expect(phone.locator("[data-saved]")).to_contain_text("草稿存于")

    desk = opened("auditor", "/reading/notes/new/", size=(1024, 800))
    expect(desk.get_by_label("正文")).to_have_value("先听，再看，最后才说。")
    desk.get_by_label("正文").fill("先听，再看，最后才说。回来再想。")
    expect(desk.locator("[data-saved]")).to_contain_text("草稿存于")
    phone.get_by_label("正文").fill("先听，再看。车上又改了。")
    expect(phone.locator("[data-saved]")).to_contain_text("两份都在")

    phone.get_by_role("button", name="存下笔记").click()
    expect(phone.locator("article")).to_contain_text("车上又改了")
    desk.reload()
    expect(desk.get_by_label("正文")).to_have_value("先听，再看，最后才说。回来再想。")
    desk.get_by_role("button", name="丢开这份草稿").click()
    expect(desk.get_by_label("正文")).to_have_value("")


def test_without_scripts_a_button_keeps_the_draft(opened):
    page = opened("auditor", "/reading/notes/new/?draft=new", scripts=False)
    page.get_by_label("正文").fill("没有脚本也存得住。")
    page.get_by_role("button", name="存草稿").click()

    expect(page.get_by_text("草稿存于")).to_be_visible()
    expect(page.get_by_label("正文")).to_have_value("没有脚本也存得住。")
    page.get_by_role("button", name="丢开这份草稿").click()


def test_the_reader_obeys_the_policy_and_shows_nothing_but_the_text(opened):
    page = opened("member", "/reading/evening/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    open_book(page)

    assert said == []
    assert page.locator("script:not([src])").count() == 0
    assert page.locator("[style]").count() == 0
    expect(page.get_by_role("button", name="下次从这一段继续")).to_have_count(0)

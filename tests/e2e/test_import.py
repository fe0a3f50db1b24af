"""A messy sheet on its way in, on a phone without scripts: asked about, marked, mended, put away.

Nothing is imported: the district is shared.
"""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.e2e.test_axe import barriers
from tests.e2e.walk import visitor
from tests.rooms.ledgers.messy import book
from tests.rooms.ledgers.sheets import xlsx

HEADER = ("姓名", "日期", "到了哪里", "天数", "调研主题", "天气")
TITLE = ("苔花区下基层调研台账", *[None] * 5)
RIGHT = ("林知远", "2013.11.4", "苔花一小", "半天", "课堂教学", "晴")
WRONG = ("林知远局长", "2013.11.4-5", "一小", "许多", "同上", "雨")
TOTAL = ("合计", None, None, 2, None, None)


@pytest.fixture
def clerk(district, browser):
    context = visitor(browser, district.address, district.sessions["clerk"], scripts=False)
    yield context.new_page()
    context.close()


def hand_in(clerk, district, content):
    clerk.goto(f"{district.address}/ledgers/visits/import/")
    clerk.set_input_files(
        "input[type=file]", {"name": "调研.xlsx", "mimeType": "", "buffer": content}
    )
    clerk.get_by_role("button", name="看看会改动什么").click()


def put_away(clerk):
    clerk.get_by_role("button", name="不导入了").click()
    assert "没有导入，已经丢掉" in clerk.locator("main").inner_text() + clerk.inner_text("body")


def test_a_messy_sheet_is_asked_about_marked_and_mended(district, browser):
    context = visitor(browser, district.address, district.sessions["clerk"], width=360)
    clerk = context.new_page()
    found = []

    hand_in(clerk, district, book(TITLE, HEADER, RIGHT, WRONG, TOTAL, merges=[(0, 0, 0, 5)]))
    if "/columns/" in clerk.url:
        found += barriers(clerk, clerk.url)
        clerk.get_by_label("表里的“到了哪里”").select_option(label="调研单位（必填）")
        clerk.get_by_role("button", name="看看会改动什么").click()
    found += barriers(clerk, clerk.url)
    said = clerk.locator("main").inner_text()

    assert "有 5 格要改" in said
    for told in (
        "是不是“林知远”？",
        "“2013.11.4-5”不是一天。",
        "“许多”不是数。",
        "没有写明是什么。",
    ):
        assert told in said
    assert clerk.evaluate("document.documentElement.scrollWidth") <= 360

    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="下载标注好的表").click()
    content = download.value.path().read_bytes()
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [bool(row[-1]) for row in rows[1:]] == [False, True]
    put_away(clerk)

    mended = (*RIGHT[:1], "2013-11-05", "苔花一小", 1, "校园安全", "雨", "")
    hand_in(clerk, district, xlsx(rows[0], rows[1], mended))
    found += barriers(clerk, clerk.url)
    assert "可以导入了" in clerk.locator("main").inner_text()
    put_away(clerk)
    context.close()
    assert found == []


def test_the_way_in_works_without_scripts(district, clerk):
    hand_in(clerk, district, b"%PDF-1.7")
    assert "这个文件不是表格。" in clerk.locator("main").inner_text()

    hand_in(clerk, district, xlsx((*HEADER[:2], "调研单位", "天数", "调研主题"), RIGHT[:5]))
    assert "可以导入了" in clerk.locator("main").inner_text()
    put_away(clerk)

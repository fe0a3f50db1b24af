"""What a stranger meets on the public site, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_axe import complaints_of
from tests.e2e.walk import visitor


@pytest.fixture
def stranger(browser, district):
    context = visitor(browser, district.address, width=360)
    yield context.new_page()
    context.close()


def test_a_stranger_searches_reads_and_goes_on_to_the_neighbour(stranger, district):
    stranger.goto(f"{district.address}/portal/")
    stranger.get_by_role("searchbox").first.fill("抓学习")
    stranger.get_by_role("button", name="搜索").first.click()
    stranger.locator("main").get_by_role("link", name="围绕工作抓学习").first.click()

    expect(stranger.get_by_role("heading", level=1)).to_contain_text("围绕工作抓学习")
    for furniture in ("您当前的位置", "发布时间", "人气", "来源", "作者", "上一篇", "下一篇"):
        expect(stranger.locator("body")).to_contain_text(furniture)
    stranger.get_by_role("link", name="廉洁在先：科室的三张清单").click()
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("廉洁在先")


@pytest.mark.parametrize("path", ["feed.xml", "sitemap.xml", "c/learning/feed.xml"])
def test_a_browser_draws_what_is_for_machines_without_a_complaint(stranger, district, path):
    said = complaints_of(stranger)

    stranger.goto(f"{district.address}/portal/{path}")

    expect(stranger.locator("body")).to_contain_text("http")
    assert said == []

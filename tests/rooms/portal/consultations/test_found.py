"""Consultations are one with the public site: its frame, its front page, its search, its map."""

from datetime import date

import pytest
from django.urls import reverse

from taihua.kernel import house
from taihua.rooms.portal.actions.indexing import reindex_all
from tests.rooms.portal.consultations.conftest import LATER, letter, sent
from tests.rooms.portal.factories import published


def to(name, *args):
    return reverse(f"portal:{name}", args=args)


def found_by(person, *words, limit=10):
    groups = house.found_by(person.account, words, limit)
    return [hit.title for room, hits in groups if room.code == "portal" for hit in hits]


@pytest.fixture
def done(finished, su, logged_in, settings):
    """Answered and published."""
    settings.TAIHUA_TODAY = LATER.date()
    logged_in(su).post(to("matrix", finished.pk), {"summary": "谢谢。"})
    finished.refresh_from_db()
    return finished


def test_a_stranger_stays_on_the_public_site_and_a_colleague_keeps_the_menu(
    client, logged_in, done, su, wu
):
    opinion = letter(sent(done.host, su), su.account, "请多建一所。")
    pages = [
        to("consultations"),
        to("receipts"),
        to("receipt", opinion.receipt),
        to("consultation", done.pk),
        to("outcome", done.pk),
        to("give-opinion", opinion.consultation_id),
    ]

    for page in pages:
        stranger, colleague = client.get(page).text, logged_in(wu).get(page).text
        client.logout()
        assert 'class="is-public"' in stranger, page
        assert "您当前的位置：" in stranger, page
        assert "站内搜索" in stranger, page
        assert 'class="is-public"' not in colleague, page
        assert "主菜单" in colleague, page


def test_a_receipt_is_kept_out_of_search_engines(client, out, su):
    opinion = letter(out, su.account, "请多建一所。")

    assert 'content="noindex"' in client.get(to("receipt", opinion.receipt)).text
    assert f"Disallow: {to('receipts')}" in client.get(to("robots")).text


def test_the_front_page_names_what_everybody_is_asked_now(client, bureau, section, su, out):
    inside = sent(bureau, su, audience="internal", units=[section], kind="ordinary", title="排班")

    page = client.get(to("front")).text

    assert "正在征求您的意见" in page
    assert to("consultation", out.pk) in page
    assert inside.title not in page


def test_the_front_page_says_nothing_of_what_is_over(client, done):
    page = client.get(to("front")).text

    assert "正在征求您的意见" not in page
    assert to("consultations") in page


def test_the_public_search_finds_drafts_by_title_explanation_and_text(client, out):
    for words in ("规划纲要", "为什么", "村小 教学点"):
        page = client.get(to("search"), {"q": words}).text
        assert to("consultation", out.pk) in page, words
        assert "没有找到" not in page

    assert to("consultation", out.pk) not in client.get(to("search"), {"q": "食堂"}).text


def test_the_public_search_of_one_year_or_column_is_for_articles_alone(client, out):
    published("村小教学点")

    page = client.get(to("search"), {"q": "教学点", "year": "2013"}).text

    assert to("consultation", out.pk) not in page


def test_the_public_search_keeps_still_of_what_only_some_may_see(client, bureau, section, su):
    sent(bureau, su, audience="internal", units=[section], kind="ordinary")
    sent(bureau, su, opens=date(2013, 12, 10), closes=date(2014, 1, 20))

    assert "征求意见稿" not in client.get(to("search"), {"q": "教学点"}).text


def test_the_search_of_the_house_finds_what_one_may_see(bureau, section, su, zhou, wu, out):
    inside = sent(bureau, su, audience="internal", units=[section], kind="ordinary", title="排班")

    assert found_by(wu, "教学点") == [out.title]
    assert found_by(zhou, "教学点") == [inside.title, out.title]
    assert found_by(wu, "食堂") == found_by(wu) == []


def test_the_search_of_the_house_leaves_room_for_articles(bureau, su, wu):
    for number in range(4):
        sent(bureau, su, title=f"第 {number} 份稿子")
    articles = [published("村小教学点") for _number in range(4)]
    reindex_all()

    assert len(articles) == 4
    assert found_by(wu, "教学点", limit=4) == [
        "第 3 份稿子",
        "第 2 份稿子",
        "村小教学点",
        "村小教学点",
    ]


def test_the_map_of_the_site_names_consultations_and_their_outcomes(client, done, bureau, su):
    running = sent(bureau, su, at=LATER, opens=LATER.date(), closes=date(2014, 3, 20))
    ahead = sent(bureau, su, opens=date(2014, 2, 10), closes=date(2014, 3, 20))

    places = client.get(to("sitemap")).content.decode()

    for name, pk in (("consultation", done.pk), ("outcome", done.pk), ("consultation", running.pk)):
        assert f"<loc>http://testserver{to(name, pk)}</loc>" in places
    assert to("outcome", running.pk) not in places
    assert to("consultation", ahead.pk) not in places

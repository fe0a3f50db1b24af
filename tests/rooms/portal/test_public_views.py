"""What everybody reads of the portal, as a browser gets it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from taihua.rooms.portal.actions import counting
from taihua.rooms.portal.actions.indexing import reindex
from taihua.rooms.portal.models import OldAddress, ViewCount
from tests.factories import NINE, UnitFactory
from tests.rooms.portal.factories import (
    PIXEL,
    ArticleFileFactory,
    ColumnFactory,
    PictureFactory,
    published,
)

pytestmark = pytest.mark.django_db
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture(autouse=True)
def on_the_day(settings):
    settings.TAIHUA_TODAY = NINE.date()
    settings.TAIHUA_BODY = "苔花区教育局"


@pytest.fixture(autouse=True)
def nothing_counted():
    counting._waiting.take()


def read(client, address, status=200, **more):
    answer = client.get(address, **more)
    assert answer.status_code == status
    return answer.content.decode()


def article_page(article):
    return reverse("portal:article", args=[article.pk])


@pytest.mark.both_databases
def test_the_front_page_shows_the_newest_of_every_open_column(client):
    column = ColumnFactory(title="教育要闻")
    below = ColumnFactory(title="校园", above=column)
    ColumnFactory(title="内部", is_open=False)
    unit = UnitFactory()
    for number in range(9):
        published(f"第{number}篇", column=column, unit=unit, at=NINE - timedelta(days=number))
    published("下面一篇", column=below, unit=unit)

    page = read(client, "/portal/")

    assert "第0篇" in page
    assert "第6篇" in page
    assert "第7篇" not in page
    assert "下面一篇" in page
    assert "内部" not in page
    assert "苔花区教育局" in page
    assert "今天是 2013 年 12 月 4 日" in page


def test_the_front_page_says_so_when_there_is_nothing(client):
    assert "还没有栏目" in read(client, "/portal/")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_front_page_costs_the_same_however_many_articles(
    client, django_assert_num_queries, count
):
    unit = UnitFactory()
    for column in ColumnFactory.create_batch(3):
        for _n in range(count):
            published(column=column, unit=unit)

    with django_assert_num_queries(4):
        read(client, "/portal/")


def test_a_column_shows_twenty_five_a_page_newest_first(client):
    column, unit = ColumnFactory(slug="news", intro="局里的事"), UnitFactory()
    for number in range(60):
        published(f"第{number:02}篇", column=column, unit=unit, at=NINE - timedelta(hours=number))

    first, third = read(client, "/portal/c/news/"), read(client, "/portal/c/news/?page=3")

    assert "局里的事" in first
    assert "第24篇" in first
    assert "第25篇" not in first
    assert 'href="?page=2"' in first
    assert "第59篇" in third
    assert "第49篇" not in third
    assert "第24篇" in read(client, "/portal/c/news/?page=nonsense")
    assert "第59篇" in read(client, "/portal/c/news/?page=99")


@pytest.mark.parametrize("count", [1, 3, 300])
def test_a_column_costs_the_same_however_many_articles(client, django_assert_num_queries, count):
    column, unit = ColumnFactory(slug="news"), UnitFactory()
    for _n in range(count):
        published(column=column, unit=unit)

    with django_assert_num_queries(4):
        read(client, "/portal/c/news/")


def test_an_empty_column_points_elsewhere_and_a_closed_one_is_not_there(client):
    ColumnFactory(slug="empty")
    ColumnFactory(slug="closed", is_open=False)

    assert "这个栏目还没有文章" in read(client, "/portal/c/empty/")
    read(client, "/portal/c/closed/", 404)


def test_a_column_of_columns_alone_has_no_empty_list_on_the_front_page(client):
    above = ColumnFactory(title="专题专栏")
    published(column=ColumnFactory(title="五先五夯实", above=above), unit=UnitFactory())

    page = read(client, "/portal/").replace("\n", "").replace(" ", "")

    assert "五先五夯实" in page
    assert not re.search(r"<ul[^>]*></ul>", page)


def test_an_article_has_all_its_furniture(client):
    above = ColumnFactory(title="专题专栏")
    column, unit = ColumnFactory(title="五先五夯实", above=above), UnitFactory()
    before = published("更早的一篇", column=column, unit=unit, at=NINE - timedelta(days=2))
    article = published(
        column=column,
        unit=unit,
        source="海州区委组织部",
        byline="沈青",
        text="一、激发学习力",
        summary="怎样读书",
    )
    after = published("更新的一篇", column=column, unit=unit, at=NINE - timedelta(hours=1))
    published("别的栏目的一篇", unit=unit, at=NINE - timedelta(hours=23))
    ViewCount.objects.create(article=article, day=NINE.date(), times=3721)
    file = ArticleFileFactory(article=article)

    page = read(client, article_page(article))

    for words in (
        "您当前的位置",
        "专题专栏",
        "五先五夯实",
        "发布时间",
        "2013-12-03 09:00",
        "3721",
        "海州区委组织部",
        "沈青",
        "激发学习力",
        "申请表.pdf",
        f'href="/portal/a/{article.pk}/file/{file.pk}"',
        f'href="{article_page(before)}"',
        f'href="{article_page(after)}"',
        'itemprop="articleBody"',
        'property="og:title"',
        f'<link rel="canonical" href="http://testserver{article_page(article)}">',
    ):
        assert words in page, words
    assert "别的栏目的一篇" not in page
    assert "<script>" not in page
    assert "style=" not in page


@pytest.mark.both_databases
def test_two_articles_of_one_moment_stand_beside_each_other(client):
    column = ColumnFactory()
    first, second = published("甲", column=column), published("乙", column=column)

    assert article_page(second) in read(client, article_page(first))
    assert "没有了，这是本栏目最新的一篇" in read(client, article_page(second))
    assert "没有了，这是本栏目最早的一篇" in read(client, article_page(first))


@pytest.mark.parametrize("count", [1, 300])
def test_an_article_costs_the_same_however_many_there_are(client, django_assert_num_queries, count):
    column, unit = ColumnFactory(), UnitFactory()
    articles = [published(column=column, unit=unit) for _n in range(count)]

    with django_assert_num_queries(6):
        read(client, article_page(articles[0]))


def test_what_is_not_public_is_not_there(client):
    for article in (
        published(at=NINE + timedelta(days=1)),
        published(expires_at=NINE),
        published(column=ColumnFactory(is_open=False)),
    ):
        PictureFactory(article=article)
        file = ArticleFileFactory(article=article)
        read(client, article_page(article), 404)
        read(client, f"/portal/a/{article.pk}/picture/1", 404)
        read(client, f"/portal/a/{article.pk}/file/{file.pk}", 404)
    read(client, "/portal/a/99999999/", 404)


@pytest.mark.both_databases
def test_pictures_are_shown_and_files_are_saved(client):
    article = published()
    PictureFactory(article=article)
    file = ArticleFileFactory(article=article)

    picture = client.get(f"/portal/a/{article.pk}/picture/1")
    paper = client.get(f"/portal/a/{article.pk}/file/{file.pk}")

    assert (picture.content, picture["Content-Type"]) == (PIXEL, "image/png")
    assert picture["X-Content-Type-Options"] == "nosniff"
    assert picture["Content-Disposition"].startswith("inline")
    assert paper["Content-Disposition"].startswith("attachment")
    again = client.get(
        f"/portal/a/{article.pk}/picture/1", headers={"If-None-Match": picture["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    read(client, f"/portal/a/{article.pk}/picture/2", 404)
    PictureFactory(article=article, number=3, media_type="image/svg+xml")
    drawn = client.get(f"/portal/a/{article.pk}/picture/3")
    assert drawn["Content-Disposition"].startswith("attachment")


@pytest.mark.both_databases
def test_an_old_address_leads_on_for_good_query_and_all(client):
    article = published()
    OldAddress.objects.create(article=article, address="/news/show.html?id=3721")
    hidden = published(expires_at=NINE)
    OldAddress.objects.create(article=hidden, address="/news/show.html?id=1")

    answer = client.get("/news/show.html?id=3721")

    assert (answer.status_code, answer["Location"]) == (301, article_page(article))
    for address in ("/news/show.html?id=1", "/news/show.html?id=2", "/news/show.html"):
        assert client.get(address).status_code == 404
    assert client.post("/news/show.html?id=3721").status_code == 404


# --- search -----------------------------------------------------------------------------------------


def test_the_search_marks_the_words_and_keeps_the_question(client):
    column = ColumnFactory(slug="news", title="要闻")
    article = published(column=column, text="认真读书，<b>不说空话</b>。")
    reindex(article)

    page = read(client, "/portal/search/?q=读书&column=news&year=2013")

    assert "认真<mark>读书</mark>，&lt;b&gt;" in page
    assert 'value="读书"' in page
    assert '<option value="news" selected>' in page
    assert '<option value="2013" selected>' in page
    assert "找到 1 篇" in page


def test_the_search_helps_when_it_finds_nothing(client):
    reindex(published())

    assert "没有找到含有“不存在”的文章" in read(client, "/portal/search/?q=不存在")
    assert "在全部栏目和年份里找" in read(client, "/portal/search/?q=不存在&year=2013")
    assert "两个字以上" in read(client, "/portal/search/?q=书")
    assert "太长" in read(client, "/portal/search/?q=" + "书" * 90)
    assert "写上要找的词" in read(client, "/portal/search/")
    read(client, "/portal/search/?q=%00%27%22*&column=x&year=x")


def test_a_column_is_searched_with_the_columns_in_it(client):
    above = ColumnFactory(slug="above")
    for column in (above, ColumnFactory(above=above), ColumnFactory()):
        reindex(published(column=column))

    assert "找到 2 篇" in read(client, "/portal/search/?q=教育&column=above")
    assert "找到 3 篇" in read(client, "/portal/search/?q=教育")


@pytest.mark.parametrize("count", [1, 30])
def test_the_search_costs_the_same_however_much_it_finds(client, django_assert_num_queries, count):
    column, unit = ColumnFactory(), UnitFactory()
    for _n in range(count):
        reindex(published(column=column, unit=unit))

    with django_assert_num_queries(7):
        read(client, "/portal/search/?q=教育")


def test_the_search_of_the_house_finds_articles_too(lin, logged_in):
    reindex(published("晚八点读书活动"))

    assert "晚八点" in read(logged_in(lin), "/search/?q=读书活动")

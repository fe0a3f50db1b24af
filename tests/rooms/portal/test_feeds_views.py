"""Feeds are valid Atom 1.0, the map names what is public, robots are told where to go."""

from datetime import timedelta

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic import atom
from tests.factories import NINE, UnitFactory
from tests.rooms.portal.factories import ColumnFactory, published
from tests.rooms.portal.schemas import SPOILT, hold_to_rfc_4287, hold_to_sitemaps_org

pytestmark = pytest.mark.django_db
SPACE = {"a": atom.ATOM, "s": atom.SITEMAP}


@pytest.fixture(autouse=True)
def on_the_day(settings):
    settings.TAIHUA_TODAY = NINE.date()


def hold_to_atom(root):
    """What RFC 4287 demands of a feed and its entries."""
    assert root.tag == f"{{{atom.ATOM}}}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"a:{name}", SPACE)) == 1
    assert root.find("a:author/a:name", SPACE).text
    links = {link.get("rel") for link in root.findall("a:link", SPACE)}
    assert links == {"self", "alternate"}
    entries = root.findall("a:entry", SPACE)
    numbers = [entry.find("a:id", SPACE).text for entry in entries]
    assert len(set(numbers)) == len(numbers)
    for entry in entries:
        for name in ("id", "title", "updated", "published"):
            assert len(entry.findall(f"a:{name}", SPACE)) == 1
        assert len(entry.findall("a:summary", SPACE)) <= 1
    return entries


def test_the_feed_of_the_site_holds_the_newest_articles(client, settings):
    settings.TAIHUA_BODY = "苔花区教育局"
    unit = UnitFactory()
    for number in range(35):
        published(f"第{number}篇", "<&> 正文", unit=unit, at=NINE - timedelta(hours=number))
    published(expires_at=NINE)

    answer = client.get("/portal/feed.xml")

    root = fromstring(answer.content)
    entries = hold_to_atom(root)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert len(entries) == 30
    assert entries[0].find("a:title", SPACE).text == "第0篇"
    assert entries[0].find("a:summary", SPACE).text == "<&> 正文"
    assert root.find("a:title", SPACE).text == "苔花区教育局"
    assert root.find("a:updated", SPACE).text == "2013-12-04T01:00:00Z"


def test_the_feed_of_a_column_holds_only_its_own(client):
    column = ColumnFactory(slug="news")
    published("自己的", column=column, byline="沈青")
    published("别人的")

    entries = hold_to_atom(fromstring(client.get("/portal/c/news/feed.xml").content))

    assert [entry.find("a:title", SPACE).text for entry in entries] == ["自己的"]
    assert entries[0].find("a:author/a:name", SPACE).text == "沈青"
    assert client.get("/portal/c/none/feed.xml").status_code == 404


def test_an_empty_feed_is_valid_too(client):
    assert hold_to_atom(fromstring(client.get("/portal/feed.xml").content)) == []


def test_feeds_and_map_stand_before_another_judge(client):
    published("<&> 一", "正文", column=ColumnFactory(slug="news"), byline="沈青", source="苔花一小")
    published("二", "\x0b没有作者")

    for address in ("/portal/feed.xml", "/portal/c/news/feed.xml"):
        hold_to_rfc_4287(client.get(address).content)
    hold_to_sitemaps_org(client.get("/portal/sitemap.xml").content)


@pytest.mark.parametrize(
    ("sound", "spoilt"),
    [
        (b"<id>", b"<nid>"),
        (b"<id>http://a/f</id>", b"<id>f</id>"),
        (b"<updated>2013", b"<updated>on 2013"),
        (b"<title>t</title>", b""),
        (b"<name>w</name>", b"<name></name>"),
        (b"</feed>", b"<entry/></feed>"),
    ],
)
def test_the_judge_refuses_what_is_no_feed(sound, spoilt):
    entry = atom.Entry("http://a/1", "一", "某", "", NINE, NINE)
    written = atom.feed(
        title="t", writer="w", address="http://a/", own="http://a/f", entries=[entry], language="zh"
    )
    hold_to_rfc_4287(written)

    assert sound in written
    with pytest.raises(SPOILT):
        hold_to_rfc_4287(written.replace(sound, spoilt))


def test_the_judge_refuses_what_is_no_map():
    for page in ("/portal/", "http://a/ b"):
        with pytest.raises(SPOILT):
            hold_to_sitemaps_org(atom.sitemap([(page, None)]))
    with pytest.raises(SPOILT):
        hold_to_sitemaps_org(atom.sitemap([("http://a/", NINE), ("http://a/", None)]))


def test_the_map_names_what_is_public_and_nothing_else(client):
    article, hidden = published(), published(at=NINE + timedelta(days=2))
    ColumnFactory(slug="closed", is_open=False)

    root = fromstring(client.get("/portal/sitemap.xml").content)

    places = [loc.text for loc in root.findall("s:url/s:loc", SPACE)]
    assert "http://testserver/portal/" in places
    assert f"http://testserver/portal/a/{article.pk}/" in places
    assert f"http://testserver/portal/c/{article.column.slug}/" in places
    assert not any(f"/a/{hidden.pk}/" in place or "closed" in place for place in places)


def test_robots_are_told_of_the_map_and_kept_out_of_the_rest(client):
    text = client.get("/portal/robots.txt").content.decode()

    assert "Allow: /portal/" in text
    assert "Disallow: /portal/search/" in text
    assert "Sitemap: http://testserver/portal/sitemap.xml" in text


@given(st.text(), st.text(st.characters(codec="utf-8")))
def test_whatever_is_written_the_feed_can_be_read(title, summary):
    try:
        f"{title}{summary}".encode()
    except UnicodeEncodeError:
        return
    entry = atom.Entry("http://a/1", title, "某", summary, NINE, NINE)
    written = atom.feed(
        title="t", writer="w", address="http://a/", own="http://a/f", entries=[entry], language="zh"
    )

    assert len(hold_to_atom(fromstring(written))) == 1
    hold_to_rfc_4287(written)


@pytest.mark.parametrize("address", ["/portal/feed.xml", "/portal/sitemap.xml"])
def test_a_feed_loads_nothing_and_may_be_drawn_by_the_browser_itself(client, address):
    policy = client.get(address)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "script-src" not in policy

"""What feeds and maps are held to by another's hand: libxml2, with schemas written from their rules."""

from pathlib import Path

from lxml import etree

HERE = Path(__file__).parent
ATOM = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
SPOILT = (etree.DocumentInvalid, etree.XMLSyntaxError)
SITEMAP = etree.XMLSchema(etree.parse(HERE / "sitemap.xsd"))


def hold_to_rfc_4287(written: bytes) -> None:
    """It is a feed, and every entry says whose it is."""
    feed = etree.fromstring(written)
    ATOM.assertValid(feed)
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("count(a:author) > 0 or not(a:entry[not(a:author)])", namespaces=space)
    for each in feed.xpath("//a:feed | //a:entry", namespaces=space):
        alternates = each.xpath("a:link[@rel='alternate']/@type", namespaces=space)
        assert len(set(alternates)) == len(alternates)
    numbers = feed.xpath("a:entry/a:id/text()", namespaces=space)
    assert len(set(numbers)) == len(numbers)


def hold_to_sitemaps_org(written: bytes) -> None:
    """It is a map of a site."""
    SITEMAP.assertValid(etree.fromstring(written))

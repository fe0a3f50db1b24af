"""Where an address on a page leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.links import Where, addresses_in, way

PAGE, HOSTS = "/portal/a/7/", {"edu.example"}


def test_links_and_pictures_are_found_each_once_in_their_order():
    html = (
        '<p><a href="/b">一</a><img src="/c.png" alt=""><a href=" /b ">二</a><a name="x">三</a>'
        '<a href="">四</a><img alt="五"><link href="/d"><a href="/e?x=1&amp;y=2">六</a></p>'
    )

    assert addresses_in(html) == ["/b", "/c.png", "/e?x=1&y=2"]


@pytest.mark.parametrize(
    ("address", "where", "path"),
    [
        ("/portal/a/8/", Where.INSIDE, "/portal/a/8/"),
        ("../8/?x=1#top", Where.INSIDE, "/portal/a/8/?x=1"),
        ("https://edu.example", Where.INSIDE, "/"),
        ("https://EDU.example/portal/", Where.INSIDE, "/portal/"),
        ("//edu.example/old.html?id=3", Where.INSIDE, "/old.html?id=3"),
        ("http://elsewhere.example/a#b", Where.OUTSIDE, "http://elsewhere.example/a"),
        ("mailto:a@b.example", Where.NOWHERE, "mailto:a@b.example"),
        ("tel:110", Where.NOWHERE, "tel:110"),
        ("#top", Where.NOWHERE, "#top"),
        ("?page=2", Where.NOWHERE, "?page=2"),
        ("http://[broken", Where.INSIDE, "http://[broken"),
    ],
)
def test_an_address_leads_inside_outside_or_to_no_page(address, where, path):
    assert way(address, PAGE, HOSTS) == (where, path)


@given(st.text(max_size=60))
def test_whatever_is_written_as_an_address_leads_somewhere(address):
    where, path = way(address, PAGE, HOSTS)

    assert where in Where
    assert path or not address


@given(st.text(max_size=200))
def test_whatever_stands_on_a_page_can_be_looked_at(html):
    assert all(each == each.strip() for each in addresses_in(html))

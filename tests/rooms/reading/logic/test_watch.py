"""A page that would act or fetch is refused as it comes, before anything is cleaned away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.enums import Fault
from taihua.rooms.reading.logic.archive import EpubRefused
from taihua.rooms.reading.logic.watch import page_text, refuse_acting


def fault_of(markup: str) -> Fault | None:
    try:
        refuse_acting(markup, "a.xhtml")
    except EpubRefused as refusal:
        return refusal.fault
    return None


@pytest.mark.parametrize(
    "markup",
    [
        "<p>学</p>",
        '<a href="https://example.org/">外边</a>',
        '<a href="mailto:x@example.org">信</a>',
        '<a href="two.xhtml#x">下一章</a>',
        '<img src="moss.png" alt="苔"/>',
        '<link rel="stylesheet" href="style.css"/>',
        "<style>p { color: green }</style>",
        "<p>我们谈 onclick= 和 &lt;script&gt; 的事</p>",
        '<svg viewBox="0 0 1 1"><image xlink:href="cover.png"/></svg>',
        "<!-- <script>alert(1)</script> -->",
        "<!DOCTYPE html><html></html>",
        "",
    ],
)
def test_a_page_that_only_shows_is_let_through(markup):
    assert fault_of(markup) is None


@pytest.mark.parametrize(
    "tag", ["script", "iframe", "frame", "object", "embed", "applet", "form", "base"]
)
@pytest.mark.parametrize("style", ["<{0}>", "<{1}/>", "<p><{0} x='y'", "<{0} src='a'></{0}>"])
def test_no_tag_that_acts_comes_in(tag, style):
    assert fault_of(style.format(tag, tag.upper()) + ">") == Fault.SCRIPT


@pytest.mark.parametrize("attribute", ["onclick", "onload", "ONERROR", "onfocusin", "onbegin"])
@pytest.mark.parametrize("tag", ["p", "img", "svg", "body", "a"])
def test_no_attribute_that_acts_comes_in(tag, attribute):
    assert fault_of(f'<{tag} {attribute}="x">') == Fault.SCRIPT


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:x",
        "\x01javascript:alert(1)",
    ],
)
def test_no_address_that_acts_comes_in(address):
    assert fault_of(f'<a href="{address}">x</a>') == Fault.SCRIPT


@pytest.mark.parametrize("attribute", ["src", "srcset", "poster", "data", "background", "href"])
@pytest.mark.parametrize("address", ["http://x.org/a", "https://x.org/a", "//x.org/a", "ftp://x/a"])
def test_nothing_is_fetched_from_outside(attribute, address):
    assert fault_of(f'<img {attribute}="{address}">') == Fault.OUTSIDE


def test_data_in_an_address_is_from_outside_too():
    assert fault_of('<img src="data:image/svg+xml,<svg onload=alert(1)>">') == Fault.OUTSIDE


@pytest.mark.parametrize("word", ["<!ENTITY", "<!entity", "<!Entity"])
def test_entities_of_its_own_are_refused_in_any_case(word):
    assert fault_of(f"<!DOCTYPE x [{word} a 'b'>]><p>&a;</p>") == Fault.ENTITIES


@given(st.text(st.sampled_from("<>/ =\"'!-abonscript:学"), max_size=60))
def test_any_markup_is_let_through_or_refused_in_words(markup):
    assert fault_of(markup) in {None, *Fault}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "big5", "utf-16", "utf-8-sig"])
def test_a_page_is_read_as_it_says_it_is_written(encoding):
    declared = f'<?xml version="1.0" encoding="{encoding}"?><p>學而</p>'

    assert page_text(declared.encode(encoding), "a").endswith("<p>學而</p>")


def test_a_byte_order_mark_is_believed_before_a_declaration():
    declared = '<?xml version="1.0" encoding="gbk"?><p>学</p>'

    assert "学" in page_text(declared.encode("utf-8-sig"), "a")


@pytest.mark.parametrize("data", [b"\xff\xfe\xd8", b'<?xml encoding="no-such"?>', b"\xc3\x28"])
def test_what_cannot_be_read_is_refused_by_name(data):
    with pytest.raises(EpubRefused, match=r"a\.xhtml"):
        page_text(data, "a.xhtml")

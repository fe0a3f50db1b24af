"""What an EPUB says of itself."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.enums import Fault
from taihua.rooms.reading.logic.archive import Archive, EpubRefused
from taihua.rooms.reading.logic.package import read_package, resolve
from tests.rooms.reading.books import CONTAINER, NAV, OPF, epub


def package_of(**changes: str):
    files = {name.replace("__", "/").replace("_", "."): text for name, text in changes.items()}
    return read_package(Archive(epub(files)))


def fault_of(**changes: str) -> Fault:
    with pytest.raises(EpubRefused) as refusal:
        package_of(**changes)
    return refusal.value.fault


def test_the_package_names_title_author_language_spine_pictures_and_contents():
    package = package_of()

    assert (package.title, package.author, package.language) == ("劝学", "荀子", "zh")
    assert package.spine == ("OPS/text/one.xhtml", "OPS/text/two.xhtml")
    assert package.pictures == ("OPS/pictures/moss.png",)
    assert package.titles == {"OPS/text/one.xhtml": "上篇"}


def test_several_authors_stand_in_a_row_and_empty_ones_do_not():
    two = OPF.replace(
        "<dc:creator>荀子</dc:creator>",
        "<dc:creator> 荀\n 子 </dc:creator><dc:creator/><dc:creator>杨倞</dc:creator>",
    )

    assert package_of(OPS__book_opf=two).author == "荀 子、杨倞"


def test_what_is_not_said_is_empty():
    bare = OPF.replace("<dc:title>劝学</dc:title>", "").replace("<dc:language>zh</dc:language>", "")

    assert (package_of(OPS__book_opf=bare).title, package_of(OPS__book_opf=bare).language) == (
        "",
        "",
    )


def test_a_page_named_twice_is_read_once():
    twice = OPF.replace('<itemref idref="c2"/>', '<itemref idref="c1"/><itemref idref="c2"/>')

    assert package_of(OPS__book_opf=twice).spine == ("OPS/text/one.xhtml", "OPS/text/two.xhtml")


@pytest.mark.parametrize("broken", ['idref="gone"', 'idref="p1"', "x='y'"])
def test_what_is_no_page_is_passed_over(broken):
    opf = OPF.replace('idref="c2"', broken)

    assert package_of(OPS__book_opf=opf).spine == ("OPS/text/one.xhtml",)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"OPS__book_opf": OPF.replace('href="text/one.xhtml"', 'href="http://[bad"')},
            Fault.BROKEN,
        ),
        ({"OPS__book_opf": OPF.replace("pictures/moss", "https://x.org/m")}, Fault.OUTSIDE),
        ({"OPS__book_opf": OPF.replace("nav.xhtml", "../../nav.xhtml")}, Fault.BAD_NAME),
        ({"OPS__book_opf": "<package/>"}, Fault.EMPTY),
        ({"OPS__book_opf": ""}, Fault.BROKEN),
        ({"OPS__nav_xhtml": NAV[:-20]}, Fault.BROKEN),
        ({"OPS__nav_xhtml": NAV.replace("text/one.xhtml", "https://x.org/")}, Fault.OUTSIDE),
    ],
)
def test_a_package_that_is_not_sound_is_refused(changes, fault):
    assert fault_of(**changes) == fault


def test_a_container_that_names_nothing_names_what_is_missing():
    assert fault_of(**{"META-INF__container_xml": CONTAINER.replace("OPS/book.opf", "x")}) == (
        Fault.MISSING
    )


@pytest.mark.parametrize(
    ("home", "href", "name"),
    [
        ("OPS/book.opf", "text/one.xhtml", "OPS/text/one.xhtml"),
        ("OPS/text/one.xhtml", "../pictures/moss.png", "OPS/pictures/moss.png"),
        ("OPS/text/one.xhtml", "two.xhtml#x", "OPS/text/two.xhtml"),
        ("OPS/text/one.xhtml", "#x", "OPS/text/one.xhtml"),
        ("OPS/text/one.xhtml", "", "OPS/text/one.xhtml"),
        ("a.xhtml", "%E7%AC%AC%E4%B8%80%E7%AB%A0.xhtml?x=1", "第一章.xhtml"),
        ("a/b/c.xhtml", "./../d.xhtml", "a/d.xhtml"),
    ],
)
def test_an_address_means_a_file_of_the_book(home, href, name):
    assert resolve(home, href) == name


@given(
    st.lists(st.sampled_from(["a", "b"]), max_size=3),
    st.lists(st.sampled_from(["..", ".", "c", "%2e%2e", "d"]), min_size=1, max_size=8),
)
def test_no_address_means_a_file_outside(folders, parts):
    home = "/".join([*folders, "page.xhtml"])
    try:
        name = resolve(home, "/".join(parts))
    except EpubRefused as refusal:
        assert refusal.fault == Fault.BAD_NAME  # noqa: PT017
    else:
        assert not name.startswith(("/", "../"))
        assert name == posixpath.normpath(name)

"""What is asked of the zip before anything in it is believed."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.enums import Fault
from taihua.rooms.reading.logic import archive
from taihua.rooms.reading.logic.archive import Archive, EpubRefused
from tests.rooms.reading.books import SOUND, epub


def fault_of(data: bytes) -> Fault:
    with pytest.raises(EpubRefused) as refusal:
        Archive(data)
    return refusal.value.fault


def zipped(*entries: tuple[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as made:
        made.writestr("mimetype", SOUND["mimetype"])
        for name, content in entries:
            made.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return packed.getvalue()


def test_the_files_are_named_and_read_on_demand():
    opened = Archive(epub())

    assert opened.names == SOUND.keys()
    assert opened.read("OPS/nav.xhtml").decode() == SOUND["OPS/nav.xhtml"]


def test_folders_are_no_files():
    assert Archive(zipped(("OPS/", b""), ("OPS/a", b"x"))).names == {"mimetype", "OPS/a"}


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(EpubRefused, match=r"OPS/gone"):
        Archive(epub()).read("OPS/gone")


@pytest.mark.parametrize(
    "name",
    [
        "../up", "a/../../up", "/root", "//host/share", "a\\b", "C:", "C:/x", "c:x/y", "..", "a/..",
    ],
)  # fmt: skip
def test_no_name_leads_out_of_the_book(name):
    assert fault_of(zipped((name, b"x"))) == Fault.BAD_NAME


@pytest.mark.parametrize("name", ["a..b", "...", "书/第一章.xhtml", "a b.xhtml", "a:b/c:d"])
def test_odd_names_that_stay_inside_are_taken(name):
    if ":" in name.split("/")[0]:
        assert fault_of(zipped((name, b"x"))) == Fault.BAD_NAME
    else:
        assert name in Archive(zipped((name, b"x"))).names


@given(st.lists(st.sampled_from(["..", ".", "", "a", "b", "书"]), min_size=1, max_size=6))
def test_whatever_is_let_in_stays_below_its_folder(parts):
    name = "/".join(parts)
    try:
        names = Archive(zipped((name, b"x"))).names - {"mimetype"}
    except EpubRefused as refusal:
        assert refusal.fault == Fault.BAD_NAME  # noqa: PT017
        assert ".." in parts or name.startswith("/")
    else:
        assert all(".." not in each.split("/") and each[:1] != "/" for each in names)


@pytest.mark.parametrize(
    ("size", "taken"),
    [(archive.SMALL, True), (archive.SMALL + 1, False)],
)
def test_a_file_may_shrink_much_only_while_it_is_small(size, taken):
    data = zipped(("a", bytes(size)))

    if taken:
        assert len(Archive(data).read("a")) == size
    else:
        assert fault_of(data) == Fault.SWELLS


def test_all_files_together_may_not_be_too_much(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNPACKED", 100)

    assert fault_of(zipped(("a", b"x" * 60), ("b", b"y" * 60))) == Fault.SWELLS


@pytest.mark.parametrize("size", [0, 1, 1000])
def test_the_size_of_the_whole_is_looked_at_first(monkeypatch, size):
    monkeypatch.setattr(archive, "MOST_BYTES", size)

    assert fault_of(b"x" * (size + 1)) == Fault.TOO_BIG


@pytest.mark.parametrize("mimetype", [b"", b"application/zip", b"application/epub+zip+x"])
def test_a_zip_of_another_kind_is_none(mimetype):
    assert fault_of(epub({"mimetype": mimetype})) == Fault.NOT_EPUB


def test_a_line_end_after_the_mimetype_is_forgiven():
    assert Archive(epub({"mimetype": b"application/epub+zip\n"})).names


def test_overlapping_files_are_refused():
    """Two names for one content: how a small zip holds a big bomb."""
    data = bytearray(zipped(("a", b"x" * 100), ("b", b"y" * 100)))
    directory = data.rindex(b"PK\x01\x02")
    first = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[directory + 42 : directory + 46] = data[first + 42 : first + 46]

    with pytest.raises(EpubRefused):
        Archive(bytes(data)).read("b")


@pytest.mark.parametrize("fault", Fault)
def test_every_refusal_is_a_sentence_for_people(fault):
    told = str(EpubRefused(fault))

    assert told.endswith(("。", "）"))
    assert fault.value not in told

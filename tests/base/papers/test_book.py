import json
import resource
from dataclasses import asdict, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.papers import BoundVolume, Part, Piece, to_book
from taihua.base.papers.apart import serve
from taihua.base.papers.layout import PRINT_FONTS
from taihua.base.papers.press import PressFailed, packaged_fonts

DAY = date(2013, 12, 31)
WORDS = st.text(st.sampled_from("学而时习之<>#$_*[]\"'\\，。 "), min_size=1, max_size=12)
PIECES = st.builds(Piece, WORDS, WORDS, WORDS, st.lists(WORDS, max_size=3).map(tuple))
VOLUMES = st.builds(
    BoundVolume,
    title=WORDS,
    subtitle=WORDS,
    publisher=WORDS,
    day=st.dates(),
    preface=st.lists(WORDS, max_size=2).map(tuple),
    parts=st.lists(st.builds(Part, WORDS, st.lists(PIECES, max_size=3).map(tuple)), max_size=3).map(
        tuple
    ),
    colophon=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
)


def volume(*parts, preface=(), day=DAY):
    return BoundVolume("苔花风景", "第三辑", "苔花区教育局", day, preface, parts)


ONE = Piece("后排的座位", "周明", "基础教育科", ("读到那一章，我停了很久。",))
TWO = Piece("两盏灯", "沈青", "苔花一小", ("村小的宿舍只有两盏灯。",))
THREE = Piece("把话问完", "周明", "基础教育科", ("下校调研，我爱讲。",))


@given(VOLUMES)
def test_a_volume_kept_as_data_is_the_same_volume_again(bound):
    told = json.loads(json.dumps(bound.as_json()))

    assert BoundVolume.from_json(told) == bound


def test_authors_stand_in_the_order_of_their_sounds_each_with_all_texts():
    bound = volume(Part("灯下", (ONE, TWO)), Part("校园", (THREE,)))

    assert bound.authors == [("沈青", [2]), ("周明", [1, 3])]


def test_the_same_volume_is_set_to_the_same_bytes_whatever_the_hour():
    bound = volume(Part("灯下", (ONE, TWO)), preface=("序。",))

    first, second = to_book(bound), to_book(bound)

    assert first == second
    assert first.startswith(b"%PDF-1.7")
    assert b"D:20131231" in first


def test_another_day_of_issue_makes_another_file():
    parts = Part("灯下", (ONE,))

    assert to_book(volume(parts)) != to_book(volume(parts, day=date(2014, 1, 1)))


def test_texts_are_never_markup():
    wild = Piece("#panic()", "*周明*", "$x$", ('#read("/etc/passwd") [a] <b> @c \\',))

    assert to_book(volume(Part("= 灯下", (wild,)))).startswith(b"%PDF")


def test_a_volume_without_texts_can_still_be_looked_at():
    assert to_book(volume()).startswith(b"%PDF")


def test_a_sign_that_no_face_has_gives_a_plain_pdf_rather_than_none():
    rare = Piece("\U000f0000", "周明", "", ("一",))

    assert to_book(volume(Part("灯下", (rare,)))).startswith(b"%PDF")


def test_a_book_set_apart_is_the_book_set_here():
    bound = volume(Part("灯下", (ONE, TWO)), preface=("序。",))
    told = {"fonts": asdict(PRINT_FONTS), **bound.as_json(), "authors": bound.authors}
    job, out = json.dumps({"told": told, "folders": packaged_fonts()}), BytesIO()

    serve(BytesIO(job.encode()), out)

    assert out.getvalue() == to_book(bound)


def test_a_press_that_fails_says_so_and_the_house_goes_on(monkeypatch):
    monkeypatch.setattr("sys.executable", "false")

    with pytest.raises(PressFailed, match="exit code 1"):
        to_book(volume(Part("灯下", (ONE,))))


@pytest.mark.skipif(not Path("/proc").exists(), reason="only Linux tells what a process holds")
def test_what_the_press_keeps_of_a_book_does_not_stay_in_the_house():
    """Set here it would: several times as much as this allows."""
    text = "".join(chr(0x4E00 + n) for n in range(200))
    thick = volume(Part("灯下", (Piece("长", "周明", "", (text,) * 1000),)))
    to_book(thick)
    before = resident()

    to_book(replace(thick, subtitle="第四辑"))

    assert resident() - before < 15


def resident():
    """The megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20

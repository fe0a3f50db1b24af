"""The icons in the repository are what the tool draws of the mark, in the sizes they are said to be."""

import struct

import pytest

from tools import icons


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize(("name", "wanted"), icons.WANTED.items())
def test_an_icon_is_drawn_from_the_mark_of_the_house(name, wanted):
    kept = (icons.ICONS / name).read_bytes()

    assert kept == icons.drawn(*wanted), "draw them again: python -m tools.icons"
    assert size_of(kept) == (wanted[0], wanted[0])


def test_the_tool_writes_every_icon_and_names_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(icons, "ICONS", tmp_path)

    icons.main()

    assert {path.name for path in tmp_path.iterdir()} == set(icons.WANTED)
    assert capsys.readouterr().out.split() == list(icons.WANTED)

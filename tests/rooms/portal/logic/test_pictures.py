"""A picture is known by its bytes, and its size is read from them."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.pictures import PictureUnknown, Size, measure
from tests.rooms.portal.conftest import png

sides = st.integers(1, 16_000)


def jpeg(width, height):
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + b"\0" * 9
    return (
        b"\xff\xd8" + app + b"\xff\xff\xc0" + struct.pack(">HBHH", 11, 8, height, width) + b"\0" * 6
    )


def gif(width, height):
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0"


def webp(chunk, body):
    return b"RIFF\0\0\0\0WEBP" + chunk + struct.pack("<I", len(body)) + body


def extended(width, height):
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return webp(b"VP8X", b"\0" * 4 + sizes)


def plain(width, height):
    return webp(
        b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width & 0x3FFF, height & 0x3FFF)
    )


def lossless(width, height):
    return webp(b"VP8L", b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14))


@pytest.mark.parametrize(
    ("made", "kind"),
    [(jpeg, "jpeg"), (gif, "gif"), (extended, "webp"), (plain, "webp"), (lossless, "webp")],
)
@given(width=sides, height=sides)
def test_the_size_is_what_the_bytes_say(made, kind, width, height):
    assert measure(made(width, height)) == Size(f"image/{kind}", width, height)


def test_a_png_is_measured():
    assert measure(png(30, 20)) == Size("image/png", 30, 20)


@given(st.binary(max_size=60))
def test_other_bytes_are_refused_and_nothing_else_happens(content):
    with pytest.raises(PictureUnknown):
        measure(content)


@given(st.sampled_from([png(), jpeg(3, 2), gif(3, 2), extended(3, 2), lossless(3, 2)]), st.data())
def test_what_is_cut_off_before_its_size_is_refused(content, data):
    with pytest.raises(PictureUnknown):
        measure(content[: data.draw(st.integers(0, 9))])


def test_a_picture_of_no_width_is_refused():
    with pytest.raises(PictureUnknown):
        measure(gif(0, 2))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (jpeg(3, 2)[:20] + b"\0" * 20, "no frame"),
        (extended(3, 2)[:29], "cut off"),
        (webp(b"ALPH", b"\0" * 20), "no WebP"),
        (plain(3, 2)[:27], "cut off"),
    ],
)
def test_why_bytes_are_no_picture_is_told(content, why):
    with pytest.raises(PictureUnknown, match=why):
        measure(content)


def test_a_marker_without_a_length_is_passed_over():
    assert measure(b"\xff\xd8\xff\xd0" + jpeg(3, 2)[2:]) == Size("image/jpeg", 3, 2)

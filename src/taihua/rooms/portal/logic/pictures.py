"""What a picture is and how large, read from its first bytes; its name says nothing."""

import struct
from dataclasses import dataclass

LARGEST = 8 * 1024 * 1024
MOST_SIDE = 20_000
PNG, GIF, JPEG = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a"), b"\xff\xd8"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
EXTENDED, PLAIN, LOSSLESS = b"VP8X", b"VP8 ", b"VP8L"


class PictureUnknown(Exception):
    """The bytes are no picture that a page can show."""


@dataclass(frozen=True, slots=True)
class Size:
    """A kind of picture and its measures in pixels."""

    media_type: str
    width: int
    height: int


def measure(content: bytes) -> Size:
    """What kind of picture this is and its size.

    :raises PictureUnknown: neither PNG, JPEG, GIF nor WebP, cut off, or of no size
    """
    try:
        size = _measured(content)
    except (struct.error, IndexError):
        raise PictureUnknown("cut off") from None
    if not (0 < size.width <= MOST_SIDE and 0 < size.height <= MOST_SIDE):
        raise PictureUnknown("no size")
    return size


def _measured(content: bytes) -> Size:
    if content.startswith(PNG) and content[12:16] == b"IHDR":
        return Size("image/png", *struct.unpack_from(">II", content, 16))
    if content.startswith(GIF):
        return Size("image/gif", *struct.unpack_from("<HH", content, 6))
    if content.startswith(JPEG):
        return _jpeg(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    raise PictureUnknown("no picture")


def _jpeg(content: bytes) -> Size:
    at = 2
    while content[at] == 0xFF:  # noqa: PLR2004  # every marker begins so
        marker = content[at + 1]
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return Size("image/jpeg", width, height)
        if marker in {0xFF, *ALONE}:
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004  # filling before a marker
            continue
        at += 2 + int(struct.unpack_from(">H", content, at + 2)[0])
    raise PictureUnknown("no frame")


def _webp(content: bytes) -> Size:
    chunk = content[12:16]
    if chunk == EXTENDED:
        width = int.from_bytes(content[24:27], "little") + 1
        height = int.from_bytes(content[27:30], "little") + 1
        if len(content) < 30:  # noqa: PLR2004
            raise PictureUnknown("cut off")
    elif chunk == PLAIN:
        width, height = (n & 0x3FFF for n in struct.unpack_from("<HH", content, 26))
    elif chunk == LOSSLESS:
        bits = struct.unpack_from("<I", content, 21)[0]
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        raise PictureUnknown("no WebP")
    return Size("image/webp", width, height)

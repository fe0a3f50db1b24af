"""A volume of the anthology of more than three hundred pages as PDF/A and EPUB, beside a volume of one text."""

import os
import shutil
from datetime import date
from io import BytesIO
from itertools import count
from random import Random
from resource import RUSAGE_CHILDREN

from bench.measure import CACHE, Plain, Ratio, peak_memory, side_by_side, timed
from tests.serving import environment

HOME = CACHE / "volume"
DAY = date(2013, 12, 4)
PARTS, A_PART = 6, 25
PARAGRAPHS, SIGNS = 9, 190
USUAL = 2_000  # different signs, as many as a volume of such length really uses


def measure(scale: str, runs: int) -> list[Ratio | Plain]:
    """Both files from the words of an issued volume; the floor is the same work for one short text."""
    del scale  # the size of the volume is the point
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    os.environ |= environment(HOME, TAIHUA_TODAY=DAY.isoformat())
    import django  # noqa: PLC0415  # only now is it known which database is meant

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from pypdf import PdfReader  # noqa: PLC0415

    from taihua.base.papers import BoundVolume, to_book  # noqa: PLC0415
    from taihua.base.papers.book import Part, Piece  # noqa: PLC0415
    from taihua.base.papers.layout import PRINT_FONTS  # noqa: PLC0415
    from taihua.rooms.reading.logic.volume import bind_volume  # noqa: PLC0415

    seeds = count()

    def volume(parts: int, pieces: int) -> BoundVolume:
        text = _Text(Random(next(seeds)))  # the press remembers what it has set before
        return BoundVolume(
            title="海州教育文集",
            subtitle="第九辑",
            publisher="海州区教育局",
            day=DAY,
            preface=text.paragraphs(),
            parts=tuple(
                Part(
                    f"第{part}编",
                    tuple(
                        Piece(text.line(14), f"作者{part}之{number}", "实验小学", text.paragraphs())
                        for number in range(1, pieces + 1)
                    ),
                )
                for part in range(1, parts + 1)
            ),
        )

    faces = PRINT_FONTS.changed(settings.TAIHUA_PRINT_FONTS)
    folders = tuple(settings.TAIHUA_FONT_FOLDERS)

    def printed(bound: BoundVolume) -> bytes:
        return to_book(bound, faces, folders)

    def both(parts: int, pieces: int) -> int:
        bound = volume(parts, pieces)
        return len(printed(bound)) + len(bind_volume(bound))

    first = timed(lambda: both(PARTS, A_PART))[0]
    ours, floor = side_by_side(lambda: both(PARTS, A_PART), lambda: both(1, 1), runs)
    pages = len(PdfReader(BytesIO(printed(volume(PARTS, A_PART)))).pages)
    return [
        Plain("pages of the volume", pages, "pages", "≥ 300"),
        Plain("PDF/A and EPUB of the volume, the first time", first, "s", "≤ 20 s"),
        Ratio("PDF/A and EPUB of the volume", ours, floor, "s", "a volume of one text", "≤ 20 s"),
        Plain("peak memory of the house", peak_memory(), "MB"),
        Plain("peak memory of the press", peak_memory(RUSAGE_CHILDREN), "MB"),
    ]


class _Text:
    """Words without sense in the length of real ones, the same every time."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.signs = [chr(0x4E00 + n) for n in chance.sample(range(0x5000), USUAL)]

    def line(self, signs: int) -> str:
        return "".join(self.chance.choices(self.signs, k=signs))

    def paragraphs(self) -> tuple[str, ...]:
        return tuple(f"{self.line(SIGNS)}。" for _paragraph in range(PARAGRAPHS))

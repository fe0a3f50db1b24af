"""The measures of GB/T 9704-2012, once, for every file format.

A twip is a twentieth of a point. The type area is 156 × 225 mm: 22 lines of 28 characters.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Self

PAGE = (11906, 16838)  # A4
TOP, LEFT, RIGHT, BOTTOM = 2098, 1588, 1474, 1985  # 37, 28, 26 and 35 mm
BODY_SIZE = 16  # points: 3号
TITLE_SIZE = 22  # 2号
SMALL_SIZE = 14  # 4号
NOTE_SIZE = 10.5  # 5号
LINE = 579  # 22 of them fit the type area; 580 would leave room for 21
CHARACTER = 316  # a twenty-eighth of the type area's width
CHARACTER_SPACE = -848  # in 1/4096 point on the grid: 16 pt become 15.79
HEAD_DROP = 1984  # 35 mm from the type area down to the red head
RULE_DROP = 227  # 4 mm from the number to the red line
FOOTER_DISTANCE = 1447  # puts the dashes of the page number 7 mm under the type area
RED = "C00000"
THICK, THIN = 8, 6  # the lines of the foot in eighths of a point: 0.35 mm outside, 0.25 mm between


@dataclass(frozen=True, slots=True)
class Fonts:
    """The families a paper is set in.

    Word files name what a Chinese office has and embed nothing; a PDF needs families whose files
    are at hand and embeds them, so its 仿宋 and 楷体 are replaced by the free song face.
    """

    body: str = "仿宋"
    kai: str = "楷体"
    hei: str = "黑体"
    song: str = "宋体"
    title: str = "方正小标宋简体"

    def changed(self, said: Iterable[str]) -> Self:
        """These families, but for those said otherwise: ``body=仿宋_GB2312``.

        :raises ValueError: something else than a family of a paper is named
        """
        pairs = dict(word.partition("=")[::2] for word in said)
        if unknown := sorted(pairs.keys() - {each.name for each in fields(self)}):
            raise ValueError(f"papers have no face called {', '.join(unknown)}")
        return replace(self, **pairs)


WORD_FONTS = Fonts()
PRINT_FONTS = Fonts(
    body="Noto Serif SC",
    kai="Noto Serif SC",
    hei="Noto Sans CJK SC",
    song="Noto Serif SC",
    title="Noto Serif SC",
)

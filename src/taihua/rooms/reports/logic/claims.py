"""Claims without evidence: quantities that somebody typed instead of placing a figure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from taihua.base.papers.numerals import read
from taihua.rooms.reports.logic.figures import PLACEHOLDER
from taihua.rooms.reports.logic.merge import sentences

MEASURES = (
    "人次|人|名|位|户|本次|本|册|篇|次|期|场|项|条|件|所|家|天|学时|课时|元|万元|亿元|个百分点|%|％"
)
NUMBER = r"(?:\d[\d,，]*(?:\.\d+)?[万亿]?|[零〇一二三四五六七八九十百千两万]+)"
CLAIM = re.compile(
    rf"(?<![\d.第零〇一二三四五六七八九十百千两万])(?P<number>{NUMBER})\s*(?P<more>[余多几]?)(?P<myriad>万?)"
    rf"\s*(?P<measure>{MEASURES})"
)
# Set phrases in which a numeral counts nothing: 一人 as "somebody", 三会一课, 一次性, 一本正经.
PHRASES = re.compile(
    r"一次性|每一[名位人个]|一名名|一本正经|三会一课|一期期|一件件|一项项|万一|一天天|"
    r"千家万户|千篇一律|百家争鸣|一家人|一条心|两条腿"
)
SOURCED = re.compile(r"（(?:来源|出处|据)[：:]?[^（）]{2,}）")
MYRIAD = 10_000


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantity in running text: where it stands, what it says, and what may back it.

    ``sourced`` says that its sentence names a source by hand; ``candidates`` are the figures that
    come to this number (or, where the text says 余 or 多, to somewhat more).
    """

    words: str
    sentence: str
    number: int | None
    sourced: bool
    candidates: tuple[str, ...] = ()


def claims(text: str, numbers: Mapping[str, str] | None = None) -> list[Claim]:
    """The quantities that stand in the text outside of its figures, in order."""
    found = []
    for sentence in sentences(text):
        outside = PHRASES.sub(_blank, PLACEHOLDER.sub(_blank, sentence))
        sourced = bool(SOURCED.search(outside))
        found += [
            _claim(match, sentence.strip(), numbers or {}, sourced=sourced)
            for match in CLAIM.finditer(outside)
        ]
    return found


def without_evidence(text: str, numbers: Mapping[str, str] | None = None) -> list[Claim]:
    """The claims whose sentence does not even name a source."""
    return [claim for claim in claims(text, numbers) if not claim.sourced]


def _claim(
    match: re.Match[str], sentence: str, numbers: Mapping[str, str], *, sourced: bool
) -> Claim:
    number = _number(match["number"] + match["myriad"])
    about = bool(match["more"])
    backing = tuple(
        code
        for code, value in numbers.items()
        if number is not None and _fits(number, value, about)
    )
    return Claim(match.group(), sentence, number, sourced, backing)


def _number(text: str) -> int | None:
    plain = text.replace(",", "").replace("，", "")
    times = 1
    while plain[-1:] in ("万", "亿") and plain[:1].isdigit():
        times *= MYRIAD if plain[-1] == "万" else MYRIAD**2
        plain = plain[:-1]
    if plain[:1].isdigit():
        return round(float(plain) * times)
    return read(plain)


def _fits(number: int, value: str, about: bool) -> bool:  # noqa: FBT001  (private)
    plain = value.replace(",", "")
    if not plain.replace(".", "", 1).isdigit():
        return False
    counted = float(plain)
    scale = 10 ** max(len(str(number)) - 1, 0)  # 600 余: from 600 to below 700
    return number <= counted < number + scale if about else counted == number


def _blank(match: re.Match[str]) -> str:
    """As many full stops of no meaning as there were characters, so that places stay the same."""
    return "·" * len(match.group())

"""Looks for what must not stand on a public page: identity, mobile and bank card numbers.

Digits may be full width and may have spaces, dashes or signs that nobody sees between them. A landline
of an office is no finding. GB 11643 says how the last sign of an identity number follows from the others,
ISO/IEC 7812 (Luhn) how that of a card does: what fails there is some other number.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
IDENTITY, MOBILE = 18, 11
CARD = range(16, 20)
SEEN_AROUND = 8
UNSEEN = "\u200b-\u200f\u2060\ufeff\u00ad"
GAP = rf"[\s\-–—·.{UNSEEN}]{{0,4}}"
RUN = re.compile(rf"\d(?:{GAP}\d)*(?:{GAP}[Xx](?![A-Za-z]))?", re.ASCII)
MOBILE_PART = re.compile(r"(?:0|(?:00?)?86)?(1[3-9]\d{9})", re.ASCII)
MOBILE_GROUPS = (3, 4, 4)
IDENTITY_PART = re.compile(r"(?=([1-9]\d{16}[\dX]))", re.ASCII)
YEARS = range(1900, 2100)
LUHN_LIMIT = 9


class Kind(StrEnum):
    IDENTITY = "identity"
    MOBILE = "mobile"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Finding:
    """A number that must go: where it stands, with the words around it and most of it hidden."""

    kind: Kind
    where: str
    start: int
    length: int
    hidden: str
    around: str


def scan(texts: Iterable[tuple[str, str]]) -> list[Finding]:
    """Everything found in texts, each given with the name of its place."""
    return [finding for where, text in texts for finding in _findings(where, text)]


def masked(text: str) -> str:
    """The text with most of every such number hidden: for what others wrote and everybody reads."""
    for found in reversed(scan([("", text)])):
        text = f"{text[: found.start]}{found.hidden}{text[found.start + found.length :]}"
    return text


def is_identity(number: str) -> bool:
    """Whether 18 signs are an identity number: a day of birth in them, and the check is right."""
    number = number.upper()
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number, re.ASCII):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(sign) * weight for sign, weight in zip(number, WEIGHTS, strict=False))
    return born.year in YEARS and CHECKS[total % 11] == number[17]


def is_card(number: str) -> bool:
    """Whether digits are a bank card's: 16 to 19 of them, not all alike, Luhn's sum is right."""
    if len(number) not in CARD or not number.isascii() or not number.isdigit():
        return False
    if len(set(number)) == 1 or number[0] not in "3456":
        return False
    doubled = (2 * int(sign) for sign in number[-2::-2])
    total = sum(map(int, number[-1::-2])) + sum(n - 9 if n > LUHN_LIMIT else n for n in doubled)
    return total % 10 == 0


def _findings(where: str, text: str) -> Iterator[Finding]:
    plain = _narrow(text)
    for run in RUN.finditer(plain):
        places = [at for at in range(*run.span()) if plain[at].isdigit() or plain[at] in "Xx"]
        signs = "".join(plain[at] for at in places).upper()
        for kind, first, size in _numbers(signs, _groups(places)):
            start, end = places[first], places[first + size - 1] + 1
            around = plain[max(0, start - SEEN_AROUND) : start] + _hidden(
                signs[first : first + size]
            )
            yield Finding(
                kind=kind,
                where=where,
                start=start,
                length=end - start,
                hidden=_hidden(signs[first : first + size]),
                around=(around + plain[end : end + SEEN_AROUND]).replace("\n", " "),
            )


def _groups(places: Sequence[int]) -> list[int]:
    """How many signs of a run stand side by side, group by group."""
    sizes: list[int] = []
    for at, place in enumerate(places):
        if at and place == places[at - 1] + 1:
            sizes[-1] += 1
        else:
            sizes.append(1)
    return sizes


def _numbers(signs: str, groups: Sequence[int]) -> Iterator[tuple[Kind, int, int]]:
    """What a run of digits holds: an identity number anywhere in it, a card or mobile number.

    These are the whole run or a group of it, a mobile number also three groups as it is spoken: in a
    row of a table other numbers stand beside them.
    """
    at = next((m.start() for m in IDENTITY_PART.finditer(signs) if is_identity(m[1])), None)
    if at is not None:
        yield Kind.IDENTITY, at, IDENTITY
        return
    found = {}
    for first, size in _parts(groups):
        part = signs[first : first + size].rstrip("X")
        if is_card(part):
            found[first] = Kind.CARD, len(part)
        elif mobile := MOBILE_PART.fullmatch(part):
            found[first + mobile.start(1)] = Kind.MOBILE, MOBILE
    for first, (kind, size) in sorted(found.items()):
        yield kind, first, size


def _parts(groups: Sequence[int]) -> list[tuple[int, int]]:
    """Where a number may stand in a run, and how long it is."""
    starts = [0, *accumulate(groups)]
    alone = list(zip(starts, groups, strict=False))
    spoken = [
        (starts[at], MOBILE)
        for at in range(len(groups))
        if tuple(groups[at : at + len(MOBILE_GROUPS)]) == MOBILE_GROUPS
    ]
    return [(0, starts[-1]), *alone, *spoken]


def _narrow(text: str) -> str:
    """The text with full-width digits and signs made narrow, sign for sign."""
    return text.translate({ord(sign): _one(sign) for sign in set(text)})


def _one(sign: str) -> str:
    narrow = unicodedata.normalize("NFKC", sign)
    return narrow if len(narrow) == 1 and narrow.isascii() else sign


def _hidden(signs: str) -> str:
    return f"{signs[:3]}{'*' * (len(signs) - 5)}{signs[-2:]}"

"""GIFT, the text form in which question banks travel between systems, read and written.

What this house adds stands where GIFT has room for it: the law and the article are the category
(``$CATEGORY: 义务教育法/第十一条``), the code is the name of the question, the difficulty a tag in a
comment before it (``// [tag:易]``). Several right choices carry equal positive weights. Feedback
to a single choice is kept in the explanation.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from taihua.base.papers.numerals import chinese, read
from taihua.rooms.study.enums import Difficulty, GiftFault, ItemFault, QuestionKind
from taihua.rooms.study.logic.items import BLANK, Choice, Item, faults_of, tidy, truth

SPECIAL = "\\~=#{}:"
MARKED = re.compile(r"\\(.)")
CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)")
PLACE = re.compile(r"(?P<law>[^/]+)/第?(?P<article>[^/第条]+)条?")
TAGS = re.compile(r"\[(id|tag):([^\]]*)\]")
WEIGHT = re.compile(r"%(-?\d+(?:\.\d+)?)%")
FORMATS = re.compile(r"^\[(?:html|plain|markdown|moodle)\]")
LEVELS = {"易": Difficulty.EASY, "中": Difficulty.MIDDLE, "难": Difficulty.HARD}
LEVEL_WORDS = {level: word for word, level in LEVELS.items()}
TRUE, FALSE = {"T", "TRUE"}, {"F", "FALSE"}
# Signs that stand for an escaped one while a question is taken apart.
HIDDEN = {sign: chr(0xE000 + at) for at, sign in enumerate(SPECIAL)} | {"n": "\ue00f"}
SHOWN = {mark: "\n" if sign == "n" else sign for sign, mark in HIDDEN.items()}
UNHIDE = str.maketrans(SHOWN)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong at a line of the file (counted from 1)."""

    line: int
    fault: GiftFault | ItemFault


@dataclass(frozen=True, slots=True)
class Found:
    """A question and the line at which it begins."""

    line: int
    item: Item


@dataclass(slots=True)
class Gift:
    """What a file holds; with a single flaw none of it may be used."""

    found: list[Found] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)


class _Bad(Exception):
    def __init__(self, fault: GiftFault) -> None:
        self.fault = fault


@dataclass(slots=True)
class _Context:
    """What stands before a question and holds for it."""

    law: str = ""
    article: int = 0
    code: str = ""
    difficulty: Difficulty = Difficulty.MIDDLE
    is_placed: bool = False


# --- reading -------------------------------------------------------------------------------------


def read_gift(text: str) -> Gift:
    """Read a whole file; every line that cannot be taken is named, not only the first."""
    gift, context = Gift(), _Context()
    block: list[str] = []
    begun = 0
    for number, line in enumerate(_lines(text), start=1):
        said = line.strip()
        if not block:
            if not _set_aside(said, number, context, gift):
                block, begun = [line], number
        elif not said and not _is_open(block):
            _take(block, begun, context, gift)
            block = []
        elif not said.startswith("//"):
            block.append(line)
    if block:
        _take(block, begun, context, gift)
    return gift


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _is_open(block: Iterable[str]) -> bool:
    """Whether the braces of a question have begun and not ended: it may hold an empty line."""
    hidden = _hide("\n".join(block))
    return hidden.count("{") > hidden.count("}")


def _set_aside(said: str, line: int, context: _Context, gift: Gift) -> bool:
    """Take what is no question: an empty line, a comment with tags, a category."""
    if said.startswith("//"):
        for name, value in TAGS.findall(said):
            if name == "id":
                context.code = value.strip()
            else:
                context.difficulty = LEVELS.get(value.strip(), context.difficulty)
    elif category := CATEGORY.fullmatch(said):
        place = PLACE.fullmatch(_show(_hide(category[1])).strip())
        article = _number(place["article"]) if place else None
        context.is_placed = place is not None and bool(article)
        if place is None or not article:
            gift.flaws.append(Flaw(line, GiftFault.BAD_CATEGORY))
        else:
            context.law, context.article = place["law"].strip("《》 "), article
    elif said:
        return False
    return True


def _number(said: str) -> int | None:
    said = said.strip()
    return int(said) if said.isdecimal() else read(said)


def _take(block: list[str], line: int, context: _Context, gift: Gift) -> None:
    try:
        item = _item("\n".join(block).strip(), context)
    except _Bad as bad:
        gift.flaws.append(Flaw(line, bad.fault))
        return
    finally:
        context.code, context.difficulty = "", Difficulty.MIDDLE
    faults = faults_of(item)
    gift.flaws += [Flaw(line, fault) for fault in faults]
    if not faults:
        gift.found.append(Found(line, item))


def _item(text: str, context: _Context) -> Item:
    if not context.is_placed:
        raise _Bad(GiftFault.NO_CATEGORY)
    named, rest = _name(_hide(text))
    stem, block, after = _parts(rest)
    answers, general = _split_general(block)
    kind, choices, asides = _answers(answers.strip())
    stem = FORMATS.sub("", stem.strip())
    if after.strip():
        stem = f"{stem}{BLANK}{after.rstrip()}"
    elif kind is QuestionKind.FILL and BLANK not in stem:
        stem = f"{stem}{BLANK}"
    return tidy(
        Item(
            code=context.code or _show(named),
            law=context.law,
            article=context.article,
            kind=kind,
            difficulty=context.difficulty,
            stem=_show(stem),
            choices=choices,
            explanation="\n".join([_show(general).strip(), *asides]).strip(),
        )
    )


def _name(hidden: str) -> tuple[str, str]:
    if not hidden.startswith("::"):
        return "", hidden
    name, closed, rest = hidden[2:].partition("::")
    if not closed:
        raise _Bad(GiftFault.NOT_NAMED)
    return name.strip(), rest


def _parts(hidden: str) -> tuple[str, str, str]:
    """The words before the braces, what is in them, the words after."""
    stem, opened, rest = hidden.partition("{")
    if not opened:
        raise _Bad(GiftFault.NO_ANSWERS)
    block, closed, after = rest.partition("}")
    if not closed:
        raise _Bad(GiftFault.NOT_CLOSED)
    if "{" in block or "{" in after or "}" in after:
        raise _Bad(GiftFault.TWO_BLOCKS)
    return stem, block, after


def _split_general(block: str) -> tuple[str, str]:
    answers, _marks, general = block.partition("####")
    return answers, general


def _answers(block: str) -> tuple[QuestionKind, tuple[Choice, ...], list[str]]:
    word, _mark, aside = block.partition("#")
    if word.strip().upper() in TRUE | FALSE:
        told = [_show(part).strip() for part in aside.split("#") if part.strip()]
        return QuestionKind.TRUTH, truth(is_true=word.strip().upper() in TRUE), told
    if not block or block.startswith("#"):
        raise _Bad(GiftFault.UNSUPPORTED)
    if block[0] not in "=~":
        raise _Bad(GiftFault.STRAY)
    return _choices(list(_pieces(block)))


def _pieces(block: str) -> Iterator[tuple[str, str]]:
    """Each answer with the sign before it."""
    signs = re.split(r"([=~])", block)[1:]
    yield from zip(signs[::2], signs[1::2], strict=True)


def _choices(
    pieces: list[tuple[str, str]],
) -> tuple[QuestionKind, tuple[Choice, ...], list[str]]:
    choices: list[Choice] = []
    asides: list[str] = []
    weighted = False
    for sign, piece in pieces:
        words, _mark, aside = piece.strip().partition("#")
        weight = WEIGHT.match(words)
        if weight is None and "->" in words and sign == "=":
            raise _Bad(GiftFault.UNSUPPORTED)
        said = _show(words[weight.end() if weight else 0 :]).strip()
        counts = weight is not None and float(weight[1]) > 0
        weighted = weighted or (sign == "~" and counts)
        choices.append(Choice(said, sign == "=" or counts))
        if aside.strip():
            asides.append(f"{said}：{_show(aside).strip()}")
    if all(sign == "=" for sign, _piece in pieces):
        return QuestionKind.FILL, tuple(choices), asides
    kind = QuestionKind.SEVERAL if weighted else QuestionKind.SINGLE
    return kind, tuple(choices), asides


def _hide(text: str) -> str:
    """Put a stand-in for every escaped sign, so that what is left has its meaning."""
    return MARKED.sub(lambda found: HIDDEN.get(found[1], found[0]), text)


def _show(hidden: str) -> str:
    return hidden.translate(UNHIDE)


# --- writing -------------------------------------------------------------------------------------


def write_gift(items: Iterable[Item]) -> str:
    """The questions as a file that :func:`read_gift` reads as the same."""
    written: list[str] = []
    place = ("", 0)
    for item in items:
        if (item.law, item.article) != place:
            place = (item.law, item.article)
            written.append(f"$CATEGORY: {item.law}/第{chinese(item.article)}条\n")
        written.append(_written(item))
    return "\n".join(written)


def _written(item: Item) -> str:
    stem = f"[plain]{item.stem}" if FORMATS.match(item.stem) else item.stem
    lines = [
        f"// [tag:{LEVEL_WORDS[item.difficulty]}]",
        f"::{_escaped(item.code)}::{_escaped(stem)} {{",
    ]
    if item.kind is QuestionKind.TRUTH:
        lines.append("TRUE" if item.choices[0].is_right else "FALSE")
    else:
        share = f"%{100 / max(1, len(item.right)):.5f}%"
        lines += [_choice(item.kind, choice, share) for choice in item.choices]
    if item.explanation:
        lines.append(f"####{_escaped(item.explanation)}")
    lines.append("}\n")
    return "\n".join(lines)


def _choice(kind: QuestionKind, choice: Choice, share: str) -> str:
    said = _escaped(choice.text)
    if kind is QuestionKind.SEVERAL:
        return f"~{share if choice.is_right else '%-100%'}{said}"
    # Words that look like a weight or a pair are kept as words by a weight before them.
    guard = "%100%" if choice.is_right else "%0%"
    looks_marked = WEIGHT.match(choice.text) or "->" in choice.text
    return f"{'=' if choice.is_right else '~'}{guard if looks_marked else ''}{said}"


def _escaped(text: str) -> str:
    marked = "".join(f"\\{sign}" if sign in SPECIAL else sign for sign in text)
    return marked.replace("\n", "\\n")

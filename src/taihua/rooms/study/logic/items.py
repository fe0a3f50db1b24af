"""A question of the bank as pure data: what is wrong with it, and whether an answer is right."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from taihua.base.papers.numerals import read
from taihua.rooms.study.enums import Difficulty, ItemFault, QuestionKind

BLANK = "____"
TRUTH = ("正确", "错误")
LONGEST_STEM, LONGEST_CHOICE, LONGEST_EXPLANATION = 500, 200, 1000
FEWEST = {QuestionKind.SINGLE: 2, QuestionKind.SEVERAL: 3}
MOST_CHOICES = 6
MOST_ACCEPTED = 12
NUMERAL = re.compile("[零〇一二两三四五六七八九十百千万]+")
LETTERS = "ABCDEF"
UNSHOWN = {"Cc", "Co", "Cs", "Cn"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, or for a blank one wording that is accepted (then always right)."""

    text: str
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question with the article that proves it, as files bear it (试题).

    ``law`` is the short name of the law, ``article`` the number of its article. A question of truth
    has the two choices of ``TRUTH``.
    """

    code: str
    law: str
    article: int
    kind: QuestionKind
    difficulty: Difficulty = Difficulty.MIDDLE
    stem: str
    choices: tuple[Choice, ...]
    explanation: str = ""

    @property
    def right(self) -> tuple[int, ...]:
        """The places of the right choices."""
        return tuple(at for at, choice in enumerate(self.choices) if choice.is_right)

    @property
    def letters(self) -> str:
        """The right choices as a sheet writes them: B, ACD, 对, or the accepted wordings."""
        match self.kind:
            case QuestionKind.TRUTH:
                return "对" if self.choices[0].is_right else "错"
            case QuestionKind.FILL:
                return "；".join(choice.text for choice in self.choices)
        return "".join(LETTERS[at] for at in self.right)


def truth(*, is_true: bool) -> tuple[Choice, Choice]:
    """The two choices of a question of truth."""
    return Choice(TRUTH[0], is_true), Choice(TRUTH[1], not is_true)


def faults_of(item: Item) -> list[ItemFault]:
    """Everything that is wrong with a question as it stands; its law is looked up elsewhere."""
    return [*_of_the_words(item), *_of_the_choices(item)]


def _of_the_words(item: Item) -> Iterator[ItemFault]:
    if not item.stem.strip():
        yield ItemFault.NO_STEM
    longest = max((len(choice.text) for choice in item.choices), default=0)
    if (
        len(item.stem) > LONGEST_STEM
        or longest > LONGEST_CHOICE
        or len(item.explanation) > LONGEST_EXPLANATION
    ):
        yield ItemFault.LONG
    if item.kind is QuestionKind.FILL and BLANK not in item.stem:
        yield ItemFault.NO_BLANK


def _of_the_choices(item: Item) -> Iterator[ItemFault]:
    texts = [choice.text.strip() for choice in item.choices]
    if not all(texts):
        yield ItemFault.EMPTY_CHOICE
    if len(set(texts)) < len(texts):
        yield ItemFault.SAME_CHOICES
    if len(texts) < FEWEST.get(item.kind, 1):
        yield ItemFault.FEW_CHOICES
    if len(texts) > (MOST_ACCEPTED if item.kind is QuestionKind.FILL else MOST_CHOICES):
        yield ItemFault.MANY_CHOICES
    if not item.right:
        yield ItemFault.NONE_RIGHT
    elif item.kind is QuestionKind.SINGLE and len(item.right) > 1:
        yield ItemFault.ONE_RIGHT
    elif item.kind is QuestionKind.SEVERAL and len(item.right) == 1:
        yield ItemFault.SEVERAL_RIGHT


def tidy(item: Item) -> Item:
    """The question without idle spaces and without signs that no page can show."""
    return replace(
        item,
        stem=_clean(item.stem),
        explanation=_clean(item.explanation),
        choices=tuple(Choice(_clean(choice.text), choice.is_right) for choice in item.choices),
    )


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in UNSHOWN
    ).strip()


def is_right(
    kind: str, choices: Sequence[Choice], chosen: Sequence[int] = (), written: str = ""
) -> bool:
    """Whether an answer is right: exactly the right choices, or an accepted wording.

    Nothing chosen is never right.
    """
    if kind == QuestionKind.FILL:
        said = plain(written)
        return bool(said) and said in {plain(choice.text) for choice in choices}
    return set(chosen) == {at for at, choice in enumerate(choices) if choice.is_right}


def plain(text: str) -> str:
    """Words as they are compared: without widths, spaces and marks, numerals as digits."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(sign for sign in narrow if unicodedata.category(sign)[0] in "LN")
    return NUMERAL.sub(lambda found: _digits(found[0]), kept)


def _digits(numeral: str) -> str:
    value = read(numeral)
    return numeral if value is None else str(value)

"""What single dues ask for: kept in Chinese, whoever made them, and said as the page speaks."""

import re
from functools import cached_property

from django.utils.translation import gettext

VALUE = re.compile(r"%\((\w+)\)[sd]")


class Promise:
    """A sentence with gaps (事项): it makes what is kept, and knows again what it made."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        KNOWN.append(self)

    def of(self, **values: object) -> str:
        """The sentence with its gaps filled, as it is kept."""
        return self.sentence % values

    def again(self, what: str) -> str | None:
        """A kept sentence in the language of the page; None if it was another that made it."""
        found = self._pattern.fullmatch(what)
        # What is read back is text, a number too.
        return VALUE.sub(r"%(\1)s", gettext(self.sentence)) % found.groupdict() if found else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = VALUE.split(self.sentence)
        gaps = [f"(?P<{part}>.+)" if n % 2 else re.escape(part) for n, part in enumerate(words)]
        return re.compile("".join(gaps), re.DOTALL)


KNOWN: list[Promise] = []  # as the rooms make theirs


def spoken(what: str) -> str:
    """A kept sentence in the language of the page; one that people wrote stays as they wrote it."""
    return next(filter(None, (promise.again(what) for promise in KNOWN)), what)

"""The figures in a published document: inside the house they open, outside they tell their basis."""

import re

FIGURE = re.compile(r'(<a class="figure" href=")[^"]*("[^>]* data-note="(\d+)")')


def for_strangers(html: str) -> str:
    """A document's text in which each figure leads to its basis at the foot.

    Where its records open is for those who are logged in.
    """
    return FIGURE.sub(r"\1#note-\3\2", html)

"""What must not stand in a note that others read."""

import re

IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def private_marks(text: str) -> list[str]:
    """The identity and telephone numbers in a text, in their order, each once."""
    found = [
        (m.start(), m.group()) for pattern in (IDENTITY, MOBILE) for m in pattern.finditer(text)
    ]
    return list(dict.fromkeys(number for _start, number in sorted(found)))

"""Counting for many at once: a bit of each number stands for one of them.

A count is kept in binary, one number for each binary place, the lowest first.
"""

from collections.abc import Iterable, Mapping, Sequence


def counted[T](signs: Iterable[T], having: Mapping[T, int]) -> list[int]:
    """How many of ``signs`` each of them has; ``having`` tells who has a sign."""
    digits: list[int] = []
    for sign in signs:
        carry = having.get(sign, 0)
        place = 0
        while carry:
            if place == len(digits):
                digits.append(0)
            digits[place], carry = digits[place] ^ carry, digits[place] & carry
            place += 1
    return digits


def at_least(digits: Sequence[int], number: int, whom: int) -> int:
    """Those among ``whom`` whose count is that number or more."""
    if number.bit_length() > len(digits):
        return 0 if number > 0 else whom
    more, even = 0, whom
    for place in reversed(range(len(digits))):
        if number >> place & 1:
            even &= digits[place]
        else:
            more |= even & digits[place]
            even &= ~digits[place]
    return more | even

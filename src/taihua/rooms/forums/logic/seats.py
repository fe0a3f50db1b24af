"""Seats go to those who asked first; whoever gives one back lets the first who waits move up."""

from collections.abc import Sequence


def seated[T](asked: Sequence[T], seats: int | None) -> tuple[list[T], list[T]]:
    """Who has a seat and who waits, both in the order in which they asked.

    Nothing of it is stored, so that a seat can neither be given twice nor be forgotten.
    """
    if seats is None:
        return list(asked), []
    return list(asked[:seats]), list(asked[seats:])

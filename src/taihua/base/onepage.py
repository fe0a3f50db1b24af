"""Read once a page (一页只读一次): what a page has asked of the database, it need not ask again.

A page that only shows changes nothing, so what it read first stands until it is drawn. Whatever is
outside such a page (a form that is handed in, a job, a command, most tests) asks each time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

type Answers = dict[tuple[object, ...], Any]

_answers: ContextVar[Answers | None] = ContextVar("answers", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Within this block a function that is :func:`read_once` asks once for the same arguments."""
    before = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(before)


def read_once[**P, R](read: Callable[P, R]) -> Callable[P, R]:
    """Let ``read`` keep its answers for one page; they must never be changed by who gets them.

    Its arguments must be hashable: rows are, by their class and number.
    """

    @wraps(read)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        answers = _answers.get()
        if answers is None:
            return read(*args, **kwargs)
        asked = (read, args, tuple(sorted(kwargs.items())))
        if asked not in answers:
            answers[asked] = read(*args, **kwargs)
        answer: R = answers[asked]
        return answer

    return ask

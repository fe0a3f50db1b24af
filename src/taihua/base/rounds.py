"""Work that comes round by itself: declared where the work is, done by worker or ``taihua tick``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.tasks import Task

type AnyTask = Task[..., Any]


@dataclass(frozen=True, slots=True)
class Round:
    """A task that is due at every minute that its cron line names, in the local time zone."""

    code: str
    task: AnyTask
    cron: str


_rounds: dict[str, Round] = {}


def comes_round(code: str, cron: str) -> Callable[[AnyTask], AnyTask]:
    """Let a task come round: ``@comes_round("site.sweep", "15 3 * * *")`` above ``@task``.

    It may run twice (at-least-once), so it must be harmless to repeat. Declare it in ``tasks.py``.

    :raises ValueError: the code is taken by another task
    """

    def declare(task: AnyTask) -> AnyTask:
        known = _rounds.get(code)
        if known and known.task.module_path != task.module_path:
            raise ValueError(f"{code!r} already comes round as {known.task.module_path}")
        _rounds[code] = Round(code, task, cron)
        return task

    return declare


def rounds() -> list[Round]:
    """All that come round, by code."""
    return [_rounds[code] for code in sorted(_rounds)]

"""Tells the worker what comes round, and when."""

from typing import Any

from django_ox.schedules import Schedule, schedules_from_options

from taihua.base.rounds import rounds


class Source:
    """The worker asks this on every pass (``SCHEDULE_SOURCE``); nothing of it is stored."""

    def __init__(self, options: dict[str, Any], alias: str) -> None:
        self.alias = alias
        self.made: dict[tuple[str, ...], list[Schedule]] = {}

    def schedules(self) -> list[Schedule]:
        key = tuple(each.code for each in rounds())
        if key not in self.made:
            declared = {
                each.code: {"task": each.task.module_path, "cron": each.cron} for each in rounds()
            }
            self.made = {key: schedules_from_options({"SCHEDULES": declared}, self.alias)}
        return self.made[key]

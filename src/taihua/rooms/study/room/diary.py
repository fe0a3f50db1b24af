"""A year told as it went: what is to happen is written down in any order and happens in time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from taihua.base.clock import local_day

type Event = Callable[[datetime], None]


@dataclass(slots=True)
class Diary:
    """Events by their moment; those after the last day never happen. An event may add later ones."""

    last: date
    events: list[tuple[datetime, int, Event]] = field(default_factory=list)

    def at(self, moment: datetime, event: Event) -> None:
        self.events.append((moment, len(self.events), event))

    def happen(self) -> None:
        """Let everything happen, earliest first."""
        done = 0
        while len(self.events) > done:
            waiting = sorted(self.events[done:], key=lambda each: each[:2])
            self.events[done:] = waiting
            moment, _number, event = self.events[done]
            done += 1
            if local_day(moment) <= self.last:
                event(moment)

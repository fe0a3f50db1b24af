"""Times, medians, memory, and the lines that tell them."""

import gc
import os
import platform
import resource
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "bench"
SCALES = {"small": 1_000, "full": 10_000}


@dataclass(frozen=True, slots=True)
class Ratio:
    """Something measured beside its floor, in the same unit."""

    what: str
    value: float
    floor: float
    unit: str
    floor_is: str
    target: str = ""

    @property
    def ratio(self) -> float:
        return self.value / self.floor if self.floor else float("inf")

    def line(self) -> str:
        told = f"{self.what}: {self.value:,.3g} {self.unit}"
        against = f"{self.ratio:.2f} × {self.floor_is} ({self.floor:,.3g} {self.unit})"
        return f"  {told} = {against}{f'   target {self.target}' if self.target else ''}"

    def data(self) -> dict[str, object]:
        return asdict(self) | {"ratio": round(self.ratio, 3)}


@dataclass(frozen=True, slots=True)
class Plain:
    """Something measured against a fixed target."""

    what: str
    value: float
    unit: str
    target: str = ""

    def line(self) -> str:
        told = f"  {self.what}: {self.value:,.3g} {self.unit}"
        return f"{told}{f'   target {self.target}' if self.target else ''}"

    def data(self) -> dict[str, object]:
        return asdict(self)


type Clock = Callable[[], float]


def timed[T](work: Callable[[], T], clock: Clock = time.perf_counter) -> tuple[float, T]:
    """The seconds that ``work`` takes, and what it gives."""
    gc.collect()
    begun = clock()
    given = work()
    return clock() - begun, given


def side_by_side(
    ours: Callable[[], object],
    floor: Callable[[], object],
    runs: int,
    clock: Clock = time.perf_counter,
) -> tuple[float, float]:
    """The median seconds of both, taken in turns, so that a noisy machine disturbs both alike.

    What runs in this process alone is best timed by ``time.process_time``: others do not count.
    """
    our_times: list[float] = []
    floor_times: list[float] = []
    for run in range(runs):
        for work, times in ((ours, our_times), (floor, floor_times))[:: -1 if run % 2 else 1]:
            times.append(timed(work, clock)[0])
    return statistics.median(our_times), statistics.median(floor_times)


def peak_memory(whose: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process has held, or one of those it waited for, in megabytes."""
    peak = resource.getrusage(whose).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024 / 1024


def machine() -> str:
    """What it was measured on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [li for li in cpuinfo.read_text().splitlines() if li.startswith("model name")]
        model = names[0].split(":", 1)[1].strip() if names else model
    return (
        f"{os.cpu_count()} × {model}, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )

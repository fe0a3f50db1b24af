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


def timed[T](work: Callable[[], T]) -> tuple[float, T]:
    """The seconds that ``work`` takes, and what it gives."""
    gc.collect()
    begun = time.perf_counter()
    given = work()
    return time.perf_counter() - begun, given


def side_by_side(
    ours: Callable[[], object], floor: Callable[[], object], runs: int
) -> tuple[float, float]:
    """The median seconds of both, taken in turns, so that a noisy machine disturbs both alike."""
    pairs = [
        (timed(ours)[0], timed(floor)[0])
        if run % 2 == 0
        else tuple(reversed((timed(floor)[0], timed(ours)[0])))
        for run in range(runs)
    ]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def peak_memory() -> float:
    """The most memory that this process has held, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
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

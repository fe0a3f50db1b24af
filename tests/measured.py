"""Measures what the tests of one process reach: ``pytest -p tests.measured``; tools/floors.py judges it.

From Python 3.14 on, coverage can watch branches at nearly no cost; before, its tracer makes the tests
two thirds slower. But Python 3.13 tells as well that a branch was taken and where it led. It only
cannot stop telling about one of the two ways, so here a branch is let go when it has gone both.
COVERAGE_CORE=ctrace measures by the tracer: it finds the same.
"""

import os
import sys
from types import CodeType

import coverage
from coverage import core, env, sysmon

# What each database and each worker reached is kept apart; tools/floors.py puts it together.
DATABASE = "postgresql" if "TAIHUA_TEST_DATABASE_URL" in os.environ else "sqlite"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


class BothWays(sysmon.SysMonitor):
    """Hears of a branch until it has gone both ways."""

    def __init__(self) -> None:
        super().__init__()
        self.went: dict[tuple[int, int], int] = {}

    def sysmon_branch_either(
        self, code: CodeType, instruction_offset: int, destination_offset: int
    ) -> sysmon.MonitorReturn:
        branch = (id(code), instruction_offset)
        before = self.went.get(branch)
        if before == destination_offset:
            return None
        super().sysmon_branch_either(code, instruction_offset, destination_offset)
        if before is None:
            self.went[branch] = destination_offset
            return None
        return sysmon.DISABLE


if sys.version_info < (3, 14):
    sys.monitoring.events.BRANCH_LEFT = sys.monitoring.events.BRANCH
    sys.monitoring.events.BRANCH_RIGHT = sys.monitoring.events.BRANCH
    env.PYBEHAVIOR.branch_right_left = True
    core.SysMonitor = BothWays

measuring = coverage.Coverage(data_suffix=f"{DATABASE}.{WORKER}")
measuring.set_option("run:core", os.environ.get("COVERAGE_CORE", "sysmon"))
measuring.start()


def pytest_sessionfinish() -> None:
    """Write down what was reached; the one who hands out the tests has nothing to say."""
    measuring.stop()
    measuring.save()

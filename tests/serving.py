"""Real processes of the house, on a database file, for the tests that need them."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120  # seconds a slow machine may take
TOO_LONG = 1800  # seconds: only a command that hangs takes so long, however busy the machine


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a house that lives in ``home`` and knows nothing of the developer's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TAIHUA_")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "taihua.site.settings",
        "PYTHONPATH": str(ROOT),
        "TAIHUA_HOME": str(home),
        "TAIHUA_SECRET_KEY": "tests-only",
        "TAIHUA_TOKEN_KEY": "tests-only",
        **more,
    }


def taihua(home: Path, *words: str, code: int = 0, **more: str) -> str:
    """What a command of the house prints; it must end with ``code``."""
    done = subprocess.run(
        [sys.executable, "-m", "taihua", *words],
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TOO_LONG,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == code, f"{words} ended with {done.returncode}:\n{said}"
    return said


@dataclass
class Served:
    """A house that is open: where, and by which process."""

    address: str
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """``kill -9`` of everything at once, as a power cut does."""
        parent = psutil.Process(self.process.pid)
        for each in [parent, *parent.children(recursive=True)]:
            each.send_signal(signal.SIGKILL)
        self.process.wait()

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


@contextmanager
def served(
    home: Path, *words: str, start_new_session: bool = False, **more: str
) -> Iterator[Served]:
    """``taihua serve`` on a free port, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "taihua", "serve", "--port", "0", *words],
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=start_new_session,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+?/", line)
        assert found, f"the server said {line!r} and ended with {process.poll()}"
        house = Served(found.group().rstrip("/"), process)
        wait_for(lambda: _answers(house.address), "the server to answer")
        yield house
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()


def wait_for(happens: Callable[[], bool], what: str) -> None:
    """Look until it happens, or fail."""
    until = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < until, f"waited {PATIENCE} s for {what}"
        time.sleep(0.05)


def _answers(address: str) -> bool:
    host, _, port = address.removeprefix("http://").rpartition(":")
    for each in psutil.net_connections("tcp"):
        if each.status == psutil.CONN_LISTEN and each.laddr.port == int(port):
            return host in {"127.0.0.1", "localhost"}
    return False

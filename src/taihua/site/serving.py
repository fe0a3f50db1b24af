"""The web server and the worker beside it, as one process tree."""

import multiprocessing
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from taihua.site.orphans import PARENT

APPLICATION = "taihua.site.wsgi:application"
BLOCKING_THREADS = 4
# Granian counts connections here, idle ones of open browsers too, not requests under way.
CONNECTIONS_PER_PROCESS = 1024
PORTS_TRIED = 50
PATIENCE = 20  # seconds that an ending process has to finish what is under way


class PortTaken(Exception):
    """Nobody can listen where it was asked for."""


def free_port(host: str, port: int, *, or_next: bool) -> int:
    """The port to listen at: the one asked for, or with ``or_next`` the first free one after it.

    :raises PortTaken: there is none
    """
    for candidate in range(port, port + (PORTS_TRIED if or_next else 1)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            number: int = probe.getsockname()[1]
            return number
    raise PortTaken(f"{host}:{port}")


def make_ready() -> None:
    """Bring the tables up to date and lay out the static files."""
    call_command("migrate", interactive=False, verbosity=0)
    if not _static_is_fresh():
        call_command("collectstatic", interactive=False, verbosity=0, clear=False)


def _static_is_fresh() -> bool:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return False
    made = manifest.stat().st_mtime
    return all(
        Path(storage.path(name)).stat().st_mtime <= made
        for finder in get_finders()
        for name, storage in finder.list([])
    )


def serve(host: str, port: int, processes: int) -> None:
    """Answer until told to stop (SIGTERM, SIGINT); what is under way is finished first."""
    os.environ[PARENT] = str(os.getpid())
    # Fresh processes: a forked one would share our thread's locks and our database connection.
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=BLOCKING_THREADS,
        backpressure=CONNECTIONS_PER_PROCESS,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep a worker running beside the server: one that dies is started anew."""
    keeper = _Keeper([sys.executable, "-m", "taihua", "worker"])
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()


class _Keeper(threading.Thread):
    def __init__(self, command: list[str]) -> None:
        super().__init__(name="worker-keeper", daemon=True)
        self.command = command
        self.ending = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        environment = os.environ | {PARENT: str(os.getpid())}
        while not self.ending.is_set():
            self.process = subprocess.Popen(self.command, env=environment, stdin=subprocess.DEVNULL)
            self.process.wait()
            self.ending.wait(1)

    def stop(self) -> None:
        self.ending.set()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()

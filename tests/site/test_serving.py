"""The server and the worker as real processes, and what is left when the plug is pulled."""

import os
import signal
import socket
import sqlite3
import threading
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import psutil
import pytest

from taihua.site import serving
from tests.serving import served, taihua, wait_for

FAULTS = {"DJANGO_SETTINGS_MODULE": "tests.site.faults_settings"}
MAKE_READY = """
from taihua.kernel.org.models import Person
Person.objects.create(code="1", name="沈青")
"""
ENQUEUE = """
from tests.site.faults import write_a_line
write_a_line.enqueue({into!r}, {hang!r})
"""


def post(address: str) -> bool:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method="POST"), timeout=10):
            return True
    except (urllib.error.URLError, OSError):
        return False


def write_until_cut(address: str, acknowledged: list[str], enough: threading.Event) -> None:
    while True:
        number = str(uuid.uuid4())
        if not post(f"{address}/record/{number}"):
            return
        acknowledged.append(number)
        if len(acknowledged) >= 100:
            enough.set()


def on_record(database: Path) -> set[str]:
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute("SELECT uuid FROM records_statement").fetchall()
    connection.close()
    return {str(uuid.UUID(row[0])) for row in rows}


def test_kill_9_of_the_server_loses_nothing_that_was_acknowledged(home):
    taihua(home, "shell", "-v0", "-c", MAKE_READY, **FAULTS)
    acknowledged: list[str] = []
    enough = threading.Event()

    with served(home, "--processes", "2", "--no-worker", **FAULTS) as house:
        writers = [
            threading.Thread(target=write_until_cut, args=(house.address, acknowledged, enough))
            for _ in range(4)
        ]
        for writer in writers:
            writer.start()
        assert enough.wait(120)
        house.kill()
        for writer in writers:
            writer.join()

    assert len(acknowledged) >= 100
    assert set(acknowledged) <= on_record(home / "taihua.sqlite3")
    with served(home, "--no-worker", **FAULTS) as again:
        assert post(f"{again.address}/record/{uuid.uuid4()}")


def test_when_only_the_first_process_is_killed_the_others_leave_too(home):
    with served(home, "--processes", "2", **FAULTS) as house:
        wait_for(lambda: len(house.family()) >= 3, "two servers and a worker")
        family = house.family()
        house.process.kill()
        house.process.wait()

        wait_for(lambda: not any(_lives(each) for each in family), "all to leave")


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_told_to_stop_the_server_first_finishes_what_is_under_way(home):
    answers: list[bool] = []
    with served(home, "--processes", "1", "--no-worker", **FAULTS) as house:
        asker = threading.Thread(target=lambda: answers.append(post(f"{house.address}/slow")))
        asker.start()
        time.sleep(0.5)
        house.process.terminate()
        asker.join()

        assert answers == [True]
        assert house.process.wait(30) == 0


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_that_reaches_the_whole_group_stops_the_house_at_once(home, told):
    with served(home, "--processes", "2", start_new_session=True, **FAULTS) as house:
        wait_for(lambda: post(f"{house.address}/slow"), "an answer")
        started = time.monotonic()
        os.killpg(house.process.pid, told)

        assert house.process.wait(60) == 0
        assert time.monotonic() - started < serving.PATIENCE / 2


def test_a_job_whose_worker_was_killed_is_taken_up_again(home):
    lines, hang = home / "lines", home / "hang"
    lines.touch()
    hang.touch()
    short = FAULTS | {"TAIHUA_LEASE": "3"}
    with served(home, "--processes", "1", **short) as house:
        job = ENQUEUE.format(into=str(lines), hang=str(hang))
        taihua(home, "shell", "-v0", "-c", job, **short)
        wait_for(lambda: lines.read_text() == "begun\n", "the job to begin")

        worker = next(each for each in house.family() if "worker" in each.cmdline())
        worker.kill()
        hang.unlink()

        wait_for(lambda: lines.read_text() == "begun\nbegun\ndone\n", "another worker")


def test_tick_does_what_is_queued_and_ends(home):
    lines = home / "lines"
    job = ENQUEUE.format(into=str(lines), hang=str(home / "never"))
    taihua(home, "shell", "-v0", "-c", job, **FAULTS)

    taihua(home, "tick", **FAULTS)

    assert lines.read_text() == "begun\ndone\n"


def test_a_taken_port_is_refused_and_the_next_free_one_is_found():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(serving.PortTaken, match=str(port)):
            serving.free_port("127.0.0.1", port, or_next=False)
        assert serving.free_port("127.0.0.1", port, or_next=True) > port


def test_serve_says_in_one_sentence_that_the_port_is_taken(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        said = taihua(home, "serve", "--port", port, code=1)

    assert said.strip() == f"127.0.0.1:{port} 已被占用。请用 --port 换一个端口，或加上 --or-next。"

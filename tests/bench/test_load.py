import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from itertools import cycle

import pytest

from bench.load import post, press

ANSWER = b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"
HANG_UP = b""
WITH_BODY = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nmoss"


class Server:
    """Answers each request with the next of its answers, over and over, in two pieces."""

    def __init__(self, answers: Sequence[bytes]) -> None:
        self.answers = cycle(answers)
        self.taken: list[bytes] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _address = self.listening.accept()
                threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while data := connection.recv(65536):
                self.taken.append(data)
                answer = next(self.answers)
                if not answer:
                    return
                connection.sendall(answer[:20])
                connection.sendall(answer[20:])


@pytest.fixture
def server():
    """A server with the answers it is given."""
    servers = []

    def serve(*answers: bytes) -> Server:
        servers.append(Server(answers))
        return servers[-1]

    yield serve
    for each in servers:
        each.listening.close()


def test_every_request_is_answered_and_counted(server):
    house = server(ANSWER, WITH_BODY)

    outcome = press("127.0.0.1", house.port, [b"GET / HTTP/1.1\r\n\r\n"] * 3, 0.2)

    assert sum(outcome.statuses.values()) == len(outcome.latencies) == len(house.taken)
    assert outcome.statuses[204] >= 3
    assert outcome.statuses[200] >= 1


def test_a_server_that_hangs_up_is_told(server):
    house = server(HANG_UP)

    with pytest.raises(ConnectionError, match="hung up"):
        press("127.0.0.1", house.port, [b"GET / HTTP/1.1\r\n\r\n"], 0.2)


def test_a_form_is_sent_with_its_length_in_bytes():
    sent = post("/x/", "localhost", "sessionid=1", "words=苔")

    head, _, body = sent.partition(b"\r\n\r\n")
    assert body == "words=苔".encode()
    assert b"Content-Length: 9" in head
    assert b"Cookie: sessionid=1" in head

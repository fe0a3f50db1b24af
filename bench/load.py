"""A small load generator: many kept-alive connections in one process, each asks again at once.

Nothing is installed for it, it counts every answer, and it leaves no request unanswered at the end.
"""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

LARGEST = 65536
PATIENCE = 30


@dataclass(slots=True)
class Outcome:
    """What came back."""

    seconds: float
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    cpu: float = 0.0  # seconds of the server's processes

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    @property
    def cost(self) -> float:
        """The server's CPU milliseconds for an answer."""
        return self.cpu / len(self.latencies) * 1000

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that this share of all answers kept to."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


class _Connection:
    def __init__(self, host: str, port: int, request: bytes) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request = request
        self.received = b""
        self.sent_at = 0.0

    def ask(self) -> None:
        self.received = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(self.request)

    def take(self) -> int | None:
        """The status of the answer once it is complete."""
        piece = self.socket.recv(LARGEST)
        if not piece:
            raise ConnectionError("the server hung up")
        self.received += piece
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found:
            return None
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return int(head.split(b" ", 2)[1]) if len(body) >= length else None


def press(host: str, port: int, requests: Sequence[bytes], seconds: float) -> Outcome:
    """Let every request be asked over and over, each on a connection of its own."""
    selector = selectors.DefaultSelector()
    connections = [_Connection(host, port, request) for request in requests]
    try:
        for connection in connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask()
        return _until_all_are_answered(selector, seconds)
    finally:
        for connection in connections:
            connection.socket.close()
        selector.close()


def _until_all_are_answered(selector: selectors.BaseSelector, seconds: float) -> Outcome:
    outcome, begun = Outcome(seconds), time.perf_counter()
    while selector.get_map():
        ready = selector.select(PATIENCE)
        if not ready:
            raise TimeoutError(f"no answer for {PATIENCE} s")
        for key, _mask in ready:
            connection: _Connection = key.data
            status = connection.take()
            if status is None:
                continue
            now = time.perf_counter()
            outcome.statuses[status] += 1
            outcome.latencies.append(now - connection.sent_at)
            if now - begun < seconds:
                connection.ask()
            else:
                selector.unregister(connection.socket)
    outcome.seconds = time.perf_counter() - begun
    return outcome


def post(path: str, host: str, cookies: str, body: str) -> bytes:
    """A form, as a browser would send it."""
    data = body.encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(data)}\r\nConnection: keep-alive\r\n\r\n"
    ).encode() + data

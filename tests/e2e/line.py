"""A line to the house that can be cut, so that a service worker is as cut off as the page is."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext

CHUNK = 65536


class Line:
    """Carries bytes between a browser and the house, as long as it is whole.

    A browser's own "offline" holds for pages alone: what a service worker sends once its pages
    are closed goes out all the same, whenever the browser thinks that there is a network.
    """

    def __init__(self, house: str, port: int) -> None:
        self.house = (urlsplit(house).hostname or "", urlsplit(house).port or 80)
        self.address = f"http://127.0.0.1:{port}"
        self.whole = True
        self.carrying: set[socket.socket] = set()

    def cut(self, context: BrowserContext) -> None:
        """Take the network from the pages of ``context``, and from everything behind them."""
        self.whole = False
        for each in list(self.carrying):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        context.set_offline(True)

    def mend(self, context: BrowserContext) -> None:
        """Give the network back."""
        self.whole = True
        context.set_offline(False)

    def carry(self, phone: socket.socket) -> None:
        """Carry one connection until an end closes it or the line is cut."""
        if not self.whole:
            return
        with socket.create_connection(self.house) as house:
            self.carrying |= {phone, house}
            back = threading.Thread(target=pour, args=(house, phone), daemon=True)
            back.start()
            pour(phone, house)
            back.join()
            self.carrying -= {phone, house}


def pour(source: socket.socket, target: socket.socket) -> None:
    """Pass on what comes from ``source`` until it ends, then say so to ``target``."""
    with suppress(OSError):
        while chunk := source.recv(CHUNK):
            target.sendall(chunk)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextmanager
def lined(house: str) -> Iterator[Line]:
    """Lay a line to the house at this address."""

    class Carrier(BaseRequestHandler):
        def handle(self) -> None:
            line.carry(self.request)

    with ThreadingTCPServer(("127.0.0.1", 0), Carrier) as server:
        server.daemon_threads = True
        line = Line(house, server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield line
        finally:
            server.shutdown()

"""Whether something stands under an address outside; an address within is never asked (不问内网).

Whoever writes a page chooses where its links lead, and the server stands where no stranger does. So a
name is looked up once, every address found must be of the open net, and the very address that was
looked at is the one that is asked: a second answer cannot lead elsewhere. Where a redirect leads is
looked at in the same way. No proxy is used, for it would look names up again.
"""

import re
import socket
import ssl
from collections.abc import Callable, Iterable
from enum import Enum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from time import monotonic
from urllib.parse import SplitResult, quote, urljoin, urlsplit

type Address = IPv4Address | IPv6Address

PORTS = {"http": 80, "https": 443}
PATIENCE = 10.0  # seconds for an address and all that it leads on to
LARGEST = 16_384  # bytes that are read of an answer
HOPS = 5
NAME = "Taihua link check"
MOVED = {301, 302, 303, 307, 308}
NOTHING_THERE = {404, 410}
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})\b")
LOCATION = re.compile(rb"^location:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
OPEN = IPv6Network("2000::/3")
TRANSLATED = IPv6Network("64:ff9b::/96")  # an IPv4 address, as IPv6-only networks see it
SERVED_WITHIN = {IPv4Address("168.63.129.16")}  # looks open, and answers inside of one cloud


class Standing(Enum):
    """What stands under an address."""

    ANSWERS = "answers"
    NOTHING = "nothing"
    WITHIN = "within"


class _WithinError(Exception):
    """The address is none of the open net."""


def is_open(address: Address) -> bool:
    """Whether an address is of the open net: nothing private, local, shared, reserved or wrapped."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and address not in SERVED_WITHIN
    if address in TRANSLATED:
        return is_open(IPv4Address(int(address) & 0xFFFFFFFF))
    wrapped = address.sixtofour or address.teredo
    return address in OPEN and address.is_global and not wrapped


def looked_up(host: str, port: int) -> list[Address]:
    """The addresses of a host; how long that may take is the resolver's to say."""
    told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(str(each[4][0]).partition("%")[0]) for each in told]


def standing(
    address: str,
    *,
    patience: float = PATIENCE,
    may_ask: Callable[[Address], bool] = is_open,
    look_up: Callable[[str, int], Iterable[Address]] = looked_up,
) -> Standing:
    """Ask an address what stands there; a refusal is an answer too."""
    until = monotonic() + patience
    for _hop in range(HOPS):
        try:
            parts = urlsplit(address)
            found = _checked(parts, may_ask, look_up)
            said = _answer(parts, found, until)
            status = _status(said)
        except _WithinError:
            return Standing.WITHIN
        except (OSError, ValueError):
            return Standing.NOTHING
        leads = LOCATION.search(said)
        if status not in MOVED or leads is None:
            return Standing.NOTHING if status in NOTHING_THERE else Standing.ANSWERS
        address = urljoin(address, leads[1].decode(errors="replace"))
    return Standing.NOTHING


def _checked(
    parts: SplitResult,
    may_ask: Callable[[Address], bool],
    look_up: Callable[[str, int], Iterable[Address]],
) -> list[Address]:
    """The addresses of a page on the web.

    :raises _WithinError: one of them may not be asked
    :raises ValueError: it is none of the web, or names nobody
    """
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(parts.scheme)
    found = list(look_up(_host(parts), _port(parts)))
    if not all(may_ask(each) for each in found):
        raise _WithinError
    return found


def _host(parts: SplitResult) -> str:
    """The host as the net knows it."""
    name = parts.hostname or ""
    return name if ":" in name else name.encode("idna").decode()


def _port(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


def _answer(parts: SplitResult, found: Iterable[Address], until: float) -> bytes:
    """The head of what is answered there.

    :raises OSError: nobody answers in time
    :raises ValueError: the answer is too long
    """
    with _connected(found, _port(parts), until) as plain:
        if parts.scheme == "http":
            return _head(plain, parts, until)
        with ssl.create_default_context().wrap_socket(
            plain, server_hostname=_host(parts)
        ) as sealed:
            return _head(sealed, parts, until)


def _connected(found: Iterable[Address], port: int, until: float) -> socket.socket:
    fault = OSError("no address")
    for address in found:
        try:
            return socket.create_connection((str(address), port), _left(until))
        except OSError as refused:
            fault = refused
    raise fault


def _head(line: socket.socket, parts: SplitResult, until: float) -> bytes:
    host = f"[{_host(parts)}]" if ":" in _host(parts) else _host(parts)
    port = f":{parts.port}" if parts.port else ""
    asked = [
        f"HEAD {_target(parts)} HTTP/1.1",
        f"Host: {host}{port}",
        f"User-Agent: {NAME}",
        "Connection: close",
    ]
    line.settimeout(_left(until))
    line.sendall("\r\n".join([*asked, "", ""]).encode())
    said = b""
    while b"\r\n\r\n" not in said:
        line.settimeout(_left(until))
        more = line.recv(4096)
        if not more:
            break
        said += more
        if len(said) > LARGEST:
            raise ValueError("too long")
    return said


def _target(parts: SplitResult) -> str:
    """Path and question, with nothing in them that could end the line."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else path


def _status(said: bytes) -> int:
    found = STATUS.match(said)
    if found is None:
        raise ValueError("no answer of the web")
    return int(found[1])


def _left(until: float) -> float:
    """The seconds left.

    :raises TimeoutError: none are
    """
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left

"""Addresses outside are asked, those within never: real servers, real refusals."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.outside import HOPS, LARGEST, Standing, is_open, looked_up, standing

HERE = ip_address("127.0.0.1")
ANSWERS, NOTHING, WITHIN = Standing.ANSWERS, Standing.NOTHING, Standing.WITHIN


class Elsewhere(BaseHTTPRequestHandler):
    """A site that answers by its paths, and remembers what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.server.asked.append((self.path, self.headers["Host"]))
        way = self.path.partition("?")[0]
        getattr(self, f"at_{way.strip('/').partition('/')[0] or 'front'}", self.at_front)()

    def at_front(self):
        self.told(200)

    def at_gone(self):
        self.told(410)

    def at_locked(self):
        self.told(403)

    def at_lost(self):
        self.told(302)

    def at_to(self):
        self.told(302, self.path.removeprefix("/to/"))

    def at_round(self):
        self.told(301, "/round")

    def at_slow(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _turn in range(200):
            self.wfile.write(b"X")
            self.wfile.flush()
            time.sleep(0.05)

    def at_long(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10 * LARGEST + b"\r\n\r\n")

    def at_short(self):
        self.wfile.write(b"HTTP/1.1 204 Gone home")
        self.close_connection = True

    def at_rude(self):
        self.wfile.write(b"220 mail.example ESMTP\r\n\r\n")

    def told(self, status, leads=""):
        self.send_response(status)
        if leads:
            self.send_header("Location", leads)
        self.end_headers()

    def log_message(self, *_said):
        pass


class Site(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_said):
        """Whoever asked hung up, as it should."""


@contextmanager
def serving(seal=None, at="127.0.0.1") -> Iterator[Site]:
    server = Site((at, 0), Elsewhere)
    server.asked = []
    if seal:
        server.socket = seal.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site():
    with serving() as server:
        yield server


def ask(site, path="/", **more):
    """Ask as if this machine's first address were of the open net, and no other."""
    more = {"may_ask": lambda address: address == HERE, **more}
    return standing(f"http://127.0.0.1:{site.server_port}{path}", **more)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/", ANSWERS),
        ("", ANSWERS),
        ("/locked", ANSWERS),
        ("/lost", ANSWERS),
        ("/gone", NOTHING),
        ("/to/gone", NOTHING),
        ("/to//locked", ANSWERS),
        ("/round", NOTHING),
        ("/long", NOTHING),
        ("/short", ANSWERS),
        ("/rude", NOTHING),
        ("/to/ftp://127.0.0.1/", NOTHING),
        ("/to/file:///etc/passwd", NOTHING),
    ],
)
def test_what_stands_there_is_told_by_what_is_answered(site, path, found):
    assert ask(site, path) == found


def test_it_is_asked_in_one_line_that_nothing_in_the_address_can_end(site):
    ask(site, "/办事 指南?问=答\tX: 1 #place")

    assert site.asked == [
        (
            "/%E5%8A%9E%E4%BA%8B%20%E6%8C%87%E5%8D%97?%E9%97%AE=%E7%AD%94X:%201%20",
            f"127.0.0.1:{site.server_port}",
        )
    ]


def test_circles_end(site):
    ask(site, "/round")

    assert len(site.asked) == HOPS


def test_where_nobody_listens_nothing_stands(site):
    with serving() as gone:
        port = gone.server_port

    assert standing(f"http://127.0.0.1:{port}/", may_ask=lambda _a: True) == NOTHING


@pytest.mark.parametrize(
    "address",
    ["", "http://", "ftp://a.example/", "file:///etc/passwd", "http://a.example:x/", "javascript:1",
     "http://[::1", f"http://{'x' * 70}.example/", "gopher://127.0.0.1/"],
)  # fmt: skip
def test_what_is_no_page_of_the_web_is_not_even_looked_up(address):
    asked = []

    assert standing(address, look_up=lambda *who: asked.append(who) or [HERE]) == NOTHING
    assert asked == []


def test_a_name_that_nobody_has_is_nothing():
    def unknown(host, port):
        raise OSError(f"{host}:{port}")

    assert standing("http://gone.example/", look_up=unknown) == NOTHING
    assert standing("http://gone.example/", look_up=lambda *_who: []) == NOTHING


def test_one_who_drips_is_not_waited_for(site):
    begun = time.monotonic()

    assert ask(site, "/slow", patience=0.4) == NOTHING
    assert time.monotonic() - begun < 3


def test_without_patience_nobody_is_asked(site):
    assert ask(site, patience=0) == NOTHING
    assert site.asked == []


# --- within ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "[::1]",  # noqa: S104
     "[::ffff:127.0.0.1]"],
)  # fmt: skip
def test_however_it_is_written_this_machine_is_not_asked(site, host):
    assert standing(f"http://{host}:{site.server_port}/") == WITHIN
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.100.100.200",
     "169.254.169.254", "169.254.0.1", "168.63.129.16", "192.0.0.192", "224.0.0.1", "240.0.0.1",
     "255.255.255.255", "0.0.0.0", "192.0.2.1", "198.18.0.1",  # noqa: S104
     "::", "::1", "fe80::1", "fe80::1%1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1",
     "::ffff:10.0.0.1", "::10.0.0.1", "2002:a00:1::1", "2002:808:808::1", "2001:0:808:808::1",
     "64:ff9b::a00:1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001:db8::1"],
)  # fmt: skip
def test_an_address_within_is_never_asked(address):
    told = looked_up(address, 80)

    assert not any(is_open(each) for each in told)
    assert standing("http://a.example/", look_up=lambda *_who: told) == WITHIN


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "114.114.114.114", "2400:3200::1", "2001:4860:4860::8888", "64:ff9b::808:808"]
)  # fmt: skip
def test_an_address_of_the_open_net_may_be_asked(address):
    assert is_open(ip_address(address))


@given(st.ip_addresses(v=4))
def test_what_is_not_of_the_open_net_is_not_so_in_another_dress(address):
    wrapped = IPv6Address((0x64FF9B << 96) | int(address))

    assert is_open(wrapped) == is_open(address)
    assert not is_open(IPv6Address((0xFFFF << 32) | int(address)))
    assert not (is_open(address) and (address.is_private or address.is_multicast))


def test_one_address_within_among_others_is_enough_not_to_ask(site):
    both = [HERE, IPv4Address("10.0.0.1")]

    assert ask(site, look_up=lambda *_who: both) == WITHIN
    assert site.asked == []


def test_a_redirect_that_leads_within_is_not_followed(site):
    with serving(at="127.0.0.2") as within:
        assert ask(site, f"/to/http://127.0.0.2:{within.server_port}/") == WITHIN
        assert within.asked == []
    assert len(site.asked) == 1


def test_a_second_answer_about_the_name_leads_nowhere_else(site):
    """It is looked up once, and the address that was looked at is the one that is asked."""
    answers = iter([[HERE], [IPv4Address("10.0.0.1")]])

    found = standing(
        f"http://a.example:{site.server_port}/",
        may_ask=lambda address: address == HERE,
        look_up=lambda *_who: next(answers),
    )

    assert found == ANSWERS
    assert site.asked == [("/", f"a.example:{site.server_port}")]
    assert len(list(answers)) == 1


def test_each_redirect_is_looked_up_anew(site):
    port, looked = site.server_port, []

    def look_up(host, _port):
        looked.append(host)
        return [HERE if host == "a.example" else IPv4Address("10.0.0.1")]

    found = standing(
        f"http://a.example:{port}/to/http://b.example:{port}/",
        may_ask=lambda address: address == HERE,
        look_up=look_up,
    )

    assert (found, looked) == (WITHIN, ["a.example", "b.example"])


def test_a_chinese_name_is_asked_as_the_net_knows_it():
    looked = []

    standing("http://教育局.example/", look_up=lambda *who: looked.append(who) or [])

    assert looked == [("xn--dgtp5sd2w.example", 80)]


def test_of_several_addresses_the_first_that_answers_is_asked(site):
    nobody = IPv4Address("127.0.0.3")

    found = ask(site, may_ask=lambda _a: True, look_up=lambda *_who: [nobody, HERE])

    assert found == ANSWERS


def test_an_address_of_six_is_asked_with_its_brackets():
    class Six(Site):
        address_family = 10

    server = Six(("::1", 0), Elsewhere)
    server.asked = []
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        found = standing(f"http://[::1]:{server.server_port}/", may_ask=lambda _a: True)
        assert (found, server.asked) == (ANSWERS, [("/", f"[::1]:{server.server_port}")])
    finally:
        server.shutdown()
        server.server_close()


# --- sealed ------------------------------------------------------------------------------------------


@pytest.fixture
def sealed(tmp_path):
    """A site that shows a paper of its own making, and where that paper lies."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "school.example")])
    now = datetime.now(UTC)  # noqa: TID251  # the paper is to be valid on the real day
    paper = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("school.example")]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    shown = tmp_path / "paper.pem"
    held = tmp_path / "key.pem"
    shown.write_bytes(paper.public_bytes(serialization.Encoding.PEM))
    held.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    seal = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    seal.load_cert_chain(shown, held)
    with serving(seal) as server:
        yield server, shown


@pytest.mark.parametrize(
    ("host", "trusted", "found"),
    [
        ("school.example", True, ANSWERS),
        ("school.example", False, NOTHING),
        ("other.example", True, NOTHING),
    ],
)
def test_a_sealed_page_is_asked_by_its_name_and_must_prove_it(
    sealed, monkeypatch, host, trusted, found
):
    server, paper = sealed
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(paper))
    address = f"https://{host}:{server.server_port}/"

    assert (
        standing(address, may_ask=lambda _a: True, look_up=lambda *_who: [HERE], patience=3)
        == found
    )

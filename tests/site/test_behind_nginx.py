"""The house as the page on deployment sets it up: the documented nginx, HTTPS, PostgreSQL."""

import http.client
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.serving import PATIENCE, served, taihua
from tools import nginx

HOST = "taihua.example.cn"
pytestmark = pytest.mark.skipif(not nginx.nginx(), reason="there is no nginx on this machine")

MAKE_A_FEED = """
from taihua.base import clock
from taihua.kernel.org.models import Account, Person
from taihua.rooms.desk.actions import make_key
person = Person.objects.create(code="lin", name="林知远")
account = Account.objects.create_user("lin", "long enough for all", person=person)
print("SECRET", make_key(account=account, unit=None, language="zh-hans", at=clock.now()))
"""


@dataclass
class Front:
    """nginx, open at two ports of this machine."""

    folder: Path
    http: int
    https: int

    def ask(self, method, path, body=None, *, plain=False, **headers):
        if plain:
            line = http.client.HTTPConnection("127.0.0.1", self.http, timeout=60)
        else:
            trusting = ssl._create_unverified_context()  # noqa: S323  # our own certificate
            line = http.client.HTTPSConnection(
                "127.0.0.1", self.https, timeout=60, context=trusting
            )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(line):
            line.request(method, path, body, {"Host": HOST, **named})
            answer = line.getresponse()
            return answer, answer.read()

    def log(self) -> str:
        return "".join((self.folder / name).read_text() for name in ("access.log", "error.log"))


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _n in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@contextmanager
def fronted(folder: Path, behind: int) -> Iterator[Front]:
    plain, secure = free_ports(2)
    configuration = nginx.placed(folder, http=plain, https=secure, behind=behind)
    process = subprocess.Popen([nginx.nginx() or "nginx", "-c", str(configuration)])
    try:
        for _n in range(PATIENCE):
            assert process.poll() is None, (folder / "error.log").read_text()
            try:
                socket.create_connection(("127.0.0.1", secure), timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield Front(folder, plain, secure)
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture(scope="module")
def house(tmp_path_factory, postgres):
    """The house behind nginx, with somebody in it; and the secret of that person's calendar."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("nginx")
    told = {
        "TAIHUA_DATABASE_URL": postgres,
        "TAIHUA_HOSTS": HOST,
        "TAIHUA_HTTPS": "1",
        "TAIHUA_PROXIES": "1",
    }
    taihua(home, "migrate", "-v0", **told)
    said = taihua(home, "shell", "-v0", "-c", MAKE_A_FEED, **told)
    secret = re.search(r"SECRET (\S+)", said)[1]
    with (
        served(home, "--processes", "1", "--no-worker", **told) as behind,
        fronted(folder, urlsplit(behind.address).port) as front,
    ):
        yield front, secret


def test_the_documented_configuration_is_one():
    done = nginx.main()

    assert done == 0


def test_plain_http_is_sent_on_to_https(house):
    answer, _body = house[0].ask("GET", "/rules/?page=2", plain=True)

    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{HOST}/rules/?page=2"


def test_somebody_logs_in_through_it(house):
    front, _secret = house
    page, body = front.ask("GET", "/account/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', body.decode())[1]
    cookie = page.headers["Set-Cookie"]
    form = {"csrfmiddlewaretoken": token, "login": "lin", "password": "long enough for all"}

    answer, _body = front.ask(
        "POST", "/account/login/", urlencode(form),
        Cookie=cookie.split(";")[0], Origin=f"https://{HOST}",
        Content_Type="application/x-www-form-urlencoded",
    )  # fmt: skip

    assert page.status == 200
    assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Secure" in cookie
    assert answer.status == 302
    assert answer.headers["Location"] == "/"
    sessions = [each for each in answer.headers.get_all("Set-Cookie") if "sessionid" in each]
    assert "Secure" in sessions[0]


def test_static_files_come_with_a_long_life(house):
    front, _secret = house
    _page, body = front.ask("GET", "/account/login/")
    sheet = re.search(r'href="(/static/site/tokens\.\w+\.css)"', body.decode())[1]

    answer, _body = front.ask("GET", sheet)

    assert answer.status == 200
    assert "max-age=315360000" in answer.headers["Cache-Control"]


def test_a_book_of_thirty_megabytes_passes_and_one_of_forty_does_not(house):
    front, _secret = house
    mega = 1024 * 1024

    passed, _body = front.ask("POST", "/account/login/", b"x" * (30 * mega))
    refused, _body = front.ask("POST", "/account/login/", b"x" * (40 * mega))

    assert passed.status != 413
    assert refused.status == 413


def test_a_calendar_is_fetched_and_its_secret_stands_in_no_log(house):
    front, secret = house

    answer, body = front.ask("GET", f"/calendar/{secret}.ics")
    wrong, _body = front.ask("GET", "/calendar/a-wrong-secret.ics")
    front.ask("GET", "/me/")

    assert answer.status == 200
    assert body.startswith(b"BEGIN:VCALENDAR")
    assert wrong.status == 404
    assert "/me/" in front.log()
    assert secret not in front.log()
    assert "wrong-secret" not in front.log()


def test_the_limit_of_wrong_passwords_counts_visitors_and_not_the_proxy(house):
    front, _secret = house
    page, body = front.ask("GET", "/account/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', body.decode())[1]
    cookie = page.headers["Set-Cookie"].split(";")[0]

    def attempt(n):
        form = {"csrfmiddlewaretoken": token, "login": f"nobody{n}", "password": "wrong"}
        _answer, body = front.ask(
            "POST", "/account/login/", urlencode(form),
            Cookie=cookie, Origin=f"https://{HOST}", X_Forwarded_For=f"10.0.0.{n}",
            Content_Type="application/x-www-form-urlencoded",
        )  # fmt: skip
        return re.search(r'class="error-summary".*?</div>', body.decode(), re.DOTALL)[0]

    said = [attempt(n) for n in range(12)]

    # What a visitor claims to be is not believed: nginx adds the true address, and that counts.
    assert said[0] == said[1]
    assert said[11] != said[0]

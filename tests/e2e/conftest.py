"""One demonstration district for all browser tests, served by real processes."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page

from tests.demonstration import DEMO, Built
from tests.e2e.browser import chromium
from tests.e2e.walk import visitor
from tests.serving import served, taihua

ONE_SESSION_A_ROLE = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from taihua.kernel.org.models import Account
taken = set()
for account in Account.objects.order_by("pk"):
    role = "+".join(sorted(account.roles)) or "member"
    if role in taken or not account.is_active:
        continue
    taken.add(role)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    print("SESSION", role, account.username, session.session_key)
"""


@dataclass(frozen=True)
class District:
    """The demonstration district: where it is, and a session for each role."""

    address: str
    sessions: dict[str, str]


@contextmanager
def open_house(home: Path, *words: str) -> Iterator[District]:
    """A district that is served, with somebody of each role logged in."""
    said = taihua(home, "shell", "-v0", "-c", ONE_SESSION_A_ROLE, **DEMO)
    lines = [line.split() for line in said.splitlines() if line.startswith("SESSION")]
    with served(home, "--processes", "1", *words, **DEMO) as house:
        yield District(house.address, {role: key for _word, role, _name, key in lines})


@pytest.fixture(scope="session")
def district(demonstration: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    home = tmp_path_factory.mktemp("district") / "home"
    with open_house(shutil.copytree(demonstration.home, home), "--no-worker") as opened:
        yield opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


class OpenPage(Protocol):
    """Opens a page for a role (a stranger where there is none), of a size, with scripts or without."""

    def __call__(
        self,
        role: str | None,
        path: str,
        *,
        width: int = 1280,
        height: int = 900,
        scripts: bool = True,
    ) -> Page: ...


@pytest.fixture
def opened(browser: Browser, district: District) -> Iterator[OpenPage]:
    """Opens pages of the house; each in a browser window of its own, closed after the test."""
    with ExitStack() as windows:

        def open_page(
            role: str | None,
            path: str,
            *,
            width: int = 1280,
            height: int = 900,
            scripts: bool = True,
        ) -> Page:
            session = district.sessions[role] if role else ""
            window = visitor(browser, district.address, session, width=width, scripts=scripts)
            windows.callback(window.close)
            page = window.new_page()
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"{district.address}{path}")
            return page

        yield open_page

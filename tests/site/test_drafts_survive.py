"""A draft that the server acknowledged is there when the plug has been pulled."""

import json
import sqlite3
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

from tests.serving import served, taihua

LINE, HAND, CSRF = uuid.uuid4(), uuid.uuid4(), "a" * 32
LOG_IN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from taihua.kernel.org.models import Account, Person
account = Account.objects.create_user("shen", person=Person.objects.create(code="1", name="沈青"))
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(account.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = account.get_session_auth_hash()
session.save()
print("SESSION", session.session_key)
"""


def keep(address: str, session: str, text: str) -> bool:
    """Whether the server said that it keeps ``text``."""
    form = {
        "once": str(LINE),
        "draft-place": "/reading/notes/new/",
        "draft-label": "写一篇",
        "draft-number": "0",
        "draft-hand": str(HAND),
        "text": text,
    }
    request = urllib.request.Request(
        f"{address}/drafts/keep/",
        data=urllib.parse.urlencode(form).encode(),
        headers={
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "X-Draft": "1",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return bool(json.load(answer)["line"] == str(LINE))
    except (urllib.error.URLError, OSError):
        return False


def kept(database: Path) -> int:
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        [(words,)] = connection.execute("SELECT words FROM drafts_draft").fetchall()
    connection.close()
    return int(json.loads(words)["text"][0])


def test_kill_9_in_the_middle_of_typing_loses_no_saving_that_was_acknowledged(home):
    said = taihua(home, "shell", "-v0", "-c", LOG_IN)
    session = said.split("SESSION ")[1].strip()
    acknowledged, enough = [0], threading.Event()

    def type_on(address: str) -> None:
        while keep(address, session, str(acknowledged[-1] + 1)):
            acknowledged.append(acknowledged[-1] + 1)
            if len(acknowledged) > 20:
                enough.set()

    with served(home, "--processes", "1", "--no-worker") as house:
        writer = threading.Thread(target=type_on, args=(house.address,))
        writer.start()
        assert enough.wait(120)
        house.kill()
        writer.join()

    assert kept(home / "taihua.sqlite3") >= acknowledged[-1] > 0

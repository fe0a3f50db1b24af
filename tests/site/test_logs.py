"""What the log says, and what it must not."""

import io
import logging
from logging.config import dictConfig

import pytest
from django.urls import reverse


@pytest.fixture
def console(settings):
    """The handler as the settings make it, writing where the test can read."""
    told = settings.LOGGING | {"root": {"handlers": [], "level": "WARNING"}}
    told["loggers"] = {"test.console": {"handlers": ["console"], "level": "INFO"}}
    dictConfig(told)
    (handler,) = logging.getLogger("test.console").handlers
    handler.setStream(io.StringIO())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield handler.stream
    logger.removeHandler(handler)


def test_the_log_names_the_address_of_a_calendar_without_its_secret(db, client, console):
    client.get(reverse("desk:feed", args=["a-secret-of-somebody"]))

    assert "Not Found: /calendar/….ics" in console.getvalue()
    assert "a-secret-of-somebody" not in console.getvalue()


def test_the_log_hides_a_secret_whoever_writes_the_line(console):
    logging.getLogger("test.console").warning(
        "%s failed, asked by %r", "/calendar/abc_DEF-1.ics?x=1", "GET /calendar/xyz.ics"
    )

    assert "/calendar/….ics?x=1 failed, asked by 'GET /calendar/….ics'" in console.getvalue()


def test_the_log_says_everything_else_as_it_was(db, client, console):
    client.get("/no/such/page/")

    assert "Not Found: /no/such/page/" in console.getvalue()

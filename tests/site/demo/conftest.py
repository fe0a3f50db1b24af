"""The way to ask the district."""

from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.demonstration import Built


def demo(**options: object) -> str:
    said = StringIO()
    call_command("demo", stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def in_district(in_demonstration: Built, db: None) -> Iterator[Callable[..., str]]:
    """The command, to be called again in the district."""
    with override_settings(HOME=in_demonstration.home):
        yield demo

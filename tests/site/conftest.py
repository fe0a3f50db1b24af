"""A house on a database file, made once and copied for each test that pulls the plug on one."""

import shutil
from pathlib import Path

import pytest

from tests.serving import taihua


@pytest.fixture(scope="session")
def empty_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated, with its static files laid out, and nobody in it."""
    home = tmp_path_factory.mktemp("empty")
    taihua(home, "migrate", "-v0")
    taihua(home, "collectstatic", "--noinput", "-v0")
    return home


@pytest.fixture
def home(empty_house: Path, tmp_path: Path) -> Path:
    """A house of one's own."""
    return Path(shutil.copytree(empty_house, tmp_path / "home"))

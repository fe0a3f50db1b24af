"""One demonstration district for the whole run, built as `make demo` builds it by who asks first."""

from dataclasses import dataclass
from pathlib import Path

from tests.databases import one_at_a_time
from tests.serving import taihua

ON = "2013-12-04"
PASSWORD = "stone-and-water"
DEMO = {"TAIHUA_DEMO": "1", "TAIHUA_TODAY": ON}


@dataclass(frozen=True)
class Built:
    """A district: the folder with its database and private files, and what was said at building."""

    home: Path
    said: str

    @property
    def database(self) -> Path:
        return self.home / "taihua.sqlite3"


def demonstration(shared: Path) -> Built:
    """The district in a folder that all workers of this run share; copy it before writing."""
    home, said = shared / "demonstration", shared / "demonstration.txt"
    with one_at_a_time(shared / "demonstration.lock"):
        if not said.exists():
            said.write_text(taihua(home, "demo", "--on", ON, "--password", PASSWORD, **DEMO))
    return Built(home, said.read_text())

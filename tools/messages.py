"""The English catalogue, by Babel, without gettext tools: python -m tools.messages [--check | --compile].

Chinese is the source. Without an argument new messages enter the catalogue, with --check what has no
translation is listed (exit code 1), and --compile only writes the file that Django reads.
"""

import argparse
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "taihua"
PO = SOURCE / "site" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


HEADER = "# The interface of Taihua in English. Chinese is the source; see tools/messages.py."


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--compile", action="store_true")
    asked = parser.parse_args(arguments)
    catalog = read_catalog()
    if asked.compile:
        return compile_to(PO.with_suffix(".mo"), catalog)
    catalog.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    if asked.check:
        return report(catalog)
    catalog.obsolete.clear()
    write_catalog(catalog)
    sys.stdout.write(f"{len(catalog)} messages, {len(missing(catalog))} without English\n")
    return 0


def read_catalog() -> Catalog:
    """The English catalogue as it stands; an empty one where there is none."""
    if not PO.exists():
        said = {"msgid_bugs_address": "-", "last_translator": "-", "language_team": "-"}
        return Catalog("en", "django", HEADER, "Taihua", "0", fuzzy=False, **said)
    return read_po(io.BytesIO(PO.read_bytes()), locale="en", domain="django")


def write_catalog(catalog: Catalog) -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, no_location=True, omit_header=False, sort_output=True, width=100)


def compile_to(path: Path, catalog: Catalog) -> int:
    with path.open("wb") as file:
        write_mo(file, catalog)
    return 0


def template() -> Catalog:
    """Every message of the source: Python files and templates."""
    catalog = Catalog(domain="django")
    for message, context in messages():
        catalog.add(message, context=context)
    return catalog


def messages() -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Each message of the source with its context."""
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*")]):
        if path.is_file() and "migrations" not in path.parts:
            for _line, message, _comments, context in extract("python", as_python(path), KEYWORDS):
                if message:
                    yield message, context


def as_python(path: Path) -> io.BytesIO:
    """A source file as Babel reads it; a template is turned into calls of gettext first."""
    if path.suffix == ".py":
        return io.BytesIO(path.read_bytes())
    if not settings.configured:
        settings.configure()
    # What is left of the markup is no Python: its indentation would be taken for blocks.
    lines = templatize(path.read_text()).splitlines()
    return io.BytesIO("\n".join(line.strip() for line in lines).encode())


def missing(catalog: Catalog) -> list[Message]:
    """The messages without a translation."""
    return [message for message in catalog if message.id and not _said(message.string)]


def _said(string: str | Iterable[str] | None) -> bool:
    return bool(string) if string is None or isinstance(string, str) else all(string)


def report(catalog: Catalog) -> int:
    """Say what is missing and what is no longer asked for."""
    lacking = missing(catalog)
    for message in lacking:
        sys.stdout.write(f"no English: {message.id}\n")
    for key in catalog.obsolete:
        sys.stdout.write(f"no longer used: {key}\n")
    return 1 if lacking or catalog.obsolete else 0


if __name__ == "__main__":
    sys.exit(main())

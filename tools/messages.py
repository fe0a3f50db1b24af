"""The English catalogues, by Babel, without gettext tools: python -m tools.messages [--check | --compile].

Chinese is the source. Each package carries the English of the messages that only it says; what two
packages say stands with the site. Without an argument new messages enter the catalogues, with --check
what has no translation is listed (exit code 1), and --compile only writes the files that Django reads.
"""

import argparse
import io
import sys
from collections import defaultdict
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
SITE = SOURCE / "site"
WHERE = Path("locale") / "en" / "LC_MESSAGES" / "django.po"
# What the libraries say to people, in Chinese of our own; written by hand.
LIBRARIES = SITE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
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
    "Word": (2,),  # what a room records is kept by code; pages say it in their language
}


HEADER = "# The interface of Taihua in English. Chinese is the source; see tools/messages.py."


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--compile", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.compile:
        return compile_all()
    catalog = read_catalog()
    catalog.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    if asked.check:
        return report(catalog)
    catalog.obsolete.clear()
    write_catalogs(catalog)
    sys.stdout.write(f"{len(catalog)} messages, {len(missing(catalog))} without English\n")
    return 0


def files() -> list[Path]:
    """The catalogues that there are, that of the site last: what it says is said everywhere."""
    return sorted(SOURCE.rglob(str(WHERE)), key=lambda path: (path.is_relative_to(SITE), path))


def empty() -> Catalog:
    """An English catalogue that says nothing yet."""
    said = {"msgid_bugs_address": "-", "last_translator": "-", "language_team": "-"}
    return Catalog("en", "django", HEADER, "Taihua", "0", fuzzy=False, **said)


def read_catalog() -> Catalog:
    """The English of all packages as one catalogue."""
    whole = empty()
    for path in files():
        for message in read_po(io.BytesIO(path.read_bytes()), locale="en", domain="django"):
            known = whole.get(message.id, message.context) if message.id else message
            if known is None or (message.id and message.string):
                whole[message.id] = message
    return whole


def write_catalogs(catalog: Catalog) -> None:
    """Give each package the messages that only it says, and the rest to the site."""
    parts: dict[Path, Catalog] = defaultdict(empty)
    homes = owners()
    for message in catalog:
        if message.id:
            parts[homes[_key(message)]][message.id] = message
    for path in files():
        if path.parents[3] not in parts:
            path.unlink()
    for package, part in parts.items():
        path = package / WHERE
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, part, no_location=True, omit_header=False, sort_output=True, width=100)
        # A date would make two people's work clash where nothing clashes.
        kept = [line for line in path.read_text().splitlines(keepends=True) if "-Date:" not in line]
        path.write_text("".join(kept))


def compile_all() -> int:
    """Write what Django reads beside each catalogue that is newer."""
    for path in [*files(), LIBRARIES]:
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            language = path.parents[1].name
            catalog = read_po(io.BytesIO(path.read_bytes()), locale=language, domain="django")
            compile_to(target, catalog)
    return 0


def compile_to(path: Path, catalog: Catalog) -> None:
    with path.open("wb") as file:
        write_mo(file, catalog)


def template() -> Catalog:
    """Every message of the source: Python files and templates."""
    catalog = Catalog(domain="django")
    for _package, message, context in messages():
        catalog.add(message, context=context)
    return catalog


def owners() -> dict[tuple[str, str | None], Path]:
    """Which package carries each message, by message and context."""
    said: dict[tuple[str, str | None], set[Path]] = defaultdict(set)
    for package, message, context in messages():
        said[message if isinstance(message, str) else message[0], context].add(package)
    return {key: min(by) if len(by) == 1 else SITE for key, by in said.items()}


def _key(message: Message) -> tuple[str, str | None]:
    return message.id if isinstance(message.id, str) else message.id[0], message.context


def messages() -> Iterator[tuple[Path, str | tuple[str, ...], str | None]]:
    """Each message of the source with the package that says it and its context."""
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*")]):
        if path.is_file() and "migrations" not in path.parts:
            for _line, message, _comments, context in extract("python", as_python(path), KEYWORDS):
                if message:
                    yield package_of(path), message, context


def package_of(path: Path) -> Path:
    """The room, the part of the kernel, or the site to which a file belongs."""
    parts = path.relative_to(SOURCE).parts
    if parts[0] in {"rooms", "kernel"} and (SOURCE / parts[0] / parts[1] / "apps.py").exists():
        return SOURCE / parts[0] / parts[1]
    return SITE


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

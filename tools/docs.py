"""Builds docs/ into pages under build/docs: python -m tools.docs [--check].

A link to a page, a heading or a picture that is not there fails the build; --check only looks.
"""

import argparse
import html
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
TARGET = ROOT / "build" / "docs"
# What stands beside docs/ and belongs among its pages.
ALSO = (
    "README.md",
    "README.zh-CN.md",
    "CONTRIBUTING.md",
    "GLOSSARY.md",
    "CHANGELOG.md",
    "SECURITY.md",
)
MODES = {
    "tutorial": "教程",
    "howto": "怎样做",
    "reference": "查一查",
    "explanation": "为什么这样",
    "adr": "决定",
    "": "仓库",
}
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="{up}tokens.css">
<link rel="stylesheet" href="{up}docs.css">
</head>
<body>
<nav aria-label="docs">{menu}</nav>
<main>
{body}
</main>
</body>
</html>
"""
STYLE = """
body {
  box-sizing: border-box; overflow-wrap: anywhere; margin: 0 auto; max-width: 50rem; padding: var(--s4); background: var(--paper);
  color: var(--ink); font-family: var(--sans); font-size: 1rem; line-height: 1.75;
}
a { color: var(--moss); }
nav { display: flex; flex-wrap: wrap; gap: 0 1.2rem; align-items: baseline; font-size: 0.9rem;
  border-bottom: 1px solid var(--line); padding-bottom: 0.6rem; margin-bottom: 1.6rem; }
nav > a { font-weight: 600; text-decoration: none; }
nav details[open] { flex-basis: 100%; }
nav summary { cursor: pointer; min-height: 2.75rem; line-height: 2.75rem; }
nav ul { margin: 0 0 0.6rem; padding: 0; list-style: none; columns: 16rem; }
h1, h2, h3 { line-height: 1.35; margin: 2rem 0 0.6rem; }
h1 { font-size: 1.8rem; margin-top: 0; }
table { border-collapse: collapse; display: block; overflow-x: auto; line-height: 1.5; }
th, td { border: 1px solid var(--line); padding: 0.35rem 0.6rem; text-align: start; vertical-align: top; }
th { background: var(--moss-tint); font-weight: 600; white-space: nowrap; }
img { max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; }
pre { overflow-x: auto; padding: 0.8rem 1rem; border: 1px solid var(--line); border-radius: 6px;
  background: var(--raised); line-height: 1.5; }
code { font-family: var(--mono); font-size: 0.92em; }
:not(pre) > code { padding: 0.05em 0.3em; border-radius: 3px; background: var(--sunk); }
blockquote { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line);
  color: var(--soft); }
@media print { nav { display: none; } body { max-width: none; } }
"""


@dataclass
class Page:
    """One Markdown file: where it is, what it says, which headings it has."""

    path: Path
    tokens: list[Token]
    title: str = ""
    anchors: set[str] = field(default_factory=set)

    @property
    def target(self) -> Path:
        return self.path.relative_to(ROOT).with_suffix(".html")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(arguments)
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    pages = {path: read(markdown, path) for path in sources()}
    wrong = sorted(set(broken(pages)))
    for sentence in wrong:
        sys.stderr.write(sentence + "\n")
    if not asked.check and not wrong:
        write(markdown, pages)
        first = TARGET.relative_to(ROOT) / "docs" / "index.html"
        sys.stdout.write(f"{len(pages)} pages; the first is {first}\n")
    return 1 if wrong else 0


def sources() -> list[Path]:
    """Every page, the ones beside docs/ first."""
    beside = [ROOT / name for name in ALSO if (ROOT / name).exists()]
    return beside + sorted(DOCS.rglob("*.md"))


def read(markdown: MarkdownIt, path: Path) -> Page:
    """Parse a page and give its headings the anchors by which they are linked."""
    page = Page(path, markdown.parse(path.read_text(encoding="utf-8")))
    for before, inline in zip(page.tokens, page.tokens[1:], strict=False):
        if before.type == "heading_open":
            anchor = slug(inline.content)
            before.attrSet("id", anchor)
            page.anchors.add(anchor)
            page.title = page.title or inline.content
    return page


WIDE = re.compile(r"[\u2018-\u201d\u2026\u3000-\u9fff\uff00-\uffef]")


def close_up(tokens: list[Token]) -> None:
    """Let a line break between Chinese signs be none: a browser would show it as a space."""
    for token in tokens:
        parts = token.children or []
        for at, part in enumerate(parts):
            if part.type == "softbreak":
                before = next((each.content for each in reversed(parts[:at]) if each.content), "")
                after = next((each.content for each in parts[at:] if each.content), "")
                if WIDE.match(before[-1:]) and WIDE.match(after[:1]):
                    part.type, part.content = "text", ""


def slug(heading: str) -> str:
    """The anchor of a heading, as code forges make it."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.strip().replace(" ", "-")


def links(tokens: list[Token]) -> Iterator[tuple[Token, str, str]]:
    """Every link and picture with the name of the attribute that holds its address."""
    for token in tokens:
        for part in [token, *(token.children or [])]:
            for name in ("href", "src"):
                if address := part.attrGet(name):
                    yield part, name, str(address)


def broken(pages: dict[Path, Page]) -> Iterator[str]:
    """A sentence for each link that leads nowhere."""
    for page in pages.values():
        for _token, _name, address in links(page.tokens):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            there = (page.path.parent / unquote(parts.path)).resolve() if parts.path else page.path
            where = f"{page.path.relative_to(ROOT)}: {address}"
            if not there.exists():
                yield f"{where} is not there"
            elif there in pages and unquote(parts.fragment) not in {"", *pages[there].anchors}:
                yield f"{where} has no such heading"


def write(markdown: MarkdownIt, pages: dict[Path, Page]) -> None:
    """Write the pages, with the pictures they show and one style sheet."""
    shutil.rmtree(TARGET, ignore_errors=True)
    for page in pages.values():
        target = TARGET / page.target
        target.parent.mkdir(parents=True, exist_ok=True)
        for token, name, address in links(page.tokens):
            carry(page, token, name, address, pages)
        close_up(page.tokens)
        up = "../" * (len(page.target.parts) - 1)
        body = markdown.renderer.render(page.tokens, markdown.options, {})
        language = "zh-Hans" if re.search(r"[一-鿿]", page.title) else "en"
        target.write_text(
            PAGE.format(
                language=language,
                title=html.escape(page.title),
                up=up,
                menu=menu(pages, up),
                body=body,
            ),
            encoding="utf-8",
        )
    (TARGET / "docs.css").write_text(STYLE, encoding="utf-8")
    tokens = ROOT / "src" / "taihua" / "site" / "static" / "site" / "tokens.css"
    if tokens.exists():
        shutil.copy(tokens, TARGET / "tokens.css")


def carry(page: Page, token: Token, name: str, address: str, pages: dict[Path, Page]) -> None:
    """Let a link to a page lead to what it became; copy a file that is shown or offered."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return
    there = (page.path.parent / unquote(parts.path)).resolve()
    if there in pages:
        token.attrSet(name, address.replace(".md", ".html", 1))
    elif there.is_file():
        copy = TARGET / there.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(there, copy)


def menu(pages: dict[Path, Page], up: str) -> str:
    """All pages as lists of links, one a mode, the one that is open stays folded like the rest."""
    parts = []
    for mode, title in MODES.items():
        rows = [
            f'<li><a href="{up}{page.target.as_posix()}">{html.escape(page.title)}</a></li>'
            for page in pages.values()
            if mode_of(page) == mode
        ]
        if rows:
            inner = f"<ul>{''.join(rows)}</ul>"
            parts.append(f"<details><summary>{title}</summary>{inner}</details>")
    home = f'<a href="{up}docs/index.html">苔花 Taihua</a>'
    return f"{home}{''.join(parts)}"


def mode_of(page: Page) -> str:
    """The folder of docs/ in which a page lies; none for the pages beside it."""
    parts = page.target.parts
    return parts[1] if len(parts) > 2 and parts[0] == "docs" else ""  # noqa: PLR2004


if __name__ == "__main__":
    sys.exit(main())

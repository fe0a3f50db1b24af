"""Articles of a former site, read from its pages: title, day, source, byline, body, pictures.

Such pages were made by many hands: the encoding is said wrongly or not at all, and what is asked for
stands behind its label somewhere in the text. What may be shown of the body goes through nh3.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

import nh3

from taihua.rooms.portal.logic.words import to_plain

TAGS = {"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr",
        "td", "th", "strong", "b", "em", "i", "u", "sub", "sup", "blockquote", "a", "img"}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
DROPPED = {"script", "style", "title", "iframe", "object", "form", "select", "textarea"}
DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
CHINESE = {"gb2312", "gbk", "gb18030", "x-gbk", "hz-gb-2312"}
LABEL = r"[\s　:：]*"
BREAK = r"[\s　|｜&<\[【]|$|来\s*源|作\s*者|发布|点击|浏览|人气|字号|编辑"
LABELS = {
    "day": re.compile(
        r"(?:发布时间|发布日期|时间|日期)"
        + LABEL
        + r"(\d{4}\D{1,3}\d{1,2}\D{1,3}\d{1,2}日?(?:[\s　T]*\d{1,2}:\d{2}(?::\d{2})?)?)"
    ),
    "source": re.compile(
        rf"(?:来\s*源|信息来源|文章来源){LABEL}(.{{1,60}}?)(?={BREAK})", re.MULTILINE
    ),
    "byline": re.compile(rf"(?:作\s*者|撰稿){LABEL}(.{{1,40}}?)(?={BREAK})", re.MULTILINE),
}
NUMBERS = re.compile(r"\d+")
HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.IGNORECASE | re.DOTALL)
TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
SITE_NAME = re.compile(r"\s*[-_|–—]\s*[^-_|–—]*$")
BODY_NAMES = "content|article|article-content|zoom|text|newscontent|news_content|con|main-content|endtext|textcontent"
BEGIN = re.compile(
    rf"<(div|td|article)\b[^>]*\b(?:id|class)\s*=\s*[\"']?(?:{BODY_NAMES})\b[^>]*>", re.IGNORECASE
)
IMAGE = re.compile(r'<img\b[^>]*\bsrc="([^"]*)"[^>]*>')
EMPTY = re.compile(r"<p>(?:\s|&nbsp;|　|<br>)*</p>")
LINK = re.compile(r'(<a\b[^>]*\bhref=")([^"]*)(")')
ALT = re.compile(r'alt="([^"]*)"')


@dataclass(frozen=True, slots=True)
class OldPage:
    """What an old page says; a moment that it does not say is ``None``."""

    title: str
    published_at: datetime | None
    source: str
    byline: str
    html: str

    @property
    def plain(self) -> str:
        return to_plain(self.html)


def decode(content: bytes) -> str:
    """The text of a page: UTF-8 where it is that, else GB 18030, whatever it says of itself."""
    if content.startswith(b"\xef\xbb\xbf"):
        return content[3:].decode("utf-8", "replace")
    declared = DECLARED.search(content[:4000])
    is_chinese = declared is not None and declared[1].decode("ascii", "replace").lower() in CHINESE
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("gb18030" if is_chinese else "utf-8", "replace")


def read_page(markup: str) -> OldPage:
    """What stands in a page of a former site."""
    heading = HEADING.search(markup) or TITLE.search(markup)
    title = _words(heading[1]) if heading else ""
    if heading and heading.re is TITLE:
        title = SITE_NAME.sub("", title) or title
    text = to_plain(clean(_apart(markup)))
    found = {
        name: match[1].strip() if (match := label.search(text)) else ""
        for name, label in LABELS.items()
    }
    return OldPage(
        title=title[:200],
        published_at=moment_in(found["day"]),
        source=found["source"][:100],
        byline=found["byline"][:60],
        html=clean(_body(markup)),
    )


def clean(markup: str) -> str:
    """What of a foreign page may be shown: known tags, no styles, no scripts, no foreign pictures."""
    html = nh3.clean(
        markup,
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return EMPTY.sub("", html).strip()


def pictures_in(html: str) -> list[tuple[str, str]]:
    """The pictures of a clean body: where each lies, and what is said of it."""
    return [
        (unescape(match[1]), unescape(said[1]) if (said := ALT.search(match[0])) else "")
        for match in IMAGE.finditer(html)
    ]


def with_pictures(html: str, addresses: Mapping[str, str]) -> str:
    """The body with its pictures where they lie now; one that there is not is left out."""

    def placed(match: re.Match[str]) -> str:
        src = addresses.get(unescape(match[1]))
        return match[0].replace(f'src="{match[1]}"', f'src="{src}"') if src else ""

    return IMAGE.sub(placed, html)


def links_in(html: str) -> list[str]:
    """Where the links of a clean body lead."""
    return [unescape(match[2]) for match in LINK.finditer(html)]


def with_links(html: str, lead: Callable[[str], str]) -> str:
    """The body with its links leading where ``lead`` says."""
    return LINK.sub(lambda match: f"{match[1]}{escape(lead(unescape(match[2])))}{match[3]}", html)


def from_root(address: str, page: str) -> str:
    """An address that a page names beside itself, from the root of its site; others stay."""
    try:
        asked = urlsplit(address)
        named = asked.scheme or asked.netloc or not (asked.path or asked.query)
        return address if named else urljoin(page, address)
    except ValueError:  # nothing stands under what cannot be read
        return address


def moment_in(text: str) -> datetime | None:
    """A day as such pages write it, with or without a time; no time zone yet."""
    numbers = [int(each) for each in NUMBERS.findall(text)][:6]
    if len(numbers) < 3:  # noqa: PLR2004  # year, month and day
        return None
    try:
        return datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001  # the caller knows the zone
    except ValueError:
        return None


def _apart(markup: str) -> str:
    """The page with each of its boxes on a line, so that a label ends where its box does."""
    return re.sub(r"<(/?)(div|span|td|tr|h1|label)\b", r" <\1p", markup, flags=re.IGNORECASE)


def _body(markup: str) -> str:
    begin = BEGIN.search(markup)
    if begin is None:
        inner = re.search(r"<body\b[^>]*>(.*?)</body>", markup, re.IGNORECASE | re.DOTALL)
        return HEADING.sub("", inner[1] if inner else markup)
    depth = 1
    for tag in re.finditer(rf"<(/?){begin[1]}\b[^>]*>", markup[begin.end() :], re.IGNORECASE):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return markup[begin.end() : begin.end() + tag.start()]
    return markup[begin.end() :]


def _words(markup: str) -> str:
    return " ".join(to_plain(markup).split())

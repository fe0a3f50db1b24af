"""Texts with clauses as Akoma Ntoso 3.0, the form in which parliaments and law databases take them.

Written are a bill or an act, who it is by the three levels of FRBR (the text, this wording of it, this
file), and its clauses as they are kept: nothing is guessed into them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import quote
from xml.etree import ElementTree as ET

SPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
MEDIA_TYPE = "application/akn+xml"
COUNTRY, LANGUAGE = "cn", "zho"
# XML has no way to write these, or reads them as something else.
UNSAYABLE = dict.fromkeys(
    {*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {ord("\t"), ord("\n")}
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its number as it stands there (第三条, 二、), its heading, its words line by line."""

    number: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text and who it is.

    ``number`` tells it from all others of its ``author`` (a name and a code); ``known_since`` is the
    day of the text, ``worded_on`` that of this wording. Written anew it is the same, byte by byte.
    """

    kind: Literal["bill", "act"]
    title: str
    number: str
    author: tuple[str, str]
    known_since: date
    worded_on: date
    clauses: Sequence[Clause]


def to_akn(text: Text) -> bytes:
    """The text as a file."""
    root = ET.Element("akomaNtoso", {"xmlns": SPACE})
    document = ET.SubElement(root, text.kind, {"name": text.kind})
    _meta(document, text)
    title = ET.SubElement(ET.SubElement(document, "preface"), "p")
    _say(title, "docTitle", text.title)
    body = ET.SubElement(document, "body")
    for place, clause in enumerate(text.clauses, 1):
        _clause(body, place, clause)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _meta(document: ET.Element, text: Text) -> None:
    work = f"/akn/{COUNTRY}/{text.kind}/{text.known_since.isoformat()}/{text.number}"
    wording = f"{work}/{LANGUAGE}@{text.worded_on.isoformat()}"
    meta = ET.SubElement(document, "meta")
    identified = ET.SubElement(meta, "identification", {"source": "#author"})
    level = _level(identified, "FRBRWork", work, "/!main", text.known_since)
    _set(level, "FRBRcountry", value=COUNTRY)
    _set(level, "FRBRnumber", value=text.number)
    _set(level, "FRBRname", value=text.title)
    level = _level(identified, "FRBRExpression", wording, "/!main", text.worded_on)
    _set(level, "FRBRlanguage", language=LANGUAGE)
    level = _level(identified, "FRBRManifestation", wording, "/!main.xml", text.worded_on)
    _set(level, "FRBRformat", value=MEDIA_TYPE)
    references = ET.SubElement(meta, "references", {"source": "#author"})
    name, code = text.author
    href = f"/akn/ontology/organization/{COUNTRY}/{quote(code)}"
    _set(references, "TLCOrganization", eId="author", href=href, showAs=name)


def _level(identified: ET.Element, name: str, uri: str, main: str, day: date) -> ET.Element:
    level = ET.SubElement(identified, name)
    _set(level, "FRBRthis", value=f"{uri}{main}")
    _set(level, "FRBRuri", value=f"{uri}{'.xml' if main.endswith('.xml') else ''}")
    _set(level, "FRBRdate", date=day.isoformat(), name="text")
    _set(level, "FRBRauthor", href="#author")
    return level


def _clause(body: ET.Element, place: int, clause: Clause) -> None:
    is_article = clause.number.startswith("第")
    name, short = ("article", "art") if is_article else ("paragraph", "para")
    node = ET.SubElement(body, name, {"eId": f"{short}_{place}"})
    if clause.number:
        _say(node, "num", clause.number)
    if clause.heading:
        _say(node, "heading", clause.heading)
    content = ET.SubElement(node, "content")
    for line in clause.text.split("\n"):
        _say(content, "p", line)


def _say(node: ET.Element, name: str, text: str) -> None:
    ET.SubElement(node, name).text = text.translate(UNSAYABLE)


def _set(node: ET.Element, element: str, /, **told: str) -> None:
    ET.SubElement(node, element, {key: said.translate(UNSAYABLE) for key, said in told.items()})

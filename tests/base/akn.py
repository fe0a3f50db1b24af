"""Akoma Ntoso read back by another's hand: libxml2, held to a schema written from the standard."""

from pathlib import Path

from lxml import etree

from taihua.base.akn import SPACE, Clause

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "akn.rng"))
A = {"a": SPACE}


def hold_to_akn(written: bytes) -> etree._Element:
    """It is a text as the standard has them, and what it refers to stands in it."""
    root = etree.fromstring(written)
    SCHEMA.assertValid(root)
    ids = root.xpath("//@eId")
    assert len(set(ids)) == len(ids)
    assert {each.removeprefix("#") for each in root.xpath("//@source | //a:FRBRauthor/@href", namespaces=A)} <= set(ids)  # fmt: skip
    return root


def clauses_in(written: bytes) -> list[Clause]:
    """The clauses that stand in a file."""
    return [
        Clause(
            each.findtext("a:num", "", A),
            each.findtext("a:heading", "", A),
            "\n".join(line.text or "" for line in each.iterfind("a:content/a:p", A)),
        )
        for each in hold_to_akn(written).xpath("//a:body/*", namespaces=A)
    ]


def title_in(written: bytes) -> str:
    return str(hold_to_akn(written).findtext(".//a:docTitle", "", A))

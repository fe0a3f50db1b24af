"""A text with clauses goes out as Akoma Ntoso and can be read back as it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from taihua.base.akn import Clause, Text, to_akn
from tests.base.akn import SCHEMA, A, clauses_in, hold_to_akn, title_in

SAYABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.just("\n")
)
LINE = SAYABLE.map(lambda text: text.replace("\n", " "))
NUMBER = st.sampled_from(["", "第一条", "第十二条", "二、", "（三）"])
PLAN = Text(
    kind="bill",
    title="教育发展规划纲要",
    number="consultation-5",
    author=("苔花区教育局", "bureau"),
    known_since=date(2013, 12, 4),
    worded_on=date(2014, 1, 6),
    clauses=[
        Clause("第一条", "第一章 总则", "全区办好每一所学校。"),
        Clause("二、", "校舍", "每年建两所。\n先修旧的。"),
        Clause("", "", "没有条号的一段。"),
        Clause("第二条", "", ""),
    ],
)


@given(LINE, st.lists(st.builds(Clause, NUMBER, LINE, SAYABLE), min_size=1, max_size=5))
def test_title_and_clauses_are_read_back_as_they_were(title, clauses):
    written = to_akn(
        Text(
            kind="act",
            title=title,
            number="7",
            author=("局", "bureau"),
            known_since=date(2013, 12, 4),
            worded_on=date(2013, 12, 4),
            clauses=clauses,
        )
    )

    assert clauses_in(written) == clauses
    assert title_in(written) == title


def test_it_says_who_it_is_on_each_level():
    root = hold_to_akn(to_akn(PLAN))
    work = "/akn/cn/bill/2013-12-04/consultation-5"

    assert root.xpath("//a:FRBRuri/@value", namespaces=A) == [
        work,
        f"{work}/zho@2014-01-06",
        f"{work}/zho@2014-01-06.xml",
    ]
    assert root.xpath("//a:FRBRthis/@value", namespaces=A) == [
        f"{work}/!main",
        f"{work}/zho@2014-01-06/!main",
        f"{work}/zho@2014-01-06/!main.xml",
    ]
    assert root.xpath("//a:FRBRdate/@date", namespaces=A) == [
        "2013-12-04", "2014-01-06", "2014-01-06",
    ]  # fmt: skip
    assert root.xpath("//a:TLCOrganization/@showAs", namespaces=A) == ["苔花区教育局"]


def test_what_is_numbered_as_an_article_is_one_and_all_else_a_paragraph():
    body = hold_to_akn(to_akn(PLAN)).xpath("//a:body/*", namespaces=A)

    assert [(etree.QName(each).localname, each.get("eId")) for each in body] == [
        ("article", "art_1"),
        ("paragraph", "para_2"),
        ("paragraph", "para_3"),
        ("article", "art_4"),
    ]


def test_written_again_it_is_the_same_byte_by_byte():
    assert to_akn(PLAN) == to_akn(PLAN)


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\r", "\ufffe", "\ud800"])
def test_what_xml_cannot_say_is_left_out(sign):
    spoilt = Text(
        kind="bill", title=f"规{sign}划", number="1", author=(f"局{sign}", "b"),
        known_since=PLAN.known_since, worded_on=PLAN.worded_on,
        clauses=[Clause(f"第一{sign}条", f"总{sign}则", f"办{sign}好。")],
    )  # fmt: skip
    written = to_akn(spoilt)

    assert title_in(written) == "规划"
    assert clauses_in(written) == [Clause("第一条", "总则", "办好。")]


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("//a:FRBRcountry", None),
        ("//a:FRBRlanguage", None),
        ("//a:FRBRdate", None),
        ("//a:content", None),
        ("//a:article/@eId", "1"),
        ("//a:FRBRdate/@date", "2013 年"),
    ],
)
def test_the_schema_refuses_what_the_standard_does_not_have(place, wrong):
    root = hold_to_akn(to_akn(PLAN))
    found = root.xpath(place, namespaces=A)[0]
    if wrong is None:
        found.getparent().remove(found)
    else:
        found.getparent().set(found.attrname, wrong)

    assert not SCHEMA.validate(root)

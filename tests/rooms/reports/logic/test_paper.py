from datetime import date

from taihua.base.papers import Heading, Paragraph, Run
from taihua.rooms.reports.logic.outline import Section
from taihua.rooms.reports.logic.paper import Backing, SentTo, as_paper, paragraphs

BACKINGS = {"help.person_times": Backing("2011 年以来", "/figures/x/")}


def paper(number="", **more):
    sections = [Section("a", 1, "甲", "文。", ""), Section("b", 0, "尾", "完。", "")]
    return as_paper(
        sections,
        year=2013,
        body="苔花区教育局",
        number=number,
        day=date(2013, 12, 4),
        backings={},
        **more,
    )


def test_lines_become_paragraphs_and_figures_carry_their_basis():
    text = "共[[help.person_times|612]]人次。\n\n  另[[no.basis]]。 "

    assert list(paragraphs(text, BACKINGS)) == [
        Paragraph((Run("共"), Run("612", note="2011 年以来", href="/figures/x/"), Run("人次。"))),
        Paragraph((Run("另"), Run("?"), Run("。"))),
    ]


def test_a_part_of_level_0_has_no_heading():
    assert paper().blocks == (Heading("甲", 1), Paragraph.of("文。"), Paragraph.of("完。"))


def test_a_draft_bears_no_red_head_and_no_room_for_a_seal():
    assert (paper().masthead, paper().sealed) == ("", False)
    assert (paper("苔教〔2013〕1号").masthead, paper("苔教〔2013〕1号").sealed) == (
        "苔花区教育局文件",
        True,
    )


def test_an_issued_report_says_at_its_foot_who_printed_it_and_who_is_sent_a_copy():
    told = SentTo("区委组织部", ("区委宣传部", "各学校"))
    issued, draft = paper("苔教〔2013〕1号", sent_to=told), paper(sent_to=told)

    assert (issued.addressee, issued.copied_to) == ("区委组织部", "区委宣传部，各学校。")
    assert (issued.printed_by, issued.printing_day) == ("苔花区教育局", "2013年12月4日印发")
    assert not draft.has_imprint

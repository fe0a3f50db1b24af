"""A meeting that a branch writes down counts for each who came, for what was decided and mended."""

from datetime import date

import pytest

from taihua.kernel import house
from taihua.kernel.measures.queries import value
from taihua.kernel.records.queries import statements
from taihua.kernel.rules.enums import State
from taihua.kernel.rules.queries import duties_of
from taihua.rooms.ledgers.actions import Sent, import_file
from taihua.rooms.meetings.room.ledgers import ALIKE, KINDS
from tests.factories import NINE, in_force
from tests.rooms.ledgers.sheets import xlsx

HEADER = ("支部", "会议类别", "日期", "议题", "应到", "参会人员", "决议", "整改落实", "述职人员")
ASSEMBLY = (
    "苔花一小",
    "党员大会",
    "2013-11-04",
    "学习",
    3,
    "林知远、周明，沈 青",
    "办三件事",
    "",
    "",
)

pytestmark = pytest.mark.usefixtures("lin", "zhou", "shen", "wu")


@pytest.fixture
def held():
    """Import these meetings; gives the preview."""

    def bring(*rows):
        sent = Sent(name="会议.xlsx", content=xlsx(HEADER, *rows))
        return import_file(house.ledgers()["meetings"], sent, at=NINE, dry_run=False)

    return bring


def counted(code):
    figure = house.figures()[code]
    return value(figure, first=date(2013, 1, 1), last=date(2013, 12, 31)).number


def of_verb(verb):
    return statements().filter(verb__code=verb)


def test_a_meeting_is_one_record_and_one_more_for_each_who_came(held):
    assert held(ASSEMBLY).errors == {}

    meeting = of_verb("held-meeting").get()
    assert (meeting.unit.name, meeting.kind.code) == ("苔花一小", "meetings/assembly")
    came = of_verb("attended").order_by("person__code")
    assert [one.person.name for one in came] == ["林知远", "沈青", "周明"]
    assert {(one.kind.code, one.object_path) for one in came} == {
        (meeting.kind.code, meeting.object_path)
    }


def test_what_was_decided_and_mended_is_on_record_only_where_it_is_written(held):
    held(ASSEMBLY, (*ASSEMBLY[:2], "2013-10-04", *ASSEMBLY[3:6], "", "已经落实", ""))

    assert [str(one.day) for one in of_verb("decided")] == ["2013-11-04"]
    assert [str(one.day) for one in of_verb("remedied")] == ["2013-10-04"]


def test_who_accounts_for_duty_is_on_record_beside_who_came(held):
    held(("苔花区教育局", "述职述廉", "2013-01-18", "述职", 2, "林知远、周明", "", "", "林知远"))

    assert [one.person.name for one in of_verb("reported-duty")] == ["林知远"]
    assert counted("meetings.accounts") == 1


@pytest.mark.parametrize("word", [*KINDS, *ALIKE])
def test_every_word_for_a_meeting_means_one_kind(held, word):
    held((ASSEMBLY[0], word, *ASSEMBLY[2:]))

    assert of_verb("held-meeting").get().kind.code == KINDS[ALIKE.get(word, word)]


def test_other_words_stand_for_kinds_there_are_and_for_none_by_their_own():
    assert set(ALIKE.values()) <= set(KINDS)
    assert not set(ALIKE) & set(KINDS)


def test_the_figures_count_meetings_by_kind(held):
    held(
        ASSEMBLY,
        (ASSEMBLY[0], "支委会", "2013-11-05", "研究", 3, "沈青", "", "", ""),
        (ASSEMBLY[0], "党小组会", "2013-11-06", "学习", 3, "", "", "", ""),
        (ASSEMBLY[0], "党课", "2012-11-07", "往年的", 3, "沈青", "", "", ""),
    )

    assert counted("meetings.held") == 3
    assert counted("meetings.assemblies") == 1
    assert counted("meetings.committees") == 1
    assert counted("meetings.cells") == 1
    assert counted("meetings.classes") == 0
    assert counted("meetings.attendances") == 4
    assert counted("meetings.roll_share") * 3 == 2
    assert counted("meetings.decided_share") * 2 == 1


def test_a_leader_is_credited_in_the_leadership_and_in_the_branch(held):
    held(
        ("苔花区教育局", "民主生活会", "2013-11-28", "检查", 2, "林知远、周明", "", "已整改", ""),
        (ASSEMBLY[0], "组织生活会", "2013-11-20", "检查", 3, "林知远、沈青", "", "", ""),
    )

    assert counted("meetings.dual_leaders") == 2
    assert counted("meetings.dual_branch") == 2
    assert counted("meetings.dual_effect") == 1
    both = of_verb("attended").filter(person__code="lin")
    assert {one.kind.code for one in both} == {
        "meetings/candour_leaders",
        "meetings/candour_branch",
    }


def test_one_meeting_is_the_duty_of_the_unit_and_of_each_who_came(held, lin, zhou, school):
    in_force(
        "branch.assembly", subject="unit", verbs=["held-meeting"], kinds=["meetings/assembly"],
        audience={"unit_kinds": ["school"]}, count="statements", every="quarter",
    )  # fmt: skip
    in_force(
        "dual.branch", verbs=["attended"], kinds=["meetings/assembly"],
        audience={"tiers": ["leadership", "middle"]}, count="statements", every="quarter",
    )  # fmt: skip
    held((*ASSEMBLY[:5], "林知远", *ASSEMBLY[6:]))

    def now(subject, code):
        found = duties_of(subject, NINE.date())
        return [one.state for one in found if one.rule.code == code and one.period.key == "2013-Q4"]

    assert now(school, "branch.assembly") == [State.DONE]
    assert now(lin, "dual.branch") == [State.DONE]
    assert now(zhou, "dual.branch") != [State.DONE]


def test_a_meeting_whose_roll_is_put_right_credits_the_others_no_longer(held):
    held(ASSEMBLY)

    again = held((*ASSEMBLY[:5], "林知远", *ASSEMBLY[6:]))

    assert again.counts == {"new": 0, "changed": 1, "same": 0}
    assert [one.person.name for one in of_verb("attended")] == ["林知远"]
    assert of_verb("held-meeting").count() == 1


def test_somebody_unknown_on_the_roll_keeps_the_sheet_out(held):
    found = held((*ASSEMBLY[:5], "林知远、查无此人", *ASSEMBLY[6:]))

    [error] = found.errors[0]
    assert error.column == "present"
    assert error.reason.startswith("没有“查无此人”这个人。")
    assert not statements().exists()


def test_a_meeting_is_planned_in_a_ledger_of_its_own(held):
    header = ("单位", "类别", "制定日期", "内容", "计划时间", "负责人")
    row = ("苔花一小", "党课", "2013-01-10", "党章", "2013-03-01", "沈青")
    sent = Sent(name="计划.xlsx", content=xlsx(header, row))

    found = import_file(house.ledgers()["meeting-plans"], sent, at=NINE, dry_run=False)

    assert found.counts["new"] == 1
    assert counted("meetings.planned") == 1
    assert counted("meetings.held") == 0

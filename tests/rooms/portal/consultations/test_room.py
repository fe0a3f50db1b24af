"""What consultations declare: ledgers, figures, marks, dues, calendars and their story."""

import random
from datetime import date

from taihua.kernel import house
from taihua.kernel.house import Story, calendar_of, dues_of
from taihua.kernel.measures.queries import value
from taihua.rooms.portal.actions.consultations import look_back, publish
from taihua.rooms.portal.models import Consultation
from taihua.rooms.portal.queries.consultations import overview
from taihua.rooms.portal.room.consultations_demo import tell
from tests.factories import NINE
from tests.rooms.portal.consultations.conftest import LATER, TODAY, sent

YEAR = {"first": date(2013, 1, 1), "last": date(2013, 12, 31)}


def figure(code, **span):
    return value(house.figures()[code], **(span or YEAR)).number


def imported(code, **cells):
    ledger = house.ledgers()[code]
    row = dict.fromkeys((column.code for column in ledger.columns), None) | cells
    ledger.store.apply(ledger.store.plan([row]), None, NINE)


def test_a_row_of_a_spreadsheet_counts_like_one_of_the_pages(out, bureau):
    assert figure("portal.consultations") == 1
    imported(
        "consultations", unit="bureau", day=date(2013, 4, 1), topic="招生办法",
        explanation="先听意见。", answered="意见 3 条，采纳 1 条", final="改了两处", look_back="有用",
    )  # fmt: skip

    assert figure("portal.consultations") == 2
    assert figure("portal.explained_share") == 1
    assert figure("portal.finals") == figure("portal.looked_back") == 1


def test_a_settled_one_stands_in_the_ledger_with_all_that_came_of_it(finished, su):
    publish(consultation=finished, summary="", by=su.account, at=LATER)
    look_back(consultation=finished, text="三所都开学了。", by=su.account, at=LATER)
    store = house.ledgers()["consultations"].store
    [row] = store.rows(None)

    assert row["topic"] == "教育发展规划纲要"
    assert row["final"] == "最终文本共 3 条"
    assert row["look_back"] == "三所都开学了。"
    plan = store.plan([row])
    assert not plan.errors
    assert [step.state.value for step in plan.steps] == ["same"]


def test_a_plan_of_the_ledger_is_not_planned_again(bureau, su):
    imported(
        "consultation-plans", unit="bureau", kind="征求意见", day=date(2013, 1, 4),
        topic="教育发展规划纲要",
    )  # fmt: skip
    sent(bureau, su)

    assert figure("portal.consultations_planned") == 1


def test_the_marks_of_c1_stand_on_known_figures():
    [mechanism] = [each for each in house.mechanisms() if each.code == "C1"]

    marks = (mechanism.plan, mechanism.content, mechanism.check, mechanism.effect)
    assert all(mark.figure in house.figures() for mark in marks)


def test_desks_ask_those_who_are_asked_and_the_one_who_answers(bureau, section, su, zhou, wu, out):
    inside = sent(
        bureau, su, audience="internal", units=[section], kind="ordinary", title="会议安排"
    )

    assert [due.topic for due in dues_of(zhou, TODAY)] == [inside.path]
    assert dues_of(wu, TODAY) == []
    assert {due.topic for due in dues_of(su, LATER.date())} == {
        f"{out.path}/answers",
        f"{inside.path}/answers",
    }


def test_the_closing_day_stands_in_calendars(out, bureau, su, wu):
    span = (date(2014, 1, 1), date(2014, 1, 31))

    [seen] = calendar_of(su, *span)
    assert seen.title == "征求意见截止：教育发展规划纲要"
    assert [each.path for each in calendar_of(bureau, *span)] == [out.path]
    assert calendar_of(wu, *span) == []


def test_the_story_has_one_settled_one_open_and_one_inside(bureau, su, zhou):
    story = Story(rng=random.Random(1), first=date(2011, 1, 1), on=TODAY)

    tell(story)

    settled, inside, under_way = Consultation.objects.order_by("opens")
    assert [each.phase(TODAY).value for each in (settled, inside, under_way)] == [
        "published",
        "published",
        "open",
    ]
    told = overview(settled)
    assert (len(told.opinions), told.heeded, told.missing) == (12, 9, [])
    assert under_way.closes == date(2013, 12, 20)
    assert under_way.opinions.filter(response=None).exists()
    assert {draft.label for draft in story.drafts} >= {"义务教育招生办法"}

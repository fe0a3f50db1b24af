from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from taihua.kernel import house
from taihua.kernel.commitments.models import Commitment
from taihua.kernel.measures.queries import value
from taihua.kernel.org.models import Account
from taihua.kernel.records.queries import statements, statements_of
from taihua.rooms.outreach.actions.counting import settle_day
from taihua.rooms.outreach.actions.matters import settle_problem
from taihua.rooms.outreach.actions.notes import Matter, NoteRefused, take_in
from taihua.rooms.outreach.actions.proposals import answer
from taihua.rooms.outreach.enums import Counting
from taihua.rooms.outreach.models import FieldVisit, Problem, Proposal
from tests.factories import NINE, LeaveFactory
from tests.rooms.outreach.conftest import DAY, TODAY, at, number


def visited(person):
    return statements_of(person).filter(verb__code="visited")


def what_stands():
    """All that notes leave behind and that anybody can see or count, without ids and moments."""
    return (
        {
            (v.uuid, v.place.code, v.day, v.halves, v.topic, v.revision, v.counting)
            for v in FieldVisit.objects.select_related("place")
        },
        {
            (
                s.person_id,
                s.verb.code,
                s.day,
                "ledger" if s.row_key else s.object_path,  # its number is left to chance
                s.object_label,
                s.hundredths,
                str(s.result),
            )
            for s in statements()
        },
        sorted(
            Commitment.objects.filter(closed_at__isnull=True).values_list(
                "origin", "unit", "person", "due", "what"
            )
        ),
        set(Proposal.objects.values_list("uuid", "text", "owner", "due")),
        set(Problem.objects.values_list("uuid", "text", "owner", "due")),
    )


# --- one note ----------------------------------------------------------------------------------------


def test_a_note_is_on_record_as_the_ledger_of_visits_writes_it(note_of, lin, section):
    note = note_of(halves=1, proposals=(Matter(text="请两校结对教研。", owner=section),))

    taken = take_in(note=note, at=NINE)

    statement = visited(lin).get()
    assert taken.is_new
    assert taken.visit.statement == statement.uuid
    assert (statement.kind.code, statement.object_label) == ("outreach/visit", "课堂教学")
    assert (statement.day, statement.counts_on, str(statement.quantity)) == (DAY, DAY, "0.5")
    assert statement.context == {"place": "school-1"}
    assert statement.result == {"seen": "多媒体教室不够用。", "proposal": "请两校结对教研。"}


def test_what_it_asks_is_owed_by_its_owner_within_a_month_or_by_the_day_named(
    visit, section, school
):
    owed = {c.unit: c.due for c in Commitment.objects.all()}

    assert owed == {section: DAY + timedelta(days=30), school: date(2013, 12, 20)}
    assert set(statements().values_list("verb__code", flat=True)) == {
        "visited", "proposed", "found-problem",
    }  # fmt: skip


def test_sending_it_again_changes_nothing(note_of, lin):
    note = note_of()
    take_in(note=note, at=NINE)
    before = what_stands()

    again = take_in(note=note, at=at(1))

    assert not again.is_new
    assert what_stands() == before
    assert visited(lin).count() == 1


def test_a_newer_writing_replaces_the_words_and_an_older_one_comes_too_late(note_of, lin, section):
    first = note_of(proposals=(Matter(text="旧的建议", owner=section),))
    second = replace(
        first, revision=2, seen="又看了一遍。", proposals=(Matter(text="新的建议", owner=section),)
    )
    take_in(note=first, at=NINE)
    take_in(note=second, at=NINE)

    late = take_in(note=first, at=NINE)

    assert not late.is_new
    assert visited(lin).get().result == {"seen": "又看了一遍。", "proposal": "新的建议"}
    assert [p.text for p in Proposal.objects.all()] == ["新的建议"]
    assert [c.what for c in Commitment.objects.filter(closed_at__isnull=True)] == [
        "答复调研建议：新的建议"
    ]


def test_a_note_that_is_moved_to_another_day_counts_there_alone(note_of, lin):
    note = note_of()
    take_in(note=note, at=NINE)

    take_in(note=replace(note, revision=2, day=DAY - timedelta(days=3)), at=NINE)

    assert visited(lin).get().day == DAY - timedelta(days=3)


def test_a_day_that_is_made_up_is_credited_to_the_day_it_makes_up_for(note_of, lin):
    take_in(note=note_of(makes_up=date(2013, 11, 28)), at=NINE)

    assert visited(lin).get().counts_on == date(2013, 11, 28)


# --- what must not count twice -----------------------------------------------------------------------


def test_two_notes_of_one_visit_count_once(note_of, lin):
    take_in(note=note_of(), at=NINE)

    second = take_in(note=note_of(written="2013-12-02T10:00:00.000Z"), at=NINE).visit

    assert second.counting == Counting.SAME
    assert visited(lin).count() == 1
    assert FieldVisit.objects.count() == 2


def test_a_third_half_day_is_kept_and_not_counted(note_of, lin, other_school):
    take_in(note=note_of(), at=NINE)

    more = note_of(place=other_school, halves=1, written="2013-12-02T10:00:00.000Z")
    third = take_in(note=more, at=NINE).visit

    assert third.counting == Counting.FULL
    assert sum(s.quantity for s in visited(lin)) == 1


def imported(**cells):
    """A row of the ledger of visits, imported."""
    ledger = house.ledgers()["visits"]
    empty = dict.fromkeys(column.code for column in ledger.columns)
    row = {"person": "lin", "day": DAY, "place": "school-1", "topic": "课堂教学"} | cells
    plan = ledger.store.plan([empty | row])
    if not plan.refused:
        ledger.store.apply(plan, None, NINE)
    return plan


def test_a_visit_that_an_imported_ledger_holds_is_not_counted_again(note_of, lin, section):
    imported(proposal="请两校结对教研。")

    note = note_of(proposals=(Matter(text="请两校结对教研。", owner=section),))
    taken = take_in(note=note, at=NINE).visit

    assert taken.counting == Counting.SAME
    assert visited(lin).count() == 1
    assert statements_of(lin).filter(verb__code="proposed").count() == 1


def test_a_note_counts_by_itself_once_the_row_of_the_ledger_is_taken_back(note_of, lin, su):
    imported()
    taken = take_in(note=note_of(), at=NINE).visit
    store = house.ledgers()["visits"].store
    store.void(str(visited(lin).get().uuid), reason="记错", by=su.account, at=NINE)

    settle_day(visitor=lin, day=DAY, at=NINE)

    taken.refresh_from_db()
    assert taken.counting == Counting.COUNTED
    assert visited(lin).get().uuid == taken.statement


def test_a_row_that_is_imported_later_is_found_to_be_there_already(note_of, lin):
    take_in(note=note_of(), at=NINE)

    plan = imported(seen="多媒体教室不够用。")

    assert [step.state.name for step in plan.steps] == ["SAME"]
    assert visited(lin).count() == 1


def test_a_row_that_says_otherwise_is_refused_with_where_to_mend_it(note_of, lin):
    take_in(note=note_of(), at=NINE)

    plan = imported(topic="别的主题")

    assert "在平台里登记" in str(plan.errors[0].reason)
    assert visited(lin).count() == 1


def test_the_ledger_shows_the_answers_that_came_since_and_takes_them_back_as_the_same(
    proposal, zhou
):
    answer(
        proposal=proposal, decision="adopted", words="已纳入教研日程。", due=date(2013, 12, 31),
        at=NINE, by=zhou.account,
    )  # fmt: skip
    store = house.ledgers()["visits"].store

    rows = list(store.rows(None))

    assert (rows[0]["proposal"], rows[0]["answer"]) == ("请两校结对教研。", "已纳入教研日程。")
    assert rows[0]["answered_by"] == "基础教育科"
    assert [step.state.name for step in store.plan(rows).steps] == ["SAME"]


def test_notes_reach_the_figures_beside_imported_history(note_of, proposal, zhou):
    imported(day=date(2013, 11, 4), proposal="修操场", answer="已修", carried="修好了")
    answer(
        proposal=proposal, decision="explained", words="已有教研日程。", at=NINE, by=zhou.account
    )

    year = {"first": date(2013, 1, 1), "last": TODAY}
    told = {code: value(house.figures()[code], **year).number for code in (
        "outreach.visitors", "outreach.visit_days", "outreach.proposals", "outreach.answered",
        "outreach.answer_share",
    )}  # fmt: skip

    assert told == {
        "outreach.visitors": 1,
        "outreach.visit_days": 2,
        "outreach.proposals": 2,
        "outreach.answered": 2,
        "outreach.answer_share": 1,
    }


# --- refusals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"day": date(2013, 12, 5)}, "还没有到"),
        ({"halves": 3}, "记半天或一天"),
        ({"makes_up": DAY}, "只能补以前的日子"),
        ({"seen": "家长电话13812345678"}, "身份证号或手机号"),
        ({"heard": "32070520030304123X"}, "身份证号或手机号"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(note_of, changes, reason):
    with pytest.raises(NoteRefused, match=reason):
        take_in(note=note_of(**changes), at=NINE)

    assert not FieldVisit.objects.exists()
    assert not statements().exists()


def test_a_day_of_leave_is_refused(note_of, lin):
    LeaveFactory(person=lin, first_day=DAY, last_day=DAY)

    with pytest.raises(NoteRefused, match="在请假（病假）"):
        take_in(note=note_of(), at=NINE)

    assert not statements().exists()


@pytest.mark.parametrize(
    "changes", [{"closed": DAY - timedelta(days=1)}, {"opened": DAY + timedelta(days=1)}]
)
def test_a_unit_that_was_not_there_is_refused(note_of, school, changes):
    for name, day in changes.items():
        setattr(school, name, day)

    with pytest.raises(NoteRefused, match="不在办"):
        take_in(note=note_of(), at=NINE)

    assert not FieldVisit.objects.exists()


def test_somebody_elses_number_is_refused_and_leaves_his_note(note_of, zhou):
    note = note_of()
    take_in(note=note, at=NINE)
    before = what_stands()

    with pytest.raises(NoteRefused, match="另一个人写的"):
        take_in(note=replace(note, visitor=zhou, revision=9), at=NINE)

    assert what_stands() == before


def test_a_refused_newer_writing_leaves_the_older_as_it_was(note_of):
    note = note_of()
    take_in(note=note, at=NINE)
    before = what_stands()

    with pytest.raises(NoteRefused, match="还没有到"):
        take_in(note=replace(note, revision=2, day=date(2014, 1, 1)), at=NINE)

    assert what_stands() == before


def test_what_somebody_has_dealt_with_cannot_be_written_away(note_of, section, school, zhou, shen):
    note = note_of(
        proposals=(Matter(text="结对", owner=section),),
        problems=(Matter(text="排水", owner=school),),
    )
    visit = take_in(note=note, at=NINE).visit
    answer(
        proposal=visit.proposals.get(), decision="refused", words="没有条件。", at=NINE,
        by=zhou.account,
    )  # fmt: skip
    settle_problem(problem=visit.problems.get(), words="已疏通。", at=NINE, by=shen.account)

    for changes in ({"proposals": ()}, {"problems": ()}):
        with pytest.raises(NoteRefused, match="不能再改"):
            take_in(note=replace(note, revision=2, **changes), at=NINE)
    take_in(note=replace(note, revision=2, seen="补一句。"), at=NINE)

    assert visit.proposals.count() == visit.problems.count() == 1


# --- any order, any number of times ------------------------------------------------------------------------

DAYS = [DAY, DAY - timedelta(days=1)]
sketches = st.lists(
    st.fixed_dictionaries(
        {
            "which": st.integers(0, 3),
            "revision": st.integers(1, 2),
            "by": st.integers(0, 1),
            "where": st.integers(0, 1),
            "day": st.sampled_from(DAYS),
            "halves": st.integers(1, 2),
            "proposal": st.sampled_from(["", "结对教研", "添置设备"]),
            "problem": st.sampled_from(["", "排水不畅"]),
            "hour": st.integers(8, 9),
        }
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12)
@given(sketches, st.randoms(), st.booleans())
def test_any_order_and_any_number_of_arrivals_leave_the_same(
    note_of, lin, zhou, school, other_school, section, written, chance, in_ledger
):
    people, places = [lin, zhou], [school, other_school]
    notes = [
        note_of(
            # a device numbers the notes of its own writer only
            uuid=number(each["which"] * 2 + each["by"]),
            revision=each["revision"],
            visitor=people[each["by"]],
            place=places[each["where"]],
            day=each["day"],
            halves=each["halves"],
            written=f"2013-12-02T0{each['hour']}:00:00.000Z",
            proposals=(Matter(text=each["proposal"], owner=section),) if each["proposal"] else (),
            problems=(Matter(text=each["problem"], owner=school),) if each["problem"] else (),
        )
        for each in written
    ]
    again = notes * 2
    chance.shuffle(again)

    assert after(again, in_ledger) == after(notes, in_ledger)


def after(notes, in_ledger):
    """What stands when these notes have come in, in this order; then it is as if nothing had."""
    with transaction.atomic():
        if in_ledger:
            imported()
        for minute, note in enumerate(notes):
            take_in(note=note, at=NINE + timedelta(minutes=minute))
        found = what_stands()
        transaction.set_rollback(True)
    return found


def test_the_account_that_sent_it_stands_beside_the_record(note_of, lin):
    take_in(note=note_of(), at=NINE, by=lin.account)

    assert visited(lin).get().entered_by == Account.objects.get(person=lin)

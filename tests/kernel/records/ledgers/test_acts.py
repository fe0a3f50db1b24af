"""Acts beside the row, and days made up for."""

from datetime import date

from taihua.base.ledger import Column, Kind, Outcome
from taihua.kernel.records.ledgers import StatementStore
from taihua.kernel.records.queries import statements
from tests.kernel.records.ledgers.trial import TEN, VISIT, VISITS, put, told, visit


def test_a_cell_can_tell_an_act_of_its_own(house):
    put(VISITS, visit(proposal="修操场\n换灯", answer="已列入", by="苔花二小"))

    proposed = statements().get(verb__code="held-meeting")
    answered = statements().get(verb__code="attended")
    assert (proposed.person.name, proposed.object_label) == ("沈青", "修操场")
    assert (answered.unit.name, answered.person) == ("苔花二小", None)
    assert proposed.object_path == answered.object_path
    assert proposed.object_path.startswith("meetings/committee/")


def test_an_act_that_names_nobody_is_the_rows_own_actors(house):
    put(VISITS, visit(answer="当场答复"))

    assert statements().get(verb__code="attended").person.name == "沈青"


def test_an_act_goes_when_its_cell_is_emptied(house):
    put(VISITS, visit(proposal="修操场"))

    assert put(VISITS, visit(), at=TEN) == Outcome(changed=1)
    assert not statements().filter(verb__code="held-meeting").exists()


def test_a_day_made_up_for_is_kept_and_is_nothing_when_it_is_the_same_day(house):
    columns = (*VISIT[:2], Column("for", "补计入", Kind.DAY))
    store = StatementStore(
        ledger="trips",
        columns=columns,
        verb="read",
        kind="reading/book",
        fields={"person": "person", "day": "day", "for": "counts_on"},
        label="调研",
    )

    put(
        store,
        visit(**{"for": date(2013, 4, 30)}),
        visit(day=date(2013, 6, 1), **{"for": date(2013, 6, 1)}),
    )

    assert [row["for"] for row in store.rows(None)] == [date(2013, 4, 30), None]
    assert statements().filter(counts_on=date(2013, 4, 30)).count() == 1


def test_a_day_cannot_make_up_for_a_later_one(house):
    store = StatementStore(
        ledger="trips",
        columns=(*VISIT[:2], Column("for", "补计入", Kind.DAY)),
        verb="read",
        kind="reading/book",
        fields={"person": "person", "day": "day", "for": "counts_on"},
        label="调研",
    )

    plan = store.plan([visit(**{"for": date(2013, 5, 5)})])

    assert told(plan.errors) == [(0, "for", "补办只能计入以前的日子：2013-05-05。")]

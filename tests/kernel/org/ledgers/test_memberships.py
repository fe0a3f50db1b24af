"""Party membership in the combined roster: a change is dated and becomes history."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.ledger import LedgerRefused, Outcome, State
from taihua.kernel.org.models import Person, Term
from taihua.kernel.org.queries import terms_on
from tests.kernel.org.ledgers.roster import ROSTER, TEN, member, put, told

pytestmark = pytest.mark.django_db


def memberships(name="沈青"):
    """The stretches of membership believed now: where, as what, from when, until when."""
    found = Term.objects.known().filter(person__name=name, unit__kind="branch")
    return [
        (term.unit.name, term.post.name, term.first_day, term.last_day)
        for term in found.select_related("unit", "post").order_by("first_day")
    ]


ONE, TWO = "苔花一小党支部", "苔花二小党支部"
MOVED = date(2012, 3, 1)


def test_another_branch_without_a_day_is_asked_about_and_changes_nothing():
    put(member())

    plan = ROSTER.plan([member(branch=TWO)])

    [error] = plan.errors
    assert (error.column, error.reason) == (
        "since",
        "沈青已登记为苔花一小党支部中共党员，表里是苔花二小党支部中共党员，没有写从哪天起。",
    )
    assert error.mend == "请填写转正或转入时间；如果原来就登记错了，填 2001-07-01。"
    with pytest.raises(LedgerRefused):
        ROSTER.apply(plan, None, TEN)
    assert memberships() == [(ONE, "党员", date(2001, 7, 1), None)]


def test_another_branch_from_a_day_on_ends_the_former_membership_the_day_before():
    put(member())

    plan = ROSTER.plan([member(branch=TWO, since=MOVED)])
    assert ROSTER.apply(plan, None, TEN) == Outcome(changed=1)

    assert [(c.column, c.before, c.after) for c in plan.steps[0].changes] == [
        ("since", None, MOVED),
        ("branch", ONE, TWO),
    ]
    assert memberships() == [
        (ONE, "党员", date(2001, 7, 1), date(2012, 2, 29)),
        (TWO, "党员", MOVED, None),
    ]


def test_who_becomes_a_full_member_was_on_probation_until_the_day_before():
    put(member(party="中共预备党员", joined=date(2012, 7, 1)))
    assert ROSTER.plan([member(joined=date(2012, 7, 1))]).refused

    put(member(joined=date(2012, 7, 1), since=date(2013, 7, 1)), at=TEN)

    assert memberships() == [
        (ONE, "预备党员", date(2012, 7, 1), date(2013, 6, 30)),
        (ONE, "党员", date(2013, 7, 1), None),
    ]


def test_a_history_goes_out_and_comes_in_again_unchanged():
    put(member(party="中共预备党员", joined=date(2012, 7, 1)))
    put(member(joined=date(2012, 7, 1), since=date(2013, 7, 1)), at=TEN)
    exported = list(ROSTER.rows(None))
    before = memberships()

    assert [(row["party"], row["joined"], row["since"]) for row in exported] == [
        ("中共党员", date(2012, 7, 1), date(2013, 7, 1))
    ]
    assert put(*exported, at=TEN) == Outcome(same=1)
    assert put(member(joined=date(2012, 7, 1)), at=TEN) == Outcome(same=1)
    assert memberships() == before


def test_the_sheet_that_told_of_a_change_changes_nothing_when_it_comes_again():
    put(member())
    again = member(branch=TWO, since=MOVED)
    put(again, at=TEN)

    assert put(again, at=TEN) == Outcome(same=1)
    assert len(memberships()) == 2


def test_a_change_on_the_day_of_joining_says_that_the_belief_was_wrong():
    put(member())

    put(member(branch=TWO, since=date(2001, 7, 1)), at=TEN)

    assert memberships() == [(TWO, "党员", date(2001, 7, 1), None)]
    wrong = Term.objects.get(known_until__isnull=False)
    assert (wrong.unit.name, wrong.known_until) == (ONE, TEN)


def test_the_last_change_can_be_said_to_have_led_elsewhere():
    put(member())
    put(member(branch=TWO, since=MOVED), at=TEN)

    put(member(branch="机关党支部", since=MOVED), at=TEN)

    assert memberships() == [
        (ONE, "党员", date(2001, 7, 1), date(2012, 2, 29)),
        ("机关党支部", "党员", MOVED, None),
    ]


def test_a_corrected_day_of_joining_leaves_what_came_after_it():
    put(member())
    put(member(branch=TWO, since=MOVED), at=TEN)

    put(member(branch=TWO, joined=date(2002, 7, 1)), at=TEN)

    assert memberships() == [
        (ONE, "党员", date(2002, 7, 1), date(2012, 2, 29)),
        (TWO, "党员", MOVED, None),
    ]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"branch": "机关党支部", "since": date(2012, 2, 29)}, "since"),
        ({"branch": "机关党支部", "since": date(1999, 1, 1)}, "since"),
        ({"branch": TWO, "joined": MOVED}, "joined"),
    ],
)
def test_days_in_the_wrong_order_are_refused_and_change_nothing(cells, column):
    put(member())
    put(member(branch=TWO, since=MOVED), at=TEN)
    before = memberships()

    [error] = ROSTER.plan([member(**cells)]).errors

    assert error.column == column
    assert memberships() == before


def test_a_change_told_in_one_row_holds_for_the_other_posts_of_that_person():
    put(member(), member(post="班主任", concurrent="是"))

    put(
        member(branch=TWO, since=MOVED),
        member(post="班主任", concurrent="是", branch=TWO),
        at=TEN,
    )

    assert [unit for unit, *_days in memberships()] == [ONE, TWO]


def test_a_full_member_is_not_put_back_on_probation_by_a_sheet():
    put(member())

    plan = ROSTER.plan([member(party="中共预备党员")])

    assert plan.steps[0].state is State.SAME
    assert told(plan.notices) == [(0, "party", "已登记为中共党员，没有改动。")]


def test_a_change_taken_back_on_its_own_day_leaves_the_membership_as_it_was():
    put(member())
    before = memberships()
    put(member(branch=TWO, since=MOVED), at=TEN)

    put(member(branch=ONE, since=MOVED), at=TEN + timedelta(hours=1))

    assert memberships() == before


def test_who_was_where_on_a_day_before_the_change_stays_so():
    put(member())
    put(member(branch=TWO, since=MOVED), at=TEN)

    def branch_on(day):
        return terms_on(day).get(unit__kind="branch").unit.name

    assert [branch_on(MOVED - timedelta(days=1)), branch_on(MOVED)] == [ONE, TWO]


days = st.dates(date(2001, 1, 1), date(2013, 12, 4))
told_changes = st.lists(
    st.tuples(st.sampled_from(["中共预备党员", "中共党员"]), st.sampled_from([ONE, TWO]), days),
    max_size=5,
)


@given(changes=told_changes)
def test_however_a_membership_changes_one_stretch_follows_another_without_gap_or_overlap(changes):
    Term.objects.all().delete()
    Person.objects.all().delete()
    put(member(party="中共预备党员", joined=date(2001, 1, 1), branch=ONE))
    for party, branch, day in changes:
        sheet = [member(party=party, joined=date(2001, 1, 1), branch=branch, since=day)]
        before = memberships()
        plan = ROSTER.plan(sheet)
        if plan.refused:
            assert memberships() == before
            continue
        ROSTER.apply(plan, None, TEN)
        assert put(*sheet, at=TEN) == Outcome(same=1)
        lasting = [each for each in before if each[3] is not None]
        if lasting and memberships()[-1][:3] == lasting[-1][:3]:
            lasting.pop()  # the change was taken back: what was before goes on
        assert memberships()[: len(lasting)] == lasting

    stretches = memberships()
    assert stretches[0][2] == date(2001, 1, 1)
    assert stretches[-1][3] is None
    for former, later in pairwise(stretches):
        assert former[3] == later[2] - timedelta(days=1)
        assert former[:2] != later[:2]

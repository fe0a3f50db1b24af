"""The 花名册: one sheet that makes units, people, posts, terms and membership."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.ledger import Asked, LedgerRefused, Outcome, Scope, State
from taihua.kernel.org.models import Person, Post, Term, Unit
from tests.factories import NINE
from tests.kernel.org.ledgers.roster import ROSTER, TEN, member, put, row, told

pytestmark = pytest.mark.django_db


def terms():
    return [
        (term.person.name, term.unit.name, term.post.name, term.first_day)
        for term in Term.objects.known().order_by("pk")
    ]


def test_one_row_makes_all_that_is_not_there_yet():
    assert put(member()) == Outcome(new=1)

    assert terms() == [
        ("沈青", "苔花一小", "教师", date(2010, 9, 1)),
        ("沈青", "苔花一小党支部", "党员", date(2001, 7, 1)),
    ]
    assert {unit.name: unit.kind for unit in Unit.objects.all()} == {
        "苔花一小": "school",
        "苔花一小党支部": "branch",
    }
    assert [tag.tag for tag in Post.objects.get(name="党员").tags.all()] == ["party_member"]
    assert [tag.tag for tag in Post.objects.get(name="教师").tags.all()] == ["teacher"]


def test_the_same_sheet_again_changes_nothing():
    rows = [
        member(),
        row("林知远", "苔花区教育局", "局长"),
        row("林知远", "苔花区教育局", "党组书记", concurrent="是"),
    ]
    put(*rows)
    before = terms()

    assert put(*rows, at=TEN) == Outcome(same=3)
    assert terms() == before
    assert Person.objects.count() == 2


def test_what_will_be_made_is_told_with_names_that_are_near():
    put(row())

    plan = ROSTER.plan([row("周明", "苔花一校"), row("林知远", "苔花区教育局", "局长")])

    assert [(n.column, n.reason, n.mend) for n in plan.notices] == [
        ("unit", "将新建单位“苔花一校”（其他）。", "与已有的“苔花一小”相近，请核对。"),
        ("unit", "将新建单位“苔花区教育局”（局机关）。", ""),
    ]


def test_new_units_come_under_the_only_bureau_and_branches_under_the_only_committee():
    put(
        member(branch="一小党支部"),
        row(
            "林知远",
            "苔花区教育局",
            "局长",
            party="中共党员",
            joined=date(1998, 7, 1),
            branch="局党委",
        ),
    )

    above = {unit.name: unit.parent.name for unit in Unit.objects.exclude(parent=None)}
    assert above == {"苔花一小": "苔花区教育局"}


def test_members_of_offices_share_the_branch_of_the_bureau():
    put(member("甲", unit="基础教育科", post="科长"), member("乙", unit="人事科", post="科长"))

    assert {t.unit.name for t in Term.objects.filter(unit__kind="branch")} == {"机关党支部"}


def test_a_corrected_day_ends_the_old_belief_and_adds_a_new_one():
    put(row())

    plan = ROSTER.plan([row(first_day=date(2011, 9, 1))])
    assert ROSTER.apply(plan, None, TEN) == Outcome(changed=1)

    [change] = plan.steps[0].changes
    assert (change.column, change.before, change.after) == (
        "first_day",
        date(2010, 9, 1),
        date(2011, 9, 1),
    )
    old = Term.objects.get(known_until__isnull=False)
    assert (old.first_day, old.known_until) == (date(2010, 9, 1), TEN)
    assert len(terms()) == 1


def test_two_spells_in_one_post_are_two_rows_and_stay_so():
    rows = [
        row(first_day=date(2005, 9, 1), last_day=date(2008, 7, 31)),
        row(first_day=date(2010, 9, 1)),
    ]
    put(*rows)

    assert put(*reversed(rows), at=TEN) == Outcome(same=2)


def test_membership_is_never_ended_by_a_sheet_that_says_otherwise():
    put(member())

    plan = ROSTER.plan([row(party="群众")])

    assert plan.steps[0].state is State.SAME
    assert told(plan.notices) == [(0, "party", "已登记为中共党员，没有改动。")]


def test_probation_is_its_own_post_and_a_missing_day_is_told():
    plan = ROSTER.plan([row(party="中共预备党员")])
    ROSTER.apply(plan, None, NINE)

    assert (0, "joined", "没有写入党时间，党员身份从任职时间算起。") in told(plan.notices)
    assert [tag.tag for tag in Post.objects.get(name="预备党员").tags.all()] == ["probationary"]


@pytest.mark.parametrize("party", ["群众", "民盟盟员", "共青团员", None])
def test_who_is_no_member_gets_no_branch(party):
    put(row(party=party))

    assert not Unit.objects.filter(kind="branch").exists()


# --- who is who ------------------------------------------------------------------------------------


def test_one_name_in_two_units_is_two_people_and_told():
    plan = ROSTER.plan([row("王伟", "苔花一小"), row("王伟", "苔花二小")])
    ROSTER.apply(plan, None, NINE)

    assert Person.objects.filter(name="王伟").count() == 2
    assert (1, "name", "同名不同单位，按两个人记。") in told(plan.notices)


def test_a_concurrent_post_is_held_by_the_one_of_that_name():
    put(row("林知远", "局党委", "书记", concurrent="是"), row("林知远", "苔花区教育局", "局长"))

    assert Person.objects.get().terms.count() == 2


def test_somebody_known_elsewhere_is_asked_about():
    put(row("王伟", "苔花一小", code="T1"))

    plan = ROSTER.plan([row("王伟", "苔花二小")])

    [error] = plan.errors
    assert error.reason == "已有叫“王伟”的人：王伟（T1，苔花一小）。"
    assert "写上他的工号" in error.mend


def test_a_code_says_who_is_meant():
    put(row("王伟", "苔花一小", code="T1"))

    plan = ROSTER.plan([row("王伟", "苔花二小", code="T1")])
    assert ROSTER.apply(plan, None, TEN) == Outcome(new=1)

    assert Person.objects.count() == 1
    assert told(plan.notices)[-1] == (
        0,
        "post",
        "原来的“教师”（2010-09-01 起）没有结束，两个职务会并存。",
    )


def test_a_code_that_is_somebody_elses_is_refused():
    put(row("王伟", code="T1"))

    [error] = ROSTER.plan([row("李四", code="T1")]).errors

    assert (error.column, error.reason) == ("code", "工号 T1 是王伟。")


def test_two_of_one_name_in_one_unit_need_codes():
    put(row("王伟", code="T1"), row("王伟", code="T2"))

    [error] = ROSTER.plan([row("王伟")]).errors

    assert "王伟（T1，苔花一小）、王伟（T2，苔花一小）" in error.reason


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"last_day": date(2010, 1, 1)}, "last_day", "免职日期不能早于任职日期。"),
        (
            {"first_day": date(1940, 1, 1)},
            "first_day",
            "苔花一小在 1940-01-01 尚未设立或已经撤销。",
        ),
    ],
)
def test_days_that_cannot_be_are_refused(cells, column, reason):
    assert told(ROSTER.plan([row(**cells)]).errors) == [(0, column, reason)]


def test_contradictions_within_a_sheet_are_refused():
    plan = ROSTER.plan([member(), member(), member(post="班主任", joined=date(2002, 7, 1))])

    assert told(plan.errors) == [
        (2, "party", "沈青的党员信息和前面的行不一样。"),
        (1, "name", "沈青的这个任职在表里出现了两次。"),
    ]


def test_a_sheet_with_errors_makes_nothing_at_all():
    with pytest.raises(LedgerRefused, match="什么都没有导入"):
        put(row(), row("李四", last_day=date(2000, 1, 1)))

    assert (Unit.objects.count(), Person.objects.count(), Post.objects.count()) == (0, 0, 0)


def test_rows_without_what_they_need_are_left_to_the_intake():
    assert ROSTER.plan([row(name=None)]).steps[0].state is State.NEW


# --- posts and units that share a name ---------------------------------------------------------------


def test_one_title_at_two_tiers_is_two_posts():
    put(
        row("甲", "苔花区教育局", "书记", tier="领导班子"),
        row("乙", "苔花一小", "书记", tier="中层干部"),
    )

    assert set(Post.objects.values_list("name", "tier")) == {
        ("书记", "leadership"),
        ("书记", "middle"),
    }
    assert put(row("丙", "苔花三小", "书记")) == Outcome(new=1)
    assert Post.objects.count() == 2


def test_posts_that_nothing_tells_apart_are_asked_about():
    for code in ("a", "b"):
        Post.objects.create(code=code, name="干事", tier="staff")

    [error] = ROSTER.plan([row(post="干事")]).errors

    assert (error.column, error.reason) == ("post", "有 2 个“干事”职务。")


def test_units_of_one_name_are_asked_about_and_told_apart_by_code():
    for code in ("U1", "U2"):
        Unit.objects.create(code=code, name="中心小学", kind="school", opened=date(1990, 1, 1))

    [error] = ROSTER.plan([row(unit="中心小学")]).errors
    assert error.reason == "有 2 个“中心小学”。"
    assert put(row(unit="中心小学（U2）")) == Outcome(new=1)


# --- the way out -------------------------------------------------------------------------------------


def test_rows_show_each_term_with_membership_beside_it():
    put(member(), row("林知远", "苔花区教育局", "局长"))

    rows = {told["name"]: told for told in ROSTER.rows(None)}

    assert rows["沈青"] == member(
        code="P00001", tier="一般干部职工", concurrent="否", branch="苔花一小党支部"
    )
    assert rows["林知远"]["party"] is None
    assert list(ROSTER.rows(2009)) == []


def test_a_page_of_the_roster_shows_the_scope_asked_for():
    put(row(), row("吴江", "苔花二小"))
    one = Unit.objects.get(name="苔花一小")

    entries = ROSTER.entries(Asked(scope=Scope(units=frozenset({one.pk}))))

    assert entries.count() == 1
    [entry] = entries.page(0, 25)
    assert entry.row["name"] == "沈青"
    assert ROSTER.entry(entry.ref, Scope()) is None
    with pytest.raises(LedgerRefused, match="任职台账"):
        ROSTER.correct(entry.ref, entry.row, reason="改", by=None, at=TEN)


names = st.sampled_from(["沈青", "吴江", "王伟", "买买提·依明"])
units = st.sampled_from(["苔花一小", "苔花二小", "基础教育科", "苔花区教育局"])
roster_rows = st.builds(
    row,
    name=names,
    unit=units,
    post=st.sampled_from(["教师", "校长", "科长", "局长"]),
    first_day=st.dates(date(2000, 1, 1), date(2012, 12, 31)),
    last_day=st.none() | st.dates(date(2013, 1, 1), date(2013, 12, 4)),
    party=st.sampled_from([None, "群众", "中共党员", "中共预备党员"]),
    joined=st.none() | st.dates(date(1990, 1, 1), date(2000, 1, 1)),
)


@given(rows=st.lists(roster_rows, max_size=6))
def test_export_then_import_is_the_identity(rows):
    plan = ROSTER.plan(rows)
    if not plan.refused:
        ROSTER.apply(plan, None, NINE)

    exported = list(ROSTER.rows(None))

    assert put(*exported, at=TEN) == Outcome(same=len(exported))
    assert list(ROSTER.rows(None)) == exported

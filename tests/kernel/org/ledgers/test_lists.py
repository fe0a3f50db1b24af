"""Units, people, posts, terms and leave as ledgers."""

from datetime import date, datetime

import pytest

from taihua.base.clock import ZONE
from taihua.base.ledger import Asked, LedgerRefused, Outcome, Scope
from taihua.kernel.org.ledgers.directory import Directory
from taihua.kernel.org.ledgers.guesses import (
    free_codes,
    kind_by_name,
    party_tag,
    tags_by_name,
    tier_by_name,
)
from taihua.kernel.org.ledgers.lists import PersonStore, PostStore, UnitStore
from taihua.kernel.org.ledgers.terms import LeaveStore, TermStore
from taihua.kernel.org.models import Leave, Person, Post, Term, Unit
from tests.factories import NINE

TEN = datetime(2013, 12, 4, 10, tzinfo=ZONE)

pytestmark = pytest.mark.django_db


def put(store, *rows, at=NINE):
    return store.apply(store.plan(rows), None, at)


def told(plan):
    return [(error.index, error.column, error.reason) for error in plan.errors]


def refs(store, scope=Scope(everything=True)):  # noqa: B008  # a value, never changed
    return [entry.ref for entry in store.entries(Asked(scope=scope)).page(0, 25)]


def unit(code="U1", name="苔花一小", kind="学校", parent=None, **days):
    return {
        "code": code,
        "name": name,
        "kind": kind,
        "parent": parent,
        "opened": date(1990, 1, 1),
        "closed": None,
        **days,
    }


# --- lists by code -----------------------------------------------------------------------------------


def test_units_may_stand_under_units_of_the_same_sheet():
    rows = [unit(parent="苔花区教育局"), unit("B", "苔花区教育局", "局机关")]

    assert put(UnitStore(), *rows) == Outcome(new=2)

    assert Unit.objects.get(code="U1").parent.code == "B"
    assert sorted(UnitStore().rows(None), key=repr) == sorted(rows, key=repr)
    assert put(UnitStore(), *rows) == Outcome(same=2)


def test_a_unit_is_renamed_and_closed_in_place():
    put(UnitStore(), unit())

    assert put(UnitStore(), unit(name="苔花实验小学", closed=date(2013, 7, 1))) == Outcome(
        changed=1
    )

    renamed = Unit.objects.get()
    assert (renamed.name, renamed.closed) == ("苔花实验小学", date(2013, 7, 1))


def test_units_that_cannot_be_are_refused():
    plan = UnitStore().plan(
        [
            unit(closed=date(1980, 1, 1)),
            unit("U2", "苔花二小", parent="苔花二小"),
            unit("U3", "苔花三小", parent="没有的局"),
            unit("U2", "苔花四小"),
        ]
    )

    assert told(plan) == [
        (2, "parent", "没有“没有的局”这个单位。"),
        (3, "code", "“U2”在表里出现了两次。"),
        (0, "closed", "撤销日期不能早于设立日期。"),
        (1, "parent", "单位不能是自己的上级。"),
    ]
    with pytest.raises(LedgerRefused):
        UnitStore().apply(plan, None, NINE)


def test_people_are_made_and_renamed_by_their_code():
    put(PersonStore(), {"code": "T1", "name": "沈青"}, {"code": "T2", "name": "吴江"})

    assert put(
        PersonStore(), {"code": "T1", "name": "沈清"}, {"code": "T2", "name": "吴江"}
    ) == Outcome(changed=1, same=1)
    assert list(PersonStore().rows(None)) == [
        {"code": "T1", "name": "沈清"},
        {"code": "T2", "name": "吴江"},
    ]


def test_posts_bear_tags_that_come_and_go():
    post = {"code": "z", "name": "校长", "tier": "中层干部", "tags": "principal teacher"}
    put(PostStore(), post)

    put(PostStore(), post | {"tags": "principal secretary"})

    assert set(Post.objects.get().tags.values_list("tag", flat=True)) == {"principal", "secretary"}
    assert next(PostStore().rows(None))["tags"] == "principal secretary"


def test_a_list_cannot_lose_a_row_but_is_corrected_in_place():
    put(PersonStore(), {"code": "T1", "name": "沈青"}, {"code": "T2", "name": "吴江"})
    store, ref = PersonStore(), refs(PersonStore())[0]

    with pytest.raises(LedgerRefused, match="不能作废"):
        store.void(ref, reason="不要", by=None, at=TEN)
    with pytest.raises(LedgerRefused, match="没有要更正的"):
        store.correct(ref, {"code": "T1", "name": "沈青"}, reason="改", by=None, at=TEN)
    with pytest.raises(LedgerRefused, match="已经有这一行"):
        store.correct(ref, {"code": "T2", "name": "沈青"}, reason="改", by=None, at=TEN)
    with pytest.raises(LedgerRefused, match="填得不对"):
        store.correct(ref, {"code": "T1", "name": None}, reason="改", by=None, at=TEN)
    with pytest.raises(LedgerRefused, match="写明更正的原因"):
        store.correct(ref, {"code": "T1", "name": "沈清"}, reason=" ", by=None, at=TEN)
    store.correct(ref, {"code": "T9", "name": "沈清"}, reason="改名", by=None, at=TEN)

    assert Person.objects.get(code="T9").name == "沈清"
    assert store.history(ref) == []


# --- terms -------------------------------------------------------------------------------------------


@pytest.fixture
def school(db):
    put(UnitStore(), unit(), unit("U2", "苔花二小"))
    put(PersonStore(), {"code": "T1", "name": "沈青"}, {"code": "T2", "name": "吴江"})
    put(PostStore(), {"code": "z", "name": "教师", "tier": "一般干部职工", "tags": None})
    return Unit.objects.get(code="U1")


def term(person="沈青", unit="苔花一小", **cells):
    return {
        "person": person,
        "unit": unit,
        "post": "教师",
        "first_day": date(2010, 9, 1),
        "last_day": None,
        "concurrent": "否",
        **cells,
    }


def test_terms_come_in_and_go_out_the_same(school):
    rows = [term(), term("吴江", "苔花二小", last_day=date(2013, 7, 31), concurrent="是")]

    assert put(TermStore(), *rows) == Outcome(new=2)
    assert list(TermStore().rows(2013)) == rows
    assert list(TermStore().rows(2009)) == []
    assert put(TermStore(), *rows, at=TEN) == Outcome(same=2)


def test_a_changed_term_ends_the_old_belief(school):
    put(TermStore(), term())

    assert put(TermStore(), term(last_day=date(2013, 7, 31)), at=TEN) == Outcome(changed=1)

    assert Term.objects.get(known_until=TEN).last_day is None
    assert Term.objects.known().get().last_day == date(2013, 7, 31)
    history = TermStore().history(refs(TermStore())[0])
    assert [chapter.told for chapter in history] == [
        "记入：2010-09-01 — 至今",
        "作废：2010-09-01 — 至今",
        "更正后重记：2010-09-01 — 2013-07-31",
    ]


def test_a_term_is_voided_and_counts_no_more(school):
    put(TermStore(), term())

    TermStore().void(refs(TermStore())[0], reason="记错", by=None, at=TEN)

    assert not Term.objects.known().exists()


def test_terms_that_cannot_be_are_refused(school):
    plan = TermStore().plan(
        [
            term(last_day=date(2000, 1, 1)),
            term(first_day=date(1980, 1, 1)),
            term(post="教授"),
            term("无名"),
        ]
    )

    assert told(plan) == [
        (2, "post", "没有“教授”这个职务。"),
        (3, "person", "没有“无名”这个人。"),
        (0, "last_day", "免职日期不能早于任职日期。"),
        (1, "first_day", "苔花一小在 1980-01-01 尚未设立或已经撤销。"),
    ]


def test_only_the_party_office_writes_rosters(school):
    plan = TermStore().plan([term()])

    assert list(TermStore().outside(plan, Scope(everything=True))) == []
    [error] = TermStore().outside(plan, Scope(units=frozenset({school.pk})))
    assert error.reason == "花名册一类的台账只由党办登记。"


def test_a_scope_shows_what_belongs_to_it(school):
    put(TermStore(), term(), term("吴江", "苔花二小"))
    put(LeaveStore(), leave())
    wu = Person.objects.get(code="T2").pk
    one, other = Scope(units=frozenset({school.pk})), Scope(person=wu)

    for store, mine in (
        (UnitStore, 1),
        (PersonStore, 1),
        (PostStore, 1),
        (TermStore, 1),
        (LeaveStore, 1),
    ):
        assert len(refs(store(), one)) == mine
        assert len(refs(store(), other)) == (0 if store is LeaveStore else 1)
        assert refs(store(), Scope()) == []
        assert store().entry(refs(store())[0], Scope()) is None
        assert store().entry("abc", one) is None


def test_a_page_can_be_narrowed_to_units_people_and_years(school):
    put(TermStore(), term(), term("吴江", "苔花二小", last_day=date(2012, 1, 1)))
    wu = Person.objects.get(code="T2").pk

    def names(**asked):
        return {entry.row["person"] for entry in TermStore().entries(Asked(**asked)).page(0, 9)}

    assert names(units=frozenset({school.pk})) == {"沈青"}
    assert names(people=frozenset({wu})) == {"吴江"}
    assert names(year=2013) == {"沈青"}


# --- leave -------------------------------------------------------------------------------------------


def leave(person="沈青", **cells):
    return {
        "person": person,
        "unit": "苔花一小",
        "first_day": date(2013, 3, 1),
        "last_day": date(2013, 3, 31),
        "kind": "病假",
        **cells,
    }


def test_leave_comes_in_and_goes_out_the_same(school):
    put(TermStore(), term())

    assert put(LeaveStore(), leave()) == Outcome(new=1)
    assert list(LeaveStore().rows(2013)) == [leave()]
    assert list(LeaveStore().rows(2012)) == []
    assert put(LeaveStore(), leave(unit=None), at=TEN) == Outcome(same=1)


def test_changed_leave_ends_the_old_belief_and_can_be_voided(school):
    put(TermStore(), term())
    put(LeaveStore(), leave())

    assert put(LeaveStore(), leave(kind="事假"), at=TEN) == Outcome(changed=1)
    assert Leave.objects.known().get().kind == "personal"
    assert len(LeaveStore().history(refs(LeaveStore())[0])) == 3

    LeaveStore().void(refs(LeaveStore())[0], reason="没请", by=None, at=TEN)
    assert not Leave.objects.known().exists()


def test_leave_that_ends_before_it_begins_is_refused(school):
    plan = LeaveStore().plan([leave(last_day=date(2013, 2, 1))])

    assert told(plan) == [(0, "last_day", "请假结束日期不能早于开始日期。")]


def test_namesakes_on_leave_are_told_apart_by_their_unit(school):
    put(PersonStore(), {"code": "T3", "name": "沈青"})
    put(TermStore(), term("沈青（T1）"), term("沈青（T3）", "苔花二小"))

    assert put(LeaveStore(), leave(unit="苔花二小")) == Outcome(new=1)
    assert Leave.objects.get().person.code == "T3"


# --- looking up and guessing -------------------------------------------------------------------------


def test_a_directory_of_some_knows_their_namesakes_too(school):
    put(PersonStore(), {"code": "T3", "name": "沈青"})
    shen = Person.objects.get(code="T1")

    some = Directory.some([shen.pk])

    assert some.show_person(shen) == "沈青（T1）"
    assert some.person_of_code("T2") is None


def test_what_belongs_to_a_scope_is_told_by_code(school):
    put(TermStore(), term())
    directory = Directory.everybody()
    here = Scope(units=frozenset({school.pk}))

    assert directory.belongs("T1", here)
    assert directory.belongs("U1", here)
    assert not directory.belongs("T2", here)
    assert directory.belongs("T2", Scope(person=Person.objects.get(code="T2").pk))
    assert not directory.belongs("nobody", here)


def test_after_many_unknown_names_no_near_ones_are_sought(school):
    rows = [term(f"沈{chr(0x5200 + number)}") for number in range(45)]

    errors = TermStore().plan(rows).errors

    assert errors[0].mend == "是不是“沈青”？"
    assert errors[-1].mend == "请核对写法，或先在花名册里登记。"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("苔花一小", "school"),
        ("苔花中心小学（东区）", "school"),
        ("实验幼儿园", "school"),
        ("基础教育科", "section"),
        ("办公室", "section"),
        ("苔花区教育局", "bureau"),
        ("一小党支部", "branch"),
        ("第二党小组", "cell"),
        ("局党委", "committee"),
        ("读书社", "group"),
    ],
)
def test_the_kind_of_a_unit_is_guessed_by_its_name(name, kind):
    assert kind_by_name(name) == kind


@pytest.mark.parametrize(
    ("post", "unit_kind", "tier"),
    [
        ("副局长", "bureau", "leadership"),
        ("党组书记", "bureau", "leadership"),
        ("科长", "section", "middle"),
        ("副校长", "school", "middle"),
        ("教师", "school", "staff"),
        ("退休干部", "bureau", "none"),
    ],
)
def test_the_tier_of_a_post_is_guessed_by_name_and_unit(post, unit_kind, tier):
    assert tier_by_name(post, unit_kind) == tier


def test_tags_membership_and_free_codes():
    assert tags_by_name("校长") == ["principal"]
    assert tags_by_name("副校长") == []
    assert [party_tag(said) for said in ("中共党员", "预备党员", "是", "民进会员", None, "否")] == [
        "party_member",
        "probationary",
        "party_member",
        None,
        None,
        None,
    ]
    codes = free_codes("P", {"P00001"})
    assert [next(codes), next(codes)] == ["P00002", "P00003"]

"""Rows of a ledger as statements: both directions, and everything that is said on the way."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.clock import ZONE
from taihua.base.ledger import Asked, Column, Kind, LedgerRefused, Outcome, Scope
from taihua.kernel.org.models import Account, Person, Post, Term, Unit
from taihua.kernel.records.actions import learn_words, record
from taihua.kernel.records.ledgers import Also, StatementStore
from taihua.kernel.records.queries import statements

NINE = datetime(2013, 12, 4, 9, tzinfo=ZONE)
TEN = datetime(2013, 12, 4, 10, tzinfo=ZONE)

BOOKS = (
    Column("person", "姓名", Kind.PERSON, required=True, key=True),
    Column("unit", "单位", Kind.UNIT),
    Column("day", "读完日期", Kind.DAY, required=True, past=True),
    Column("book", "书名", Kind.TEXT, required=True, key=True),
    Column("author", "作者", Kind.TEXT),
    Column("score", "测评", Kind.NUMBER),
)
READING = StatementStore(
    ledger="books",
    columns=BOOKS,
    verb="read",
    kind="reading/book",
    fields={
        "person": "person",
        "unit": "hint",
        "day": "day",
        "book": "label",
        "author": "context.author",
        "score": "result.score",
    },
    path=("book",),
)
HELD = (
    Column("unit", "支部", Kind.UNIT, required=True, key=True),
    Column(
        "type", "会议类别", Kind.CHOICE, required=True, key=True, choices=("党员大会", "支委会")
    ),
    Column("day", "日期", Kind.DAY, required=True, key=True),
    Column("topic", "议题", Kind.TEXT),
    Column("days", "天数", Kind.NUMBER),
    Column("present", "参会人员", Kind.PEOPLE),
)
MEETINGS = StatementStore(
    ledger="held",
    columns=HELD,
    verb="held-meeting",
    kind="meetings/assembly",
    kinds={"党员大会": "meetings/assembly", "支委会": "meetings/committee"},
    fields={
        "unit": "unit",
        "type": "kind",
        "day": "day",
        "topic": "context.topic",
        "days": "quantity",
        "present": "context.present",
    },
    label="支部会议",
    with_people={"present": "attended"},
)


@pytest.fixture
def house(db):
    """Two schools, three people, two of one name."""
    learn_words(
        [("read", "读完"), ("held-meeting", "召开"), ("attended", "参加"), ("voided", "作废")],
        [
            ("reading/book", "书"),
            ("meetings/assembly", "党员大会"),
            ("meetings/committee", "支委会"),
        ],
    )
    one = Unit.objects.create(code="U1", name="苔花一小", kind="school", opened=date(1990, 1, 1))
    two = Unit.objects.create(code="U2", name="苔花二小", kind="school", opened=date(1990, 1, 1))
    teacher = Post.objects.create(code="P1", name="教师")
    for code, name, unit in (("T1", "沈青", one), ("T2", "王伟", one), ("T3", "王伟", two)):
        person = Person.objects.create(code=code, name=name)
        Term.objects.create(
            person=person, post=teacher, unit=unit, first_day=date(2010, 9, 1), known_from=NINE
        )
    return {"one": one, "two": two}


def book(person="沈青", title="苔花", day=date(2013, 5, 4), **more):
    cells = {"unit": None, "author": None, "score": None}
    return {"person": person, "day": day, "book": title, **cells, **more}


def put(store, *rows, at=NINE):
    return store.apply(store.plan(rows), None, at)


def told(findings):
    return [(found.index, found.column, found.reason) for found in findings]


def test_a_new_row_becomes_a_statement(house):
    outcome = put(READING, book(author="袁枚", score=Decimal("92.5")))

    statement = statements().get()
    assert outcome == Outcome(new=1)
    assert statement.person.name == "沈青"
    assert (statement.day, statement.counts_on) == (date(2013, 5, 4), date(2013, 5, 4))
    assert statement.object_label == "苔花"
    assert statement.object_path.startswith("reading/book/")
    assert (statement.context, statement.result) == ({"author": "袁枚"}, {"score": "92.5"})
    assert statement.row_key.startswith("books:")


def test_two_readers_of_one_book_have_one_object(house):
    put(READING, book(), book("王伟（T2）"), book(title="牡丹"))

    assert len(set(statements().values_list("object_path", flat=True))) == 2


def test_the_same_rows_again_change_nothing(house):
    rows = [book(), book("王伟（T2）", "牡丹")]
    put(READING, *rows)

    outcome = put(READING, *rows, at=TEN)

    assert outcome == Outcome(same=2)
    assert statements().count() == 2


def test_a_changed_row_voids_and_restates(house):
    put(READING, book(author="袁牧"))
    first = statements().get()

    plan = READING.plan([book(author="袁枚")])
    outcome = READING.apply(plan, None, TEN)

    assert outcome == Outcome(changed=1)
    [change] = plan.steps[0].changes
    assert (change.column, change.before, change.after) == ("author", "袁牧", "袁枚")
    assert statements().get().context == {"author": "袁枚"}
    assert statements().get().row_key == first.row_key
    assert statements(NINE).get() == first


def test_an_unknown_person_is_refused_with_near_names(house):
    plan = READING.plan([book("沈清")])

    [error] = plan.errors
    assert told(plan.errors) == [(0, "person", "没有“沈清”这个人。")]
    assert error.mend == "是不是“沈青”？"


def test_a_plan_with_errors_writes_nothing(house):
    with pytest.raises(LedgerRefused, match="什么都没有导入"):
        put(READING, book(), book("无名氏"))

    assert not statements().exists()


def test_namesakes_are_asked_for_their_code(house):
    plan = READING.plan([book("王伟")])

    [error] = plan.errors
    assert error.reason == "有 2 位“王伟”：王伟（T2，苔花一小）、王伟（T3，苔花二小）。"
    assert "王伟（T2）" in error.mend


@pytest.mark.parametrize(
    ("named", "unit"),
    [("王伟（T3）", None), ("王伟", "苔花二小"), ("王伟（苔花二小）", None), ("T3", None)],
)
def test_namesakes_are_told_apart_by_code_or_unit(house, named, unit):
    put(READING, book(named, unit=unit))

    assert statements().get().person.code == "T3"


def test_namesakes_of_whom_one_serves_then_need_no_code(house):
    Term.objects.filter(person__code="T3").update(last_day=date(2012, 1, 1))

    put(READING, book("王伟"))

    assert statements().get().person.code == "T2"


def test_a_day_outside_the_terms_and_a_foreign_unit_are_only_warned_of(house):
    plan = READING.plan([book(day=date(2000, 1, 1)), book(unit="苔花二小"), book(unit="苔花九小")])

    assert plan.errors == []
    assert told(plan.notices)[:3] == [
        (0, "day", "沈青这一天没有任何职务。"),
        (1, "unit", "沈青不在苔花二小任职。"),
        (2, "unit", "没有“苔花九小”这个单位。"),
    ]


def test_a_row_that_stands_twice_in_the_sheet_is_two_records_and_told(house):
    plan = READING.plan([book(), book()])
    READING.apply(plan, None, NINE)

    assert told(plan.notices) == [(1, "person", "这一行和前面的一行完全相同，按两条记。")]
    assert put(READING, book(), book()) == Outcome(same=2)


def test_with_one_of_two_like_rows_changed_the_other_stays(house):
    put(READING, book(author="甲"), book(author="乙"))

    assert put(READING, book(author="乙"), book(author="丙")) == Outcome(changed=1, same=1)


def test_what_a_room_recorded_is_the_same_row_and_cannot_be_changed_by_a_sheet(house):
    record(
        verb="read",
        kind="reading/book",
        path="reading/book/12",
        label="苔花",
        person=Person.objects.get(code="T1"),
        occurred_at=datetime(2013, 5, 4, 20, tzinfo=ZONE),
        at=NINE,
    )

    assert put(READING, book()) == Outcome(same=1)
    assert told(READING.plan([book(author="袁枚")]).errors) == [
        (0, "author", "这条是在平台里登记的，那里写的是“”。")
    ]


def test_rows_come_back_as_they_went_in(house):
    rows = [
        book(unit="苔花一小"),
        book("王伟（T3）", "牡丹", date(2013, 6, 1), unit="苔花二小", author="袁枚"),
    ]
    put(READING, *rows)

    assert list(READING.rows(2013)) == rows
    assert list(READING.rows(2012)) == []
    assert list(READING.rows(None)) == rows


def test_a_meeting_records_those_present_as_well(house):
    row = {
        "unit": "苔花一小",
        "type": "支委会",
        "day": date(2013, 3, 1),
        "topic": "春季学习",
        "days": None,
        "present": ("沈青", "王伟（T2）"),
    }
    put(MEETINGS, row)

    own = statements().get(verb__code="held-meeting")
    attended = statements().filter(verb__code="attended")
    assert (own.unit.name, own.kind.code) == ("苔花一小", "meetings/committee")
    assert {one.person.code for one in attended} == {"T1", "T2"}
    assert {one.object_path for one in attended} == {own.object_path}
    assert list(MEETINGS.rows(None)) == [row | {"days": Decimal(1)}]


def test_those_present_are_found_by_the_unit_that_met(house):
    row = {"unit": "苔花二小", "type": "支委会", "day": date(2013, 3, 1), "present": ("王伟",)}

    put(MEETINGS, row)

    assert statements().get(verb__code="attended").person.code == "T3"


def test_a_changed_meeting_takes_back_those_who_were_not_there(house):
    row = {"unit": "苔花一小", "type": "支委会", "day": date(2013, 3, 1)}
    put(MEETINGS, row | {"present": ("沈青", "王伟（T2）")})

    outcome = put(MEETINGS, row | {"present": ("沈青",)}, at=TEN)

    assert outcome == Outcome(changed=1)
    assert statements().get(verb__code="attended").person.code == "T1"


def ref_of(store):
    [entry] = store.entries(Asked()).page(0, 25)
    return entry.ref


def test_correcting_a_row_keeps_its_history(house):
    clerk = Account.objects.create_user("suhe")
    put(READING, book(author="袁牧"))
    old = ref_of(READING)

    READING.correct(old, book(title="苔花集"), reason="书名写漏", by=clerk, at=TEN)

    history = READING.history(ref_of(READING))
    assert [(c.what, c.reason, c.by) for c in history] == [
        ("记入", "", ""),
        ("作废", "书名写漏", "suhe"),
        ("更正后重记", "", "suhe"),
    ]
    assert history[0].row["author"] == "袁牧"
    assert history == READING.history(old)


@pytest.mark.parametrize(
    ("row", "reason", "told"),
    [
        (book(), "改", "没有要更正的"),
        (book("无名"), "改", "填得不对"),
        (book(title=None), "改", "填得不对"),
        (book(title="牡丹"), " ", "请写明更正的原因"),
    ],
)
def test_a_correction_that_says_nothing_or_is_wrong_is_refused(house, row, reason, told):
    put(READING, book())

    with pytest.raises(LedgerRefused, match=told):
        READING.correct(ref_of(READING), row, reason=reason, by=None, at=TEN)

    assert statements().get().object_label == "苔花"


def test_a_voided_row_is_gone_and_coming_back_is_told(house):
    put(READING, book())
    ref = ref_of(READING)

    READING.void(ref, reason="记错了人", by=None, at=TEN)

    assert READING.entries(Asked()).count() == 0
    assert told(READING.plan([book()]).notices) == [
        (0, "person", "这一行以前记过，后来作废或更正了；导入会重新记上。")
    ]
    with pytest.raises(LedgerRefused, match="已经作废过"):
        READING.void(ref, reason="再来", by=None, at=TEN)


def test_what_a_room_recorded_is_taken_back_there(house):
    person = Person.objects.get(code="T1")
    record(verb="read", kind="reading/book", path="b/1", label="苔花", person=person, at=NINE)

    with pytest.raises(LedgerRefused, match="登记它的地方"):
        READING.void(ref_of(READING), reason="不要", by=None, at=TEN)


def seen(scope, **asked):
    page = READING.entries(Asked(scope=scope, **asked)).page(0, 25)
    return {entry.row["person"] for entry in page}


def test_a_scope_shows_its_units_and_its_person_and_nothing_else(house):
    put(READING, book(), book("王伟（T2）"), book("王伟（T3）"))
    one, two = frozenset({house["one"].pk}), frozenset({house["two"].pk})
    t3 = Person.objects.get(code="T3").pk

    assert seen(Scope(everything=True)) == {"沈青", "王伟（T2）", "王伟（T3）"}
    assert seen(Scope(units=one)) == {"沈青", "王伟（T2）"}
    assert seen(Scope(units=one, person=t3)) == {"沈青", "王伟（T2）", "王伟（T3）"}
    assert seen(Scope(person=t3)) == {"王伟（T3）"}
    assert seen(Scope()) == set()
    assert seen(Scope(everything=True), units=two) == {"王伟（T3）"}
    assert seen(Scope(everything=True), people=frozenset({t3})) == {"王伟（T3）"}
    assert seen(Scope(everything=True), year=2012) == set()


def test_a_row_out_of_scope_is_not_found(house):
    put(READING, book())
    ref = ref_of(READING)

    assert READING.entry(ref, Scope(everything=True)).row["book"] == "苔花"
    assert READING.entry(ref, Scope(units=frozenset({house["two"].pk}))) is None
    assert READING.entry("no-such-row", Scope(everything=True)) is None


@pytest.mark.parametrize("count", [1, 20])
def test_a_page_costs_the_same_however_many_rows(house, count, django_assert_num_queries):
    put(READING, *[book(title=f"书{number}") for number in range(count)])

    with django_assert_num_queries(4):
        READING.entries(Asked()).page(0, 25)


titles = st.text("苔花牡丹风景读本0123（）-· ", min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)
book_rows = st.builds(
    book,
    person=st.sampled_from(["沈青", "王伟（T2）", "王伟（T3）"]),
    title=titles.filter(bool),
    day=st.dates(date(2011, 1, 1), date(2013, 12, 4)),
    author=st.none() | titles.filter(bool),
    score=st.none() | st.decimals(0, 100, places=2),
)


@given(rows=st.lists(book_rows, max_size=8))
def test_export_then_import_is_the_identity(house, rows):
    put(READING, *rows)

    exported = list(READING.rows(None))

    assert {(row["person"], row["book"]) for row in rows} <= {
        (row["person"], row["book"]) for row in exported
    }
    assert put(READING, *exported, at=TEN).same == len(exported)
    assert list(READING.rows(None)) == exported


# --- acts beside the row ---------------------------------------------------------------------------

VISIT = (
    Column("person", "姓名", Kind.PERSON, required=True, key=True),
    Column("day", "日期", Kind.DAY, required=True, key=True),
    Column("proposal", "建议", Kind.WORDS),
    Column("answer", "答复", Kind.WORDS),
    Column("by", "答复单位", Kind.UNIT),
)
VISITS = StatementStore(
    ledger="trips",
    columns=VISIT,
    verb="read",
    kind="reading/book",
    fields={
        "person": "person",
        "day": "day",
        "proposal": "result.proposal",
        "answer": "result.answer",
        "by": "context.by",
    },
    label="调研",
    also=(
        Also("proposal", "held-meeting", "meetings/committee"),
        Also("answer", "attended", "meetings/committee", by="by"),
    ),
)


def visit(**cells):
    return {"person": "沈青", "day": date(2013, 5, 4), **cells}


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


def test_who_may_not_write_a_row_is_told(house):
    plan = READING.plan([book(), book("王伟（T3）"), book("无名")])
    here = Scope(units=frozenset({house["one"].pk}))

    assert [error.index for error in READING.outside(plan, here)] == [1]
    assert list(READING.outside(plan, Scope(everything=True))) == []


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

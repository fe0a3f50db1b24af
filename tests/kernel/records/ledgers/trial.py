"""Ledgers to try: books read, meetings held, trips made."""

from datetime import date, datetime

from taihua.base.clock import ZONE
from taihua.base.ledger import Asked, Column, Kind
from taihua.kernel.records.ledgers import Also, StatementStore

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


def book(person="沈青", title="苔花", day=date(2013, 5, 4), **more):
    cells = {"unit": None, "author": None, "score": None}
    return {"person": person, "day": day, "book": title, **cells, **more}


def visit(**cells):
    return {"person": "沈青", "day": date(2013, 5, 4), **cells}


def put(store, *rows, at=NINE):
    return store.apply(store.plan(rows), None, at)


def told(findings):
    return [(found.index, found.column, found.reason) for found in findings]


def ref_of(store):
    [entry] = store.entries(Asked()).page(0, 25)
    return entry.ref

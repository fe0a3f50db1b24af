"""The bank as a ledger: sheets in and out, errors by cell, and who sees it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from taihua.base.ledger import ALL, Asked, LedgerRefused, Scope, State
from taihua.rooms.study.enums import QuestionKind
from taihua.rooms.study.logic.items import Choice, faults_of
from taihua.rooms.study.models import LawQuestion
from taihua.rooms.study.room.law_ledger import BANK, item_of
from tests.rooms.study.law import NOON, a_law, an_item, put, some_items
from tests.rooms.study.logic.test_gift import items

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
STORE = BANK.store


def row(**change):
    told = dict.fromkeys(column.code for column in BANK.columns)
    return {
        **told,
        "code": "教师法-6-1",
        "law": "教师法",
        "article": Decimal(6),
        "kind": "单选题",
        "difficulty": "易",
        "stem": "教师节是哪一天？",
        "a": "9 月 1 日",
        "b": "9 月 10 日",
        "answer": "B",
        "explanation": "第六条。",
        **change,
    }


def cells(plan):
    return [(error.index, error.column) for error in plan.errors]


def test_what_goes_out_comes_back_as_the_same(db):
    a_law()
    put(*some_items(12))

    rows = list(STORE.rows(None))
    plan = STORE.plan(rows)

    assert plan.errors == []
    assert plan.count(State.SAME) == len(rows) == 12


@given(items())
def test_a_row_says_the_question_it_was_made_of(item):
    single_lines = all(
        "；" not in choice.text and ";" not in choice.text for choice in item.choices
    )
    if not single_lines or faults_of(item):
        return
    question = LawQuestion(kind=item.kind)
    record = STORE.record_of(Stub(question, item), None)

    assert item_of(dict(record)) == item


class Stub:
    def __init__(self, question, item):
        self.question, self.item = question, item


def test_new_changed_and_same_rows_are_told_and_written(db):
    a_law()
    put(*some_items(2))
    rows = list(STORE.rows(None))
    rows[0] = rows[0] | {"stem": "换一种____问法？"}

    plan = STORE.plan([*rows, row()])
    STORE.apply(plan, None, NOON)

    assert [step.state for step in plan.steps] == [State.CHANGED, State.SAME, State.NEW]
    assert [change.column for change in plan.steps[0].changes] == ["stem"]
    assert LawQuestion.objects.filter(retired_at=None).count() == 3
    assert LawQuestion.objects.count() == 4


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        ({"law": "海商法"}, "law"),
        ({"article": Decimal(44)}, "article"),
        ({"answer": "AB"}, "answer"),
        ({"answer": "C"}, "answer"),
        ({"kind": "判断题", "answer": "也许"}, "answer"),
        ({"kind": "填空题", "answer": "九"}, "stem"),
        ({"b": "9 月 1 日"}, "a"),
        ({"code": "长" * 61}, "code"),
    ],
)
def test_what_is_wrong_is_told_by_cell_and_nothing_is_written(db, change, cell):
    a_law()

    plan = STORE.plan([row(code="教师法-1", stem="好的一题？"), row(**change)])

    assert (1, cell) in cells(plan)
    assert all(error.index == 1 and error.reason for error in plan.errors)
    with pytest.raises(LedgerRefused):
        STORE.apply(plan, None, NOON)
    assert not LawQuestion.objects.exists()


def test_only_who_may_see_everything_sees_rows(db, wu):
    a_law()
    put(an_item())

    assert STORE.entries(Asked(scope=ALL)).count() == 1
    assert STORE.entries(Asked(scope=Scope(units=frozenset({1}), person=wu.pk))).count() == 0


def test_a_row_is_corrected_into_a_new_wording_and_voided_with_a_reason(db):
    a_law()
    (question,) = put(an_item())
    before = next(iter(STORE.rows(None)))

    STORE.correct(str(question.pk), before | {"stem": "改过的？"}, reason="写错", by=None, at=NOON)
    newer = LawQuestion.objects.get(retired_at=None)
    with pytest.raises(LedgerRefused, match="写明停用的原因"):
        STORE.void(str(newer.pk), reason="", by=None, at=NOON)
    assert len(STORE.history(str(newer.pk))) == 2
    STORE.void(str(newer.pk), reason="不用了", by=None, at=NOON)

    assert newer.replaces == question
    assert list(STORE.rows(None)) == []


def test_truth_and_blanks_stand_in_a_sheet_as_words():
    truth = item_of(row(kind="判断题", answer="错"))
    blank = item_of(row(kind="填空题", stem="在____月", answer="九;9"))

    assert (truth.kind, truth.right) == (QuestionKind.TRUTH, (1,))
    assert blank.choices == (Choice("九", True), Choice("9", True))
    assert replace(blank, choices=()).choices == ()

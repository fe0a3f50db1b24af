"""The bank as a ledger: the sheet in which questions come in and go out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taihua.base.ledger import CellError, Chapter, Column, Kind, Ledger, LedgerRefused, Plan, Row
from taihua.base.pairing import Record
from taihua.kernel.org.ledgers.directory import Directory
from taihua.kernel.org.ledgers.table import TableStore
from taihua.rooms.study.actions.law_bank import BankRefused, problems_of, put_items, retire_question
from taihua.rooms.study.enums import Difficulty, QuestionKind
from taihua.rooms.study.logic.items import LETTERS, Choice, Item, tidy, truth
from taihua.rooms.study.models import LawQuestion
from taihua.rooms.study.queries.law_bank import newest_version, with_law

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

# What a sheet says is Chinese, whatever language the page speaks.
KINDS = {
    "单选题": QuestionKind.SINGLE,
    "多选题": QuestionKind.SEVERAL,
    "判断题": QuestionKind.TRUTH,
    "填空题": QuestionKind.FILL,
}
LEVELS = {"易": Difficulty.EASY, "中": Difficulty.MIDDLE, "难": Difficulty.HARD}
KIND_WORDS = {kind: word for word, kind in KINDS.items()}
LEVEL_WORDS = {level: word for word, level in LEVELS.items()}
TRUE = {"对", "正确", "√", "是"}
BETWEEN = "；"

QUESTIONS = (
    Column("code", gettext_lazy("题号"), Kind.TEXT, required=True, key=True, synonyms=("编号", "序号")),
    Column("law", gettext_lazy("法律法规"), Kind.TEXT, required=True, synonyms=("法律", "法规", "依据")),
    Column("article", gettext_lazy("第几条"), Kind.NUMBER, required=True, synonyms=("条", "条号", "条款")),
    Column("kind", gettext_lazy("题型"), Kind.CHOICE, required=True, choices=tuple(KINDS)),
    Column("difficulty", gettext_lazy("难度"), Kind.CHOICE, required=True, choices=tuple(LEVELS)),
    Column("stem", gettext_lazy("题干"), Kind.WORDS, required=True, synonyms=("题目", "试题")),
    *(
        Column(
            letter.lower(),
            format_lazy("{}{}", gettext_lazy("选项"), letter),
            Kind.WORDS,
            synonyms=(letter, f"选项{letter}", f"选项 {letter}"),
        )
        for letter in LETTERS
    ),
    Column(
        "answer",
        gettext_lazy("正确答案"),
        Kind.WORDS,
        required=True,
        synonyms=("答案", "标准答案"),
        help=gettext_lazy("选择题写字母，如 B 或 ACD；判断题写对或错；填空题写每一种可以接受的写法，用分号隔开。"),
    ),
    Column("explanation", gettext_lazy("解析"), Kind.WORDS, synonyms=("说明", "答案解析")),
)  # fmt: skip


class QuestionStore(TableStore[LawQuestion]):
    """The questions in use by their code; a changed row becomes a new wording, the old is kept.

    New questions belong to the newest version of their law. Only who keeps the bank and the auditor
    see rows: they hold the answers.
    """

    columns = QUESTIONS

    def found(self) -> QuerySet[LawQuestion]:
        return with_law(LawQuestion.objects.filter(retired_at__isnull=True)).order_by("code", "pk")

    def visible(self, units: frozenset[int]) -> Q:
        return Q(pk__in=[])

    def of_people(self, people: frozenset[int]) -> Q:
        return Q(pk__in=[])

    def record_of(self, thing: LawQuestion, directory: Directory) -> Record:
        item = thing.item
        lettered = item.kind in {QuestionKind.SINGLE, QuestionKind.SEVERAL}
        texts = [choice.text for choice in item.choices] if lettered else []
        return {
            "code": item.code,
            "law": item.law,
            "article": str(item.article),
            "kind": KIND_WORDS[item.kind],
            "difficulty": LEVEL_WORDS[item.difficulty],
            "stem": item.stem,
            **{
                letter.lower(): texts[at] if at < len(texts) else None
                for at, letter in enumerate(LETTERS)
            },
            "answer": item.letters,
            "explanation": item.explanation or None,
        }

    def plan(self, rows: Sequence[Row]) -> Plan:
        plan = super().plan(rows)
        wrong = {error.index for error in plan.errors}
        places = [at for at, row in enumerate(rows) if at not in wrong and _is_whole(row)]
        errors = [
            CellError(places[each.index], each.column, each.value, each.reason, each.mend)
            for each in problems_of([item_of(rows[at]) for at in places], date.min, newest_version)
        ]
        errors += [
            CellError(at, "answer", str(rows[at]["answer"]), reason, _("请核对正确答案。"))
            for at in places
            if (reason := _doubt(rows[at]))
        ]
        return replace(plan, errors=[*plan.errors, *errors])

    def write(
        self,
        work: Sequence[tuple[Record, LawQuestion | None]],
        directory: Directory,
        at: datetime,
    ) -> None:
        items = [_item_of(record) for record, _thing in work]
        try:
            put_items(items, at=at, by=None, version_of=newest_version)
        except BankRefused as refusal:
            raise LedgerRefused(str(refusal)) from refusal

    @transaction.atomic
    def void(self, ref: str, *, reason: str, by: "AbstractBaseUser | None", at: datetime) -> None:
        try:
            retire_question(question=self.found().get(pk=int(ref)), reason=reason, at=at)
        except BankRefused as refusal:
            raise LedgerRefused(str(refusal)) from refusal

    def chapters(self, thing: LawQuestion) -> list[Chapter]:
        told = [Chapter(thing.added_at, _("入库"), str(thing.added_by or ""))]
        before = thing.replaces
        while before is not None:
            told.insert(0, Chapter(before.added_at, _("入库"), str(before.added_by or "")))
            before = before.replaces
        return told


def _is_whole(row: Row) -> bool:
    needed = ("code", "law", "article", "kind", "difficulty", "stem", "answer")
    return all(row.get(code) for code in needed)


def item_of(row: Row) -> Item:
    """The question that a clean row says."""
    return _item_of({code: None if value is None else str(value) for code, value in row.items()})


def _item_of(record: Record) -> Item:
    said = {code: str(cell) if cell is not None else "" for code, cell in record.items()}
    kind = KINDS[said["kind"]]
    return tidy(
        Item(
            code=said["code"],
            law=said["law"].strip("《》 "),
            article=int(float(said["article"])),
            kind=kind,
            difficulty=LEVELS[said["difficulty"]],
            stem=said["stem"],
            choices=_choices(kind, said),
            explanation=said["explanation"],
        )
    )


def _choices(kind: QuestionKind, said: dict[str, str]) -> tuple[Choice, ...]:
    if kind is QuestionKind.TRUTH:
        return truth(is_true=said["answer"].strip() in TRUE)
    if kind is QuestionKind.FILL:
        words = said["answer"].replace(";", BETWEEN).split(BETWEEN)
        return tuple(Choice(word.strip(), is_right=True) for word in words if word.strip())
    letters = said["answer"].upper()
    return tuple(
        Choice(said[letter.lower()], letter in letters)
        for letter in LETTERS
        if said[letter.lower()]
    )


def _doubt(row: Row) -> str:
    """What is strange about the answer of a row, beyond what makes a question wrong."""
    answer = str(row["answer"]).strip()
    match KINDS[str(row["kind"])]:
        case QuestionKind.TRUTH:
            return (
                "" if answer in TRUE | {"错", "错误", "×", "否"} else _("判断题的答案要写对或错。")
            )
        case QuestionKind.FILL:
            return ""
    letters = set(answer.upper()) - set("、,， ")
    strange = [letter for letter in letters if letter not in LETTERS or not row[letter.lower()]]
    return _("答案里的“%(letter)s”没有对应的选项。") % {"letter": strange[0]} if strange else ""


BANK = Ledger(
    code="law-questions",
    title=gettext_lazy("学法题库"),
    sentence=gettext_lazy("哪部法的哪一条，怎么问，答案是什么；改动一行就是换一版题，旧题留着。"),
    columns=QUESTIONS,
    store=QuestionStore(),
    roster=True,
)

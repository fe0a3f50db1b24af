"""Plans (计划) as a ledger: every practice that is planned keeps its plan in the same columns."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Column, Kind, Ledger
from taihua.kernel.records.ledgers.columns import day, topic, unit
from taihua.kernel.records.ledgers.store import StatementStore

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def plan_ledger(
    code: str, title: "StrOrPromise", sentence: "StrOrPromise", verb: str, kinds: Mapping[str, str]
) -> Ledger:
    """A ledger of what a unit has planned, by kind (word in the sheet → kind code)."""
    columns = (
        unit(_("单位")),
        Column("kind", _("类别"), Kind.CHOICE, required=True, key=True, choices=tuple(kinds)),
        day(_("制定日期"), "制定时间"),
        topic(_("内容"), "主题", "专题", "计划内容", "学习内容", key=True),
        Column("planned", _("计划时间"), Kind.DAY, synonyms=("计划日期", "拟定时间")),
        Column("lead", _("负责人"), Kind.PERSON, synonyms=("主讲人", "牵头人", "责任人")),
    )
    return Ledger(
        code=code,
        title=title,
        sentence=sentence,
        columns=columns,
        store=StatementStore(
            ledger=code,
            columns=columns,
            verb=verb,
            kind=next(iter(kinds.values())),
            kinds=kinds,
            fields={
                "unit": "unit",
                "kind": "kind",
                "day": "day",
                "topic": "label",
                "planned": "context.planned",
                "lead": "context.lead",
            },
        ),
    )

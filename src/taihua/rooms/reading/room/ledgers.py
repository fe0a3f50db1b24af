"""The ledgers of the room: what was read, what was checked, which books were set."""

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Column, Kind, Ledger
from taihua.kernel.records.ledgers import StatementStore, plan_ledger

PERSON = Column(
    "person", _("姓名"), Kind.PERSON, required=True, key=True, synonyms=("读者", "读书人")
)
UNIT = Column("unit", _("单位"), Kind.UNIT, synonyms=("所在单位", "科室", "学校"))
BOOK = Column(
    "book", _("书名"), Kind.TEXT, required=True, key=True, synonyms=("书目", "必读书", "所读书目")
)
AUTHOR = Column("author", _("作者"), Kind.TEXT, synonyms=("著者", "编著者"))


def _day(title: object, *synonyms: str) -> Column:
    return Column("day", title, Kind.DAY, required=True, past=True, synonyms=synonyms)  # type: ignore[arg-type]


READ = (PERSON, UNIT, _day(_("读完日期"), "日期", "完成日期"), BOOK, AUTHOR)
CHECKED = (PERSON, UNIT, _day(_("检查日期"), "日期", "考核日期"), BOOK)
SET = (
    Column("unit", _("指定单位"), Kind.UNIT, required=True, key=True, synonyms=("单位", "党委")),
    _day(_("布置日期"), "日期", "定书日期"),
    Column("book", _("书名"), Kind.TEXT, required=True, key=True, synonyms=("书目", "指定书目")),
    Column("due", _("截止日期"), Kind.DAY, synonyms=("限时", "完成时限")),
)

PRINTED = (
    Column(
        "unit", _("编印单位"), Kind.UNIT, required=True, key=True, synonyms=("单位", "主办单位")
    ),
    _day(_("印发日期"), "日期", "出版日期", "编印日期"),
    Column(
        "title",
        _("书名"),
        Kind.TEXT,
        required=True,
        key=True,
        synonyms=("文集", "文集名称", "辑名"),
    ),
)
PLANS = plan_ledger(
    "reading-plans",
    _("读书计划台账"),
    _("一年里哪几次交流、怎样办晚八点、文集怎样选编，先写下来。"),
    "planned-reading",
    {"读书交流": "reading/note", "晚八点": "reading/evening", "文集": "reading/volume"},
)
LEDGERS = (
    Ledger(
        code="reading",
        title=_("读书台账"),
        sentence=_("谁在哪一天读完了哪本书。"),
        columns=READ,
        store=StatementStore(
            ledger="reading",
            columns=READ,
            verb="read",
            kind="reading/book",
            fields={
                "person": "person",
                "unit": "hint",
                "day": "day",
                "book": "label",
                "author": "context.author",
            },
            path=("book",),
        ),
        self_entry=True,
    ),
    Ledger(
        code="reading-checks",
        title=_("读书检查台账"),
        sentence=_("谁在哪一天通过了哪本书的检查。"),
        columns=CHECKED,
        store=StatementStore(
            ledger="reading-checks",
            columns=CHECKED,
            verb="passed-check",
            kind="reading/book",
            fields={"person": "person", "unit": "hint", "day": "day", "book": "label"},
            path=("book",),
        ),
    ),
    Ledger(
        code="books-set",
        title=_("定书台账"),
        sentence=_("党委在哪一天指定了哪本书，到哪天为止。"),
        columns=SET,
        store=StatementStore(
            ledger="books-set",
            columns=SET,
            verb="set-book",
            kind="reading/book",
            fields={"unit": "unit", "day": "day", "book": "label", "due": "context.due"},
            path=("book",),
        ),
    ),
    Ledger(
        code="volumes",
        title=_("文集台账"),
        sentence=_("哪一天编印了哪一辑文集。"),
        columns=PRINTED,
        store=StatementStore(
            ledger="volumes",
            columns=PRINTED,
            verb="published-volume",
            kind="reading/volume",
            fields={"unit": "unit", "day": "day", "title": "label"},
            path=("title",),
        ),
    ),
    PLANS,
)

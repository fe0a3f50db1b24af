"""Records as ledgers: a row of a sheet is a statement, and what a ledger shows is what is on record.

A room declares::

    COLUMNS = (
        Column("person", _("姓名"), Kind.PERSON, required=True, key=True),
        Column("unit", _("单位"), Kind.UNIT),
        Column("day", _("读完日期"), Kind.DAY, required=True, past=True, synonyms=("日期",)),
        Column("book", _("书名"), Kind.TEXT, required=True, key=True),
        Column("author", _("作者"), Kind.TEXT),
    )
    READING = Ledger(
        code="reading",
        title=_("读书台账"),
        sentence=_("谁在哪一天读完了哪本书。"),
        columns=COLUMNS,
        store=StatementStore(
            ledger="reading",
            columns=COLUMNS,
            verb="read",
            kind="reading/book",
            fields={"person": "person", "unit": "hint", "day": "day", "book": "label",
                    "author": "context.author"},
            path=("book",),
        ),
        self_entry=True,
    )

``fields`` says where each cell lives in the statement:

=================  ================================================================================
``person``         who did it
``unit``           which unit did it
``hint``           the person's unit: tells namesakes apart on the way in, is looked up on the way out
``day``            when it happened (counts on the same day)
``counts_on``      the earlier day it makes up for, where it does
``quantity``       how much
``label``          what the object is called
``kind``           which kind of object, by ``kinds`` (word in the sheet → kind code)
``path``           the object itself, as its token (``TOKEN`` columns)
``context.x``      anything else, kept under ``x``
``result.x``       what came of it, kept under ``x``
=================  ================================================================================

``path`` names the columns that say which object it was (two people reading one book have one
object); without it every row is an object of its own. ``with_people`` makes statements for
the people named in a cell as well (column → verb): a meeting's unit *held* it, those present
*attended* it. ``also`` makes one for a cell that tells an act of its own: ``Also("proposal",
"proposed")``.
"""

from taihua.kernel.records.ledgers.form import Also
from taihua.kernel.records.ledgers.plans import plan_ledger
from taihua.kernel.records.ledgers.store import StatementStore
from taihua.kernel.records.ledgers.tell import told

__all__ = ["Also", "StatementStore", "plan_ledger", "told"]

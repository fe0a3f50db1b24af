"""What the report tells the house: that issuing it goes on record, and where it is found."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import MenuEntry, Room, Word, open_room
from taihua.kernel.measures.logic import Figure, Standing
from taihua.kernel.org.access import (
    any_of,
    is_auditor,
    is_leader,
    is_logged_in,
    oversees,
    sees_all,
)
from taihua.rooms.reports.actions import ISSUED
from taihua.rooms.reports.queries.report import KIND, issued_paper
from taihua.rooms.reports.room import demo

KEPT = _("应办事项里已经办到（含补办）的比例，按统计当天的制度结论计算；免除和不适用的不计。")
FIGURES = (
    Figure(
        "duty.visits",
        _("班子成员每月下基层，办到的占"),
        KEPT,
        "",
        Standing("haizhou.visit-month", share=True),
    ),
    Figure(
        "duty.books_middle",
        _("中层干部每人必读两本书，办到的占"),
        KEPT,
        "",
        Standing("haizhou.books-middle", share=True),
    ),
    Figure(
        "duty.dual_branch",
        _("班子成员参加所在支部组织生活，办到的占"),
        KEPT,
        "",
        Standing("haizhou.dual-branch", share=True),
    ),
)

ROOM = open_room(
    Room(
        code="reports",
        title=_("总结与看板"),
        verbs=[Word(ISSUED, "印发")],
        kinds=[Word(KIND, "年度总结")],
        figures=FIGURES,
        papers={KIND: issued_paper},
        demo=demo.tell,
        menu=[
            MenuEntry(
                _("四有看板"),
                "reports:board",
                oversees,
                order=60,
                sentence=_("每项机制有没有计划、内容、检查、效果，差在哪里。"),
                leads=any_of(is_leader, is_auditor),
            ),
            MenuEntry(
                _("年度总结"),
                "reports:index",
                is_logged_in,
                order=70,
                sentence=_("一年的总结，每个数都点得开依据。"),
                leads=sees_all,
            ),
        ],
    )
)

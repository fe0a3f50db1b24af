"""What outreach tells the house: its words, pages, ledgers, figures, marks and story."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Act, MenuEntry, Room, Word, open_room
from taihua.kernel.org.access import is_logged_in
from taihua.rooms.outreach.room.demo import tell
from taihua.rooms.outreach.room.dues import asked_of, found, happening
from taihua.rooms.outreach.room.figures import FIGURES, MECHANISMS
from taihua.rooms.outreach.room.ledgers import LEDGERS

ROOM = open_room(
    Room(
        code="outreach",
        title=_("调研帮扶"),
        verbs=[
            Word("planned-outreach", "计划调研帮扶", plans=True),
            Word("visited", "下基层调研"),
            Word("found-problem", "发现问题"),
            Word("settled-problem", "办结问题"),
            Word("proposed", "提出建议"),
            Word("handed-on-proposal", "转办建议"),
            Word("answered-proposal", "答复建议"),
            Word("felt-answer", "评价答复"),
            Word("carried-out-proposal", "落实建议"),
            Word("looked-back-proposal", "回头看建议"),
            Word("helped", "帮扶"),
            Word("revisited", "回访"),
            Word("funded-student", "资助大学生"),
        ],
        kinds=[
            Word("outreach/visit", "调研"),
            Word("outreach/problem", "调研发现的问题"),
            Word("outreach/proposal", "调研建议"),
            Word("outreach/helped", "受帮扶者"),
            Word("outreach/student", "大学生"),
        ],
        menu=[
            MenuEntry(
                _("下基层"),
                "outreach:visits",
                is_logged_in,
                order=24,
                sentence=_("去哪里、看到什么，提的建议谁答复、落实了没有；没有网也能写。"),
            )
        ],
        acts=[
            Act("planned-outreach", _("排一次调研"), "outreach:plan"),
            Act("visited", _("写调研记录"), "outreach:new-visit"),
            Act("proposed", _("写调研记录"), "outreach:new-visit"),
            Act("settled-problem", _("看调研记录"), "outreach:visits"),
            Act("answered-proposal", _("看调研建议"), "outreach:proposals"),
            Act("carried-out-proposal", _("看调研建议"), "outreach:proposals"),
            Act("looked-back-proposal", _("看调研建议"), "outreach:proposals"),
            Act("felt-answer", _("看调研建议"), "outreach:proposals"),
        ],
        ledgers=LEDGERS,
        figures=FIGURES,
        mechanisms=MECHANISMS,
        dues=asked_of,
        calendar=happening,
        search=found,
        demo=tell,
    )
)

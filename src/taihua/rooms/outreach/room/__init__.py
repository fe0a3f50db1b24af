"""What outreach tells the house: its words, ledgers, figures, marks and story."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Room, Word, open_room
from taihua.rooms.outreach.room.demo import tell
from taihua.rooms.outreach.room.figures import FIGURES, MECHANISMS
from taihua.rooms.outreach.room.ledgers import LEDGERS

ROOM = open_room(
    Room(
        code="outreach",
        title=_("调研帮扶"),
        verbs=[
            Word("planned-outreach", "计划调研帮扶"),
            Word("visited", "下基层调研"),
            Word("proposed", "提出建议"),
            Word("answered-proposal", "答复建议"),
            Word("carried-out-proposal", "落实建议"),
            Word("helped", "帮扶"),
            Word("revisited", "回访"),
            Word("funded-student", "资助大学生"),
        ],
        kinds=[
            Word("outreach/visit", "调研"),
            Word("outreach/proposal", "调研建议"),
            Word("outreach/helped", "受帮扶者"),
            Word("outreach/student", "大学生"),
        ],
        ledgers=LEDGERS,
        figures=FIGURES,
        mechanisms=MECHANISMS,
        demo=tell,
    )
)

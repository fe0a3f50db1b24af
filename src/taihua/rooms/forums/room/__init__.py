"""What forums tells the house: its words, ledgers, figures, marks and story."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Room, Word, open_room
from taihua.rooms.forums.room.demo import tell
from taihua.rooms.forums.room.figures import FIGURES, MECHANISMS
from taihua.rooms.forums.room.ledgers import LEDGERS, TALK

ROOM = open_room(
    Room(
        code="forums",
        title=_("讲坛"),
        verbs=[
            Word("planned-forum", "计划讲坛"),
            Word("held-forum", "举办讲坛"),
            Word("spoke-at-forum", "在讲坛发言"),
            Word("spread-practice", "推广成果"),
            Word("talked-work", "谈工作"),
            Word("asked-at-talk", "提出困难"),
            Word("answered-at-talk", "答复困难"),
        ],
        kinds=[
            Word("forums/principals", "校长讲坛"),
            Word("forums/teaching", "教学论坛"),
            Word(TALK, "谈工作"),
        ],
        ledgers=LEDGERS,
        figures=FIGURES,
        mechanisms=MECHANISMS,
        demo=tell,
    )
)

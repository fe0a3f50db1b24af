"""What meetings tells the house: its words, ledgers, figures, marks and story."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Room, Word, open_room
from taihua.rooms.meetings.room.demo import tell
from taihua.rooms.meetings.room.figures import FIGURES, MECHANISMS
from taihua.rooms.meetings.room.ledgers import KINDS, LEDGERS

ROOM = open_room(
    Room(
        code="meetings",
        title=_("会议"),
        verbs=[
            Word("planned-meeting", "计划会议", plans=True),
            Word("held-meeting", "召开会议"),
            Word("attended", "参加会议"),
            Word("reported-duty", "述职述廉"),
            Word("decided", "作出决议"),
            Word("remedied", "落实整改"),
        ],
        kinds=[Word(code, word) for word, code in KINDS.items()],
        ledgers=LEDGERS,
        figures=FIGURES,
        mechanisms=MECHANISMS,
        demo=tell,
    )
)

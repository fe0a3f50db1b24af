"""What forums tells the house: its words, pages, ledgers, figures, marks and story."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Act, MenuEntry, Room, Word, open_room
from taihua.kernel.org.access import is_logged_in
from taihua.rooms.forums.queries.notice import KIND as NOTICE
from taihua.rooms.forums.queries.notice import issued_paper as issued_notice
from taihua.rooms.forums.queries.notice import replacement_of
from taihua.rooms.forums.queries.proceedings import KIND as PROCEEDINGS
from taihua.rooms.forums.queries.proceedings import issued_paper
from taihua.rooms.forums.room.calendar import happenings
from taihua.rooms.forums.room.demo import tell
from taihua.rooms.forums.room.dues import asked_of
from taihua.rooms.forums.room.figures import FIGURES, MECHANISMS
from taihua.rooms.forums.room.ledgers import LEDGERS, PRACTICE, TALK
from taihua.rooms.forums.room.search import found

ROOM = open_room(
    Room(
        code="forums",
        title=_("讲坛"),
        verbs=[
            Word("planned-forum", "计划讲坛", plans=True),
            Word("held-forum", "举办讲坛"),
            Word("spoke-at-forum", "在讲坛发言"),
            Word("attended-forum", "到讲坛听讲"),
            Word("issued-notice", "印发讲坛通知"),
            Word("issued-proceedings", "印发讲坛文集"),
            Word("spread-practice", "推广成果"),
            Word("talked-work", "谈工作"),
            Word("asked-at-talk", "提出困难"),
            Word("answered-at-talk", "答复困难"),
            Word("found-help", "困难得到解决"),
            Word("shared-practice", "写出可学的做法"),
            Word("tried-practice", "试用做法"),
            Word("retired-practice", "停用做法"),
        ],
        kinds=[
            Word("forums/principals", "校长讲坛"),
            Word("forums/teaching", "教学论坛"),
            Word("forums/notice", "讲坛通知"),
            Word("forums/proceedings", "讲坛文集"),
            Word(TALK, "谈工作"),
            Word(PRACTICE, "可学的做法"),
            Word("forums/trial", "做法试用（在试）"),
            Word("forums/trial-worked", "做法试用（见效）"),
            Word("forums/trial-partly", "做法试用（部分见效）"),
            Word("forums/trial-failed", "做法试用（没有见效）"),
        ],
        menu=[
            MenuEntry(
                _("讲坛"),
                "forums:forums",
                is_logged_in,
                order=26,
                sentence=_("校长讲坛、教学论坛、谈工作，和别处可学的做法。"),
            )
        ],
        acts=[
            Act("held-forum", _("办一期讲坛"), "forums:forums"),
            Act("talked-work", _("谈工作"), "forums:talks"),
            Act("answered-at-talk", _("去答复"), "forums:talks"),
            Act("shared-practice", _("写一条做法"), "forums:new-practice"),
            Act("tried-practice", _("看可学的做法"), "forums:practices"),
        ],
        ledgers=LEDGERS,
        figures=FIGURES,
        mechanisms=MECHANISMS,
        dues=asked_of,
        calendar=happenings,
        search=found,
        papers={NOTICE: issued_notice, PROCEEDINGS: issued_paper},
        columns={NOTICE: "通知公告"},
        replaced={NOTICE: replacement_of},
        demo=tell,
    )
)

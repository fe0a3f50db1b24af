"""What the reading room tells the house."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Act, MenuEntry, Room, Word, open_room
from taihua.kernel.org.access import is_member
from taihua.rooms.reading.queries.anthology import KIND as VOLUME
from taihua.rooms.reading.queries.anthology import enclosed_texts, issued_paper, pdf_of
from taihua.rooms.reading.room.demo import tell
from taihua.rooms.reading.room.dues import asked_of
from taihua.rooms.reading.room.figures import FIGURES, MECHANISMS
from taihua.rooms.reading.room.ledgers import LEDGERS
from taihua.rooms.reading.room.search import found

ROOM = open_room(
    Room(
        code="reading",
        title=_("读书"),
        verbs=[
            Word("set-book", "指定了书目"),
            Word("started-book", "开始读"),
            Word("read", "读完"),
            Word("passed-check", "通过检查"),
            Word("reviewed-check", "审阅了答卷"),
            Word("wrote-note", "写了读书笔记"),
            Word("wrote-reflection", "写了心得"),
            Word("shared-note", "分享了笔记"),
            Word("commented", "评论了笔记"),
            Word("shared-evening", "在晚八点留言"),
            Word("posed-question", "出了每周一问"),
            Word("answered-weekly", "回应了每周一问"),
            Word("submitted-text", "向文集投稿"),
            Word("reviewed-text", "评读了来稿"),
            Word("answered-edit", "答复了编辑稿"),
            Word("published-volume", "编印了文集"),
            Word("planned-reading", "计划读书活动", plans=True),
        ],
        kinds=[
            Word("reading/book", "书"),
            Word("reading/check", "检查答卷"),
            Word("reading/note", "笔记和心得"),
            Word("reading/evening", "晚八点"),
            Word("reading/contribution", "来稿"),
            Word("reading/volume", "文集"),
            Word("reading/weekly-question", "每周一问"),
        ],
        menu=[
            MenuEntry(
                _("读书"),
                "reading:shelf",
                is_member,
                order=20,
                sentence=_("书架、读书笔记、检查和晚八点。"),
            )
        ],
        acts=[
            Act("set-book", _("布置一本书"), "reading:set-book"),
            Act("started-book", _("开始读"), "reading:shelf"),
            Act("read", _("记下读完"), "reading:shelf"),
            Act("passed-check", _("交检查"), "reading:shelf"),
            Act("reviewed-check", _("去审阅"), "reading:reviews"),
            Act("wrote-note", _("写读书笔记"), "reading:new-note"),
            Act("wrote-reflection", _("写心得"), "reading:new-note"),
            Act("shared-note", _("分享笔记"), "reading:notes"),
            Act("submitted-text", _("投给文集"), "reading:volumes"),
            Act("reviewed-text", _("去评读"), "reading:volumes"),
            Act("published-volume", _("编文集"), "reading:volumes"),
            Act("commented", _("看同事的笔记"), "reading:notes"),
        ],
        ledgers=LEDGERS,
        figures=FIGURES,
        mechanisms=MECHANISMS,
        dues=asked_of,
        search=found,
        papers={VOLUME: issued_paper},
        columns={VOLUME: "学习园地"},
        printed={VOLUME: pdf_of},
        enclosed={VOLUME: enclosed_texts},
        demo=tell,
    )
)

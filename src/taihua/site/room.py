"""What the front door says for the kernel, which cannot know the house above it."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import MenuEntry, Room, Word, open_room
from taihua.kernel.org.access import is_admin, is_logged_in

ROOM = open_room(
    Room(
        code="site",
        title=_("前厅"),
        verbs=[
            Word("adopted-rules", "通过制度"),
            Word("amended-rules", "修改制度"),
            Word("retired-rules", "废止条目"),
            Word("exempted", "免除"),
            Word("unexempted", "撤销免除"),
        ],
        kinds=[
            Word("rules/book", "制度"),
            Word("rules/exemption", "免除"),
        ],
        menu=[
            MenuEntry(
                _("制度"),
                "rules:books",
                is_logged_in,
                order=50,
                sentence=_("哪些制度在施行，每条要谁做什么、依据是什么。"),
            ),
            MenuEntry(
                _("账号"),
                "org:accounts",
                is_admin,
                order=90,
                sentence=_("开账号、定角色、重发口令。"),
                leads=is_admin,
            ),
        ],
    )
)

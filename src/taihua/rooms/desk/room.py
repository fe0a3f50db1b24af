"""What the desk tells the house: two places in the menu, nothing to record."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import MenuEntry, Room, open_room
from taihua.kernel.org.access import is_member, oversees

ROOM = open_room(
    Room(
        code="desk",
        title=_("工作台"),
        menu=[
            MenuEntry(
                _("工作台"),
                "desk:today",
                is_member,
                order=10,
                sentence=_("现在要办什么、为什么、几号前。"),
            ),
            MenuEntry(
                _("履责总览"),
                "desk:overview",
                oversees,
                order=40,
                sentence=_("您照看的人和单位，各项应办事项办得怎样。"),
                leads=oversees,
            ),
        ],
    )
)

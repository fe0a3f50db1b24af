"""What the report tells the house: that issuing it goes on record, and where it is found."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import MenuEntry, Room, Word, open_room
from taihua.kernel.org.access import is_logged_in, oversees
from taihua.rooms.reports.actions import ISSUED
from taihua.rooms.reports.queries.report import KIND

ROOM = open_room(
    Room(
        code="reports",
        title=_("总结与看板"),
        verbs=[Word(ISSUED, "印发")],
        kinds=[Word(KIND, "年度总结")],
        menu=[
            MenuEntry(_("四有看板"), "reports:board", oversees, order=60),
            MenuEntry(_("年度总结"), "reports:index", is_logged_in, order=70),
        ],
    )
)

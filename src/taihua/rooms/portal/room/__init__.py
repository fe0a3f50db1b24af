"""What portal tells the house: its words, pages, figures, marks and story."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Room, open_room
from taihua.rooms.portal.room import articles, consultations, consultations_demo

ROOM = open_room(
    Room(
        code="portal",
        title=_("门户"),
        verbs=[*articles.VERBS, *consultations.VERBS],
        kinds=[*articles.KINDS, *consultations.KINDS],
        menu=[*articles.MENU, *consultations.MENU],
        acts=[*articles.ACTS, *consultations.ACTS],
        ledgers=[*articles.LEDGERS, *consultations.LEDGERS],
        figures=[*articles.FIGURES, *consultations.FIGURES],
        mechanisms=[*articles.MECHANISMS, *consultations.MECHANISMS],
        dues=consultations.asked_of,
        calendar=consultations.happenings,
        demo=consultations_demo.tell,
    )
)

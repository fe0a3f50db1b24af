"""``taihua migrate``: bring the tables up to date, and teach the records the rooms' words."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from taihua.kernel import house
from taihua.kernel.records.actions import VOIDED, learn_words


class Command(Migrate):
    """Django's own command; afterwards every verb and object kind of the rooms has its row."""

    help = "更新数据表，并登记各房间的动作和对象类别"

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options.get("app_label") and not options.get("plan"):
            rooms = house.rooms()
            learn_words(
                [
                    (VOIDED, "作废"),
                    *((word.code, word.label) for room in rooms for word in room.verbs),
                ],
                [(word.code, word.label) for room in rooms for word in room.kinds],
            )

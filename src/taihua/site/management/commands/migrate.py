"""``taihua migrate``: bring the tables up to date, and teach the records the rooms' words."""

import os
from pathlib import Path
from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connection

from taihua.kernel import house
from taihua.kernel.records.actions import VOIDED, learn_words
from taihua.site import laying


class Command(Migrate):
    """Django's own command; afterwards every verb and object kind of the rooms has its row."""

    help = "更新数据表，并登记各房间的动作和对象类别"

    def handle(self, *args: Any, **options: Any) -> None:
        keep_private(connection)
        whole = not options.get("app_label") and not options.get("plan")
        if whole and not options.get("check_unapplied") and laying.is_empty(connection):
            laying.lay_at_once(connection)
        super().handle(*args, **options)
        if whole:
            learn_the_words()


def learn_the_words() -> None:
    """Give every verb and object kind of the rooms its row."""
    rooms = house.rooms()
    learn_words(
        [
            (VOIDED, "作废"),
            *((word.code, word.label) for room in rooms for word in room.verbs),
        ],
        [(word.code, word.label) for room in rooms for word in room.kinds],
        plans=[word.code for room in rooms for word in room.verbs if word.plans],
    )


def keep_private(database: Any) -> None:
    """Let nobody else on the machine read a SQLite file: private notes stand in it.

    Made here if it is new: the files that SQLite lays beside it take over its mode.
    """
    if database.vendor != "sqlite" or database.is_in_memory_db():
        return
    file = Path(str(database.settings_dict["NAME"]))
    if not file.exists():  # closing a file that SQLite has open would drop its locks
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    for suffix in ("", "-wal", "-shm"):
        beside = file.with_name(file.name + suffix)
        if beside.exists():
            beside.chmod(0o600)

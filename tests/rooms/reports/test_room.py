from taihua.kernel import house
from taihua.rooms.reports.actions import ISSUED
from taihua.rooms.reports.queries.report import KIND
from taihua.rooms.reports.room import ROOM


def test_the_room_declares_the_words_it_records():
    assert ISSUED in {verb.code for verb in ROOM.verbs}
    assert KIND in {kind.code for kind in ROOM.kinds}
    assert ROOM in house.rooms()

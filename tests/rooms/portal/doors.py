"""Who may open which page of the room; read by tests/test_access.py."""

from tests.rooms.portal import doors_cons, doors_edit, doors_pub

PARTS = (doors_pub, doors_edit, doors_cons)
DOORS = {begin: door for part in PARTS for begin, door in part.DOORS.items()}
SAMPLES = {name: value for part in PARTS for name, value in part.SAMPLES.items()}
CODES = {begin: code for part in PARTS for begin, code in part.CODES.items()}

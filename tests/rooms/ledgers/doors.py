"""Who may open which page of the room; read by tests/test_access.py."""

from tests.doors import EVERYBODY, IMPORTERS

DOORS = {
    "/ledgers/": EVERYBODY,
    "/ledgers/<code>/import/": IMPORTERS,
}
CODES = {"/ledgers/": "visits"}

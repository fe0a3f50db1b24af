"""Who may open which page of the room; read by tests/test_access.py."""

from tests.doors import CLERKS, EVERYBODY, OVERSEERS

DOORS = {
    "/reports/": EVERYBODY,
    "/reports/board/": OVERSEERS,
    "/reports/<year>/": {"su", "zheng", "keeper"},  # this one is still a draft
    "/reports/<year>/files/": EVERYBODY,
    "/reports/<year>/begin/": CLERKS,
    "/reports/<year>/refresh/": CLERKS,
    "/reports/<year>/issue/": CLERKS,
    "/reports/<year>/write/": CLERKS,
}
CODES = {"/reports/board/": "L2", "/reports/figures/": "reading.books-read"}

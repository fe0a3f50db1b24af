"""Who may open which page of the room; read by tests/test_access.py."""

from tests.doors import CLERKS, EVERYBODY

LEADERS = {"lin", "zhou"}

DOORS = {
    "/study/": EVERYBODY,
    "/study/plans/": EVERYBODY,
    "/study/plans/new/": CLERKS,
    "/study/plans/<pk>/revise/": CLERKS,
    "/study/plans/<pk>/decide/": LEADERS,
    "/study/plans/<pk>/close/": CLERKS,
}

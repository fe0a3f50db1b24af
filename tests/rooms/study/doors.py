"""Who may open which page of the room; read by tests/test_access.py."""

from tests.doors import CLERKS, EVERYBODY, MEMBERS

LEADERS = {"lin", "zhou"}

DOORS = {
    "/study/": EVERYBODY,
    "/study/plans/": EVERYBODY,
    "/study/plans/new/": CLERKS,
    "/study/plans/<pk>/revise/": CLERKS,
    "/study/plans/<pk>/decide/": LEADERS,
    "/study/plans/<pk>/close/": CLERKS,
    "/study/sessions/": EVERYBODY,
    "/study/sessions/new/": CLERKS,
    "/study/sessions/<pk>/change/": CLERKS,
    "/study/sessions/<pk>/cancel/": CLERKS,
    "/study/sessions/<pk>/leave/": MEMBERS,
    "/study/sessions/<pk>/attendance/": CLERKS,
    "/study/sessions/<pk>/questions/": CLERKS,
    "/study/sessions/<pk>/check/": MEMBERS,
    "/study/sessions/<pk>/minutes/": CLERKS,
    "/study/sessions/<pk>/minutes/read/": EVERYBODY,
    "/study/sessions/<pk>/minutes/issue/": CLERKS,
    "/study/sessions/<pk>/effect/": CLERKS,
    "/study/materials/": EVERYBODY,
    "/study/catch-up/": EVERYBODY,
    "/study/effects/": EVERYBODY,
    "/study/effects/<pk>/let-go/": CLERKS,
    "/study/turns/": EVERYBODY,
    "/study/turns/new/": CLERKS,
    "/study/turns/rotas/<pk>/settle/": CLERKS,
    "/study/turns/<pk>/replace/": CLERKS,
    "/study/turns/<pk>/cancel/": CLERKS,
    "/study/turns/<pk>/answer/": MEMBERS,
    "/study/turns/<pk>/answers/": MEMBERS,
    "/study/turns/<pk>/swap/": MEMBERS,
    "/study/turns/swaps/": MEMBERS,
    "/study/turns/materials/": EVERYBODY,
}

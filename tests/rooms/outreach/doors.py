"""Who may open which page of the room; read by tests/test_access.py."""

from tests.doors import EVERYBODY, MEMBERS

DOORS = {
    "/outreach/": EVERYBODY,
    "/outreach/visits/new/": MEMBERS,
    "/outreach/visits/<pk>/revise/": MEMBERS,
    "/outreach/visits/<pk>/count-again/": MEMBERS,
    "/outreach/plan/<pk>/cancel/": MEMBERS,
    "/outreach/app/": MEMBERS,
    "/outreach/app/state/": EVERYBODY,
    "/outreach/app/worker.js": None,
    "/outreach/app/app.webmanifest": None,
}
SAMPLES = {"kind": "answered"}

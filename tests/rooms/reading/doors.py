"""Who may open which page of the room; read by tests/test_access.py."""

from tests.doors import CLERKS, EVERYBODY, MEMBERS

DOORS = {
    "/reading/": MEMBERS,
    "/reading/books/": EVERYBODY,
    "/reading/books/new/": CLERKS,
    "/reading/books/<pk>/start/": MEMBERS,
    "/reading/books/<pk>/finish/": MEMBERS,
    "/reading/books/<pk>/text/": CLERKS,
    "/reading/books/<pk>/copies/": CLERKS,
    "/reading/books/<pk>/read/": MEMBERS,
    "/reading/books/<pk>/marks/": MEMBERS,
    "/reading/loans/": {"su", "zheng", "keeper"},
    "/reading/loans/<pk>/": EVERYBODY,
    "/reading/assignments/": EVERYBODY,
    "/reading/assignments/new/": CLERKS,
    "/reading/assignments/<pk>/check/": MEMBERS,
    "/reading/assignments/<pk>/substitute/": MEMBERS,
    "/reading/volumes/": EVERYBODY,
    "/reading/volumes/call/": CLERKS,
    "/reading/volumes/<number>/errata/": MEMBERS,
    "/reading/opinions/<pk>/": MEMBERS,
    "/reading/contributions/<pk>/": MEMBERS,
    "/reading/substitutes/": EVERYBODY,
    "/reading/substitutes/<pk>/": CLERKS,
}
SAMPLES = {"answer_pk": "1"}

"""Who may open which page of the room; read by tests/test_access.py."""

from tests.doors import CLERKS, EVERYBODY, MEMBERS

LEADERS = {"lin", "zhou"}
READERS = {"su", "zheng", "keeper"}  # of the bank: they see the answers

DOORS = {
    "/study/": EVERYBODY,
    "/study/plans/": EVERYBODY,
    "/study/plans/new/": CLERKS,
    "/study/plans/<pk>/revise/": CLERKS,
    "/study/plans/<pk>/decide/": LEADERS,
    "/study/plans/<pk>/close/": CLERKS,
    "/study/law/": EVERYBODY,
    "/study/law/practice/": MEMBERS,
    "/study/law/quizzes/": EVERYBODY,
    "/study/law/quizzes/new/": CLERKS,
    "/study/law/quizzes/<pk>/open/": MEMBERS,
    "/study/law/quizzes/<pk>/withdraw/": CLERKS,
    "/study/law/papers/<pk>/": MEMBERS,
    "/study/law/laws/": EVERYBODY,
    "/study/law/laws/new/": CLERKS,
    "/study/law/laws/starter/": CLERKS,
    "/study/law/laws/<pk>/versions/new/": CLERKS,
    "/study/law/laws/<pk>/confirm/": CLERKS,
    "/study/law/articles/<pk>/": CLERKS,
    "/study/law/questions/": READERS,
    "/study/law/questions/new/": CLERKS,
    "/study/law/questions/<pk>/revise/": CLERKS,
    "/study/law/questions/<pk>/retire/": CLERKS,
    "/study/law/questions/<pk>/confirm/": CLERKS,
    "/study/law/gift/": CLERKS,
    "/study/law/gift/export/": READERS,
}

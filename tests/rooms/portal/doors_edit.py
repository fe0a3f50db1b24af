"""Who may open which page of those who write, review and issue."""

from tests.doors import CLERKS, EVERYBODY

DRAFTERS = {"lin", "zhou", "shen", "su", "keeper"}
DOORS = {
    "/portal/desk/": EVERYBODY,
    "/portal/desk/new/": DRAFTERS,
    "/portal/desk/<pk>/": EVERYBODY,
    "/portal/desk/upkeep/": DRAFTERS,
    "/portal/desk/<pk>/still-right/": DRAFTERS,
    "/portal/desk/documents/": {"lin"},
    "/portal/desk/bring/": CLERKS,
    "/portal/columns/": CLERKS,
    "/portal/pictures/": None,
    "/portal/files/": None,
}
SAMPLES: dict[str, str] = {}
CODES: dict[str, str] = {}

"""Who may open which page of consultations; joined into the room's doors."""

from tests.doors import EVERYBODY, IMPORTERS

DOORS = {
    "/portal/consultations/": None,
    "/portal/consultations/new/": IMPORTERS,
    "/portal/consultations/receipt/": None,
    "/portal/consultations/<pk>/change/": EVERYBODY,
    "/portal/consultations/<pk>/send-out/": EVERYBODY,
    "/portal/consultations/<pk>/withdraw/": EVERYBODY,
    "/portal/consultations/<pk>/opinions/": EVERYBODY,
    "/portal/consultations/<pk>/join/": EVERYBODY,
    "/portal/consultations/<pk>/final/": EVERYBODY,
    "/portal/consultations/<pk>/sources/": EVERYBODY,
    "/portal/consultations/<pk>/matrix/": EVERYBODY,
    "/portal/consultations/<pk>/look-back/": EVERYBODY,
    "/portal/consultations/opinions/": EVERYBODY,
}
SAMPLES = {"receipt": "2222-2222-2222-2222"}
CODES: dict[str, str] = {}

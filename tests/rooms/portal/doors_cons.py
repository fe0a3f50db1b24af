"""Who may open which page of consultations; joined into the room's doors."""

from tests.doors import IMPORTERS, MEMBERS

DOORS = {
    "/portal/consultations/": None,
    "/portal/consultations/new/": IMPORTERS,
    "/portal/consultations/receipt/": None,
    "/portal/consultations/<pk>/change/": IMPORTERS,
    "/portal/consultations/<pk>/send-out/": IMPORTERS,
    "/portal/consultations/<pk>/opinions/": IMPORTERS,
    "/portal/consultations/<pk>/join/": IMPORTERS,
    "/portal/consultations/<pk>/final/": IMPORTERS,
    "/portal/consultations/<pk>/sources/": IMPORTERS,
    "/portal/consultations/<pk>/matrix/": IMPORTERS,
    "/portal/consultations/<pk>/look-back/": MEMBERS,
    "/portal/consultations/opinions/": IMPORTERS,
}
SAMPLES = {"receipt": "2222-2222-2222-2222"}
CODES: dict[str, str] = {}

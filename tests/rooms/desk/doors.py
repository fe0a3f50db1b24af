"""Who may open the desk's calendar pages; read by tests/test_access.py."""

from tests.doors import EVERYBODY

DOORS = {
    "/calendar/": EVERYBODY,
    # A secret in the address is the key: whoever brings none that fits finds nothing.
    "/calendar/<secret>.ics": None,
}
SAMPLES = {"secret": "nobody-has-this"}

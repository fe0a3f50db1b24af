"""How somebody wants pages to look: kept in a cookie, so that it holds before login too."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import parse_qsl, urlencode

COOKIE = "look"
SIZES = ("normal", "large")
THEMES = ("system", "light", "dark")
DARK_MEDIA = {
    "system": "screen and (prefers-color-scheme: dark)",
    "light": "not all",
    "dark": "screen",
}
SCHEMES = {"system": "light dark", "light": "light", "dark": "dark"}


@dataclass(frozen=True, slots=True)
class Look:
    """One person's way of looking at pages (外观)."""

    size: str = "normal"
    theme: str = "system"
    quiet: bool = False

    @property
    def dark_media(self) -> str:
        """When the dark style sheet applies; it never does in print."""
        return DARK_MEDIA[self.theme]

    @property
    def scheme(self) -> str:
        return SCHEMES[self.theme]

    def as_cookie(self) -> str:
        return urlencode(asdict(self) | {"quiet": int(self.quiet)})


def look_from(cookies: Mapping[str, str]) -> Look:
    """The look that a browser asks for; what is not understood is as usual."""
    said = dict(parse_qsl(cookies.get(COOKIE, "")))
    return Look(
        size=said["size"] if said.get("size") in SIZES else "normal",
        theme=said["theme"] if said.get("theme") in THEMES else "system",
        quiet=said.get("quiet") == "1",
    )

"""What the mechanisms (机制) of rules are called; the house tells it when its rooms open."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_titles: "dict[str, StrOrPromise]" = {}


def name_mechanism(code: str, title: "StrOrPromise") -> None:
    """Let the mechanism of that code be called so."""
    _titles[code] = title


def named_mechanisms() -> list[tuple[str, str]]:
    """The codes that have a title, each with its words, power by power."""
    codes = sorted(_titles, key=lambda code: ("LICPK".index(code[0]), int(code[1:])))
    return [(code, mechanism_words(code)) for code in codes]


def mechanism_words(code: str) -> str:
    """The title of a mechanism with its code; the code alone where no room carries it out."""
    if code not in _titles:
        return code
    return _("%(title)s（%(code)s）") % {"title": _titles[code], "code": code}

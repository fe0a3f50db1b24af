"""What every page is given: the menu, the look, the day it stands still on, other ways in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from taihua.base import clock
from taihua.site.look import look_from
from taihua.site.menu import Entry, menu_at


def house(request: HttpRequest) -> dict[str, Any]:
    """For every template; the menu is only made where one is drawn."""
    return {
        "look": look_from(request.COOKIES),
        "single_sign_on": settings.TAIHUA_SIGN_ON,
        "fixed_day": clock.fixed_day(),
        "menu": SimpleLazyObject(lambda: menu_for(request)),
    }


def menu_for(request: HttpRequest) -> list[Entry]:
    """The entries that the account behind ``request`` may open; a stranger has none."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return []
    return menu_at(account, request.path)

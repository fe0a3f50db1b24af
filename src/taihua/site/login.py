"""How people come in: accounts are given by the bureau, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth without sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

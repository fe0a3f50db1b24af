"""How people come in: accounts are given by the bureau, nobody signs up, by whatever door."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from taihua.kernel.org.models import Account


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth without sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class OnlyTied(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Single sign-on for identities that are tied to an account; no account is ever made of one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom we know; tie by the claim that the administrator named; else say why not."""
        tying = sociallogin.state.get("process") == AuthProcess.CONNECT
        if sociallogin.is_existing or tying:
            return
        account = account_named_by(sociallogin.account)
        if account is None:
            raise ImmediateHttpResponse(render(request, "socialaccount/unknown.html", status=403))
        sociallogin.connect(request, account)


def account_named_by(identity: SocialAccount) -> Account | None:
    """The account whose username the identity carries in the claim that the settings name, if any.

    An account that is tied to another identity already is not given to a second one.
    """
    said = identity.extra_data["id_token"].get(settings.TAIHUA_OIDC_CLAIM)
    if not isinstance(said, str | int) or not said:
        return None
    tied = SocialAccount.objects.filter(provider=identity.provider).values("user")
    return Account.objects.filter(username=str(said), is_active=True).exclude(pk__in=tied).first()

"""To the identity provider and back."""

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from requests import RequestException

from taihua.base.access import admits, anyone
from taihua.site.oidc.provider import CheckedAdapter


@admits(anyone)
def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the provider (POST), or ask whether to (GET)."""
    return _answered(OAuth2LoginView, request, provider_id)


@admits(anyone)
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the provider with a code."""
    return _answered(OAuth2CallbackView, request, provider_id)


def _answered(
    view: type[OAuth2LoginView] | type[OAuth2CallbackView], request: HttpRequest, provider_id: str
) -> HttpResponseBase:
    try:
        answer: HttpResponseBase = view.adapter_view(CheckedAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except RequestException:
        return render(request, "socialaccount/no_answer.html", status=503)
    return answer

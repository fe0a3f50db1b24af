"""The provider as allauth knows it, with a stricter eye than its own."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest

from taihua.site.oidc.tokens import IdentityRefused, claims_of


class CheckedAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """Reads an identity from a token whose signature is checked, though it came by TLS."""

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        try:
            claims = claims_of(
                kwargs["response"].get("id_token") or "",
                self._fetched(self.openid_config["jwks_uri"]),
                issuer=self._issuer(app),
                audience=app.client_id,
            )
            claims = self._further(token, claims) | claims
        except (IdentityRefused, KeyError) as fault:
            raise OAuth2Error(str(fault)) from fault
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _issuer(self, app: SocialApp) -> str:
        """The issuer, which must be the one that the administrator named."""
        said = str(self.openid_config["issuer"])
        if said.rstrip("/") != app.settings["server_url"].rstrip("/"):
            raise IdentityRefused(f"the provider calls itself {said}")
        return said

    def _further(self, token: SocialToken, claims: dict[str, Any]) -> dict[str, Any]:
        """What the provider tells beyond the token, if what the house asks for is not in it."""
        wanted = settings.TAIHUA_OIDC_CLAIM
        if not wanted or wanted in claims:
            return {}
        told: dict[str, Any] = self._fetch_user_info(token.token)
        if told.get("sub") != claims["sub"]:
            raise IdentityRefused("userinfo speaks of another")
        return told

    def _fetched(self, url: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(url)
            answer.raise_for_status()
            keys: dict[str, Any] = answer.json()
            return keys


class CheckedProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth has no types
    """OpenID Connect, keeping of an identity only what is needed to know it again."""

    package = "taihua.site.oidc"
    oauth2_adapter_class = CheckedAdapter
    supports_token_authentication = False

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        kept = {"sub", "name", "preferred_username", settings.TAIHUA_OIDC_CLAIM}
        return {"id_token": {key: said for key, said in data["id_token"].items() if key in kept}}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        # An address from elsewhere must not become a way to renew a password here.
        return []

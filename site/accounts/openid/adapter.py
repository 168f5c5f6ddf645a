"""The talk with a provider: what it publishes about itself, and what it says of a person."""

from __future__ import annotations

from typing import Any, Final

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import override

from accounts.openid.claims import kept, verified

PUBLISHED_SECONDS: Final = 600


class StrictAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """Believes signed statements alone, and keeps neither tokens nor what nobody asked for."""

    # What was stashed when the person was sent to the provider; the callback view sets it.
    state: dict[str, Any]

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider publishes about itself. Raises OAuth2Error if it is somebody else."""
        provider = self.get_provider()
        published = _published(provider.server_url)
        if str(published.get("issuer", "")).rstrip("/") != provider.app.settings["issuer"]:
            raise OAuth2Error("the provider names another issuer")
        return published

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """The one address that is registered with the provider, whatever language is read."""
        with override(settings.LANGUAGE_CODE):
            address: str = super().get_callback_url(request, app)
        return address

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """An empty one: tokens carry identity numbers, and nothing here needs them again."""
        return SocialToken(token="")

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Who has logged in. Raises OAuth2Error when what the provider says does not hold."""
        answer, published = kwargs["response"], self.openid_config
        claims = verified(
            str(answer.get("id_token", "")),
            keys=_published(published["jwks_uri"]),
            issuer=published["issuer"],
            client_id=app.client_id,
            nonce=str(self.state.get("nonce", "")),
            acr=app.settings.get("acr", ()),
        )
        told = kept(claims)
        if app.settings.get("fetch_userinfo", True) and "userinfo_endpoint" in published:
            person = self._fetch_user_info(answer["access_token"])
            if person.get("sub") != claims["sub"]:
                raise OAuth2Error("the provider tells of somebody else")
            told = {**told, **kept(person)}
        login: SocialLogin = self.get_provider().sociallogin_from_response(request, told)
        return login


def _published(url: str) -> dict[str, Any]:
    """A JSON document that a provider publishes, kept for ten minutes."""
    key = f"accounts.openid:{url}"
    known: dict[str, Any] | None = cache.get(key)
    if known is None:
        with get_adapter().get_requests_session() as session:
            response = session.get(url)
            response.raise_for_status()
            known = response.json()
        if not isinstance(known, dict):
            raise OAuth2Error("the provider publishes no JSON object")
        cache.set(key, known, PUBLISHED_SECONDS)
    return known

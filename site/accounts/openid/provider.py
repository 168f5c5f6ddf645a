"""ID-porten, Feide and whatever else speaks OpenID Connect, as the settings name them."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.translation import get_language

from accounts.openid.adapter import StrictAdapter


class StrictProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth has no types
    """allauth's provider, with a nonce, PKCE, and nothing that a link could ask for besides.

    ``SOCIALACCOUNT_PROVIDERS`` names it; its addresses are those of this package.
    """

    oauth2_adapter_class = StrictAdapter
    pkce_enabled_default = True
    supports_token_authentication = False

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Send the person there; state, nonce and language wait in their session."""
        nonce = get_random_string(32)
        language = get_language() or "nb"
        kwargs["auth_params"] = {**self.get_auth_params(), "nonce": nonce, "ui_locales": language}
        if acr := self.app.settings.get("acr"):
            kwargs["auth_params"]["acr_values"] = " ".join(acr)
        response: HttpResponse = super().redirect(
            request, process, next_url, data, nonce=nonce, language=language, **kwargs
        )
        return response

    def serialize(self) -> dict[str, Any]:
        """Which one it is, by its own name: two may have given us the same client id."""
        return {**super().serialize(), "id": self.app.provider_id}

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        """Those of the settings, whatever the link says."""
        return dict(self.get_auth_params())

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Those of the settings, whatever the link says."""
        return list(self.get_scope())

"""To a provider and back."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.utils import respond_to_login_on_get
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from accounts.openid.adapter import StrictAdapter


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ask with a button first; then send the person there.

    By a page that refreshes, since browsers hold the content policy against redirects of forms.
    """
    provider = _adapter(request, provider_id).get_provider()
    question: HttpResponse | None = respond_to_login_on_get(request, provider)
    if question is not None:
        return question
    try:
        response: HttpResponse = provider.redirect_from_request(request)
    except (OAuth2Error, RequestException) as error:
        response = render_authentication_error(request, provider, exception=error)
    if not isinstance(response, HttpResponseRedirect):
        return response
    context = {"provider": provider, "redirect_to": response.url}
    return render(request, "socialaccount/login_redirect.html", context)


@login_not_required
@never_cache
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends the person back to; in the language in which they went."""
    view = CallbackView()
    view.request, view.adapter = request, _adapter(request, provider_id)
    return view.dispatch(request)


class CallbackView(OAuth2CallbackView):  # type: ignore[misc]  # allauth has no types
    """allauth's, which hands the stashed state to the adapter."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log the person in, or say why not."""
        provider = self.adapter.get_provider()
        state, refusal = super()._get_state(request, provider)
        if state is None:
            unknown: HttpResponse = refusal
            return unknown
        self.adapter.state = state
        # Told by providers that follow RFC 9207: an answer of another one is not this one's.
        named = request.GET.get("iss", "").rstrip("/")
        with override(state.get("language")):
            if named and named != provider.app.settings["issuer"]:
                refused: HttpResponse = render_authentication_error(request, provider)
                return refused
            response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[dict[str, Any], None]:
        """The state, which can be taken out of the session once."""
        return self.adapter.state, None


def _adapter(request: HttpRequest, provider_id: str) -> StrictAdapter:
    adapter = StrictAdapter(request, provider_id)
    try:
        adapter.get_provider()
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return adapter

"""Asking once more who it is, before something that cannot be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

FRESH: Final = timedelta(minutes=10)
View = Callable[..., HttpResponseBase]


def own_identity_required(view: View) -> View:
    """Let in who is logged in and has just shown by password, code or key that it is them.

    Who can only log in with a provider, has nothing to show here and logs in anew instead.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        assert user.is_authenticated
        logged_in = user.last_login or timezone.now() - 2 * FRESH
        if not get_reauthentication_flows(user) and timezone.now() - logged_in > FRESH:
            logout(request)
            messages.info(request, _("Log in once more, so that we know that it is you."))
            return redirect_to_login(request.get_full_path())
        response: HttpResponseBase = reauthentication_required(view)(request, *args, **kwargs)
        return response

    return login_required(guarded)

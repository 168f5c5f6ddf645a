"""Views for members: a visitor is asked to log in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.models import User

View = Callable[..., HttpResponseBase]


def member_or_log_in(view: View) -> View:
    """Hand the person to the view as its second argument; let a visitor log in, whatever there is."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, User):
            return view(request, request.user, *args, **kwargs)
        safe = request.method in {"GET", "HEAD"}
        return redirect_to_login(request.get_full_path() if safe else reverse("forum:overview"))

    return asked

"""From an address to the group that it names, or to 404 for whoever may not know of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import User
from network.forum.groups.permissions import can_lead, can_read
from network.forum.models import Meeting, WorkingGroup

View = Callable[..., HttpResponseBase]


def or_log_in(view: View) -> View:
    """Let a visitor log in where there is nothing for a visitor, whatever there is for others.

    Links in letters lead here, and whoever follows one need not be logged in. It tells nothing: what
    does not exist is answered alike.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if request.user.is_authenticated:
                raise
        back = request.get_full_path() if request.method == "GET" else reverse("groups:list")
        return redirect_to_login(back)

    return asked


def person_of(request: HttpRequest) -> User:
    """Whoever is logged in; 404 for visitors, whom :func:`or_log_in` then lets log in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def known_group(request: HttpRequest, slug: str) -> WorkingGroup:
    """A group that the reader may know of."""
    groups = WorkingGroup.objects.listed_for(request.user)
    group: WorkingGroup = get_object_or_404(groups, slug=slug)
    return group


def read_group(request: HttpRequest, slug: str) -> WorkingGroup:
    """A group whose threads, meetings and files the reader may read."""
    group = known_group(request, slug)
    if not can_read(request.user, group):
        raise Http404
    return group


def led_group(request: HttpRequest, slug: str) -> WorkingGroup:
    """A group that the reader leads."""
    group = known_group(request, slug)
    if not can_lead(request.user, group):
        raise Http404
    return group


def read_meeting(request: HttpRequest, slug: str, pk: int, *, leads: bool = False) -> Meeting:
    """A meeting that the reader may see, or with ``leads`` change."""
    group = led_group(request, slug) if leads else read_group(request, slug)
    meeting: Meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user), pk=pk, group=group
    )
    meeting.group = group
    return meeting

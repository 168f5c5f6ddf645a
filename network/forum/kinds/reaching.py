"""From an address to what it names, or to 404 for whoever it is not for; and trying a service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from network.forum.models import PolicyMatter, Post, Thread
from network.transitions import NotPossibleError


def thread_for(request: HttpRequest, pk: int, kind: str) -> Thread:
    """A thread of a kind that the reader may see."""
    visible = Thread.objects.visible_to(request.user).filter(kind=kind, merged_into=None)
    with_all = visible.select_related("category", "need", "policy", "accepted__author", "author")
    found: Thread = get_object_or_404(with_all, pk=pk)
    return found


def post_for(request: HttpRequest, pk: int) -> Post:
    """A post that the reader may see."""
    visible = Post.objects.visible_to(request.user).select_related("thread__category")
    found: Post = get_object_or_404(visible, pk=pk)
    return found


def matter_for(request: HttpRequest, pk: int) -> PolicyMatter:
    """A policy matter that the reader may see."""
    visible = PolicyMatter.objects.visible_to(request.user)
    found: PolicyMatter = get_object_or_404(visible.select_related("thread__category"), pk=pk)
    return found


def person(request: HttpRequest) -> User:
    """Whoever has logged in."""
    assert isinstance(request.user, User)
    return request.user


def attempt(request: HttpRequest, act: Callable[[], Any], done: str = "") -> bool:
    """Do it and say so, or say why it cannot be done; gives whether it was.

    Who may not do it is told that there is nothing here.
    """
    try:
        act()
    except PermissionDenied as error:
        raise Http404 from error
    except NotPossibleError as error:
        messages.error(request, str(error))
        return False
    if done:
        messages.success(request, done)
    return True

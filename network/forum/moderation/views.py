"""Reporting a post; a moderator's queue, log, and decisions on single posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from network.forum.models import ModerationAct, Post
from network.forum.moderation.acts import can_change_standing, can_judge
from network.forum.moderation.errors import NotPossibleError
from network.forum.moderation.forms import DismissForm, FlagForm, HideForm, ReasonForm
from network.forum.moderation.queue import PARTS, ModerationQueue, is_moderator, waiting
from network.forum.moderation.reading import around, history, log, moderated_post
from network.forum.moderation.services import deciding

Decide = Callable[[User, Post, Mapping[str, Any]], ModerationAct]


def moderator_of(request: HttpRequest) -> User:
    """The reader, who keeps order somewhere. Raises Http404 for everybody else."""
    user = request.user
    if not isinstance(user, User) or not is_moderator(user):
        raise Http404
    return user


@require_safe
@login_required
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """What is reported and held back, the oldest first."""
    shown = ModerationQueue(moderator_of(request), request.GET)
    context = {"queue": shown, "hide_form": HideForm(auto_id=False), "current": "queue"}
    return render(request, "forum/moderation/queue.html", context)


@require_safe
@login_required
@never_cache
def log_page(request: HttpRequest) -> HttpResponse:
    """What moderators did, newest first."""
    shown = log(moderator_of(request), request.GET.get("etter", ""))
    return render(request, "forum/moderation/log.html", {"log": shown, "current": "log"})


@require_safe
@login_required
@never_cache
def post_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A post with what stands around it, why it waits, and what can be done."""
    moderator = moderator_of(request)
    post = moderated_post(moderator, pk)
    return _post_page(request, moderator, post, {})


def _post_page(
    request: HttpRequest, moderator: User, post: Post, given: dict[str, Any], status: int = 200
) -> HttpResponse:
    before, after = around(post)
    author = post.author
    context = {
        "waiting": waiting(post, post.created_at),
        "post": post,
        "thread": post.thread,
        "before": before,
        "after": after,
        "history": history(thread=post.thread),
        "may_judge": can_judge(moderator, post),
        "may_change_author": author is not None and can_change_standing(moderator, author),
        "hide_form": HideForm(),
        "dismiss_form": DismissForm(),
        "restore_form": ReasonForm(),
        **given,
    }
    return render(request, "forum/moderation/post.html", context, status=status)


def _approve(moderator: User, post: Post, _given: Mapping[str, Any]) -> ModerationAct:
    return deciding.approve(moderator, post)


def _hide(moderator: User, post: Post, given: Mapping[str, Any]) -> ModerationAct:
    return deciding.hide(moderator, post, given["rule"], given["reason"])


def _restore(moderator: User, post: Post, given: Mapping[str, Any]) -> ModerationAct:
    return deciding.restore(moderator, post, given["reason"])


def _dismiss(moderator: User, post: Post, given: Mapping[str, Any]) -> ModerationAct:
    return deciding.dismiss(moderator, post, given["reason"])


DECISIONS: Final[dict[str, tuple[type[forms.Form], Decide, str | Promise]]] = {
    "approve": (forms.Form, _approve, _("The post is shown.")),
    "hide": (HideForm, _hide, _("The post is hidden.")),
    "restore": (ReasonForm, _restore, _("The post is shown again.")),
    "dismiss": (DismissForm, _dismiss, _("The post stays.")),
}


@require_POST
@login_required
def decide(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """Do one thing with a post; ``from`` says that the queue asked for it."""
    moderator = moderator_of(request)
    form_class, act, done = DECISIONS[decision]
    post = moderated_post(moderator, pk)
    form = form_class(request.POST)
    if not form.is_valid():
        return _post_page(request, moderator, post, {f"{decision}_form": form}, status=422)
    try:
        act(moderator, post, form.cleaned_data)
    except PermissionDenied:
        raise Http404 from None
    except NotPossibleError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, str(done))
    if "from" not in request.POST:
        return redirect("forum:moderate-post", pk)
    part = request.POST["from"]
    query = f"?vis={part}" if part in PARTS else ""
    return redirect(f"{reverse('forum:moderation')}{query}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a post to the moderators."""
    user = request.user
    posts = Post.objects.visible_to(user).select_related("thread__category", "author")
    post: Post = get_object_or_404(posts, pk=pk)
    if not isinstance(user, User) or post.author_id == user.pk:
        raise Http404
    form = FlagForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.flag(user, post, form.cleaned_data["reason"], form.cleaned_data["text"])
        except NotPossibleError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                _("Thank you. A moderator looks at the post, and you hear what comes of it."),
            )
            return redirect(post)
    context = {"form": form, "post": post, "thread": post.thread}
    status = 422 if form.errors else 200
    return render(request, "forum/moderation/flag.html", context, status=status)

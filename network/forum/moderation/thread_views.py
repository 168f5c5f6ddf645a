"""What moderators do with whole threads: close, pin, move, split, merge."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from network.forum.models import ModerationAct, Post, Thread, ThreadKind
from network.forum.models.thread import Visibility
from network.forum.moderation.errors import NotPossibleError
from network.forum.moderation.forms import MergeForm, MoveForm, ReasonForm, SplitForm
from network.forum.moderation.reading import (
    history,
    moderated_post,
    moderated_thread,
    who_loses,
)
from network.forum.moderation.services import arranging, keeping
from network.forum.moderation.views import moderator_of

Kind = ModerationAct.Kind
DONE: Final = {
    Kind.CLOSE: _("The thread is closed."),
    Kind.REOPEN: _("The thread is open again."),
    Kind.PIN: _("The thread is pinned."),
    Kind.UNPIN: _("The thread is no longer pinned."),
}
# Those after a post that can be ticked one by one.
TO_PICK: Final = 40
PAGE_METHODS: Final = ("GET", "HEAD", "POST")


@require_safe
@login_required
@never_cache
def thread_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be done with a thread, and what was."""
    thread = moderated_thread(moderator_of(request), pk)
    context = {
        "thread": thread,
        "history": history(thread=thread),
        "close_form": ReasonForm(),
        "can_be_merged": thread.kind != ThreadKind.POLICY,
    }
    return render(request, "forum/moderation/thread.html", context)


@require_POST
@login_required
def keep(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Close, reopen, pin or unpin a thread."""
    moderator = moderator_of(request)
    thread = moderated_thread(moderator, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        context = {"thread": thread, "history": history(thread=thread), "close_form": form}
        return render(request, "forum/moderation/thread.html", context, status=422)
    act = Kind(kind)
    keeping.keep(moderator, thread, act, form.cleaned_data["reason"])
    messages.success(request, DONE[act])
    return redirect(thread)


@require_http_methods(PAGE_METHODS)
@login_required
@never_cache
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose another category; what that means for who reads the thread is said before it is done."""
    moderator = moderator_of(request)
    thread = moderated_thread(moderator, pk)
    form = MoveForm(
        request.POST if request.method == "POST" else None, moderator=moderator, thread=thread
    )
    context: dict[str, Any] = {"thread": thread, "form": form}
    if request.method == "POST" and form.is_valid():
        category = form.cleaned_data["category"]
        if "sure" not in request.POST:
            context |= {"category": category, "lost": who_loses(thread, category)}
            return render(request, "forum/moderation/move.html", context)
        try:
            arranging.move(moderator, thread, category, form.cleaned_data["reason"])
        except NotPossibleError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The thread is moved."))
            return redirect(thread)
    status = 422 if form.errors else 200
    return render(request, "forum/moderation/move.html", context, status=status)


@require_http_methods(PAGE_METHODS)
@login_required
@never_cache
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the thread that stays; both are shown before it is done."""
    moderator = moderator_of(request)
    thread = moderated_thread(moderator, pk)
    form = MergeForm(request.POST if request.method == "POST" else None, moderator=moderator)
    context: dict[str, Any] = {"thread": thread, "form": form}
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        try:
            arranging.can_merge(thread, target)
            if "sure" not in request.POST:
                context |= {"target": target, "lost": who_loses(thread, target.category)}
                return render(request, "forum/moderation/merge.html", context)
            arranging.merge(moderator, thread, target, form.cleaned_data["reason"])
        except NotPossibleError as error:
            form.add_error("target", error)
        else:
            messages.success(request, _("The threads are merged."))
            return redirect(target)
    status = 422 if form.errors else 200
    return render(request, "forum/moderation/merge.html", context, status=status)


@require_http_methods(PAGE_METHODS)
@login_required
@never_cache
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a thread of a post and of what follows it."""
    moderator = moderator_of(request)
    start = moderated_post(moderator, pk)
    if start.number == 1 or start.state != Visibility.PUBLISHED:
        raise Http404
    following = _following(start)
    form = SplitForm(
        request.POST if request.method == "POST" else None,
        moderator=moderator,
        thread=start.thread,
        following=following,
        initial={"posts": SplitForm.ALL},
    )
    if request.method == "POST" and form.is_valid():
        try:
            new = _split(moderator, start, form)
        except NotPossibleError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The posts are a thread of their own now."))
            return redirect(new)
    context = {
        "form": form,
        "start": start,
        "thread": start.thread,
        "following": following[:TO_PICK],
        "picked": set(request.POST.getlist("picked")),
        "takes_solution": start.thread.accepted_id is not None,
    }
    status = 422 if form.errors else 200
    return render(request, "forum/moderation/split.html", context, status=status)


def _following(start: Post) -> QuerySet[Post]:
    later = Post.objects.filter(thread=start.thread_id, number__gt=start.number)
    return later.filter(state=Visibility.PUBLISHED).select_related("author").order_by("number")


def _split(moderator: User, start: Post, form: SplitForm) -> Thread:
    given = form.cleaned_data
    picked = None
    if given["posts"] == SplitForm.PICKED:
        picked = [post.pk for post in given["picked"]]
    try:
        return arranging.split(
            moderator,
            start,
            title=given["title"],
            category=given["category"],
            kind=given["kind"],
            picked=picked,
            reason=given["reason"],
        )
    except PermissionDenied:
        raise Http404 from None

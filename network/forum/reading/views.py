"""The pages on which the forum is read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from activity.services import read
from network.forum import permissions
from network.forum.following import category_thing, person_thing, tag_thing, thread_thing
from network.forum.models import Category, Post
from network.forum.models.thread import Visibility
from network.forum.reading.addresses import here, post_place
from network.forum.reading.listing import ThreadList
from network.forum.reading.overview import Overview
from network.forum.reading.structured_data import thread_data
from network.forum.reading.thread_page import (
    ThreadPage,
    first_unread,
    page_asked,
    pages_of,
    path_of,
    readable_thread,
)
from network.forum.reading.unread import catch_up
from ui.json_ld import json_ld


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What there is to read, what is new, and what waits for an answer."""
    return render(request, "forum/overview.html", {"forum": Overview(request.user)})


@require_safe
@vary_on_headers("HX-Request")
def all_threads(request: HttpRequest) -> HttpResponse:
    """All threads that the reader may see, narrowed as the address says."""
    threads = ThreadList(request.user, request.GET)
    return _list(request, threads, {"thing": _followed(threads)})


@require_safe
@vary_on_headers("HX-Request")
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The threads of a category, those first that are pinned."""
    shown = _category(request, slug)
    context = {
        "category": shown,
        "thing": category_thing(shown.pk),
        "may_write": permissions.can_write(request.user, shown),
    }
    return _list(request, ThreadList(request.user, request.GET, shown), context)


def _category(request: HttpRequest, slug: str) -> Category:
    found: Category = get_object_or_404(
        Category.objects.visible_to(request.user).select_related("group"), slug=slug
    )
    return found


def _list(request: HttpRequest, threads: ThreadList, context: dict[str, Any]) -> HttpResponse:
    context["threads"] = threads
    htmx = request.htmx  # type: ignore[attr-defined]  # set by django-htmx
    if htmx and not htmx.history_restore_request:
        return render(request, "forum/threads.html", context)
    return render(request, "forum/list.html", context)


def _followed(threads: ThreadList) -> str:
    """What can be followed of a list: its tag or person, where any of their threads is shown."""
    filters = threads.filters
    if filters.tag is not None and threads.rows:
        return tag_thing(filters.tag.pk)
    if filters.person is not None and threads.rows:
        return person_thing(filters.person)
    return ""


@require_safe
def thread(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A page of a thread; what is read there is remembered."""
    found = readable_thread(request.user, pk)
    if found is None:
        raise Http404
    if found.merged_into_id:
        return redirect("forum:unread", found.merged_into_id)
    page, last = page_asked(request.GET), pages_of(found)
    if slug != (found.slug or "-") or page > last:
        page = min(page, last)
        query = f"?page={page}" if page > 1 else ""
        return redirect(f"{path_of(found)}{query}", permanent=page_asked(request.GET) <= last)
    shown = ThreadPage(request, found, page)
    if getattr(found, "was_told", False):
        read(request.user, thread_thing(pk))
    context = {
        "page": shown,
        "thread": found,
        "category": found.category,
        "thing": thread_thing(pk),
        "may_answer": permissions.can_answer(request.user, found),
        "data": _data(request, shown),
    }
    response = render(request, "forum/thread.html", context)
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        shown.note_read()
    return response


def _data(request: HttpRequest, page: ThreadPage) -> str:
    """The thread in schema.org's words, for the machines of visitors."""
    if request.user.is_authenticated or not page.is_public:
        return ""
    return json_ld(thread_data(page, request.build_absolute_uri))


@require_safe
def unread(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the first unread post of a thread."""
    found = readable_thread(request.user, pk)
    if found is None:
        raise Http404
    if found.merged_into_id:
        return redirect("forum:unread", found.merged_into_id)
    number = first_unread(request.user, found)
    return redirect(post_place(here(), found.pk, found.slug, number))


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a post, wherever it has been moved to."""
    found: Post = get_object_or_404(Post.objects.select_related("thread"), pk=pk)
    seen = Post.objects.visible_to(request.user).filter(pk=pk).exists()
    # What was taken away leaves a mark where it stood, which whoever reads the thread sees.
    leaves_a_mark = found.state in {Visibility.HIDDEN, Visibility.DELETED}
    if not seen and not (leaves_a_mark and readable_thread(request.user, found.thread_id)):
        raise Http404
    return redirect(post_place(here(), found.thread_id, found.thread.slug, found.number))


@require_POST
@login_required
def mark_read(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Take everything for read, or a category; what came after the page was made stays unread."""
    shown = _category(request, slug) if slug else None
    person = request.user
    if not isinstance(person, User):
        raise Http404
    catch_up(person, shown, at=_moment(request.POST.get("at", "")))
    messages.success(request, _("Everything is marked as read."))
    return redirect(shown or "forum:overview")


def _moment(text: str) -> datetime:
    """The moment that a form names, no later than now."""
    now = timezone.now()
    try:
        told = parse_datetime(text[:40])
    except ValueError:
        return now
    return min(told, now) if told is not None and timezone.is_aware(told) else now

"""What helps while somebody writes: names to mention, threads on the same, how it will look."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.roles import roles_of
from network.forum.mentions import suggested
from network.forum.models import Draft
from network.forum.writing.composing import preview as rendered
from network.forum.writing.composing import raw
from network.forum.writing.listing import category_chosen, place_of
from network.forum.writing.rates import PREVIEWS, SUGGESTIONS, too_often
from network.forum.writing.reaching import member_or_log_in
from search.finding import Found, find
from search.query import MAX_QUERY_LENGTH, SearchRequest

SIMILAR: Final = 4
# Fewer letters say nothing of what a thread will be about.
LETTERS_OF_TITLE: Final = 8
TOO_MANY: Final = 429


@never_cache
@require_safe
@member_or_log_in
def people(request: HttpRequest, user: User) -> HttpResponse:
    """Names that begin with what was typed after an @, of those who would read it."""
    if too_often(request, "names", SUGGESTIONS):
        return HttpResponse(status=TOO_MANY)
    place = place_of(user, request.GET.get("key", "")[:40])
    category = place.category if place else None
    if place and category is None:
        category = category_chosen(user, request.GET.get("category", ""))
    found = suggested(request.GET.get("q", ""), category, user) if category else []
    return render(request, "forum/writing/people.html", {"found": found})


@never_cache
@require_safe
@member_or_log_in
def similar(request: HttpRequest, user: User) -> HttpResponse:
    """Threads that may say already what somebody is about to ask."""
    title = " ".join(request.GET.get("title", "").split())[:MAX_QUERY_LENGTH]
    if too_often(request, "similar", SUGGESTIONS):
        return HttpResponse(status=TOO_MANY)
    threads: list[Found] = []
    if len(title) >= LETTERS_OF_TITLE:
        asked = SearchRequest(
            text=title,
            language=(get_language() or "nb")[:2],
            types=("thread",),
            audience=roles_of(user).audience,
            size=SIMILAR,
        )
        threads = list(find(asked, user).items)
    return render(request, "forum/writing/similar.html", {"threads": threads})


@never_cache
@require_POST
@member_or_log_in
def preview(request: HttpRequest, user: User) -> HttpResponse:
    """The text of a form as it would look."""
    if too_often(request, "preview", PREVIEWS):
        return HttpResponse(status=TOO_MANY)
    place = place_of(user, request.POST.get("key", "")[:40])
    if place is None:
        return HttpResponse(status=404)
    form = place.form(request.POST)
    form.full_clean()
    category = place.category or category_chosen(user, request.POST.get("category", ""))
    token = form.cleaned_data.get("token")
    draft = Draft.objects.filter(user=user, token=token).first() if token else None
    files = list(draft.files.all()) if draft else []
    html = rendered(raw(form), category=category, author=user, files=files)
    return render(request, "forum/writing/preview.html", {"preview": html})

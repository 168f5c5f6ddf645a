"""Accepting answers, the questions that nobody answers, and articles of those that were solved."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.roles import roles_of
from network.forum.kinds.articles import became, drafts_for
from network.forum.kinds.permissions import can_make_article
from network.forum.kinds.questions import overdue_since, waiting_for_staff
from network.forum.kinds.reaching import attempt, person, post_for, thread_for
from network.forum.kinds.services import articles, questions
from network.forum.models import ThreadArticle, ThreadKind

PAGE: Final = 25


@require_POST
@login_required
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark an answer as the one that solved the question."""
    post, by = post_for(request, pk), person(request)
    attempt(
        request,
        lambda: questions.accept(post, by=by),
        _("The answer is marked as the one that solved it. Thank you for closing the circle."),
    )
    return redirect(post.thread.get_absolute_url())


@require_POST
@login_required
def unaccept(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a question again."""
    thread, by = thread_for(request, pk, ThreadKind.QUESTION), person(request)
    attempt(request, lambda: questions.unaccept(thread, by=by), _("The question is open again."))
    return redirect(thread.get_absolute_url())


@require_safe
@login_required
@never_cache
def unanswered(request: HttpRequest) -> HttpResponse:
    """Questions that have waited too long, where the reader keeps order."""
    roles = roles_of(request.user)
    if not (roles.parks or roles.leads or roles.network_administrator):
        raise Http404
    found = (
        waiting_for_staff(request.user)
        .select_related("category", "author")
        .prefetch_related("routed__user")
        .order_by("created_at", "pk")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page", "1")[:9])
    context = {"page": page, "overdue_since": overdue_since()}
    return render(request, "forum/kinds/unanswered.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft of an article of a solved question; before that, what will be in it."""
    thread, by = thread_for(request, pk, ThreadKind.QUESTION), person(request)
    if not can_make_article(by, thread):
        raise Http404
    if request.method == "POST":
        made: list[ThreadArticle] = []
        done = _("The draft is made. Its authors are credited, and the editors know of it.")
        if attempt(request, lambda: made.append(articles.make_article(thread, by=by)), done):
            return redirect(_place_of(made[0], request))
    context = {
        "thread": thread,
        "authors": articles.credited(thread),
        "became": became(thread),
        "for_few": thread.category.audience not in {"public", "member"},
    }
    return render(request, "forum/kinds/article.html", context)


def _place_of(made: ThreadArticle, request: HttpRequest) -> str:
    """Where to go on writing, for whoever may; others go back to the thread."""
    page = made.page.specific if made.page else None
    user = person(request)
    if page is not None and _may_edit(user, page):
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    return made.thread.get_absolute_url()


def _may_edit(user: User, page: Any) -> bool:
    in_admin = user.has_perm("wagtailadmin.access_admin")
    return in_admin and bool(page.permissions_for_user(user).can_edit())


@require_safe
@login_required
@never_cache
def drafts(request: HttpRequest) -> HttpResponse:
    """Drafts of articles that came of discussions and that somebody should finish."""
    roles = roles_of(request.user)
    if not (roles.parks or roles.network_administrator):
        raise Http404
    found = drafts_for(request.user).select_related("page", "thread", "by")
    page = Paginator(found, PAGE).get_page(request.GET.get("page", "1")[:9])
    return render(request, "forum/kinds/drafts.html", {"page": page})

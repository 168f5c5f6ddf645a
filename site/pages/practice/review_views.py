"""One's own articles, and saying that one is still right."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import roles_of
from pages.practice import services
from pages.practice.links import link_of
from pages.practice.models import PracticeIndexPage
from pages.practice.permissions import can_confirm
from pages.practice.queue import articles_of, to_confirm
from pages.practice.views import open_article, person_of

PER_PAGE: Final = 30


@never_cache
@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The articles that one wrote, and those that wait to be confirmed."""
    person = person_of(request)
    page = Paginator(articles_of(person), PER_PAGE).get_page(request.GET.get("page"))
    roles = roles_of(person)
    writes = bool(roles.network_administrator or roles.parks)
    context = {
        "page_of": page,
        "waiting": to_confirm(person).select_related("page")[:PER_PAGE],
        "indexes": PracticeIndexPage.objects.live().select_related("locale") if writes else (),
    }
    return render(request, "pages/practice/mine.html", context)


@require_POST
@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an article is still right, right from its page or from one's list."""
    article, page = open_article(pk)
    person = person_of(request)
    if not can_confirm(person, article):
        raise Http404
    if services.confirm(article, by=person):
        messages.success(request, _("Thank you. The article is confirmed."))
    else:
        messages.info(request, _("It was confirmed already today."))
    return redirect(page.url)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What is to be confirmed, and a button. Opening it confirms nothing: mail filters open links."""
    link = link_of(token)
    if link is None:
        return render(request, "pages/practice/no_longer.html", status=404)
    if request.method == "POST":
        if not link.is_done:
            services.confirm(link.article, by=link.user)
        return redirect(request.path)
    return render(request, "pages/practice/review.html", {"link": link, "article": link.article})

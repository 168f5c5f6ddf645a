"""What readers do with an article: find it useful, do the same, print it, point to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from pages.practice import services
from pages.practice.adoption_forms import AdoptionForm, NewAdoptionForm
from pages.practice.article import ArticleView
from pages.practice.documents import SearchablePractice
from pages.practice.models import Adoption, Article, PracticePage
from pages.practice.pdf import NoPdf, pdf_of
from pages.practice.permissions import can_adopt, can_change_adoption


def open_article(pk: int) -> tuple[Article, PracticePage]:
    """The article of this number and the page of it in the reader's language; 404 unless it is open."""
    article = get_object_or_404(Article.objects.select_related("page"), page_id=pk)
    found = SearchablePractice().open_pages().filter(translation_key=article.translation_key)
    pages = {page.locale.language_code: page for page in found.specific().select_related("locale")}
    if not pages:
        raise Http404
    language = get_language() or ""
    return article, pages.get(language) or pages.get("nb") or next(iter(pages.values()))


def person_of(request: HttpRequest) -> User:
    """Whoever has logged in."""
    assert isinstance(request.user, User)
    return request.user


@require_safe
def permanent(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to wherever the article is now; the address that others cite."""
    return redirect(open_article(pk)[1].url)


@require_POST
@login_required
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an article is useful, or take it back; for htmx only the button."""
    article, page = open_article(pk)
    services.mark_useful(article, by=person_of(request), useful=request.POST.get("useful") != "no")
    if request.htmx:  # type: ignore[attr-defined]  # set by django-htmx
        shown = ArticleView(page, request, None)
        return render(request, "pages/practice/useful.html", {"article": shown})
    return redirect(f"{page.url}#nyttig")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one's park or organisation does the same."""
    article, page = open_article(pk)
    person = person_of(request)
    if not can_adopt(person):
        raise Http404
    form = NewAdoptionForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            services.adopt(
                article, by=person, park=form.park, organisation=form.organisation, **_said(form)
            )
        except services.AlreadyAdopted as known:
            messages.info(request, _("This has been said before. Here you can change it."))
            return redirect("practice:adoption", pk=known.adoption.pk)
        messages.success(request, _("Thank you. Others can see it now."))
        return redirect(f"{page.url}#gjor-det-samme")
    return _form_page(request, form, page, adoption=None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it stands now."""
    adoption, page = _own_adoption(request, pk)
    form = AdoptionForm(request.POST if request.method == "POST" else None, instance=adoption)
    if request.method == "POST" and form.is_valid():
        services.change_adoption(adoption, by=person_of(request), **_said(form))
        messages.success(request, _("It is changed."))
        return redirect(f"{page.url}#gjor-det-samme")
    return _form_page(request, form, page, adoption=adoption)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was said."""
    adoption, page = _own_adoption(request, pk)
    services.withdraw_adoption(adoption, by=person_of(request))
    messages.success(request, _("It is taken back."))
    return redirect(f"{page.url}#gjor-det-samme")


@require_safe
def print_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The article for paper, with nothing around it."""
    return render(request, "pages/practice/paper.html", paper_context(request, pk))


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The article as an accessible PDF; where none can be made, the page for paper, which says so."""
    context = paper_context(request, pk)
    page = context["page"]
    try:
        content = pdf_of(page, context)
    except NoPdf:
        context["no_pdf"] = True
        return render(request, "pages/practice/paper.html", context, status=200)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{page.slug}.pdf"'
    response["X-Robots-Tag"] = "noindex"
    return response


def paper_context(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What the article for paper shows: what everybody may read of it."""
    _article, page = open_article(pk)
    article = ArticleView(page, request, None, reader=AnonymousUser())
    return {"page": page, "article": article, "request": request}


def _own_adoption(request: HttpRequest, pk: int) -> tuple[Adoption, PracticePage]:
    found = Adoption.objects.select_related("article__page", "park", "organisation")
    adoption = get_object_or_404(found, pk=pk)
    if not can_change_adoption(request.user, adoption):
        raise Http404
    return adoption, open_article(adoption.article.page_id or 0)[1]


def _said(form: AdoptionForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("status", "effect", "since")}


def _form_page(
    request: HttpRequest, form: AdoptionForm, page: PracticePage, *, adoption: Adoption | None
) -> HttpResponse:
    context = {"form": form, "article_page": page, "adoption": adoption, "back": page.url}
    return render(request, "pages/practice/adopt.html", context, status=422 if form.errors else 200)

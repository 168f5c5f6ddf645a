"""Articles that came of discussions: as the thread shows them, and as the article does."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.roles import AnyUser, roles_of
from network.forum.models import Thread, ThreadArticle
from ui.beside import Panel

TYPE = "practice"


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a solved question. ``url`` is empty while it is a draft."""

    title: str
    url: str


def became(thread: Thread) -> Became | None:
    """The article or draft that the thread became; one query."""
    found = ThreadArticle.objects.filter(thread=thread, page__isnull=False)
    article = found.select_related("page").first()
    if article is None or article.page is None:
        return None
    page = article.page
    return Became(page.title, page.get_url() or "" if page.live else "")


def drafts_for(user: AnyUser) -> QuerySet[ThreadArticle]:
    """Drafts that the person's parks are to finish, or all for network administrators.

    Those of no park are for the staff of all.
    """
    roles = roles_of(user)
    found = ThreadArticle.objects.filter(page__live=False).order_by("at", "thread")
    if roles.network_administrator:
        return found
    if not roles.parks:
        return ThreadArticle.objects.none()
    concerned = Q(thread__parks__in=roles.parks) | Q(thread__parks=None)
    return found.filter(concerned).distinct()


def _from_the_discussion(request: HttpRequest, key: str) -> SafeString:
    """On an article's page: the discussion it came of, for whoever may read that."""
    type_name, _separator, number = key.partition(":")
    if type_name != TYPE or not number.isdecimal():
        return SafeString("")
    same = Page.objects.filter(pk=int(number)).values("translation_key")
    readable = Thread.objects.visible_to(request.user)
    thread = readable.filter(article__page__translation_key__in=same).first()
    if thread is None:
        return SafeString("")
    return format_html(
        '<section class="pn-beside" aria-labelledby="fra-diskusjon"><h2 id="fra-diskusjon">{}</h2>'
        '<p><a class="ds-link" href="{}">{}</a></p></section>',
        _("From the discussion"),
        thread.get_absolute_url(),
        thread.title,
    )


PANEL = Panel("forum.from_discussion", _from_the_discussion, position=20)

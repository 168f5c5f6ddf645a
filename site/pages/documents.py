"""Which pages the search finds. A page and its translations are one entry.

The entry's key is that of the Norwegian page, or of the page itself when it has no Norwegian one.
It holds those versions that are live and open to everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from accounts.roles import AnyUser
from pages.locales import language_of
from pages.models import HomePage, SectionPage, StandardPage
from search.documents import Content, Document
from search.projection import touch

TYPE = "page"
FIND = (SectionPage, StandardPage)


class SearchablePage(Document[Page]):
    """Sections and standard pages."""

    type = TYPE
    model = Page
    label = _("Page")
    plural = _("Pages")
    icon = "articles"

    def queryset(self) -> QuerySet[Page]:
        """One page for each entry there may be."""
        norwegian = Page.objects.filter(
            translation_key=OuterRef("translation_key"),
            locale__language_code=settings.LANGUAGE_CODE,
        )
        pages: QuerySet[Page] = Page.objects.type(FIND).filter(
            Q(locale__language_code=settings.LANGUAGE_CODE) | ~Exists(norwegian)
        )
        return pages

    def content(self, instance: Page) -> Content | None:
        """Its versions that anybody may read, or None when there is none."""
        versions = {
            language_of(page.locale_id): page
            for page in open_pages().filter(translation_key=instance.translation_key).specific()
        }
        if not versions:
            return None
        first = versions.get(settings.LANGUAGE_CODE) or next(iter(versions.values()))
        norwegian, english = versions.get("nb"), versions.get("en")
        return Content(
            slug=first.slug,
            title_nb=(norwegian or first).title,
            title_en=english.title if english else "",
            summary_nb=_summary(norwegian or first),
            summary_en=_summary(english) if english else "",
            text_nb=_text(norwegian, "nb") if norwegian else "",
            text_en=_text(english, "en") if english else "",
            url_nb=(norwegian or first).url or "",
            url_en=(english or first).url or "",
            published_at=first.first_published_at,
        )

    def visible(self, user: AnyUser, pks: Iterable[int]) -> set[int]:
        """Those of which anybody may read a version; what is restricted is never in the search."""
        keys = dict(Page.objects.filter(pk__in=list(pks)).values_list("pk", "translation_key"))
        readable = set(
            open_pages()
            .filter(translation_key__in=keys.values())
            .values_list("translation_key", flat=True)
        )
        return {pk for pk, key in keys.items() if key in readable}


def open_pages() -> PageQuerySet:
    """Sections and standard pages that are live and that nothing restricts."""
    return Page.objects.type(FIND).live().public()


def _summary(page: Any) -> str:
    return str(page.search_description or page.lead)


def _text(page: Any, language: str) -> str:
    """The page's text; words of ours in it are in its language, whoever it was that saved it."""
    with override(language):
        body = page.body.stream_block.get_searchable_content(page.body)
        return "\n".join(str(part) for part in (page.lead, *body) if part)


def connect() -> None:
    """Follow everything that changes what can be found of a page."""
    for signal in (page_published, page_unpublished):
        signal.connect(_changed, dispatch_uid="pages.search")
    for signal in (post_page_move, page_slug_changed):
        signal.connect(_moved, dispatch_uid="pages.search")
    for model in (*FIND, HomePage):
        post_save.connect(_changed, sender=model, dispatch_uid="pages.search")
    pre_delete.connect(_leaving, sender=Page, dispatch_uid="pages.search")
    post_delete.connect(_gone, sender=Page, dispatch_uid="pages.search")
    for signal in (post_save, post_delete):
        signal.connect(_restricted, sender=PageViewRestriction, dispatch_uid="pages.search")


def _changed(instance: Page, raw: bool = False, **_: Any) -> None:  # noqa: FBT001, FBT002 - a signal's signature
    if not raw:
        touch(TYPE, _with_translations([instance.translation_key]))


def _moved(instance: Page, **_: Any) -> None:
    """Everything below has a new address, and may have come under or out of a restriction."""
    _touch_below(instance)


def _restricted(instance: PageViewRestriction, **_: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        _touch_below(page)


def _leaving(instance: Page, **_: Any) -> None:
    """A translation that stays behind is touched after the page has gone."""
    others = _with_translations([instance.translation_key])
    instance._search_touched = {*others, instance.pk}  # noqa: SLF001 - a note to :func:`_gone`


def _gone(instance: Page, **_: Any) -> None:
    touch(TYPE, getattr(instance, "_search_touched", {instance.pk}))


def _touch_below(page: Page) -> None:
    below = Page.objects.descendant_of(page, inclusive=True)
    touch(TYPE, _with_translations(below.values_list("translation_key", flat=True)))


def _with_translations(keys: Iterable[Any]) -> set[int]:
    found: Sequence[int] = Page.objects.filter(translation_key__in=list(keys)).values_list(
        "pk", flat=True
    )
    return set(found)

"""Which pages the search finds. A page and its translations are one entry.

The entry's key is that of the Norwegian page, or of the page itself when it has no Norwegian one.
It holds those versions that are live and open to everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

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
from pages.models import SectionPage, StandardPage
from search.documents import Content, Document, documents
from search.projection import touch

TYPE = "page"


class PageDocument(Document[Any]):
    """Pages of certain types; rooms of the search see their subclasses."""

    model = Page
    page_types: ClassVar[tuple[type[Page], ...]] = ()

    def queryset(self) -> QuerySet[Any]:
        """One page for each entry there may be."""
        norwegian = Page.objects.filter(
            translation_key=OuterRef("translation_key"),
            locale__language_code=settings.LANGUAGE_CODE,
        )
        pages: QuerySet[Page] = Page.objects.type(self.page_types).filter(
            Q(locale__language_code=settings.LANGUAGE_CODE) | ~Exists(norwegian)
        )
        return pages

    def content(self, instance: Page) -> Content | None:
        """Its versions that anybody may read, or None when there is none."""
        open_versions = self.open_pages().filter(translation_key=instance.translation_key)
        versions = {language_of(page.locale_id): page for page in open_versions.specific()}
        if not versions:
            return None
        first = versions.get(settings.LANGUAGE_CODE) or next(iter(versions.values()))
        norwegian, english = versions.get("nb"), versions.get("en")
        known: dict[str, Any] = {"published_at": first.first_published_at, **self.more(first)}
        return Content(
            slug=first.slug,
            title_nb=(norwegian or first).title,
            title_en=english.title if english else "",
            summary_nb=_summary(norwegian or first),
            summary_en=_summary(english) if english else "",
            text_nb=self._text(norwegian, "nb") if norwegian else "",
            text_en=self._text(english, "en") if english else "",
            url_nb=(norwegian or first).url or "",
            url_en=(english or first).url or "",
            **known,
        )

    def more(self, page: Any) -> dict[str, Any]:
        """What else of the search's content there is: facets, dates, what cards show."""
        return {}

    def texts(self, page: Any) -> Iterable[Any]:
        """Everything that is read on the page, in the language that is active."""
        return (page.lead, *page.body.stream_block.get_searchable_content(page.body))

    def visible(self, user: AnyUser, pks: Iterable[int]) -> set[int]:
        """Those of which anybody may read a version; what is restricted is never in the search."""
        keys = dict(Page.objects.filter(pk__in=list(pks)).values_list("pk", "translation_key"))
        readable = set(
            self.open_pages()
            .filter(translation_key__in=keys.values())
            .values_list("translation_key", flat=True)
        )
        return {pk for pk, key in keys.items() if key in readable}

    def open_pages(self) -> PageQuerySet:
        """Pages of these types that are live and that nothing restricts."""
        return Page.objects.type(self.page_types).live().public()

    def _text(self, page: Any, language: str) -> str:
        """The text in its language, also where words of ours are in it, whoever saved it."""
        with override(language):
            return "\n".join(str(part) for part in self.texts(page) if part)


class SearchablePage(PageDocument):
    """Sections and standard pages."""

    type = TYPE
    label = _("Page")
    plural = _("Pages")
    icon = "articles"
    page_types = (SectionPage, StandardPage)


def _summary(page: Any) -> str:
    return str(page.search_description or page.lead)


def page_documents() -> list[PageDocument]:
    """The types of which entries are pages."""
    return [each for each in documents().values() if isinstance(each, PageDocument)]


def connect() -> None:
    """Follow everything that changes what can be found of a page."""
    for signal in (page_published, page_unpublished):
        signal.connect(_changed, dispatch_uid="pages.search")
    for signal in (post_page_move, page_slug_changed):
        signal.connect(_moved, dispatch_uid="pages.search")
    # Not by sender: all types of pages are looked at, and what is none is no page.
    post_save.connect(_saved, dispatch_uid="pages.search.saved")
    pre_delete.connect(_leaving, sender=Page, dispatch_uid="pages.search")
    post_delete.connect(_gone, sender=Page, dispatch_uid="pages.search")
    for signal in (post_save, post_delete):
        signal.connect(_restricted, sender=PageViewRestriction, dispatch_uid="pages.search")


def _saved(sender: type[Any], instance: Any, raw: bool = False, **_: Any) -> None:  # noqa: FBT001, FBT002 - a signal's signature
    if issubclass(sender, Page) and not raw:
        _touch_group(sender, [instance.translation_key])


def _changed(instance: Page, **_: Any) -> None:
    _touch_group(type(instance), [instance.translation_key])


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
    touched = getattr(instance, "_search_touched", {instance.pk})
    for document in page_documents():
        if issubclass(instance.specific_class or Page, document.page_types):
            touch(document.type, touched)


def _touch_group(model: type[Page], keys: Iterable[Any]) -> None:
    for document in page_documents():
        if issubclass(model, document.page_types):
            touch(document.type, _with_translations(keys))


def _touch_below(page: Page) -> None:
    below = Page.objects.descendant_of(page, inclusive=True)
    for document in page_documents():
        keys = below.type(document.page_types).values_list("translation_key", flat=True)
        touch(document.type, _with_translations(keys))


def _with_translations(keys: Iterable[Any]) -> set[int]:
    found: Sequence[int] = Page.objects.filter(translation_key__in=list(keys)).values_list(
        "pk", flat=True
    )
    return set(found)

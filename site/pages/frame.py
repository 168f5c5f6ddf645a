"""What editors decide about the frame of every page, handed to ``ui.chrome``.

Read once per process and language, and again after half a minute or as soon as this process sees
an editor change it, so that header and footer cost no query.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from pages.kept import forget_pages
from pages.links import LabelledLinkValue, labelled, page_url
from pages.locales import forget_locales
from pages.models import Navigation, SiteSettings
from pages.ways import forget_ways
from ui.chrome import ChromeContent, Link, LinkGroup
from ui.fragments import fragments

KEPT_SECONDS: Final = 30.0
SHARED_IMAGE: Final = "fill-1200x630|format-jpeg"

_kept: dict[str, tuple[float, ChromeContent]] = {}


def frame(request: HttpRequest) -> ChromeContent:
    """The editors' part of the frame in the language of the request."""
    language = get_language() or settings.LANGUAGE_CODE
    known = _kept.get(language)
    if known is None or time.monotonic() - known[0] > KEPT_SECONDS:
        known = (time.monotonic(), _read())
        _kept[language] = known
    content = known[1]
    if content.image_url.startswith("/"):
        return replace(content, image_url=request.build_absolute_uri(content.image_url))
    return content


def forget_frame(**_: Any) -> None:
    """Read the frame anew the next time, and where links in pages lead; also a receiver."""
    _kept.clear()
    forget_ways()
    forget_pages()
    fragments.clear()


def connect() -> None:
    """Forget the frame whenever something it is made of changes."""
    for model in (SiteSettings, Navigation, Site):
        for signal in (post_save, post_delete):
            signal.connect(
                forget_frame, sender=model, dispatch_uid=f"frame.{model.__name__}.{signal}"
            )
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(forget_frame, dispatch_uid="frame.page")
    post_delete.connect(forget_frame, sender=Page, dispatch_uid="frame.page.deleted")
    for signal in (post_save, post_delete):
        signal.connect(_forget_locales, sender=Locale, dispatch_uid="frame.locale")


def _forget_locales(**_: Any) -> None:
    forget_locales()
    forget_frame()


def _read() -> ChromeContent:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return ChromeContent(feeds=_feeds())
    chosen = (
        SiteSettings.objects.filter(site=site)
        .select_related("accessibility_page", "privacy_page", "social_image")
        .first()
    ) or SiteSettings(site=site)
    navigation = Navigation.objects.filter(site=site).first() or Navigation(site=site)
    return ChromeContent(
        site_name=chosen.name,
        tagline=_in_language(chosen, "tagline"),
        menu=_links(block.value for block in navigation.menu),
        footer=tuple(
            LinkGroup(labelled(column.value, "title"), links)
            for column in navigation.footer
            if (links := _links(column.value["links"]))
        ),
        statutory=_statutory(chosen),
        feeds=_feeds(),
        notice=_in_language(chosen, "notice"),
        image_url=_image_url(chosen),
        contact_email=chosen.contact_email,
    )


def _in_language(chosen: SiteSettings, name: str) -> str:
    return labelled(
        {f"{name}_{code}": getattr(chosen, f"{name}_{code}") for code in ("nb", "en")}, name
    )


def _links(values: Iterable[LabelledLinkValue]) -> tuple[Link, ...]:
    return tuple(Link(value.label, url) for value in values if (url := value.url))


def _statutory(chosen: SiteSettings) -> tuple[Link, ...]:
    accessibility = _in_language(chosen, "accessibility_url") or page_url(chosen.accessibility_page)
    links = (
        Link(_("Accessibility statement"), accessibility),
        Link(_("Privacy"), page_url(chosen.privacy_page)),
        Link(
            chosen.contact_email, f"mailto:{chosen.contact_email}" if chosen.contact_email else ""
        ),
    )
    return tuple(link for link in links if link.url)


def _feeds() -> tuple[Link, ...]:
    try:
        return (Link(_("New in the network (Atom)"), reverse("pages:feed")),)
    except NoReverseMatch:
        return ()


def _image_url(chosen: SiteSettings) -> str:
    if chosen.social_image is None:
        return ""
    return str(chosen.social_image.get_rendition(SHARED_IMAGE).url)

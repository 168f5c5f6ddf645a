"""Keeping one article for each page and its translations, and telling of what is published."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.signals import page_published

from pages.locales import language_of
from pages.practice import notices
from pages.practice.models import Article, PracticePage


def connect() -> None:
    """Follow articles as they are saved, published and deleted."""
    post_save.connect(_saved, sender=PracticePage, dispatch_uid="practice.saved")
    post_delete.connect(_deleted, sender=PracticePage, dispatch_uid="practice.deleted")
    page_published.connect(_published, sender=PracticePage, dispatch_uid="practice.published")


def keep_article(translation_key: Any) -> Article | None:
    """The article of a page and its translations, with the right one as its page.

    It goes with the last of them; then there is None.
    """
    with transaction.atomic():
        pages = PracticePage.objects.filter(translation_key=translation_key)
        versions = list(pages.values_list("locale_id", "pk").order_by("pk"))
        if not versions:
            Article.objects.filter(translation_key=translation_key).delete()
            return None
        norwegian = [pk for locale, pk in versions if language_of(locale) == "nb"]
        first = norwegian[0] if norwegian else versions[0][1]
        article, _made = Article.objects.get_or_create(
            translation_key=translation_key, defaults={"page_id": first}
        )
        if article.page_id != first:
            article.page_id = first
            article.save(update_fields=["page"])
    return article


def _saved(instance: PracticePage, raw: bool = False, **_: Any) -> None:  # noqa: FBT001, FBT002 - a signal's signature
    if not raw:
        keep_article(instance.translation_key)


def _deleted(instance: PracticePage, **_: Any) -> None:
    keep_article(instance.translation_key)


def _published(instance: PracticePage, **_: Any) -> None:
    """The first time, those who follow its parks and themes are told; later, its own followers."""
    article = keep_article(instance.translation_key)
    if article is None or article.page_id != instance.pk:
        return
    if article.confirmed_on is None:
        article.confirmed_on = timezone.localdate()
        article.save(update_fields=["confirmed_on"])
        notices.tell_new(instance)
    else:
        notices.tell_changed(instance)

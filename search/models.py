"""The projection: everything searchable in one table, written with the object it mirrors.

An index is built from these rows and can be thrown away at any time. What is waiting to be sent to
the engine stands in :class:`OutboxItem`.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ui.model_fields import LimitedTextField


class SearchEntry(models.Model):
    """What can be found of one object.

    ``key`` is ``type:id``. ``version`` is the id of the outbox item that announced this state, so it
    only grows, even when an entry is deleted and made again. ``facets`` maps a facet's name to slugs,
    ``audience`` lists the tokens of which a reader needs one. ``text`` and ``keywords`` are plain
    text in both languages and are searched; ``title_*``, ``summary_*`` and ``meta`` are shown.
    """

    key = models.CharField(max_length=80, primary_key=True)
    type = models.CharField(max_length=40)
    slug = models.CharField(max_length=160)
    title_nb = models.CharField(max_length=255)
    title_en = models.CharField(max_length=255, blank=True)
    summary_nb = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    text_nb = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    url_nb = models.CharField(max_length=300)
    url_en = models.CharField(max_length=300)
    facets = models.JSONField(default=dict)
    audience = models.JSONField(default=list)
    meta = models.JSONField(default=dict)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    published_at = models.DateTimeField(null=True)
    confirmed_on = models.DateField(null=True)
    version = models.BigIntegerField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [
            models.Index(fields=["type", "key"], name="search_entry_type"),
            # What is new, on the front page and in its feed.
            models.Index(fields=["-published_at", "key"], name="search_entry_newest"),
            # What an address leads to; see search.links.
            models.Index(fields=["url_nb"], name="search_entry_url_nb"),
            models.Index(fields=["url_en"], name="search_entry_url_en"),
        ]

    def __str__(self) -> str:
        return self.key


class OutboxItem(models.Model):
    """An entry whose state the engine has yet to learn; whether it exists, the entry tells.

    ``fed`` is set instead of deleting the item while a fresh index is being built, which has to
    learn of it, too.
    """

    key = models.CharField(max_length=80)
    fed = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("outbox item")
        verbose_name_plural = _("outbox items")

    def __str__(self) -> str:
        return f"{self.pk} {self.key}"


class IndexBuild(models.Model):
    """A fresh index in the making, with the last sign of life of whoever makes it."""

    token = models.CharField(max_length=40, unique=True)
    heartbeat = models.DateTimeField()

    class Meta:
        verbose_name = _("index in the making")
        verbose_name_plural = _("indexes in the making")

    def __str__(self) -> str:
        return self.token


class Word(models.Model):
    """A word of public entries, with how many of them hold it: what spelling is corrected to."""

    word = models.CharField(max_length=60, primary_key=True)
    entries = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")

    def __str__(self) -> str:
        return self.word


class SynonymSet(models.Model):
    """Words that editors have declared to mean the same, in any language."""

    words = LimitedTextField(
        _("words"),
        max_length=1000,
        help_text=_("Words or expressions that mean the same, separated by commas."),
    )
    active = models.BooleanField(_("in use"), default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.words


class FruitlessSearch(models.Model):
    """A search that found nothing, counted; holds what was typed and nothing about who typed it."""

    text = models.CharField(_("searched for"), max_length=200)
    language = models.CharField(_("language"), max_length=5)
    times = models.PositiveIntegerField(_("times"), default=1)
    first_at = models.DateTimeField(_("first"), auto_now_add=True)
    last_at = models.DateTimeField(_("last"), auto_now=True)
    handled = models.BooleanField(_("handled"), default=False)

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        constraints = [
            models.UniqueConstraint(fields=["text", "language"], name="search_fruitless_unique")
        ]

    def __str__(self) -> str:
        return self.text

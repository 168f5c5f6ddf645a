"""Saved searches, what they have found, and how entries were when they were last looked at."""

from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_PER_PERSON: Final = 50
QUERY_LENGTH: Final = 2_000


class SavedSearch(models.Model):
    """A person's search of a list.

    ``query`` is what :func:`alerts.wanted.canonical` makes of an address. ``slot`` numbers a
    person's searches from one, so that the database can see that there are not too many. What was
    in the projection at version ``since`` is not new. Whether it is paused is a muting of the thing
    ``saved_search:<id>``, which the link in its e-mails does as well.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    slot = models.PositiveSmallIntegerField()
    name = models.CharField(_("Name"), max_length=100)
    list_name = models.CharField(max_length=40)
    query = models.CharField(max_length=QUERY_LENGTH)
    language = models.CharField(max_length=5)
    since = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "list_name", "query"], name="alerts_search_once"
            ),
            models.UniqueConstraint(fields=["user", "slot"], name="alerts_slot_once"),
            models.CheckConstraint(
                condition=models.Q(slot__gte=1, slot__lte=MOST_PER_PERSON),
                name="alerts_not_too_many",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Match(models.Model):
    """An entry that is new in a search. There is one row for both, so nobody is told twice."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="matches")
    key = models.CharField(max_length=80)
    found_at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["search", "key"], name="alerts_match_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["search"], condition=models.Q(told_at=None), name="alerts_match_untold"
            )
        ]

    def __str__(self) -> str:
        return f"{self.search_id} {self.key}"


class KnownEntry(models.Model):
    """An entry of the projection as it was when searches were last run against it.

    With it, a change can be told from something new. ``texts`` is compressed JSON of what is
    searched; ``audience`` holds every token it has ever carried, for whoever could see it once has
    seen it.
    """

    key = models.CharField(max_length=80, primary_key=True)
    version = models.BigIntegerField()
    audience = models.JSONField(default=list)
    texts = models.BinaryField()

    class Meta:
        verbose_name = _("known entry")
        verbose_name_plural = _("known entries")

    def __str__(self) -> str:
        return self.key

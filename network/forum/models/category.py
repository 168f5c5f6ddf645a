"""Where threads are, and who may read them there."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.forum.models.group import WorkingGroup
from network.forum.querysets import CategoryQuerySet
from network.parks.models import Park
from ui.model_fields import LimitedTextField
from ui.text import localised


class Access(models.TextChoices):
    """Who reads a category; whoever reads it as a member of the site may write in it."""

    OPEN = "open", _("everybody reads, members write")
    MEMBERS = "members", _("members only")
    PARK = "park", _("the people of one park")
    GROUP = "group", _("a working group")


class Category(models.Model):
    """A part of the forum.

    ``audience`` is the token (:attr:`accounts.roles.Roles.audience`) that lets somebody read it; it
    follows from access, park and group. Everything in a category is as visible as the category.
    """

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name_nb = models.CharField(_("name (Norwegian)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    description_nb = LimitedTextField(_("description (Norwegian)"), max_length=500, blank=True)
    description_en = LimitedTextField(_("description (English)"), max_length=500, blank=True)
    access = models.CharField(_("access"), max_length=8, choices=Access, default=Access.OPEN)
    park = models.OneToOneField(
        Park,
        verbose_name=_("park"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="forum_category",
    )
    group = models.OneToOneField(
        WorkingGroup,
        verbose_name=_("working group"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="category",
    )
    audience = models.CharField(max_length=40, editable=False, db_index=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    closed = models.BooleanField(
        _("closed"), default=False, help_text=_("It can be read, but nothing new is written.")
    )

    wagtail_reference_index_ignore = True
    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "name_nb"]
        constraints = [
            models.CheckConstraint(
                condition=Q(access="park", park__isnull=False) | ~Q(access="park"),
                name="forum_category_has_its_park",
                violation_error_message=_("Choose the park whose people read it."),
            ),
            models.CheckConstraint(
                condition=Q(access="group", group__isnull=False) | ~Q(access="group"),
                name="forum_category_has_its_group",
                violation_error_message=_("Choose the working group whose members read it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the audience that follows from the rest."""
        self.audience = self._audience()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "audience"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The category's threads in the active language."""
        return reverse("forum:category", args=[self.slug])

    def _audience(self) -> str:
        if self.access == Access.PARK:
            return f"home:{self.park_id}"
        if self.access == Access.GROUP:
            is_open = self.group and self.group.openness == WorkingGroup.Openness.OPEN
            return "public" if is_open else f"group:{self.group_id}"
        return "public" if self.access == Access.OPEN else "member"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self, "name")

    @property
    def description(self) -> str:
        """The description in the reader's language."""
        return localised(self, "description")

"""Forms of the admin that keep groups and their categories alike."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from network.forum.groups.services import keep_category
from network.forum.groups.services.founding import free_slug
from network.forum.models import Access, Category, Thread, WorkingGroup
from network.parks.places import in_plain_letters
from search.projection import touch


class GroupAdminForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail has no types
    """A group; its category follows it."""

    def save(self, commit: bool = True) -> WorkingGroup:  # noqa: FBT001, FBT002 - Django's signature
        """Save with an address of its own and its category."""
        if not self.instance.slug:
            self.instance.slug = free_slug(self.instance.name_nb)
        group: WorkingGroup = super().save(commit=commit)
        if commit:
            keep_category(group)
        return group


class CategoryAdminForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail has no types
    """A category of the forum that is no group's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "access" in self.fields and self.instance.access != Access.GROUP:
            # A group's category comes with the group.
            choices = [each for each in Access.choices if each[0] != Access.GROUP]
            self.fields["access"].choices = choices

    def clean(self) -> dict[str, Any]:
        """A park where its people read it; a group's category stays the group's."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.access == Access.GROUP or self.instance.group_id:
            self.add_error(None, _("This category follows its working group. Edit the group."))
        if cleaned.get("access") != Access.PARK:
            cleaned["park"] = None
        elif not cleaned.get("park"):
            self.add_error("park", _("Choose the park whose people read it."))
        return cleaned

    def save(self, commit: bool = True) -> Category:  # noqa: FBT001, FBT002 - Django's signature
        """Save, and show its threads to those who may read them now."""
        before = Category.objects.filter(pk=self.instance.pk).values_list("audience", flat=True)
        was = before.first()
        if not self.instance.slug:
            self.instance.slug = _free_slug(self.instance.name_nb)
        category: Category = super().save(commit=commit)
        if commit and was is not None and was != category.audience:
            threads = Thread.objects.filter(category=category).order_by()
            touch("thread", threads.values_list("pk", flat=True))
        return category


def _free_slug(name: str) -> str:
    stem = slugify(in_plain_letters(name))[:70] or "kategori"
    taken = set(Category.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)

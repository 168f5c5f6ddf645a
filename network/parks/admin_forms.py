"""Forms of the parks in the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.text import slugify

from accounts.person_field import PersonField
from network.forms import RegistryForm
from network.parks.models import MaterialFlow
from network.parks.places import in_plain_letters


class MaterialFlowForm(RegistryForm):
    """A flow of a park that the person who edits works for."""

    limited: ClassVar[tuple[str, ...]] = ("park",)

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Give a new flow an address of its own."""
        flow = self.instance
        if not flow.slug:
            stem = slugify(in_plain_letters(f"{flow.park.slug} {flow.direction} {flow.name_nb}"))
            flow.slug = _free_slug(stem[:70])
        return super().save(commit)


def _free_slug(stem: str) -> str:
    taken = set(MaterialFlow.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)


class ParkStaffForm(RegistryForm):
    """Who works for which park; people are named by their e-mail address."""

    user = PersonField()

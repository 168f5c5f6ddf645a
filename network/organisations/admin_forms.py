"""Forms of the organisations in the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from accounts.person_field import PersonField
from network.forms import RegistryForm
from network.organisations.models import Membership
from network.organisations.services import free_slug, leaves_unadministered


class OrganisationForm(RegistryForm):
    """An organisation; park staff keep it in a park of theirs, others leave its parks alone."""

    limited: ClassVar[tuple[str, ...]] = ("parks",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.roles
        if "parks" in self.fields and not (roles.network_administrator or roles.parks):
            del self.fields["parks"]

    def clean(self) -> dict[str, Any]:
        """Park staff must not lose sight of what they save, nor add to other parks."""
        cleaned: dict[str, Any] = super().clean()
        roles = self.roles
        if not roles.parks or roles.network_administrator or "parks" not in cleaned:
            return cleaned
        chosen = {park.pk for park in cleaned["parks"]}
        if not chosen & roles.parks and self.instance.pk not in roles.administers:
            self.add_error("parks", _("Choose at least one of the parks that you work for."))
        return cleaned

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Give a new organisation an address of its own."""
        if not self.instance.slug:
            self.instance.slug = free_slug(self.instance.name)
        return super().save(commit)


class MembershipForm(RegistryForm):
    """Who belongs to which organisation; people are named by their e-mail address."""

    limited: ClassVar[tuple[str, ...]] = ("organisation",)

    user = PersonField()

    def clean(self) -> dict[str, Any]:
        """The last administrator goes on speaking for the organisation."""
        cleaned: dict[str, Any] = super().clean()
        before = Membership.objects.filter(pk=self.instance.pk).first()
        if before is None or not before.administrator or self.for_user is None:
            return cleaned
        stays = cleaned.get("administrator") and (
            "organisation" not in cleaned or cleaned["organisation"] == before.organisation
        )
        if not stays and leaves_unadministered([before], self.for_user):
            self.add_error(
                "administrator",
                _("An organisation needs an administrator. Name another one first."),
            )
        return cleaned


class FigureForm(RegistryForm):
    """A figure about an organisation."""

    limited: ClassVar[tuple[str, ...]] = ("organisation",)

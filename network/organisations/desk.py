"""What the page for those who look after an organisation shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from network.organisations.models import Invitation, JoinRequest, Membership, Organisation
from network.organisations.permissions import can_leave_unadministered

MEMBERS_PER_PAGE: Final = 50
MOST_REQUESTS: Final = 50
MOST_INVITATIONS: Final = 50
MOST_FACILITIES: Final = 100
# Addresses there say nothing of where somebody works.
PUBLIC_MAIL: Final = frozenset(
    {
        *("gmail.com", "hotmail.com", "hotmail.no", "icloud.com", "live.no", "me.com", "msn.com"),
        *("online.no", "outlook.com", "proton.me", "protonmail.com", "yahoo.com", "yahoo.no"),
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """Something a good profile has: what, whether this one does, and where it is written."""

    label: str
    is_there: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """A test facility of the organisation, for those who look after it."""

    title: str
    url: str
    edit_url: str
    published: bool
    confirmed_on: datetime | None


class Desk:
    """An organisation for those who look after it."""

    def __init__(self, organisation: Organisation, request: HttpRequest) -> None:
        self.organisation = organisation
        self._request = request

    @cached_property
    def members(self) -> Page[Membership]:
        """Who belongs to it, administrators first."""
        found = self.organisation.memberships.select_related("user").order_by(
            "-administrator", "user__first_name", "user__last_name", "user__email"
        )
        return Paginator(found, MEMBERS_PER_PAGE).get_page(self._request.GET.get("page"))

    @cached_property
    def requests(self) -> list[JoinRequest]:
        """Open requests to join, oldest first."""
        found = self.organisation.join_requests.open().filter(user__is_active=True)
        return list(found.select_related("user")[:MOST_REQUESTS])

    @cached_property
    def invitations(self) -> list[Invitation]:
        """Invitations that nobody has answered, the last sent first."""
        found = self.organisation.invitations.filter(state=Invitation.State.SENT)
        return list(found.select_related("invited_by")[:MOST_INVITATIONS])

    @cached_property
    def keeps_an_administrator(self) -> bool:
        """Whether the last administrator is out of this reader's reach."""
        if can_leave_unadministered(self._request.user, self.organisation):
            return False
        speaking = self.organisation.memberships.filter(administrator=True, user__is_active=True)
        return bool(speaking.count() == 1)

    @cached_property
    def facilities(self) -> list[FacilityRow]:
        """The test facilities that it hosts, drafts too."""
        rows: Any = self.organisation.facilities.visible_to(self._request.user)  # type: ignore[attr-defined]  # of the room above
        found = rows.only(
            "slug", "host", "name_nb", "name_en", "published", "confirmed_on"
        ).order_by("name_nb")
        return [
            FacilityRow(
                each.name,
                each.get_absolute_url(),
                reverse("facilities:edit", args=[each.slug]),
                each.published,
                each.confirmed_on,
            )
            for each in found[:MOST_FACILITIES]
        ]

    @property
    def new_facility_url(self) -> str:
        """Where a facility of this host is begun."""
        return f"{reverse('facilities:new')}?host={self.organisation.slug}"

    @cached_property
    def parts(self) -> list[Part]:
        """What a good profile has, in the order of the form."""
        of, url = self.organisation, reverse("organisations:edit", args=[self.organisation.slug])
        is_foreign = of.country not in {"", "NO"}
        has_place = of.lat is not None and of.lon is not None
        return [
            Part(_("Summary in Norwegian"), bool(of.summary_nb), f"{url}#id_summary_nb"),
            Part(_("Summary in English"), bool(of.summary_en), f"{url}#id_summary_en"),
            Part(
                _("Competences"),
                bool(of.competences_nb or of.competences_en),
                f"{url}#id_competences_nb",
            ),
            Part(_("Organisation number"), bool(of.number) or is_foreign, f"{url}#id_number"),
            Part(
                _("Industry code"), bool(of.industry_code) or is_foreign, f"{url}#id_industry_code"
            ),
            Part(_("Place in the value chain"), bool(of.chain_place), f"{url}#id_chain_place"),
            Part(_("Themes"), of.themes.exists(), f"{url}#id_themes"),
            Part(_("Municipality"), bool(of.municipality) or is_foreign, f"{url}#id_municipality"),
            Part(_("Place on the map"), has_place, f"{url}#id_lat"),
            Part(_("Web address"), bool(of.web), f"{url}#id_web"),
            Part(
                _("Contact point"),
                bool(of.contact_role and (of.contact_email or of.contact_phone)),
                f"{url}#id_contact_role",
            ),
        ]

    @property
    def missing(self) -> list[Part]:
        """What the profile lacks."""
        return [part for part in self.parts if not part.is_there]

    @property
    def there(self) -> int:
        """How many parts there are."""
        return len(self.parts) - len(self.missing)

    def hint(self, person: User) -> str:
        """The domain that a person's confirmed address shares with the organisation, else empty.

        It helps whoever confirms, and decides nothing: a domain may be shared by many.
        """
        addresses = EmailAddress.objects.filter(user=person, verified=True)
        theirs = {each.email.rpartition("@")[2].lower() for each in addresses}
        return next(iter(sorted(theirs & self._domains)), "")

    @cached_property
    def _domains(self) -> set[str]:
        web = (urlsplit(self.organisation.web).hostname or "").removeprefix("www.")
        mail = self.organisation.contact_email.rpartition("@")[2].lower()
        return {web, mail} - PUBLIC_MAIL - {""}

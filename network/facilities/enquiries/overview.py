"""What the staff of parks and the network see of enquiries: where they stand, not what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.roles import AnyUser, roles_of
from network.facilities.enquiries.suppression import FEWEST, told
from network.facilities.models import FacilityRequest, Outcome, RequestState
from network.facilities.models.request import WAITS_FOR_HOST

PAGE: Final = 50
PERIOD: Final = timedelta(days=365)
OVERDUE: Final = "forfalt"
WAITING: Final = "venter"


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One request without its texts and without who asks."""

    facility: str
    slug: str
    host: str
    state: str
    sent: str
    due: str
    overdue: bool
    invited: int


def overseen(user: AnyUser) -> QuerySet[FacilityRequest]:
    """The requests whose course the person follows: of their parks, or all for the network."""
    roles = roles_of(user)
    sent: QuerySet[FacilityRequest] = FacilityRequest.objects.exclude(state=RequestState.CHOSEN)
    if roles.network_administrator:
        return sent
    return sent.filter(facility__park__in=roles.parks)


def overdue(user: AnyUser) -> QuerySet[FacilityRequest]:
    """Those of them that should have been answered."""
    today = timezone.localdate()
    late: QuerySet[FacilityRequest] = overseen(user).filter(
        state__in=WAITS_FOR_HOST, respond_by__lt=today
    )
    return late.order_by()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the last twelve months; small ones are not told, so that nobody stands out."""

    label: str
    shown: str


def figures(user: AnyUser) -> list[Figure]:
    """What became of what was asked in the person's parks: always the same period and all parks.

    Nothing can be narrowed and all is rounded, so no number can be had by taking one from another.
    """
    since = timezone.now() - PERIOD
    asked = overseen(user).filter(sent_at__gte=since, enquiry__sample=False).order_by()
    recorded = Outcome.objects.filter(booking__request__in=asked.values("pk"), by_host=False)
    counts = asked.aggregate(
        asked=Count("pk"),
        answered=Count("first_answer_at"),
        booked=Count("pk", filter=Q(state=RequestState.ACCEPTED)),
    )
    outcomes = recorded.aggregate(
        done=Count("pk", filter=Q(done=Outcome.Done.AS_AGREED)),
        more=Count("pk", filter=~Q(follow_on=Outcome.FollowOn.NOTHING)),
    )
    return [
        Figure(_("Asked"), _shown(counts["asked"])),
        Figure(_("Answered"), _shown(counts["answered"])),
        Figure(_("Booked"), _shown(counts["booked"])),
        Figure(_("Done as agreed"), _shown(outcomes["done"])),
        Figure(_("Led to something more"), _shown(outcomes["more"])),
    ]


def _shown(count: int) -> str:
    shown = told(count)
    return _("fewer than %(count)d") % {"count": FEWEST} if shown is None else str(shown)


class Overview:
    """A page of what the person oversees, the most overdue first."""

    def __init__(self, user: AnyUser, parameters: QueryDict) -> None:
        self._user = user
        self.only_overdue = parameters.get("vis") != WAITING
        page = parameters.get("page", "1")
        self.number = min(int(page[:4]), 200) if page.isascii() and page.isdecimal() else 1
        self.number = max(self.number, 1)

    @cached_property
    def _found(self) -> list[OverviewRow]:
        roles = roles_of(self._user)
        found = overdue(self._user) if self.only_overdue else overseen(self._user)
        if not self.only_overdue:
            found = found.filter(state__in=WAITS_FOR_HOST)
        start = (self.number - 1) * PAGE
        rows = found.order_by("respond_by", "pk").values_list(
            *("pk", "facility__name_nb", "facility__name_en", "facility__slug", "host__name"),
            *("state", "sent_at", "respond_by", "staff_invited", "facility__park_id"),
        )[start : start + PAGE + 1]
        today = timezone.localdate()
        english = (get_language() or "nb").startswith("en")
        return [
            OverviewRow(
                facility=(name_en if english else "") or name_nb,
                slug=slug,
                host=host,
                state=str(RequestState(state).label),
                sent=date_format(timezone.localtime(sent_at), "SHORT_DATE_FORMAT"),
                due=date_format(due, "SHORT_DATE_FORMAT"),
                overdue=due < today,
                invited=pk if invited and park in roles.parks else 0,
            )
            for pk, name_nb, name_en, slug, host, state, sent_at, due, invited, park in rows
        ]

    @property
    def rows(self) -> Sequence[OverviewRow]:
        """What the page shows."""
        return self._found[:PAGE]

    @property
    def next(self) -> str:
        """The query string of the next page; empty on the last one."""
        if len(self._found) <= PAGE:
            return ""
        part = "" if self.only_overdue else f"vis={WAITING}&"
        return f"?{part}page={self.number + 1}"

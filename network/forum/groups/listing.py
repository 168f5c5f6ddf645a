"""The directory of working groups in the state that its address tells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import AnyUser
from network.forum.groups.names import day_in_words
from network.forum.groups.querysets import with_figures
from network.forum.models import GroupMembership, WorkingGroup
from network.parks.models import Park, Theme
from ui.cards import Card, Fact
from ui.numbers import format_number
from ui.paging import page_url
from ui.text import foreign_language

PER_PAGE: Final = 24
QUERY_LENGTH: Final = 100

State = GroupMembership.State


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a filter."""

    slug: str
    name: str
    is_chosen: bool


class GroupList:
    """Working groups that the reader may know of, filtered by theme, park, and one's own."""

    def __init__(self, user: AnyUser, parameters: QueryDict) -> None:
        self._user = user
        self._parameters = parameters
        self.query = " ".join(parameters.get("q", "")[:QUERY_LENGTH].split())
        self.mine = parameters.get("mine") == "1" and user.is_authenticated
        self.ended = parameters.get("ended") == "1"

    @cached_property
    def _themes(self) -> list[Theme]:
        return list(Theme.objects.order_by("name_nb"))

    @cached_property
    def _parks(self) -> list[Park]:
        return list(Park.objects.visible_to(self._user).order_by("name_nb"))

    @cached_property
    def theme(self) -> Theme | None:
        """The theme that is asked for, if there is one of that name."""
        wanted = self._parameters.get("theme", "")
        return next((each for each in self._themes if each.slug == wanted), None)

    @cached_property
    def park(self) -> Park | None:
        """The park that is asked for, if there is one of that name."""
        wanted = self._parameters.get("park", "")
        return next((each for each in self._parks if each.slug == wanted), None)

    @property
    def themes(self) -> list[Choice]:
        """What one can choose of themes."""
        return [Choice(each.slug, each.name, each == self.theme) for each in self._themes]

    @property
    def parks(self) -> list[Choice]:
        """What one can choose of parks."""
        return [Choice(each.slug, each.name, each == self.park) for each in self._parks]

    @property
    def is_narrowed(self) -> bool:
        """Whether not all groups are shown."""
        return bool(self.query or self.theme or self.park or self.mine or self.ended)

    @cached_property
    def page(self) -> Page[Any]:
        """The groups of this page, by name."""
        groups = WorkingGroup.objects.listed_for(self._user)
        active = WorkingGroup.objects.active().order_by().values("pk")
        groups = groups.exclude(pk__in=active) if self.ended else groups.active()
        if self.mine:
            own = GroupMembership.objects.filter(user=self._user.pk).exclude(
                state__in=(State.LEFT, State.REMOVED, State.DECLINED)
            )
            groups = groups.filter(pk__in=own.values("group"))
        if self.theme:
            groups = groups.filter(themes=self.theme)
        if self.park:
            # What names no park is for all of them.
            groups = groups.filter(Q(parks=self.park) | Q(parks=None))
        if self.query:
            fields = ("name_nb", "name_en", "summary_nb", "summary_en")
            found = Q()
            for field in fields:
                found |= Q(**{f"{field}__icontains": self.query})
            groups = groups.filter(found)
        shown = with_figures(groups.order_by("name_nb", "pk").distinct(), self._user)
        shown = shown.prefetch_related("themes", "parks")
        return Paginator(shown, PER_PAGE).get_page(self._parameters.get("page"))

    @cached_property
    def cards(self) -> list[Card]:
        """The groups of this page."""
        return [_card(group) for group in self.page.object_list]

    @property
    def total(self) -> int:
        """How many there are in all."""
        return int(self.page.paginator.count)

    @property
    def ended_url(self) -> str:
        """Those that have ended, or those that work."""
        query = self._parameters.copy()
        query.pop("ended", None)
        if not self.ended:
            query["ended"] = "1"
        return page_url(query, 1)


def _card(group: Any) -> Card:
    members = ngettext("%(count)s member", "%(count)s members", group.members) % {
        "count": format_number(group.members)
    }
    facts = [Fact("people", _("Members"), members)]
    if group.next_meeting:
        facts.append(Fact("calendar", _("Next meeting"), day_in_words(group.next_meeting)))
    if parks := [park.name for park in group.parks.all()]:
        facts.append(Fact("park", _("Parks"), ", ".join(parks)))
    if themes := [theme.name for theme in group.themes.all()]:
        facts.append(Fact("tag", _("Themes"), ", ".join(themes)))
    return Card(
        url=group.get_absolute_url(),
        title=group.name,
        kind=kind_of(group),
        icon="people",
        color="copper",
        summary=group.summary,
        tags=[standing] if (standing := standing_of(group.standing)) else [],
        facts=facts,
        is_sample=group.sample,
        language=foreign_language(group, "name"),
        key=group.slug,
    )


def kind_of(group: WorkingGroup) -> str:
    """What kind of a group it is, in two words."""
    if group.has_ended:
        return _("Working group that has ended")
    return {
        "open": _("Open working group"),
        "closed": _("Closed working group"),
        "hidden": _("Hidden working group"),
    }[group.openness]


def standing_of(state: str | None) -> str:
    """What the reader is to the group, if anything."""
    return (
        {
            State.MEMBER: _("You are a member"),
            State.APPLIED: _("You have applied"),
            State.INVITED: _("You are invited"),
        }.get(State(state), "")
        if state
        else ""
    )

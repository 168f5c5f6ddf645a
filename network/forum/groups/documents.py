"""What of a working group is searchable: that it is there and what it is for, to who may know."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.roles import ADMINISTRATORS_TOKEN, AnyUser
from network.forum.models import WorkingGroup
from network.forum.text import plain
from network.parks.models import Park, Theme
from search.documents import Content, Document
from search.query import PUBLIC

TYPE = "group"


class SearchableGroup(Document[WorkingGroup]):
    """Working groups, found by name and by what they work on.

    Members, meetings and files are not indexed; threads have entries of their own.
    """

    type = TYPE
    model = WorkingGroup
    label = _("Working group")
    plural = _("Working groups")
    icon = "people"
    color = "copper"
    demotion = 0.3
    watched = {
        Park: lambda park: park.working_groups.only("pk"),
        Theme: lambda theme: theme.working_groups.only("pk"),
    }

    def queryset(self) -> QuerySet[WorkingGroup]:
        """All groups with what their entries are made of."""
        return WorkingGroup.objects.prefetch_related("parks", "themes")

    def content(self, instance: WorkingGroup) -> Content:
        """The group as the search shows it; a hidden one to its members alone."""
        is_hidden = instance.openness == WorkingGroup.Openness.HIDDEN
        names = {
            code: [
                getattr(each, f"name_{code}")
                for each in (*instance.parks.all(), *instance.themes.all())
            ]
            for code in ("nb", "en")
        }
        return Content(
            slug=instance.slug,
            title_nb=instance.name_nb,
            title_en=instance.name_en,
            summary_nb=instance.summary_nb,
            summary_en=instance.summary_en,
            text_nb="\n".join((*names["nb"], plain(instance.charter_nb))),
            text_en="\n".join((*names["en"], plain(instance.charter_en))),
            url_nb=_url_in("nb", instance.slug),
            url_en=_url_in("en", instance.slug),
            facets={
                "park": [park.slug for park in instance.parks.all()],
                "theme": [theme.slug for theme in instance.themes.all()],
            },
            audience=[f"group:{instance.pk}", ADMINISTRATORS_TOKEN] if is_hidden else [PUBLIC],
            meta={"sample": instance.sample},
            demoted=instance.has_ended,
        )

    def visible(self, user: AnyUser, pks: Iterable[int]) -> set[int]:
        """Those that ``user`` may know of."""
        found = WorkingGroup.objects.listed_for(user).filter(pk__in=list(pks))
        return set(found.values_list("pk", flat=True))


def _url_in(language: str, slug: str) -> str:
    with override(language):
        return reverse("groups:detail", args=[slug])

"""What of a policy matter is searchable: all of it, once it is submitted."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.roles import AnyUser
from network.forum.models import ParkStand, PolicyMatter, Thread
from network.forum.text import plain
from network.parks.models import Park, Theme
from search.documents import Content, Document

TYPE = "matter"
SUMMARY = 300


class SearchableMatter(Document[PolicyMatter]):
    """Policy matters, found by what the parks have said and what came of it."""

    type = TYPE
    model = PolicyMatter
    label = _("Policy matter")
    plural = _("Policy matters")
    icon = "scale"
    color = "info"
    watched = {
        Thread: lambda thread: PolicyMatter.objects.filter(pk=thread.pk).only("pk"),
        ParkStand: lambda stand: [PolicyMatter(pk=stand.matter_id)],
        Theme: lambda theme: PolicyMatter.objects.filter(thread__themes=theme).only("pk"),
        Park: lambda park: PolicyMatter.objects.filter(thread__parks=park).only("pk"),
    }

    def queryset(self) -> QuerySet[PolicyMatter]:
        """All matters with what their entries are made of."""
        found: QuerySet[PolicyMatter] = PolicyMatter.objects.select_related(
            "thread"
        ).prefetch_related("stands__park", "thread__themes", "thread__parks")
        return found

    def content(self, instance: PolicyMatter) -> Content | None:
        """The matter as the search shows it, None until it is submitted."""
        if not instance.is_public or not instance.thread.is_published:
            return None
        thread = instance.thread
        return Content(
            slug=thread.slug or str(thread.pk),
            title_nb=thread.title,
            title_en=instance.title_en,
            summary_nb=_short(instance.outcome_nb or instance.position_nb),
            summary_en=_short(instance.outcome_en or instance.position_en),
            text_nb=_text(instance, "nb"),
            text_en=_text(instance, "en"),
            keywords=[instance.addressee],
            url_nb=url_in("nb", instance),
            url_en=url_in("en", instance),
            facets={
                "theme": [theme.slug for theme in thread.themes.all()],
                "park": [park.slug for park in thread.parks.all()],
            },
            meta={"stage": instance.stage, "sample": thread.sample},
            published_at=thread.created_at,
        )

    def visible(self, user: AnyUser, pks: Iterable[int]) -> set[int]:
        """Those that ``user`` may see."""
        found = PolicyMatter.objects.visible_to(user).filter(pk__in=list(pks))
        return set(found.values_list("pk", flat=True))


def url_in(language: str, matter: PolicyMatter) -> str:
    """Path of a matter's page in a language."""
    with override(language):
        return reverse("forum:matter", args=[matter.pk, matter.thread.slug or "-"])


def _short(markdown: str) -> str:
    return Truncator(plain(markdown)).chars(SUMMARY)


def _text(matter: PolicyMatter, language: str) -> str:
    parts = [plain(getattr(matter, f"{name}_{language}")) for name in ("position", "outcome")]
    # What parks say is in one language, and found in both.
    parts += [f"{stand.park.name_nb} {stand.comment}" for stand in matter.stands.all()]
    return "\n".join(filter(None, (*parts, matter.addressee)))

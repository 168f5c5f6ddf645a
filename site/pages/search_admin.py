"""How editors look after the search: synonyms, searches without results, and its state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search.documents import documents
from search.engines import engine
from search.engines.base import EngineError
from search.feed import building, waiting
from search.models import FruitlessSearch, SearchEntry, SynonymSet
from ui.choosers import NoChooserViewSet

MAY_LOOK_AFTER_SEARCH = "search.change_synonymset"


class RecordedPolicy(ModelPermissionPolicy):
    """For what the site records by itself: nobody adds it by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the person may do ``action``; never ``add``."""
        return action != "add" and bool(super().user_has_permission(user, action))


class SynonymViewSet(SnippetViewSet):
    """Words that mean the same."""

    model = SynonymSet
    icon = "rotate"
    menu_label = _("Synonyms")
    menu_order = 10
    copy_view_enabled = False
    chooser_viewset_class = NoChooserViewSet
    list_display: ClassVar[Sequence[Any]] = (
        "words",
        BooleanColumn("active", label=_("In use"), sort_key="active"),
        DateColumn("updated_at", label=_("Changed"), sort_key="updated_at"),
    )
    list_filter: ClassVar[Sequence[str]] = ("active",)
    search_fields: ClassVar[Sequence[str]] = ("words",)
    ordering: ClassVar[Sequence[str]] = ("words",)
    panels: ClassVar[list[Any]] = [
        HelpPanel(
            content=_(
                "Whoever searches for one of the words finds what the others say. Norwegian and "
                "English may stand in the same set. Takes effect within some seconds. Example: "
                "drop test, falltest, fallprøving"
            )
        ),
        FieldPanel("words"),
        FieldPanel("active"),
    ]


class FruitlessViewSet(SnippetViewSet):
    """Searches that found nothing."""

    model = FruitlessSearch
    icon = "circle-xmark"
    menu_label = _("Searches without results")
    menu_order = 20
    copy_view_enabled = False
    chooser_viewset_class = NoChooserViewSet
    inspect_view_enabled = False
    list_per_page = 50
    list_display: ClassVar[Sequence[Any]] = (
        "text",
        Column("language", label=_("Language"), sort_key="language"),
        Column("times", label=_("Times"), sort_key="times"),
        DateColumn("first_at", label=_("First"), sort_key="first_at"),
        DateColumn("last_at", label=_("Last"), sort_key="last_at"),
        BooleanColumn("handled", label=_("Handled"), sort_key="handled"),
    )
    list_filter: ClassVar[Sequence[str]] = ("handled", "language")
    search_fields: ClassVar[Sequence[str]] = ("text",)
    ordering: ClassVar[Sequence[str]] = ("handled", "-times", "-last_at")
    list_export: ClassVar[Sequence[str]] = (
        "text",
        "language",
        "times",
        "first_at",
        "last_at",
        "handled",
    )
    panels: ClassVar[list[Any]] = [
        HelpPanel(
            content=_(
                "Mend it with a synonym, or by giving a facility the method or material it lacks, "
                "then mark it as handled. It comes back when somebody searches in vain again."
            )
        ),
        FieldPanel("text", read_only=True),
        FieldPanel("language", read_only=True),
        FieldPanel("times", read_only=True),
        FieldPanel("last_at", read_only=True),
        FieldPanel("handled"),
    ]


class MarkHandled(SnippetBulkAction):
    """Puts searches aside that an editor has dealt with."""

    display_name = _("Mark as handled")
    action_type = "handle"
    aria_label = _("Mark the chosen searches as handled")
    template_name = "pages/admin/mark_handled.html"
    action_priority = 10
    models: ClassVar[list[Any]] = [FruitlessSearch]

    def check_perm(self, obj: Any) -> bool:
        """Whether the person may change the search."""
        policy = self.permission_policy
        return bool(policy.user_has_permission_for_instance(self.request.user, "change", obj))

    @classmethod
    def execute_action(cls, objects: Sequence[FruitlessSearch], **_kwargs: Any) -> tuple[int, int]:
        """Mark them; gives how many there were."""
        chosen = FruitlessSearch.objects.filter(pk__in=[search.pk for search in objects])
        return chosen.update(handled=True), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """What is said afterwards."""
        return ngettext(
            "%(count)d search is marked as handled.",
            "%(count)d searches are marked as handled.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


class StatusMenuItem(MenuItem):
    """The way to the state of the search, for those who may look after it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person may."""
        return bool(request.user.has_perm(MAY_LOOK_AFTER_SEARCH))


class SearchGroup(SnippetViewSetGroup):
    """Everything about the search in one menu."""

    menu_label = _("Search")
    menu_icon = "search"
    menu_order = 290
    items = (SynonymViewSet, FruitlessViewSet)

    def get_submenu_items(self) -> list[Any]:
        """The registers, then the state."""
        state = StatusMenuItem(
            _("State of the search"),
            reverse("search_state"),
            icon_name="info-circle",
            order=30,
        )
        return [*super().get_submenu_items(), state]


def unhandled() -> QuerySet[FruitlessSearch]:
    """Searches without results that nobody has dealt with."""
    return FruitlessSearch.objects.filter(handled=False)


def search_state(request: HttpRequest) -> HttpResponse:
    """How the search is doing: its engine, what it knows, and what it has yet to learn."""
    if not request.user.has_perm(MAY_LOOK_AFTER_SEARCH):
        raise PermissionDenied
    counts = dict(SearchEntry.objects.values_list("type").annotate(Count("key")).order_by())
    context = {
        "header_title": _("State of the search"),
        "header_icon": "search",
        "engine": engine().name,
        "waiting": waiting(),
        "building": building(),
        "types": [(document.plural, counts.get(name, 0)) for name, document in documents().items()],
        "unhandled": unhandled().count(),
        **_engine_state(),
    }
    return TemplateResponse(request, "pages/admin/search_state.html", context)


def _engine_state() -> dict[str, Any]:
    try:
        ready = engine().ready()
        return {"ready": ready, "index": engine().describe() if ready else None}
    except EngineError as error:
        return {"ready": False, "error": str(error)}

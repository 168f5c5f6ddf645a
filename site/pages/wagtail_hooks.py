"""The editorial part in Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import DismissibleMenuItem, MenuItem
from wagtail.admin.widgets import ListingButton
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from pages.dashboard import WaitingPanel
from pages.practice import services as practice
from pages.search_admin import MarkHandled, RecordedPolicy, SearchGroup, search_state
from search.models import FruitlessSearch

register_permission_policy(FruitlessSearch, RecordedPolicy(FruitlessSearch))
register_snippet(SearchGroup)
hooks.register("register_bulk_action", MarkHandled)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Views of ours in the admin."""
    return [path("search-state/", search_state, name="search_state")]


@hooks.register("insert_global_admin_css")
def admin_colours() -> str:
    """The style sheet with the site's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("pages/admin.css"))


@hooks.register("construct_help_menu")
def without_release_notes(request: HttpRequest, menu_items: list[Any]) -> None:
    """Editors need not read what is new in the version that those who run the site chose."""
    menu_items[:] = [item for item in menu_items if not isinstance(item, DismissibleMenuItem)]


@hooks.register("register_help_menu_item")
def components() -> MenuItem:
    """Every part of the site's pages in its states, for those who build or write them."""
    return MenuItem(
        _("Components"), reverse_lazy("ui:gallery"), name="components", icon_name="view"
    )


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    """What waits comes first."""
    panels.insert(0, WaitingPanel(request))


@hooks.register("register_snippet_listing_buttons")
def handled_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Any]:
    """Mark one search as handled right from the list."""
    if isinstance(snippet, FruitlessSearch) and not snippet.handled:
        url = reverse(
            "wagtail_bulk_action",
            args=(FruitlessSearch._meta.app_label, FruitlessSearch._meta.model_name, "handle"),
        )
        yield ListingButton(
            _("Mark as handled"), f"{url}?id={snippet.pk}", icon_name="check", priority=15
        )


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """What the history calls what happens to articles."""
    said = (
        (practice.DRAFTED, _("Make a draft of something else"), _("Made of something else")),
        (practice.ADOPTED, _("Do the same"), _("Somebody does the same")),
        (practice.CHANGED, _("Change how it stands"), _("Somebody changed how it stands")),
        (practice.WITHDRAWN, _("Take back"), _("Somebody took back that they do the same")),
        (practice.CONFIRMED, _("Confirm"), _("Confirmed as still right")),
    )
    for action, label, message in said:
        actions.register_action(action, label, message)

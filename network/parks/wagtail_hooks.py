"""The parks and what describes them in Wagtail's admin."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import DateColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from network.parks.admin_forms import MaterialFlowForm, ParkStaffForm
from network.parks.models import (
    FocusArea,
    KeyFigure,
    MaterialFlow,
    OwnershipSetup,
    Park,
    ParkCategory,
    ParkStaff,
    Source,
    Theme,
)
from network.parks.permissions import parks_within_reach, parts_within_reach
from network.policies import ScopedPermissionPolicy
from network.viewsets import DeleteReachedAction, RegistryViewSet

register_permission_policy(Park, ScopedPermissionPolicy(Park, parks_within_reach))
for _model in (MaterialFlow, ParkStaff):
    register_permission_policy(_model, ScopedPermissionPolicy(_model, parts_within_reach))

# Only network administrators add and delete parks; they alone change what the sources decide.
NETWORK_ONLY: Final = "parks.delete_park"


def both(name: str, **options: Any) -> list[FieldPanel]:
    """The panels of a text in both languages."""
    return [FieldPanel(f"{name}_nb", **options), FieldPanel(f"{name}_en", **options)]


def term_panels(*panels: Any) -> ObjectList:
    """The form of a vocabulary's term."""
    heading = _("Name")
    return ObjectList([MultiFieldPanel([*both("name"), FieldPanel("slug")], heading), *panels])


class ParkViewSet(RegistryViewSet):
    """Parks."""

    model = Park
    icon = "site"
    menu_order = 10
    list_display = (
        "name_nb",
        "municipality",
        "county",
        "ownership",
        DateColumn("updated_at", label=_("Changed"), sort_key="updated_at"),
    )
    list_filter = ("county", "focus_areas", "themes")
    search_fields = ("name_nb", "name_en", "short_name", "municipality", "other_names")
    ordering = ("name_nb",)
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(
                        content=_(
                            "The summary stands in lists and on top of the profile; the description "
                            "below it. Texts without English are shown in Norwegian."
                        )
                    ),
                    *both("name"),
                    FieldPanel("short_name"),
                    FieldPanel("slug", permission=NETWORK_ONLY),
                    *both("summary"),
                    *both("description"),
                    FieldPanel("web"),
                ],
                heading=_("Presentation"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("municipality"),
                            FieldPanel("county"),
                            FieldPanel("lat"),
                            FieldPanel("lon"),
                            FieldPanel("precision_km"),
                            FieldPanel("place_is_inferred"),
                        ],
                        _("Place"),
                    ),
                    FieldPanel("categories", permission=NETWORK_ONLY),
                    *both("category_note"),
                    FieldPanel("ownership"),
                    FieldPanel("other_names"),
                ],
                heading=_("Facts"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "focuses",
                        heading=_("Focus areas"),
                        label=_("Focus area"),
                        help_text=_("One for each mark in the matrix, with how far the park is."),
                    ),
                    InlinePanel(
                        "park_themes",
                        heading=_("Themes"),
                        label=_("Theme"),
                        help_text=_("Say how it is known that the park works with the theme."),
                    ),
                ],
                heading=_("Focus areas and themes"),
            ),
            ObjectList(
                [FieldPanel("sources", permission=NETWORK_ONLY), *both("note")],
                heading=_("Sources and remarks"),
            ),
        ]
    )


class MaterialFlowViewSet(RegistryViewSet):
    """What goes in and out of parks."""

    model = MaterialFlow
    icon = "order"
    menu_order = 20
    list_display = ("name_nb", "park", "direction", "quantity", "unit")
    list_filter = ("park", "direction")
    search_fields = ("name_nb", "name_en")
    edit_handler = ObjectList(
        [
            FieldPanel("park"),
            FieldPanel("direction"),
            *both("name"),
            MultiFieldPanel([FieldPanel("quantity"), FieldPanel("unit")], _("Quantity")),
            *both("note"),
        ],
        base_form_class=MaterialFlowForm,
    )


class ParkCategoryViewSet(RegistryViewSet):
    """Kinds of park."""

    model = ParkCategory
    icon = "tag"
    menu_order = 30
    list_display = ("name_nb", "name_en", "size_nb")
    search_fields = ("name_nb", "name_en")
    edit_handler = term_panels(
        *both("description"),
        MultiFieldPanel(
            [FieldPanel("size_min_daa"), FieldPanel("size_max_daa"), *both("size")], _("Size")
        ),
        *both("turnover"),
        *both("synergies"),
    )


class OwnershipSetupViewSet(RegistryViewSet):
    """How parks are owned and run."""

    model = OwnershipSetup
    icon = "key"
    menu_order = 40
    list_display = ("name_nb", "kind", "parks_count")
    list_filter = ("kind",)
    search_fields = ("name_nb", "name_en")
    edit_handler = term_panels(
        FieldPanel("kind"),
        FieldPanel("parks_count"),
        *both("text"),
        *both("advantages"),
        *both("drawbacks"),
    )


class ThemeViewSet(RegistryViewSet):
    """Themes."""

    model = Theme
    icon = "folder-open-inverse"
    menu_order = 50
    list_display = ("name_nb", "name_en")
    search_fields = ("name_nb", "name_en")
    edit_handler = term_panels(*both("why"), *both("findings"))


class FocusAreaViewSet(RegistryViewSet):
    """Focus areas."""

    model = FocusArea
    icon = "crosshairs"
    menu_order = 60
    list_display = ("name_nb", "name_en", "position")
    search_fields = ("name_nb", "name_en")
    edit_handler = term_panels(FieldPanel("position"))


class KeyFigureViewSet(RegistryViewSet):
    """Figures about the parks."""

    model = KeyFigure
    icon = "pick"
    menu_order = 70
    list_display = ("label_nb", "value", "unit", "year", "theme")
    list_filter = ("theme", "is_target", "source")
    search_fields = ("label_nb", "label_en")
    edit_handler = ObjectList(
        [
            MultiFieldPanel([*both("label"), FieldPanel("slug")], _("What is counted")),
            MultiFieldPanel(
                [
                    FieldPanel("qualifier"),
                    FieldPanel("value"),
                    FieldPanel("value_max"),
                    FieldPanel("unit"),
                    FieldPanel("year"),
                    FieldPanel("is_target"),
                ],
                _("Value"),
            ),
            *both("scope"),
            FieldPanel("theme"),
            FieldPanel("parks"),
            *both("note"),
            MultiFieldPanel([FieldPanel("source"), FieldPanel("cited")], _("Source")),
        ]
    )


class SourceViewSet(RegistryViewSet):
    """Publications that something is taken from."""

    model = Source
    icon = "openquote"
    menu_order = 80
    list_display = ("title_nb", "kind", "year")
    list_filter = ("kind", "year")
    search_fields = ("title_nb", "title_en")
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            *both("title"),
            FieldPanel("slug"),
            *both("description"),
            FieldPanel("year"),
            FieldPanel("url"),
        ]
    )


class ParkStaffViewSet(RegistryViewSet):
    """Who works for which park."""

    model = ParkStaff
    icon = "group"
    menu_order = 90
    list_display = ("user", "park")
    list_filter = ("park",)
    search_fields = ("user__email", "user__first_name", "user__last_name")
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "Park staff log in here and edit their park, its material flows, the organisations "
                    "in it and its test facilities."
                )
            ),
            FieldPanel("park"),
            FieldPanel("user"),
        ],
        base_form_class=ParkStaffForm,
    )


class ParksGroup(SnippetViewSetGroup):
    """All of them under one heading of the menu."""

    menu_label = _("Parks")
    menu_icon = "site"
    menu_order = 120
    items = (
        ParkViewSet,
        MaterialFlowViewSet,
        ParkCategoryViewSet,
        OwnershipSetupViewSet,
        ThemeViewSet,
        FocusAreaViewSet,
        KeyFigureViewSet,
        SourceViewSet,
        ParkStaffViewSet,
    )


register_snippet(ParksGroup)

# After Wagtail's own action of the same name, which it replaces for all registries.
hooks.register("register_bulk_action", DeleteReachedAction, order=1)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """What the history calls the changes that services make."""
    actions.register_action("parks.add_staff", _("Add staff"), _("Staff added"))
    actions.register_action("parks.remove_staff", _("Remove staff"), _("Staff removed"))

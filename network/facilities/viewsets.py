"""How test facilities and their vocabularies are edited in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from network.facilities.admin_views import ImportView
from network.facilities.forms import FacilityForm, TermPicker
from network.facilities.models import Facility, Material, Method, Standard
from network.facilities.permissions import can_import_facilities
from network.viewsets import RegistryViewSet

WHAT = [
    MultiFieldPanel(
        [
            FieldPanel("name_nb"),
            FieldPanel("name_en"),
            FieldPanel("slug", help_text=_("Part of the address of its page; best left alone.")),
        ],
        heading=_("Name"),
    ),
    MultiFieldPanel(
        [
            FieldPanel(
                "summary_nb",
                help_text=_("One or two sentences: what somebody can find out here."),
            ),
            FieldPanel("summary_en"),
            FieldPanel(
                "description_nb",
                help_text=_(
                    "Describe typical problems in the customer's words. Markdown: blank line for "
                    "a new paragraph, - for lists, **bold**."
                ),
            ),
            FieldPanel("description_en"),
        ],
        heading=_("Texts"),
    ),
    FieldPanel("themes", widget=TermPicker),
]
CAPABILITIES = [
    FieldPanel("methods", widget=TermPicker),
    FieldPanel("materials", widget=TermPicker),
    FieldPanel("standards", widget=TermPicker),
    InlinePanel(
        "equipment",
        heading=_("Equipment"),
        label=_("machine or instrument"),
        panels=[
            FieldRowPanel([FieldPanel("name_nb"), FieldPanel("name_en")]),
            FieldRowPanel(
                [
                    FieldPanel("make"),
                    FieldPanel("range"),
                    FieldPanel("unit"),
                    FieldPanel("quantity"),
                ]
            ),
        ],
    ),
    FieldPanel("scale"),
    FieldRowPanel([FieldPanel("trl_min"), FieldPanel("trl_max")]),
]
TERMS = [
    FieldPanel("access"),
    FieldPanel("lead_time_days", help_text=_("Days from an order until the work can begin.")),
    InlinePanel(
        "prices",
        heading=_("Prices"),
        label=_("price note"),
        help_text=_("Guiding prices, one note for each type of user."),
        panels=[FieldPanel("user_type"), FieldPanel("note_nb"), FieldPanel("note_en")],
    ),
    MultiFieldPanel([FieldPanel("safety_nb"), FieldPanel("safety_en")], heading=_("Safety")),
    MultiFieldPanel(
        [FieldPanel("certificates_nb"), FieldPanel("certificates_en")],
        heading=_("Certificates required"),
    ),
]
PLACE = [
    FieldPanel("park"),
    FieldPanel("host"),
    FieldPanel("place", help_text=_("Building and place, as one would tell a visitor.")),
    FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")]),
    HelpPanel(content=_("Without coordinates the map shows the park.")),
    MultiFieldPanel(
        [
            FieldPanel(
                "contact_name", help_text=_("A function rather than a person: it lasts longer.")
            ),
            FieldPanel("contact_email"),
            FieldPanel("contact_phone"),
            FieldPanel("url"),
        ],
        heading=_("Contact"),
    ),
]
FILES = [
    InlinePanel(
        "images",
        heading=_("Pictures"),
        label=_("picture"),
        max_num=8,
        panels=[FieldPanel("image"), FieldPanel("alt_nb"), FieldPanel("alt_en")],
    ),
    InlinePanel(
        "documents",
        heading=_("Documents"),
        label=_("document"),
        max_num=20,
        panels=[FieldPanel("title"), FieldPanel("file", widget=forms.FileInput)],
    ),
]
PUBLICATION = [
    FieldPanel("published", help_text=_("Only published facilities are seen by visitors.")),
    FieldPanel(
        "confirmed_on", help_text=_("The day somebody last said that all of this is right.")
    ),
    FieldPanel("sample", help_text=_("Made up as an example, and marked so.")),
]


class FacilityViewSet(RegistryViewSet):
    """The facilities that a person looks after."""

    model = Facility
    icon = "cogs"
    menu_label = _("Test facilities")
    list_display = [
        "name_nb",
        Column("park", label=_("Park"), sort_key="park__name_nb"),
        Column("host", label=_("Host"), sort_key="host__name"),
        Column("get_scale_display", label=_("Scale"), sort_key="scale"),
        Column("confirmed_on", label=_("Last confirmed"), sort_key="confirmed_on"),
        BooleanColumn("published", label=_("Published"), sort_key="published"),
        BooleanColumn("sample", label=_("Sample"), sort_key="sample"),
    ]
    list_filter = ["park", "scale", "access", "published", "sample", "confirmed_on"]
    search_fields = ["name_nb", "name_en", "summary_nb", "slug", "host__name"]
    ordering = ["name_nb"]
    edit_handler = TabbedInterface(
        [
            ObjectList(WHAT, heading=_("What it is")),
            ObjectList(CAPABILITIES, heading=_("What it can do")),
            ObjectList(TERMS, heading=_("Terms")),
            ObjectList(PLACE, heading=_("Place and contact")),
            ObjectList(FILES, heading=_("Pictures and documents")),
            ObjectList(PUBLICATION, heading=_("Publication")),
        ],
        base_form_class=FacilityForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any] | None:
        """What the person reaches, with park and host at hand."""
        reached = super().get_queryset(request)
        facilities = Facility.objects.all() if reached is None else reached
        return facilities.select_related("park", "host")


APPROVED_COLUMN = BooleanColumn("approved", label=_("Approved"), sort_key="approved")


class VocabularyViewSet(RegistryViewSet):
    """Words that facilities are described with, and what else they are called."""

    icon = "tag"
    list_display = [
        "name_nb",
        "name_en",
        Column("times_used", label=_("Facilities"), sort_key="times_used"),
        APPROVED_COLUMN,
    ]
    list_filter = ["approved"]
    search_fields = ["name_nb", "name_en", "slug", "synonyms_nb", "synonyms_en"]
    # What an import brought comes first.
    ordering = ["approved", "name_nb"]
    panels = [
        FieldRowPanel([FieldPanel("name_nb"), FieldPanel("name_en")]),
        FieldPanel("slug", help_text=_("The value of the filter in addresses; best left alone.")),
        MultiFieldPanel(
            [FieldPanel("synonyms_nb"), FieldPanel("synonyms_en")],
            heading=_("What else it is called"),
            help_text=_("One a line. The search finds facilities by all of these."),
        ),
        FieldPanel("approved"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any] | None:
        """All terms with how many facilities use each."""
        return self.model._default_manager.annotate(times_used=Count("facilities"))  # type: ignore[no-any-return]


class MethodViewSet(VocabularyViewSet):
    """Tests, analyses and processes."""

    model = Method
    menu_label = _("Methods")


class MaterialViewSet(VocabularyViewSet):
    """What is tested or processed."""

    model = Material
    menu_label = _("Materials")


class StandardViewSet(VocabularyViewSet):
    """Published standards."""

    model = Standard
    menu_label = _("Standards")
    list_display = ["code", *VocabularyViewSet.list_display]
    search_fields = ["code", *VocabularyViewSet.search_fields]
    ordering = ["approved", "code"]
    panels = [
        FieldPanel("code", help_text=_("As printed, without year: ISO 6892-1.")),
        *VocabularyViewSet.panels,
    ]


class ImportMenuItem(MenuItem):
    """Shown to those who may import."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person may."""
        return can_import_facilities(request.user)


class ImportViewSet(ViewSet):
    """Taking in a table."""

    name = "facilities_import"
    menu_label = _("Import")
    menu_icon = "upload"
    menu_url = reverse_lazy("facilities_import:index")
    menu_item_class = ImportMenuItem

    def get_urlpatterns(self) -> list[Any]:
        """One address for all steps."""
        return [path("", ImportView.as_view(), name="index")]


class FacilityGroup(SnippetViewSetGroup):
    """The menu of test facilities."""

    items = (FacilityViewSet, MethodViewSet, MaterialViewSet, StandardViewSet, ImportViewSet)
    menu_label = _("Test facilities")
    menu_name = "facilities"
    menu_icon = "cogs"
    menu_order = 130

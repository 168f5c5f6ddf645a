"""The page of an article, and the page that lists them."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from accounts.roles import roles_of
from network.parks.models import FocusArea, Park, Source, Theme
from pages.blocks import PictureBlock
from pages.models.base import EditorialPage
from pages.practice.article import ArticleView
from pages.practice.forms import PracticePageForm
from pages.practice.listing import serve_listing
from pages.practice.models.fields import LimitedRichTextField
from ui.model_fields import LimitedTextField

LINKS: Final = ("parks", "themes", "focus_areas", "sources")


class Kind(models.TextChoices):
    """What sort of experience an article tells of."""

    PRACTICE = "practice", _("best practice")
    SUCCESS = "success", _("success story")
    FAILURE = "failure", _("experience from a failure")
    PROJECT = "project", _("project under way")
    ARENA = "arena", _("meeting place")


class PracticeIndexPage(EditorialPage):
    """Lists the articles, with filters; park staff write below it."""

    template = "pages/practice/index.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: ClassVar[list[str]] = ["pages.PracticePage"]
    page_description = _("Lists best practice; there is one in each language.")
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of best practice")
        verbose_name_plural = _("lists of best practice")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list in the state that its address tells; for htmx only results and facets."""
        return serve_listing(self, request, self.get_context(request))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The template's context; those who write find the way from here."""
        context = super().get_context(request, *args, **kwargs)
        roles = roles_of(request.user)
        context["can_write"] = bool(roles.network_administrator or roles.parks)
        return context


class PracticePage(EditorialPage):
    """An article: what was done, what came of it, and whom to ask.

    ``source_key`` names what it was made of ("thread:12"). ``body`` is what fits no other field.
    """

    template = "pages/practice/article.html"
    parent_page_types: ClassVar[list[str]] = ["pages.PracticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("Best practice, a success, or what one learned from a failure.")
    base_form_class = PracticePageForm

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PRACTICE)
    lead = LimitedTextField(
        _("in short"),
        max_length=600,
        help_text=_("Two or three sentences: what was done, and what came of it."),
    )
    situation = LimitedRichTextField(
        _("the situation"),
        max_length=6_000,
        blank=True,
        help_text=_("What was the problem, and for whom? What had been tried before?"),
    )
    done = LimitedRichTextField(
        _("what was done"),
        max_length=12_000,
        blank=True,
        help_text=_("So much that somebody in another park could do the same."),
    )
    prerequisites = LimitedRichTextField(
        _("what it takes"),
        max_length=4_000,
        blank=True,
        help_text=_("What must be in place: size, agreements, equipment, people, permits."),
    )
    obstacles = LimitedRichTextField(
        _("what stood in the way"),
        max_length=4_000,
        blank=True,
        help_text=_("And how you got past it, if you did."),
    )
    differently = LimitedRichTextField(
        _("what we would do differently"),
        max_length=4_000,
        blank=True,
        help_text=_("What others ask for first."),
    )
    cost_nok = models.DecimalField(
        _("cost (NOK)"),
        max_digits=13,
        decimal_places=0,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Investment and own work, in whole kroner."),
    )
    saving_nok = models.DecimalField(
        _("saving a year (NOK)"),
        max_digits=13,
        decimal_places=0,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    economy_note = models.CharField(
        _("about the money"),
        max_length=300,
        blank=True,
        help_text=_("What the figures include, support received, price level."),
    )
    pictures = StreamField(
        [("picture", PictureBlock())], verbose_name=_("pictures"), blank=True, max_num=12
    )
    attachments = StreamField(
        [("document", DocumentChooserBlock(label=_("Document")))],
        verbose_name=_("attachments"),
        blank=True,
        max_num=12,
    )
    parks = ParentalManyToManyField(
        Park, verbose_name=_("parks"), blank=True, related_name="practices"
    )
    themes = ParentalManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="practices"
    )
    focus_areas = ParentalManyToManyField(
        FocusArea, verbose_name=_("focus areas"), blank=True, related_name="practices"
    )
    sources = ParentalManyToManyField(
        Source, verbose_name=_("sources"), blank=True, related_name="practices"
    )
    review_months = models.PositiveSmallIntegerField(
        _("ask whether it is still right"),
        choices=[(6, _("twice a year")), (12, _("once a year")), (24, _("every other year"))],
        default=12,
        help_text=_("Its people are asked by e-mail and confirm with one click."),
    )
    source_key = models.CharField(max_length=80, blank=True, editable=False)

    override_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField(name) for name in (*LINKS, "review_months")
    ]
    search_fields: ClassVar[list[Any]] = [
        *EditorialPage.search_fields,
        *(index.SearchField(name) for name in ("situation", "done", "obstacles", "differently")),
        index.FilterField("kind"),
    ]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(template="pages/practice/admin_help.html", heading=_("How to write")),
                    *Page.content_panels,
                    FieldPanel("kind"),
                    FieldPanel("lead"),
                    FieldPanel("situation"),
                    FieldPanel("done"),
                ],
                heading=_("What happened"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "effects",
                        heading=_("Effect in numbers"),
                        label=_("Indicator"),
                        help_text=_("What readers look at first. Better nothing than a guess."),
                        max_num=12,
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("cost_nok"), FieldPanel("saving_nok")]),
                            FieldPanel("economy_note"),
                        ],
                        heading=_("Cost and saving"),
                    ),
                ],
                heading=_("Effect"),
            ),
            ObjectList(
                [FieldPanel("prerequisites"), FieldPanel("obstacles"), FieldPanel("differently")],
                heading=_("Learned"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "people", heading=_("Authors and contacts"), label=_("Person"), max_num=12
                    ),
                    FieldPanel("parks", widget=forms.CheckboxSelectMultiple),
                    MultipleChooserPanel(
                        "organisation_links",
                        chooser_field_name="organisation",
                        heading=_("Organisations"),
                        label=_("Organisation"),
                        max_num=30,
                    ),
                    FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("focus_areas", widget=forms.CheckboxSelectMultiple),
                ],
                heading=_("Who and where"),
            ),
            ObjectList(
                [
                    FieldPanel("pictures"),
                    FieldPanel("attachments"),
                    FieldPanel("body", heading=_("More, if something fits nowhere else")),
                    FieldPanel("sources", widget=forms.CheckboxSelectMultiple),
                ],
                heading=_("Pictures and files"),
            ),
            ObjectList(
                [
                    FieldPanel("review_months"),
                    *EditorialPage.promote_panels,
                    *Page.settings_panels,
                ],
                heading=_("Publishing"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("article of best practice")
        verbose_name_plural = _("articles of best practice")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The template's context."""
        context = super().get_context(request, *args, **kwargs)
        context["article"] = article = ArticleView(self, request, context["content_state"])
        context["og_image"] = article.image_url
        context["list_url"] = context["crumbs"][-1].url if context["crumbs"] else ""
        return context

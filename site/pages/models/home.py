"""The front page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from pages.blocks import WayBlock
from pages.front_page import FrontPage
from pages.models.base import EditorialPage
from pages.ways import ways_of


class HomePage(EditorialPage):
    """Search first, then ways in for each kind of reader, what is new, and the parks."""

    template = "pages/home_page.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "pages.SectionPage",
        "pages.StandardPage",
        "pages.PracticeIndexPage",
        "pages.NewsIndexPage",
        "pages.CallIndexPage",
    ]
    page_description = _("The front page; there is one in each language.")

    heading = models.CharField(_("heading"), max_length=120, help_text=_("The large text on top."))
    search_label = models.CharField(
        _("question above the search field"),
        max_length=120,
        blank=True,
        help_text=_("What the reader is asked to type."),
    )
    search_examples = StreamField(
        [("example", blocks.CharBlock(label=_("Search"), max_length=80))],
        verbose_name=_("examples of searches"),
        blank=True,
        max_num=6,
        help_text=_("Real problems that the search answers well. Each becomes a link."),
    )
    ways_title = models.CharField(_("heading of the ways in"), max_length=120, blank=True)
    ways = StreamField(
        [("way", WayBlock())],
        verbose_name=_("ways in"),
        blank=True,
        max_num=9,
        help_text=_(
            "One for each kind of reader. A way that leads to a page that is not published is left"
            " out."
        ),
    )

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("heading"),
                FieldPanel("lead"),
                FieldPanel("search_label"),
                FieldPanel("search_examples"),
            ],
            _("Top of the page"),
        ),
        MultiFieldPanel([FieldPanel("ways_title"), FieldPanel("ways")], _("Ways in")),
        FieldPanel("body", help_text=_("Shown at the bottom of the page. May be empty.")),
    ]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The template's context, with what the network has."""
        context = super().get_context(request, *args, **kwargs)
        is_preview = bool(getattr(request, "is_preview", False))
        context["ways"] = ways_of(self, is_preview=is_preview)
        network = FrontPage(self)
        context["network"] = network
        if context["content_state"] is not None:
            context["content_state"] = (
                context["content_state"],
                tuple(context["ways"]),
                network.state,
            )
        return context

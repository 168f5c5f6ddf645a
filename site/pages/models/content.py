"""Sections and the pages in them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pages.listing import pages_below
from pages.models.base import EditorialPage


class SectionPage(EditorialPage):
    """A page that lists the pages below it."""

    template = "pages/section_page.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: ClassVar[list[str]] = [
        "pages.SectionPage",
        "pages.StandardPage",
        "pages.PracticeIndexPage",
        "pages.NewsIndexPage",
        "pages.CallIndexPage",
    ]
    page_description = _("Gathers pages on one subject and lists them.")

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The template's context, with the pages below that anybody may see."""
        context = super().get_context(request, *args, **kwargs)
        context["children"] = children = pages_below(self)
        if context["content_state"] is not None:
            context["content_state"] = (context["content_state"], children)
        return context


class StandardPage(EditorialPage):
    """A page of text."""

    template = "pages/standard_page.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("Text with images, tables, links and documents.")

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

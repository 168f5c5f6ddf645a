"""What all editorial pages share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from pages.blocks import ContentBlock
from pages.kept import content_state
from pages.languages import offer_languages
from pages.trail import crumbs, trail_of
from ui.model_fields import LimitedTextField

IN_LISTS = _("Shown in results of searches and in lists of pages. One or two sentences.")


class EditorialPage(Page):
    """A page with a lead and a text of blocks."""

    lead = LimitedTextField(
        _("lead"),
        max_length=400,
        blank=True,
        help_text=_("Two or three sentences under the title."),
    )
    body = StreamField(ContentBlock(required=False), verbose_name=_("text"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description", help_text=IN_LISTS),
            ],
            _("Address and search"),
        ),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]
    show_in_menus_default = False

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The template's context; tells the frame where this page is in the other languages."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        trail = trail_of(self)
        offer_languages(trail, request)
        context["crumbs"] = crumbs(trail)
        context["content_state"] = content_state(self, request)
        return context

    def get_view_restrictions(self) -> Any:
        """What restricts the page; nothing is read when serving found that nothing does."""
        if trail_of(self).is_open:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

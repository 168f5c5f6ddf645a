"""Pages of news and of calls, and the pages that list them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from network.parks.models import Park, Theme
from pages.models.base import EditorialPage
from pages.news.listing import calls_below, news_below
from ui.model_fields import LimitedTextField


class NewsIndexPage(EditorialPage):
    """Lists the news, the newest first."""

    template = "pages/news/index.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: ClassVar[list[str]] = ["pages.NewsPage"]
    page_description = _("Lists the news; there is one in each language.")
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The template's context, with a page of the news."""
        context = super().get_context(request, *args, **kwargs)
        context["news"] = news_below(self, request.GET.get("page"))
        return context


class NewsPage(EditorialPage):
    """A piece of news."""

    template = "pages/news/news.html"
    parent_page_types: ClassVar[list[str]] = ["pages.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("Something that has happened or is about to.")

    day = models.DateField(_("date"), default=timezone.localdate)
    parks = ParentalManyToManyField(Park, verbose_name=_("parks"), blank=True, related_name="+")
    themes = ParentalManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="+")

    override_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField(name) for name in ("day", "parks", "themes")
    ]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("day"),
        FieldPanel("lead"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("parks"), FieldPanel("themes")], _("What it is about")),
    ]

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")


class CallIndexPage(EditorialPage):
    """Lists the calls: those that are open by their deadline, then those that have closed."""

    template = "pages/news/calls.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: ClassVar[list[str]] = ["pages.CallPage"]
    page_description = _("Lists the calls; there is one in each language.")
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of calls")
        verbose_name_plural = _("lists of calls")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The template's context, with the calls."""
        context = super().get_context(request, *args, **kwargs)
        context["calls"] = calls_below(self, request.GET.get("page"))
        return context


class CallPage(EditorialPage):
    """A call that somebody can apply to. Without a deadline it is open all the time."""

    template = "pages/news/call.html"
    parent_page_types: ClassVar[list[str]] = ["pages.CallIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("Funding, a pilot or a competition that one can apply to.")

    funder = models.CharField(_("who announces it"), max_length=160)
    opens_on = models.DateField(_("opens"), null=True, blank=True)
    deadline = models.DateField(
        _("deadline"),
        null=True,
        blank=True,
        help_text=_("The last day. Empty: applications are taken all the time."),
    )
    eligible = LimitedTextField(
        _("who can apply"), max_length=600, blank=True, help_text=_("In a sentence or two.")
    )
    amount = models.CharField(
        _("how much"), max_length=160, blank=True, help_text=_("E.g. “up to half of the cost”.")
    )
    link = models.URLField(_("the call itself"), max_length=300, blank=True)
    themes = ParentalManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="+")

    override_translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField(name) for name in ("opens_on", "deadline", "themes")
    ]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("funder"),
                FieldRowPanel([FieldPanel("opens_on"), FieldPanel("deadline")]),
                FieldPanel("eligible"),
                FieldPanel("amount"),
                FieldPanel("link"),
            ],
            _("The call"),
        ),
        FieldPanel("themes"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")

    def clean(self) -> None:
        """It opens before it closes."""
        super().clean()
        if self.opens_on and self.deadline and self.deadline < self.opens_on:
            raise ValidationError({"deadline": _("The deadline is before the call opens.")})

    @property
    def state(self) -> str:
        """``coming``, ``open`` or ``closed`` today."""
        return state_on(self.opens_on, self.deadline, timezone.localdate())


def state_on(opens_on: date | None, deadline: date | None, day: date) -> str:
    """How a call stands on a day; its last day is a day on which it is open."""
    if deadline and deadline < day:
        return "closed"
    return "coming" if opens_on and opens_on > day else "open"

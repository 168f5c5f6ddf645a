"""What editors decide about every page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from pages.links import LabelledLinkBlock


class FooterColumnBlock(blocks.StructBlock):
    """A column of links in the footer."""

    title_nb = blocks.CharBlock(label=_("Title (Norwegian)"), max_length=60)
    title_en = blocks.CharBlock(
        label=_("Title (English)"), max_length=60, required=False, default=""
    )
    links = blocks.ListBlock(LabelledLinkBlock(), label=_("Links"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("Column")


def _page(label: Any) -> Any:
    return models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The Norwegian page; its translation is found by itself."),
    )


@register_setting(icon="site", order=10)
class SiteSettings(BaseSiteSetting):
    """Name, contact, statutory links."""

    name = models.CharField(_("name of the site"), max_length=60, default="Parknett")
    tagline_nb = models.CharField(_("tagline (Norwegian)"), max_length=160, blank=True)
    tagline_en = models.CharField(_("tagline (English)"), max_length=160, blank=True)
    notice_nb = models.CharField(
        _("notice (Norwegian)"),
        max_length=300,
        blank=True,
        help_text=_("A short message on top of every page, such as planned maintenance."),
    )
    notice_en = models.CharField(_("notice (English)"), max_length=300, blank=True)
    contact_email = models.EmailField(
        _("contact address of the site"),
        blank=True,
        help_text=_("Shown at the bottom of every page."),
    )
    accessibility_page = _page(_("accessibility statement: page"))
    accessibility_url_nb = models.URLField(
        _("accessibility statement: address (Norwegian)"),
        blank=True,
        help_text=_("When it is kept elsewhere, such as at uustatus.no. Comes before the page."),
    )
    accessibility_url_en = models.URLField(
        _("accessibility statement: address (English)"), blank=True
    )
    privacy_page = _page(_("privacy: page"))
    social_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where somebody shares a link. 1200 × 630 pixels."),
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    MultiFieldPanel(
                        [FieldPanel("tagline_nb"), FieldPanel("tagline_en")], _("Tagline")
                    ),
                    MultiFieldPanel(
                        [FieldPanel("notice_nb"), FieldPanel("notice_en")], _("Notice")
                    ),
                    FieldPanel("social_image"),
                ],
                heading=_("The site"),
            ),
            ObjectList(
                [
                    FieldPanel("contact_email"),
                    MultiFieldPanel(
                        [
                            FieldPanel("accessibility_page"),
                            FieldPanel("accessibility_url_nb"),
                            FieldPanel("accessibility_url_en"),
                        ],
                        _("Accessibility statement"),
                    ),
                    FieldPanel("privacy_page"),
                ],
                heading=_("Contact and statutory links"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")


@register_setting(icon="list-ul", order=20)
class Navigation(ClusterableModel, BaseSiteSetting):
    """What stands in menu and footer beside the registries, which are always there."""

    menu = StreamField(
        [("link", LabelledLinkBlock())],
        verbose_name=_("main menu"),
        blank=True,
        max_num=4,
        help_text=_("Comes after the registries."),
    )
    footer = StreamField(
        [("column", FooterColumnBlock())],
        verbose_name=_("footer"),
        blank=True,
        max_num=3,
        help_text=_("Columns of links at the bottom of every page."),
    )

    panels: ClassVar[list[Any]] = [FieldPanel("menu"), FieldPanel("footer")]

    class Meta:
        verbose_name = _("menu and footer")
        verbose_name_plural = _("menu and footer")

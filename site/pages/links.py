"""Links that editors make: to a page, to a place of the site, or to an address elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from pages.locales import active_locale_id
from pages.places import CHOICES, place_url

SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def page_url(page: Page | None) -> str:
    """Address of a page in the reader's language, else in its own; empty unless it is live."""
    if page is None:
        return ""
    active = active_locale_id()
    if active is not None and page.locale_id != active:
        translated = Page.objects.live().filter(
            translation_key=page.translation_key, locale_id=active
        )
        page = translated.first() or page
    return (page.url or "") if page.live else ""


def check_address(address: str) -> None:
    """Raise ValidationError unless ``address`` is a path of this site or of a known scheme."""
    parts = urlsplit(address)
    if parts.scheme:
        if parts.scheme not in SCHEMES:
            raise ValidationError(_("Use an address that starts with https://, mailto: or tel:."))
    elif not address.startswith("/") or address.startswith("//"):
        raise ValidationError(_("An address on this site starts with one slash."))


class FixedTextBlock(blocks.CharBlock):
    """A text that is the same in every language, so that nobody is asked to translate it."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Nothing."""
        return []


class LinkValue(blocks.StructValue):
    """Where a link leads."""

    @property
    def url(self) -> str:
        """The address in the reader's language; empty when it leads nowhere just now."""
        if self.get("page"):
            return page_url(self["page"])
        if self.get("place"):
            url, query = place_url(self["place"]), str(self["query"]).lstrip("?")
            return f"{url}?{query}" if url and query else url
        return str(self.get("address") or "")

    @property
    def is_external(self) -> bool:
        """Whether it leaves the site."""
        return self.url.startswith("http")


class LinkBlock(blocks.StructBlock):
    """One link: exactly one of page, place and address."""

    page = blocks.PageChooserBlock(
        label=_("Page"), required=False, help_text=_("A page of this site.")
    )
    place = blocks.ChoiceBlock(
        choices=CHOICES, label=_("Registry"), required=False, help_text=_("Instead of a page.")
    )
    query = FixedTextBlock(
        label=_("Filter"),
        required=False,
        default="",
        max_length=200,
        help_text=_("For a registry: what comes after the question mark, e.g. access=open."),
    )
    address = FixedTextBlock(
        label=_("Address"),
        required=False,
        default="",
        max_length=300,
        help_text=_("Instead of a page: https://…, mailto:… or a path that starts with /."),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        """Check that there is one target, and that an address is one."""
        cleaned = super().clean(value)
        given = [name for name in ("page", "place", "address") if cleaned.get(name)]
        if len(given) != 1:
            message = _("Choose a page, a registry or an address, and only one of them.")
            raise blocks.StructBlockValidationError(
                block_errors={given[1] if given else "page": ValidationError(message)}
            )
        if cleaned.get("address"):
            try:
                check_address(cleaned["address"])
            except ValidationError as error:
                raise blocks.StructBlockValidationError(block_errors={"address": error}) from error
        return cleaned


class LabelledLinkValue(LinkValue):
    """A link with its text in both languages."""

    @property
    def label(self) -> str:
        """The text in the reader's language, else in Norwegian."""
        english = (get_language() or "").startswith("en")
        return str((self.get("label_en") if english else "") or self.get("label_nb") or "")


class LabelledLinkBlock(LinkBlock):
    """A link of menu or footer, which are the same for both languages."""

    label_nb = blocks.CharBlock(label=_("Text (Norwegian)"), max_length=60)
    label_en = blocks.CharBlock(
        label=_("Text (English)"),
        max_length=60,
        required=False,
        default="",
        help_text=_("Empty: the Norwegian text is used."),
    )

    class Meta:
        label = _("Link")
        value_class = LabelledLinkValue
        form_layout = ["label_nb", "label_en", "page", "place", "query", "address"]


def labelled(values: Mapping[str, Any], name: str) -> str:
    """``name_nb`` or ``name_en`` of a block's value, in the reader's language where there is one."""
    english = (get_language() or "").startswith("en")
    return str((values.get(f"{name}_en") if english else "") or values.get(f"{name}_nb") or "")

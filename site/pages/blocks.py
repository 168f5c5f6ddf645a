"""The blocks that the text of a page is made of."""

from __future__ import annotations

from typing import Any, Final

from anyascii import anyascii
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from pages.links import LinkBlock
from pages.tables import TableBlock

RICH_TEXT: Final = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_RICH_TEXT: Final = ["bold", "italic", "ul", "link"]

CALLOUT_KINDS: Final = [
    ("info", _("Information")),
    ("success", _("Good to know")),
    ("warning", _("Be aware")),
]
WAY_ICONS: Final = [
    ("facility", _("Test flask")),
    ("search", _("Magnifying glass")),
    ("park", _("Industrial park")),
    ("building", _("Building")),
    ("organisation", _("Briefcase")),
    ("handshake", _("Handshake")),
    ("rocket", _("Rocket")),
    ("idea", _("Light bulb")),
    ("course", _("Mortarboard")),
    ("people", _("People")),
    ("recycle", _("Recycling")),
    ("articles", _("Book")),
    ("layers", _("Layers")),
    ("map", _("Map pin")),
]


class HeadingBlock(blocks.CharBlock):
    """A heading with an anchor of its own, so that it can be linked to."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "pages/blocks/heading.html"

    def get_context(self, value: str, parent_context: Any = None) -> dict[str, Any]:
        """The template's context, with the anchor."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["anchor"] = slugify(anyascii(value))
        return context


class PictureBlock(blocks.StructBlock):
    """An image with its text alternative and, if wanted, a caption."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="", max_length=300)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "pages/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Quotation"), max_length=800)
    source = blocks.CharBlock(
        label=_("Who said it"),
        required=False,
        default="",
        max_length=150,
        help_text=_("Name and role."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "pages/blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    """A short text that stands out."""

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=CALLOUT_KINDS, default="info")
    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_RICH_TEXT, max_length=2_000)

    class Meta:
        icon = "help"
        label = _("Callout")
        template = "pages/blocks/callout.html"


class LinkCardBlock(blocks.StructBlock):
    """A link with a sentence about what waits behind it."""

    title = blocks.CharBlock(label=_("Title"), max_length=100)
    text = blocks.TextBlock(label=_("Text"), required=False, default="", max_length=250)
    link = LinkBlock()

    class Meta:
        icon = "link"
        label = _("Link card")


class WayBlock(LinkCardBlock):
    """A way in for one kind of reader."""

    icon = blocks.ChoiceBlock(label=_("Icon"), choices=WAY_ICONS, default="facility")

    class Meta:
        icon = "arrow-right"
        label = _("Way in")
        form_layout = ["icon", "title", "text", "link"]


class ContentBlock(blocks.StreamBlock):
    """What a page's text may consist of."""

    heading = HeadingBlock(max_length=150)
    text = blocks.RichTextBlock(
        label=_("Text"),
        features=RICH_TEXT,
        max_length=20_000,
        template="pages/blocks/text.html",
    )
    picture = PictureBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    table = TableBlock()
    links = blocks.ListBlock(
        LinkCardBlock(),
        label=_("Link cards"),
        icon="list-ul",
        min_num=1,
        max_num=12,
        template="pages/blocks/links.html",
    )
    document = DocumentChooserBlock(label=_("Document"), template="pages/blocks/document.html")

    class Meta:
        label = _("Content")

"""A table that editors fill in and translators translate cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue


class TableBlock(TypedTableBlock):
    """Columns of text or numbers, with a caption that says what the table shows."""

    text = blocks.CharBlock(label=_("Text"), required=False, max_length=500)
    number = blocks.DecimalBlock(label=_("Number"), required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "pages/blocks/table.html"

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        """What wagtail-localize offers for translation: caption, headings and cells of text."""
        return [StringSegmentValue(path, text) for path, text in _texts(value) if text]

    def restore_translated_segments(self, value: TypedTable, segments: list[Any]) -> TypedTable:
        """The table with translated texts in the places that the segments name."""
        texts = {segment.path: segment.render_text() for segment in segments}
        value.caption = texts.get("caption", value.caption)
        for place, column in enumerate(value.columns):
            column["heading"] = texts.get(f"h{place}", column["heading"])
        for number, row in enumerate(value.row_data):
            row["values"] = [
                texts.get(f"r{number}c{place}", cell) for place, cell in enumerate(row["values"])
            ]
        return value

    def get_searchable_content(self, value: TypedTable) -> list[str]:
        """Everything that can be read in it."""
        return [text for _path, text in _texts(value) if text]


def _texts(table: TypedTable) -> Iterator[tuple[str, str]]:
    yield "caption", table.caption or ""
    for place, column in enumerate(table.columns):
        yield f"h{place}", column["heading"]
    for number, row in enumerate(table.row_data):
        for place, cell in enumerate(row["values"]):
            if isinstance(cell, str):
                yield f"r{number}c{place}", cell

"""What posts say, as plain text."""

from __future__ import annotations

from html import unescape

from django.utils.html import strip_tags


def words_of(html: str, most: int) -> str:
    """The first words of a post, without its marks; ``most`` is in characters."""
    # Marks take room, too; of a long post no more is read than is needed.
    words = " ".join(unescape(strip_tags(html[: 4 * most])).split())
    return words if len(words) <= most else f"{words[: most - 1]}…"

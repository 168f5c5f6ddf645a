"""The rows of the host's queue as HTML; a template takes several times as long."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from network.facilities.enquiries.queue import QueueRow


def queue_rows(rows: Iterable[QueueRow], base: str) -> SafeString:
    """Items of the list; ``base`` is the queue's address, below which each request has its page."""
    sample = f" · {esc(_('Sample data'))}"
    items = "\n".join(_row(row, esc(base), sample) for row in rows)
    return mark_safe(items)  # noqa: S308 - escaped above and below


def _row(row: QueueRow, base: str, sample: str) -> str:
    company = f" · {esc(row.company)}" if row.company else ""
    due = f" · {esc(row.due)}" if row.due else ""
    return (
        f'<li><a href="{base}{row.pk}/">{esc(row.title)}</a>'
        f'<span class="ds-tag" data-size="sm" data-color="{row.tone}">{esc(row.state)}</span>'
        f"<p>{esc(row.facility)}{company}{due}{sample if row.sample else ''}</p></li>"
    )

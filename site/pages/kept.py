"""Pages that are kept in the process under the version that the tree says is current.

Reading a page with its fifty columns costs more than all the rest of serving it. What the tree's
own row tells on each request (where the page is, its revision, when it was published) decides
whether what is kept is still the page; at the latest after a minute it is read again.
"""

from __future__ import annotations

import time
from collections.abc import Hashable
from copy import copy
from datetime import datetime
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from django.http import HttpRequest
from wagtail.models import Page

from pages.trail import Step
from ui.fragments import fragments

KEPT_SECONDS: Final = 60
MOST_PAGES: Final = 100

Version = tuple[Step, int | None, datetime | None]

_kept: dict[int, tuple[int, Version, Any]] = {}


def page_in(version: Version, pk: int, content_type_id: int) -> Any | None:
    """The page ``pk`` as its own type, of which the tree says that it is in ``version``.

    Whoever gets it may set attributes: it is theirs alone. None when it is gone.
    """
    known = _kept.get(pk)
    if known is None or known[:2] != (_minute(), version):
        model: Any = ContentType.objects.get_for_id(content_type_id).model_class()
        page = model and model._default_manager.filter(pk=pk).first()
        if page is None:
            return None
        if len(_kept) >= MOST_PAGES:
            _kept.clear()
        known = _kept[pk] = (_minute(), version, page)
    return copy(known[2])


def content_state(page: Page, request: HttpRequest) -> Hashable:
    """The name under which content of ``page`` is kept for a minute; None in a preview."""
    if page.pk is None or getattr(request, "is_preview", False):
        return None
    return page.pk, page.url_path, page.latest_revision_id, page.last_published_at, _minute()


def forget_pages(**_: Any) -> None:
    """Read every page anew the next time; also a receiver."""
    _kept.clear()


def connect() -> None:
    """Forget pages, and what is rendered, when one is saved here, also without a revision."""
    post_save.connect(_forget_saved, dispatch_uid="pages.kept")


def _forget_saved(sender: type[Any], **_: Any) -> None:
    if issubclass(sender, Page):
        forget_pages()
        fragments.clear()


def _minute() -> int:
    return int(time.time() // KEPT_SECONDS)

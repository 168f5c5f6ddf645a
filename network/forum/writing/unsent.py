"""What somebody sent after their session had ended: kept until they have logged in again."""

from __future__ import annotations

import contextlib
from typing import Any, Final
from uuid import uuid4

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from network.forum.models.reading import DRAFT_LENGTH
from network.forum.models.thread import TITLE_LENGTH
from network.forum.services.drafts import DraftsError, Typed, save_draft

IN_SESSION: Final = "forum_unsent"


def log_in_first(request: HttpRequest, key: str) -> HttpResponse:
    """Let a visitor log in and come back to this form; what they have typed waits for them."""
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if text.strip():
        title = request.POST.get("title", "")
        request.session[IN_SESSION] = {
            "key": key,
            "text": text[:DRAFT_LENGTH],
            "title": title[:TITLE_LENGTH],
        }
    return redirect_to_login(request.get_full_path())


def take_unsent(request: HttpRequest, user: User, key: str) -> None:
    """Make a draft of what was typed for this place before the log-in."""
    waiting: dict[str, Any] = request.session.get(IN_SESSION) or {}
    if waiting.get("key") != key:
        return
    typed = Typed(key=key, token=uuid4(), source=waiting["text"], title=waiting["title"])
    # With too many drafts it stays in the session.
    with contextlib.suppress(DraftsError):
        save_draft(user, typed)
        del request.session[IN_SESSION]

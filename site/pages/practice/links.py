"""Signed addresses in letters with which its people confirm an article without logging in.

An address is bound to the article, the person and the day of the request. It holds as long as the
person is still named there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core import signing
from django.urls import reverse

from accounts.models import User
from pages.practice.models import Article
from pages.practice.permissions import can_confirm

_SALT: Final = "pages.practice.confirm"
# As long as an article may wait; the next request brings a new one.
LINK_SECONDS: Final = 180 * 24 * 3600


@dataclass(frozen=True, slots=True)
class ReviewLink:
    """What an address stands for."""

    article: Article
    asked_on: date
    user: User

    @property
    def is_done(self) -> bool:
        """Whether somebody has confirmed it since it was asked for."""
        confirmed = self.article.confirmed_on
        return self.article.asked_on is None and bool(confirmed and confirmed >= self.asked_on)


def review_link(article: Article, user: User) -> str:
    """The path at which the person confirms, in the active language.

    Raises ValueError for an article that nobody has been asked about.
    """
    if article.asked_on is None:
        raise ValueError(f"nobody was asked about {article.pk}")
    token = signing.dumps([article.pk, user.pk, article.asked_on.isoformat()], salt=_SALT)
    return reverse("practice:review", args=[token])


def link_of(token: str) -> ReviewLink | None:
    """What a token stands for; None when it is forged, too old or no longer for whom it was sent."""
    try:
        content: Any = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
        pk, who, day = content
        asked_on = date.fromisoformat(day)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    article = Article.objects.filter(pk=pk).select_related("page").first()
    user = User.objects.filter(pk=who, is_active=True).first()
    if article is None or user is None or article.page is None or not article.page.live:
        return None
    link = ReviewLink(article, asked_on, user)
    is_current = article.asked_on == asked_on or link.is_done
    return link if is_current and can_confirm(user, article) else None

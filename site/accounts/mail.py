"""Writing to a person, so that the worker sends it.

Whoever keeps the site's outbox hands in how a letter gets there (:func:`provide_post`, from
``AppConfig.ready``); without one, each letter is a task of its own. Nothing is sent in a request.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks import task

from accounts.models import User
from ui.chrome import Chrome, Link


class Post(Protocol):
    """Puts a letter of plain text where the worker finds it, in the caller's transaction.

    A ``key`` that was used before posts nothing. The address of ``action`` is a path of the site
    or absolute.
    """

    def __call__(
        self,
        key: str,
        *,
        to: str,
        language: str,
        subject: str,
        paragraphs: Sequence[str],
        action: Link | None = None,
        reply_to: str = "",
        user: User | None = None,
    ) -> None:
        """Put it there."""


class NoRequest(HttpRequest):
    """What the frame is asked with where nobody has asked for a page: in the worker."""

    def build_absolute_uri(self, location: str | None = None) -> str:
        """An address below the one that the settings give."""
        return absolute(location or "/")


@dataclass(slots=True)
class _Registration:
    post: Post | None = field(default=None)


_registration = _Registration()


def provide_post(post: Post | None) -> None:
    """Let ``post`` take all letters; called from ``AppConfig.ready``. One at a time."""
    _registration.post = post


def post(
    key: str,
    *,
    to: str,
    language: str,
    subject: str,
    paragraphs: Sequence[str],
    action: Link | None = None,
    user: User | None = None,
) -> None:
    """Write a letter; it leaves from the worker when the transaction has been committed."""
    provided = _registration.post
    if provided is not None:
        provided(
            key,
            to=to,
            language=language,
            subject=subject,
            paragraphs=paragraphs,
            action=action,
            user=user,
        )
        return
    send.enqueue(
        to=to,
        language=language,
        subject=subject,
        paragraphs=list(paragraphs),
        action=[action.label, action.url] if action else None,
    )


@task()
def send(
    to: str, language: str, subject: str, paragraphs: list[str], action: list[str] | None
) -> None:
    """Send one letter; what the worker runs where the site has no outbox."""
    link = Link(action[0], action[1]) if action else None
    compose(to=to, language=language, subject=subject, paragraphs=paragraphs, action=link).send()


def compose(
    *,
    to: str,
    language: str,
    subject: str,
    paragraphs: Sequence[str],
    action: Link | None = None,
    template: str = "mail/letter",
    context: dict[str, Any] | None = None,
) -> EmailMultiAlternatives:
    """The message as text and HTML in the site's look; ``template`` is without its extension."""
    with override(language):
        chrome = Chrome(NoRequest())
        full: dict[str, Any] = {
            "language": language,
            "subject": subject,
            "title": subject,
            "paragraphs": paragraphs,
            "action": Link(action.label, absolute(action.url)) if action else None,
            "site_name": chrome.site_name,
            "site_url": absolute(chrome.home_url),
            "contact_email": chrome.content.contact_email,
            **(context or {}),
        }
        text = render_to_string(f"{template}.txt", full).strip() + "\n"
        html = render_to_string(f"{template}.html", full)
        message = EmailMultiAlternatives(
            f"{chrome.site_name}: {subject}", text, settings.DEFAULT_FROM_EMAIL, [to]
        )
    message.attach_alternative(html, "text/html")
    return message


def absolute(url: str) -> str:
    """An address of this site in full; absolute ones stay."""
    return urljoin(f"{settings.BASE_URL.rstrip('/')}/", url)

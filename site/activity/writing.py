"""What a letter says at the moment it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.mail import absolute, compose
from accounts.models import User
from activity.kinds import Line, Listing, Message
from activity.letters import one_line, thread_id
from activity.models import Letter
from activity.muting import stop_url
from activity.reading import Told, worth_mailing
from activity.things import Link, describe

# A summary that is longer is not read; the rest is on the site.
ITEMS_IN_DIGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a summary."""

    told: Told
    text: str
    url: str
    stop_url: str
    listings: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of a summary that belong to one group of kinds."""

    title: str
    items: tuple[Item, ...]


def written(letter: Letter) -> EmailMultiAlternatives | None:
    """The e-mail in its reader's language, or None when there is nothing left to tell.

    Raises what the kinds' own functions raise.
    """
    with override(letter.language):
        if letter.form == Letter.Form.TEXT:
            return _text_letter(letter)
        user = letter.user
        if user is None or not user.is_active:
            return None
        rows = letter.notifications.select_related("event").order_by("pk")
        found = worth_mailing(list(rows), user)
        if not found:
            return None
        if letter.form == Letter.Form.NOTIFICATION:
            return _notification_letter(letter, user, found[0])
        return _digest_letter(letter, user, found)


def _text_letter(letter: Letter) -> EmailMultiAlternatives:
    content = letter.content
    action = content.get("action")
    email = compose(
        to=letter.to,
        language=letter.language,
        subject=content["subject"],
        paragraphs=content["paragraphs"],
        action=Link(*action) if action else None,
    )
    if content.get("reply_to"):
        email.reply_to = [content["reply_to"]]
    for each in letter.attachments.all():
        email.attach(each.name, bytes(each.content), each.content_type)
    return _addressed(email, letter, {})


def _notification_letter(letter: Letter, user: User, found: Told) -> EmailMultiAlternatives:
    message, row = found.message, found.notification
    stop = stop_url(user, row.because or row.thing)
    email = compose(
        to=letter.to,
        language=letter.language,
        subject=one_line(message.title),
        paragraphs=[part for part in (message.whole or message.text).split("\n\n") if part.strip()],
        action=Link(message.action or _("Open it on the site"), message.url),
        template="mail/notification",
        context={
            "html": message.html,
            "listings": _listings(message),
            "why": _why(found, user),
            "stop_url": stop,
            "choices_url": absolute(reverse("activity:choices")),
        },
    )
    if message.reply_to:
        email.reply_to = [message.reply_to]
    thread = thread_id(row.thing, user.pk)
    headers = {"References": thread, "In-Reply-To": thread, **_unsubscribe(stop)}
    return _addressed(email, letter, headers)


def _why(found: Told, user: User) -> str:
    because = found.notification.because
    name = describe([because], user).get(because) if because else None
    if name is not None:
        return _("You get this because you follow %(name)s.") % {"name": name.label}
    return _("You get this because it concerns you.")


def _digest_letter(letter: Letter, user: User, found: Sequence[Told]) -> EmailMultiAlternatives:
    shown, total = found[:ITEMS_IN_DIGEST], len(found)
    stop = stop_url(user, letter.form)
    if letter.form == Letter.Form.WEEKLY:
        title = ngettext("This week: %(count)s news item", "This week: %(count)s news items", total)
    else:
        title = ngettext("Today: %(count)s news item", "Today: %(count)s news items", total)
    title %= {"count": total}
    email = compose(
        to=letter.to,
        language=letter.language,
        subject=one_line(f"{title} – {shown[0].message.title}"),
        paragraphs=(),
        template="mail/digest",
        context={
            "title": title,
            "sections": _sections(shown, user),
            "left_out": total - len(shown),
            "all_url": absolute(reverse("activity:notifications")),
            "stop_url": stop,
            "choices_url": absolute(reverse("activity:choices")),
        },
    )
    return _addressed(email, letter, _unsubscribe(stop))


def _sections(found: Sequence[Told], user: User) -> list[Section]:
    by_group: dict[str, list[Item]] = {}
    for each in found:
        stop = stop_url(user, each.notification.because or each.notification.thing)
        text, url = " ".join(each.message.text.split()), absolute(each.message.url)
        item = Item(each, text, url, stop, _listings(each.message))
        by_group.setdefault(str(each.kind.group), []).append(item)
    return [Section(title, tuple(items)) for title, items in by_group.items()]


def _listings(message: Message) -> tuple[Listing, ...]:
    """The lists of a message, with addresses that work in an e-mail."""
    return tuple(
        Listing(
            each.title,
            tuple(
                Line(Link(line.link.label, absolute(line.link.url)), line.note)
                for line in each.lines
            ),
        )
        for each in message.listings
    )


def _unsubscribe(url: str) -> dict[str, str]:
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _addressed(
    email: EmailMultiAlternatives, letter: Letter, headers: dict[str, str]
) -> EmailMultiAlternatives:
    """The e-mail with what mail programs and servers go by."""
    # Where bounces are sent to, which need not be what the reader sees.
    email.from_email = settings.BOUNCE_EMAIL or settings.DEFAULT_FROM_EMAIL
    email.extra_headers |= {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        **headers,
    }
    return email

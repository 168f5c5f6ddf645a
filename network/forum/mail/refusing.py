"""Letters to those whose answer was not posted, or not with all its files: one for each e-mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from activity import letters
from activity.things import Link
from network.forum.models import Post, ReceivedMail, Thread

Outcome = ReceivedMail.Outcome
# Whoever writes in somebody's name must not be able to fill their mailbox through us.
LETTERS_A_DAY: Final = 3

REASONS: Final[Mapping[Outcome, Callable[[], str]]] = {
    Outcome.UNKNOWN: lambda: _(
        "It was sent to an address from which no thread can be told. Answer the e-mail that you "
        "got about the thread, or write on the site."
    ),
    Outcome.FOREIGN: lambda: _(
        "It was sent to an address that belongs to somebody else's e-mail. Each person has an "
        "address of their own for each thread; answer on the site."
    ),
    Outcome.GONE: lambda: _("The thread is not there any more, or you may no longer read it."),
    Outcome.CLOSED: lambda: _("The thread has been closed in the meantime."),
    Outcome.REFUSED: lambda: _("You may not write in that part of the forum."),
    Outcome.EMPTY: lambda: _(
        "There was no text of your own in it. Write above the quoted text, and not in a picture."
    ),
    Outcome.TOO_LARGE: lambda: _("It was too large. Put large files on the site instead."),
}


def tell_refused(
    mail: ReceivedMail, user: User, to: str, *, thread: Thread | None = None, reason: str = ""
) -> None:
    """Say why an answer was not posted, in the language of the person. ``thread`` is one they see."""
    since = timezone.now() - timedelta(days=1)
    refused = ReceivedMail.objects.filter(user=user, at__gt=since).exclude(outcome=Outcome.POSTED)
    if refused.count() > LETTERS_A_DAY:
        return
    with override(user.language):
        why = reason or REASONS[Outcome(mail.outcome)]()
        path = thread.get_absolute_url() if thread else reverse("forum:overview")
        letters.post(
            f"forum.mail:{mail.key}",
            to=to,
            language=user.language,
            subject=_("Your answer by e-mail was not posted"),
            paragraphs=[why, _("Your text is still in your own e-mail, among what you have sent.")],
            action=Link(_("Answer on the site"), path),
            user=user,
        )


def tell_without_files(
    mail: ReceivedMail, user: User, to: str, post: Post, refused: Sequence[str]
) -> None:
    """Say which files an answer was posted without."""
    with override(user.language):
        letters.post(
            f"forum.mail:{mail.key}",
            to=to,
            language=user.language,
            subject=_("Your answer was posted without some of its files"),
            paragraphs=[
                _("These files were not taken:"),
                *refused,
                _("The rest stands in the thread. You can add files on the site."),
            ],
            action=Link(_("See your answer"), post.get_absolute_url()),
            user=user,
        )

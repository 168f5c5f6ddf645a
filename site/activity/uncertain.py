"""Letters that may or may not have been sent, and what somebody decides about each.

Nobody but the reader can tell whether such a letter arrived, so it is never sent again by itself.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import AnyUser, roles_of
from activity.models import Letter
from activity.queues import Queue, QueueCount
from activity.sending import forget_content

MOST_SHOWN = 100


def may_decide(user: AnyUser) -> bool:
    """Network administrators: they run the site's mail."""
    return roles_of(user).network_administrator


def undecided(user: AnyUser) -> QuerySet[Letter]:
    """The letters that wait for the person's decision, oldest first."""
    if not may_decide(user):
        return Letter.objects.none()
    return Letter.objects.filter(state=Letter.State.UNCERTAIN, handled_at=None).order_by("pk")


def send_again(letter: Letter, by: AnyUser) -> bool:
    """Send it once more, at the risk of a second copy; False when it was decided already.

    Raises PermissionDenied when ``by`` may not decide.
    """
    _require(by)
    now = timezone.now()
    return bool(
        Letter.objects.filter(pk=letter.pk, state=Letter.State.UNCERTAIN, handled_at=None).update(
            state=Letter.State.WAITING, due_at=now, ended_at=None
        )
    )


def leave(letter: Letter, by: AnyUser) -> bool:
    """Let it be, at the risk that it never arrived; False when it was decided already.

    Raises PermissionDenied when ``by`` may not decide.
    """
    _require(by)
    waiting = Letter.objects.filter(pk=letter.pk, state=Letter.State.UNCERTAIN, handled_at=None)
    left = bool(waiting.update(handled_at=timezone.now()))
    if left:
        forget_content(letter)
    return left


def _require(by: AnyUser) -> None:
    if not may_decide(by):
        raise PermissionDenied


def _count(user: User) -> QueueCount:
    return QueueCount(undecided(user).count()) if may_decide(user) else QueueCount()


QUEUE = Queue(
    "activity.uncertain",
    _("e-mails that may not have been sent"),
    lambda: reverse("activity:uncertain"),
    _count,
)

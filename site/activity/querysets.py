"""Reading notifications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from accounts.models import User

if TYPE_CHECKING:
    from activity.models import Notification  # noqa: F401 - named in quotes below


class NotificationQuerySet(QuerySet["Notification"]):
    """What people are told."""

    def on_site_of(self, user: User) -> NotificationQuerySet:
        """What the person is told on the site."""
        return self.filter(user=user, on_site=True)

    def unread_by(self, user: User) -> NotificationQuerySet:
        """What the person is told on the site and has not read."""
        return self.on_site_of(user).filter(read_at=None)

    def to_be_mailed(self) -> NotificationQuerySet:
        """What is told by e-mail and is in no letter yet."""
        return self.filter(letter=None, mail_at__isnull=False)

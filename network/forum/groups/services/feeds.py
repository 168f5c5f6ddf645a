"""Private addresses from which calendar programs fetch meetings."""

from __future__ import annotations

import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from network.forum.groups.permissions import can_read
from network.forum.models import MeetingFeed, WorkingGroup


@transaction.atomic
def make_feed(user: User, group: WorkingGroup | None) -> str:
    """A new private address for the person; the one they had stops working.

    Without a group it is of all groups that the person is in. Gives the key, which is not kept and
    cannot be shown again. Raises PermissionDenied for a group that the person does not read.
    """
    if group is not None and not can_read(user, group):
        raise PermissionDenied
    # Two clicks wait for each other at the person.
    User.objects.select_for_update().order_by().values_list("pk").get(pk=user.pk)
    stop_feed(user, group)
    key = secrets.token_urlsafe(32)
    MeetingFeed.objects.create(user=user, group=group, digest=feed_digest(key))
    return key


def stop_feed(user: User, group: WorkingGroup | None) -> None:
    """Let a private address stop working."""
    MeetingFeed.objects.filter(user=user, group=group).delete()


def feed_digest(key: str) -> str:
    """What is kept of an address's key."""
    return hashlib.sha256(key.encode()).hexdigest()

"""The tables of notifications, follows, choices and letters."""

from activity.models.choices import Choice, Preferences
from activity.models.events import Event, Notification
from activity.models.following import Follow
from activity.models.leases import Lease
from activity.models.letters import Attachment, Letter, StoppedAddress

__all__ = [
    "Attachment",
    "Choice",
    "Event",
    "Follow",
    "Lease",
    "Letter",
    "Notification",
    "Preferences",
    "StoppedAddress",
]

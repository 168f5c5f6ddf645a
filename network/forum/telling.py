"""What the forum offers to the mechanism that tells people of things."""

from __future__ import annotations

from activity.kinds import register_kind
from activity.schedule import register_job
from activity.things import register_thing
from network.forum import notices, roundup
from network.forum.following import THINGS


def register() -> None:
    """Called once, from ``AppConfig.ready``."""
    for name, label, describe in THINGS:
        register_thing(name, label, describe)
    for kind in notices.KINDS:
        register_kind(kind)
    register_kind(roundup.KIND)
    register_job(roundup.JOB)

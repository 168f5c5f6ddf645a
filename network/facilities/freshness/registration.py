"""What confirming offers to the mechanisms that know no room; called from ``AppConfig.ready``."""

from __future__ import annotations

from accounts import sections
from activity.kinds import register_kind
from activity.queues import register_queue
from activity.schedule import register_job
from network.facilities.freshness.due import JOBS
from network.facilities.freshness.notices import KINDS
from network.facilities.freshness.queue import QUEUE, SECTION
from network.facilities.freshness.steps import thresholds


def register() -> None:
    """Kinds, queue and job; raises ImproperlyConfigured for settings that do not fit together."""
    thresholds()
    for kind in KINDS:
        register_kind(kind)
    register_queue(QUEUE)
    sections.register(SECTION)
    for job in JOBS:
        register_job(job)

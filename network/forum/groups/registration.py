"""What working groups offer to the mechanisms that know no room."""

from __future__ import annotations

from accounts import groups, personal, roles, sections
from activity.desk import register_panel
from activity.kinds import register_kind
from activity.queues import register_queue
from activity.schedule import register_job
from activity.things import register_thing
from network.forum.groups.desk_panels import PANELS, QUEUES, SECTIONS
from network.forum.groups.documents import SearchableGroup
from network.forum.groups.due import JOBS
from network.forum.groups.following import THINGS
from network.forum.groups.kinds import KINDS
from network.forum.groups.personal import PARTS
from search import documents


def register_all() -> None:
    """Called once, from ``AppConfig.ready``."""
    for part in PARTS:
        personal.register(part)
    for kind in KINDS:
        register_kind(kind)
    for name, label, describe in THINGS:
        register_thing(name, label, describe)
    for panel in PANELS:
        register_panel(panel)
    for queue in QUEUES:
        register_queue(queue)
    for job in JOBS:
        register_job(job)
    sections.register(*SECTIONS)
    documents.register(SearchableGroup())
    groups.grant_models(roles.NETWORK_ADMINISTRATORS, "forum.Category", "forum.WorkingGroup")

"""What best practice offers to the mechanisms that know no room; called from ``AppConfig.ready``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts import personal, sections
from activity.kinds import register_kind
from activity.queues import register_queue
from activity.schedule import register_job
from activity.things import register_thing
from pages.practice import following, keeping, workflow
from pages.practice.documents import FACETS, SearchablePractice
from pages.practice.due import JOBS
from pages.practice.notices import KINDS
from pages.practice.panels import PANEL
from pages.practice.personal import PARTS
from pages.practice.queue import QUEUES, SECTION
from search import documents, facets
from ui import beside


def register() -> None:
    """Kinds, things, queues, jobs, panels and what is searchable."""
    for facet in FACETS:
        facets.register(facet)
    documents.register(SearchablePractice())
    register_thing(following.THING, _("Best practice"), following.describe)
    for kind in KINDS:
        register_kind(kind)
    for queue in QUEUES:
        register_queue(queue)
    for job in JOBS:
        register_job(job)
    for part in PARTS:
        personal.register(part)
    sections.register(SECTION)
    beside.register(PANEL)
    keeping.connect()
    workflow.connect()

"""What enquiries and bookings offer to the mechanisms that know no room."""

from __future__ import annotations

from allauth.account.signals import email_confirmed
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _

from accounts import sections
from accounts.personal import register
from activity.desk import register_panel
from activity.kinds import register_kind
from activity.queues import register_queue
from activity.schedule import register_job
from activity.things import register_thing
from network.facilities.bookings import due as bookings_due
from network.facilities.enquiries import signal_handlers
from network.facilities.enquiries.desk_panels import PANELS, QUEUES, SECTIONS
from network.facilities.enquiries.due import JOBS
from network.facilities.enquiries.kinds import KINDS, describe
from network.facilities.enquiries.personal import ANSWERS, ENQUIRIES, FEEDS


def register_all() -> None:
    """Called once, from ``AppConfig.ready``."""
    for data in (ENQUIRIES, ANSWERS, FEEDS):
        register(data)
    for kind in KINDS:
        register_kind(kind)
    register_thing("enquiry", _("Enquiries"), describe("enquiry"))
    register_thing("enquiry-request", _("Requests to facilities"), describe("enquiry-request"))
    for panel in PANELS:
        register_panel(panel)
    for queue in QUEUES:
        register_queue(queue)
    sections.register(*SECTIONS)
    for job in (*JOBS, bookings_due.JOB):
        register_job(job)
    user_logged_in.connect(
        signal_handlers.claim_when_logged_in, dispatch_uid="facilities.claim_at_login"
    )
    email_confirmed.connect(
        signal_handlers.claim_when_confirmed, dispatch_uid="facilities.claim_at_confirmation"
    )

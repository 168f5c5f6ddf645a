"""Follow, notifications, e-mail, queues and "My page": one mechanism for all rooms."""

from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

PAGES = (
    (_("My page"), "activity:my_page", "list"),
    (_("Notifications"), "activity:notifications", "bell"),
    (_("What I follow"), "activity:following", "check"),
    (_("What I am told of"), "activity:choices", "mail"),
)


class ActivityConfig(AppConfig):
    name = "activity"

    def ready(self) -> None:
        """Take letters about accounts, and offer what this room does to those who ask for it."""
        # Imported here because models are loaded only now.
        from accounts import groups, mail, roles, sections
        from activity import personal, queues, retention, schedule, uncertain
        from activity.letters import post

        personal.register_all()
        schedule.register_job(retention.JOB)
        for label, view, icon in PAGES:
            sections.register(sections.Section(label, view, icon=icon))
        queues.register_queue(uncertain.QUEUE)
        groups.grant_models(
            roles.NETWORK_ADMINISTRATORS,
            "activity.Letter",
            "activity.StoppedAddress",
            actions=("view",),
        )
        # Whoever signs up or has forgotten a password waits for the letter.
        mail.provide_post(partial(post, urgent=True))

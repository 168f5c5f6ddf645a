"""Follow, notifications, e-mail, queues and "My page": one mechanism for all rooms."""

from functools import partial

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "activity"

    def ready(self) -> None:
        """Take letters about accounts, and offer what this room does to those who ask for it."""
        # Imported here because models are loaded only now.
        from accounts import mail
        from activity import personal, retention, schedule
        from activity.letters import post

        personal.register_all()
        schedule.register_job(retention.JOB)
        # Whoever signs up or has forgotten a password waits for the letter.
        mail.provide_post(partial(post, urgent=True))

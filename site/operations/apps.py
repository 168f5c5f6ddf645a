"""Running the site: health, worker, maintenance, measurements."""

from datetime import datetime, timedelta

from django.apps import AppConfig
from django.core.management import call_command


class OperationsConfig(AppConfig):
    name = "operations"

    def ready(self) -> None:
        """Let the worker publish and expire pages at their time."""
        # Imported here because models are loaded only now.
        from activity.schedule import Job, register_job

        register_job(Job("pages.publish_scheduled", _publish_scheduled, timedelta(minutes=5)))


def _publish_scheduled(now: datetime) -> None:
    call_command("publish_scheduled")

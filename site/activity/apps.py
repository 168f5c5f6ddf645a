"""Follow, notifications, e-mail, queues and "My page": one mechanism for all rooms."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "activity"

    def ready(self) -> None:
        """Say what is held about people."""
        # Imported here because models are loaded only now.
        from activity import personal

        personal.register_all()

from django.apps import AppConfig


class UiConfig(AppConfig):
    """What every page shares: components, icons, number formats, the frame around the content."""

    name = "ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"

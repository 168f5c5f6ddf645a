"""The composition root: settings, URLs, and the registration of what other rooms offer."""

from django.apps import AppConfig


class ConfigAppConfig(AppConfig):
    name = "config"

"""Running the site: health, worker, maintenance, measurements."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "operations"

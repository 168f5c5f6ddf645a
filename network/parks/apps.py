"""The parks and what describes them."""

from django.apps import AppConfig


class ParksConfig(AppConfig):
    name = "network.parks"

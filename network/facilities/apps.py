"""Test facilities."""

from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "network.facilities"

"""Companies, institutions, clusters, and who belongs to them."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "network.organisations"

"""People: their log-in, roles and preferences."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

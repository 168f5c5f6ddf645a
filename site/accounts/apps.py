"""People: their log-in, roles and preferences."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Let the groups into the admin, and keep their permissions as the rooms grant them."""
        # Imported here because models are loaded only now.
        from accounts import confirmation, groups, holdings, own_sections, roles, signal_handlers

        confirmation.connect()
        holdings.register()
        own_sections.register_all()
        for group in groups.GROUPS:
            groups.grant(group, "wagtailadmin.access_admin")
        groups.grant_models(roles.NETWORK_ADMINISTRATORS, "accounts.User", "auth.Group")
        post_migrate.connect(
            signal_handlers.sync_groups_after_migration,
            sender=self,
            dispatch_uid="accounts.sync_groups",
        )

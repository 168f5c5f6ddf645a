"""What happens when other things do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db import connections
from wagtail.models import Collection, Page

from accounts.groups import sync_groups


def sync_groups_after_migration(using: str, **_: Any) -> None:
    """Bring the groups in line, unless the migration left out what they need."""
    needed = {model._meta.db_table for model in (Group, Page, Collection)}
    if needed <= set(connections[using].introspection.table_names()):
        sync_groups()

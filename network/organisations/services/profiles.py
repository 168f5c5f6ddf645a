"""Changing what is said of an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.log_actions import log

from accounts.models import User
from network.merged_forms import stored_values
from network.merging import changes
from network.organisations.models import Organisation
from network.organisations.permissions import can_edit_organisation
from network.organisations.services.memberships import hold
from search.projection import recording


def update_organisation(
    organisation: Organisation,
    values: Mapping[str, Any],
    *,
    seen: Mapping[str, str],
    by: User,
) -> list[str]:
    """Write those of ``values`` that differ from what the person saw; gives the fields written.

    ``seen`` are the stamps (:mod:`network.merging`) of the form when it was opened. Raises
    PermissionDenied, ChangedMeanwhile when somebody else changed a field that is to be written, and
    ValidationError for what the model refuses.
    """
    if not can_edit_organisation(by, organisation):
        raise PermissionDenied
    with recording():
        hold(organisation)
        stored = Organisation.objects.get(pk=organisation.pk)
        changed = changes(values, stored_values(stored, values), seen)
        if not changed:
            return []
        for name, value in changed.items():
            setattr(stored, name, value)
        stored.full_clean()
        stored.save()
        revision = stored.save_revision(user=by, clean=False)
        log(stored, "wagtail.edit", user=by, revision=revision)
    return sorted(changed)

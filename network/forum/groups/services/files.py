"""What a working group keeps beside its threads: files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from network.forum.groups.errors import TooManyError
from network.forum.groups.permissions import can_delete_file, can_upload
from network.forum.groups.services.members import hold
from network.forum.models import GroupFile, WorkingGroup
from ui.uploads import note_file, plain_name, taking_files_back

MOST_FILES: Final = 500


@taking_files_back
@transaction.atomic
def add_files(
    group: WorkingGroup, uploads: Sequence[UploadedFile[Any]], *, by: User
) -> list[GroupFile]:
    """Keep files for those who may read the group; types and sizes are checked by the form.

    Raises PermissionDenied, and TooManyError when the group has as many as it can keep.
    """
    held = hold(group)
    if not can_upload(by, held):
        raise PermissionDenied
    if held.files.count() + len(uploads) > MOST_FILES:
        raise TooManyError
    return [_keep(held, upload, by) for upload in uploads]


def delete_file(file: GroupFile, *, by: User) -> None:
    """Delete a file, its content when the transaction has held. Raises PermissionDenied."""
    if not can_delete_file(by, file):
        raise PermissionDenied
    storage, name = file.file.storage, file.file.name or ""
    with transaction.atomic():
        log(file.group, "forum.group_delete_file", user=by, data={"name": file.name})
        file.delete()
        transaction.on_commit(lambda: storage.delete(name))


def _keep(group: WorkingGroup, upload: UploadedFile[Any], by: User) -> GroupFile:
    name = plain_name(upload.name or "")
    added = GroupFile(group=group, name=name, size=upload.size or 0, by=by)
    added.full_clean(exclude={"file"})
    added.file.save(name, upload, save=False)
    note_file(added.file)
    added.save()
    log(group, "forum.group_add_file", user=by, data={"name": name})
    return added

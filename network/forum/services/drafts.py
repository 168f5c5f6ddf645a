"""What is being written: kept on the server while it is, with its files, for its author alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Final
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from network.forum.models import Draft, Post, PostFile
from network.forum.models.post import MAX_FILES
from network.forum.models.reading import DRAFT_LENGTH
from network.forum.models.thread import TITLE_LENGTH
from ui.uploads import note_file, plain_name, taking_files_back

MOST_DRAFTS: Final = 50
# A draft that nobody has touched for so long is forgotten, with its files.
KEPT_FOR: Final = timedelta(days=180)


class PostedAlreadyError(Exception):
    """What the form says was posted meanwhile, from here or another window."""


class DraftsError(ValidationError):
    """It cannot be kept; the message says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form. ``version`` is that of the draft it was made of, 0 for none."""

    key: str
    token: UUID
    version: int = 0
    source: str = ""
    title: str = ""
    data: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """What is kept of it, each within its limit."""
        return {
            "source": _storable(self.source)[:DRAFT_LENGTH],
            "title": _storable(self.title)[:TITLE_LENGTH],
            "data": {
                name: [_storable(each) for each in values] for name, values in self.data.items()
            },
        }


def _storable(text: str) -> str:
    # The one character that PostgreSQL keeps in no text; forms refuse it, drafts take anything.
    return text.replace("\0", "")


def save_draft(user: User, typed: Typed) -> Draft:
    """Keep what was typed.

    A window that has not seen what another one wrote into the same draft overwrites nothing: it gets
    a draft of its own, which another token tells. Raises PostedAlreadyError when the form was posted
    meanwhile, DraftsError for too many drafts.
    """
    try:
        with transaction.atomic():
            return _save(user, typed)
    except IntegrityError:
        # Another window took the place in the same moment; the second time it is seen.
        with transaction.atomic():
            return _save(user, typed)


def _save(user: User, typed: Typed) -> Draft:
    own = Draft.objects.filter(user=user)
    there = own.filter(token=typed.token)
    changed = there.filter(version=typed.version).update(
        **typed.values, version=F("version") + 1, changed_at=timezone.now()
    )
    if changed:
        return there.get()
    if Post.objects.filter(author=user, token=typed.token).exists():
        raise PostedAlreadyError
    if other := there.first():
        if other.source == typed.source and other.title == typed.title:
            return other
        return _new(user, typed, uuid4())
    return _new(user, typed, typed.token)


def _new(user: User, typed: Typed, token: UUID) -> Draft:
    keys = set(Draft.objects.filter(user=user).values_list("key", flat=True))
    if len(keys) >= MOST_DRAFTS:
        raise DraftsError(
            _("You have %(count)s drafts. Delete some of them to begin another.")
            % {"count": len(keys)}
        )
    # Not counted up: windows that save in the same moment would take the same number.
    key = typed.key if typed.key not in keys else f"{typed.key}~{token.hex[:12]}"
    return Draft.objects.create(user=user, key=key, token=token, **typed.values)


def drafts_for(user: User, key: str) -> list[Draft]:
    """The person's drafts for a place ("thread:12"), the newest first."""
    found = Draft.objects.filter(user=user, key__startswith=key).order_by("-changed_at", "-pk")
    return [draft for draft in found if draft.key.partition("~")[0] == key]


@transaction.atomic
def delete_draft(draft: Draft) -> None:
    """Throw a draft away, with its files."""
    forget_files(draft.files.all())
    draft.delete()


@taking_files_back
@transaction.atomic
def attach(
    draft: Draft, files: Iterable[UploadedFile[Any]], *, beside: Collection[str] = ()
) -> list[PostFile]:
    """Keep files, which their form has checked; each gets a name that no other of the draft has.

    ``beside`` names the files of the post that is being edited. Raises DraftsError above ten.
    """
    files = list(files)
    # Two uploads at the same moment count one after the other.
    Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
    names = {*draft.files.values_list("name", flat=True), *beside}
    if len(names) + len(files) > MAX_FILES:
        raise DraftsError(_("There can be ten files at most."))
    kept = []
    for file in files:
        name = _unused(plain_name(file.name or ""), names)
        names.add(name)
        made = PostFile(draft=draft, name=name, size=file.size or 0, by=draft.user)
        made.file.save(name, file, save=False)
        note_file(made.file)
        made.save()
        kept.append(made)
    return kept


@transaction.atomic
def remove_file(file: PostFile) -> None:
    """Take a file out of a draft, or of a post in whose transaction this is."""
    forget_files([file])
    file.delete()


def forget_files(files: Iterable[PostFile]) -> None:
    """Delete what lies behind files when the transaction is through, not before."""
    for file in files:
        transaction.on_commit(partial(file.file.storage.delete, file.file.name or ""))


def forget_old_drafts(now: datetime) -> None:
    """Delete what nobody has gone on writing for half a year."""
    for draft in Draft.objects.filter(changed_at__lt=now - KEPT_FOR).order_by("pk")[:500]:
        delete_draft(draft)


def _unused(name: str, names: set[str]) -> str:
    path = PurePosixPath(name)
    numbered = (f"{path.stem}-{number}{path.suffix}" for number in range(2, len(names) + 3))
    return name if name not in names else next(each for each in numbered if each not in names)

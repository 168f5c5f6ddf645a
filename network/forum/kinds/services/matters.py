"""How a policy matter comes from the first word to its outcome."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import roles_of
from network.forum import notices
from network.forum.kinds.permissions import can_speak_for, can_steer
from network.forum.models import ParkStand, PolicyDocument, PolicyMatter, PolicyStep
from network.parks.models import Park
from network.transitions import NotPossibleError, moving
from search.projection import recording, touch

Stage = PolicyMatter.Stage
MAX_DOCUMENTS: Final = 30
# While these hold, the parks still work on what they say.
WRITABLE: Final = frozenset({Stage.RAISED, Stage.DISCUSSED})
POSITION: Final = ("title_en", "addressee", "position_nb", "position_en")
# What can be put into English at any time, for it changes nothing of what was said.
TRANSLATION: Final = ("title_en", "position_en")


def take_further(
    matter: PolicyMatter, step: str, *, by: User, note: str = "", **values: Any
) -> None:
    """Take a matter through one of :data:`STEPS`.

    ``values`` are what the step needs: ``submitted_on``; ``outcome_nb``, ``outcome_en`` and
    ``concluded_on``. Raises PermissionDenied for who may not, NotPossibleError where the matter is
    not in the stage for it or lacks what the step needs.
    """
    if not can_steer(by, matter):
        raise PermissionDenied
    with moving(), recording():
        STEPS[step](matter, values)
        matter.save()
        PolicyStep.objects.create(
            matter=matter, stage=matter.stage, by=by, at=timezone.now(), note=note
        )
        touch("thread", [matter.pk])
        notices.tell_stage(matter, by)


def _discuss(matter: PolicyMatter, _values: Mapping[str, Any]) -> None:
    matter.discuss()


def _agree(matter: PolicyMatter, _values: Mapping[str, Any]) -> None:
    if not matter.position_nb.strip():
        raise NotPossibleError(_("Write the position first: it is what the parks agree on."))
    matter.agree()


def _reconsider(matter: PolicyMatter, _values: Mapping[str, Any]) -> None:
    matter.reconsider()


def _submit(matter: PolicyMatter, values: Mapping[str, Any]) -> None:
    if not matter.addressee.strip():
        raise NotPossibleError(_("Say whom it is submitted to first."))
    matter.submit()
    matter.submitted_on = _day(values, "submitted_on")


def _conclude(matter: PolicyMatter, values: Mapping[str, Any]) -> None:
    if not values.get("outcome_nb", "").strip():
        raise NotPossibleError(_("Say what came of it."))
    matter.conclude()
    matter.outcome_nb = values["outcome_nb"]
    matter.outcome_en = values.get("outcome_en", "")
    matter.concluded_on = _day(values, "concluded_on")


STEPS: Final[Mapping[str, Callable[[PolicyMatter, Mapping[str, Any]], None]]] = {
    "discuss": _discuss,
    "agree": _agree,
    "reconsider": _reconsider,
    "submit": _submit,
    "conclude": _conclude,
}


def writable(matter: PolicyMatter) -> tuple[str, ...]:
    """The fields that can be written now: what was agreed on stays as it is, but for its English."""
    return POSITION if matter.stage in WRITABLE else TRANSLATION


def digest(matter: PolicyMatter) -> str:
    """Changes when anybody changes the position or whom it is for."""
    texts = (getattr(matter, name) for name in POSITION)
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:32]


def write_position(
    matter: PolicyMatter, values: Mapping[str, str], *, by: User, seen: str
) -> PolicyMatter:
    """Write what the parks say, as far as it can still be written; gives the matter as it is then.

    ``seen`` is the :func:`digest` of what the writer had before them. Raises PermissionDenied for
    who may not, NotPossibleError when the text or the stage is another one by now.
    """
    if not can_steer(by, matter):
        raise PermissionDenied
    with moving(), recording():
        standing = PolicyMatter.objects.select_for_update(of=("self",)).select_related("thread")
        now: PolicyMatter = standing.get(pk=matter.pk)
        if digest(now) != seen or not set(values) <= set(writable(now)):
            raise NotPossibleError(
                _("Somebody has changed this since you opened it. Compare, then save again.")
            )
        for name, value in values.items():
            setattr(now, name, value)
        now.save()
    return now


def take_stand(matter: PolicyMatter, park: Park, stance: str, comment: str, *, by: User) -> None:
    """Say where a park stands, until the outcome is known.

    Raises PermissionDenied for who does not work for the park or may not read the thread.
    """
    if not (can_speak_for(by, park) and can_steer(by, matter)):
        raise PermissionDenied
    if matter.stage == Stage.CONCLUDED:
        raise NotPossibleError(_("The outcome is known; the stands stay as they were."))
    with recording():
        ParkStand.objects.update_or_create(
            matter=matter,
            park=park,
            defaults={"stance": stance, "comment": comment, "by": by},
        )
        touch("matter", [matter.pk])


def add_document(
    matter: PolicyMatter, file: UploadedFile[Any], name: str, *, by: User
) -> PolicyDocument:
    """Add a document. Raises PermissionDenied for who may not, NotPossibleError past the thirtieth."""
    if not can_steer(by, matter):
        raise PermissionDenied
    if matter.documents.count() >= MAX_DOCUMENTS:
        raise NotPossibleError(_("There can be thirty documents at most."))
    document = PolicyDocument(
        matter=matter, name=name or file.name or "", size=file.size or 0, by=by
    )
    document.file = file
    try:
        document.save()
    except BaseException:
        # The database takes back only the row.
        document.file.delete(save=False)
        raise
    return document


def remove_document(document: PolicyDocument, *, by: User) -> None:
    """Remove a document; what is public only network administrators take away.

    Raises PermissionDenied for who may not.
    """
    matter = document.matter
    may = can_steer(by, matter)
    if matter.is_public:
        may = roles_of(by).network_administrator
    if not may:
        raise PermissionDenied
    document.delete()
    document.file.delete(save=False)


def _day(values: Mapping[str, Any], name: str) -> date:
    day: date = values.get(name) or timezone.localdate()
    return day

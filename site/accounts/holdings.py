"""What accounts itself and the packages that the site runs on hold about a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import gettext, override
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile
from wagtail_localize.models import SegmentOverride, StringTranslation

from accounts import personal
from accounts.models import User
from accounts.personal import PersonalData, Row

# Secrets and hashes say nothing about a person and would help a thief of the export.
NEVER_EXPORTED: Final = frozenset({"password", "data", "session_key", "key_hash", "prefix"})


def register() -> None:
    """Register all of it; called from ``AppConfig.ready``."""
    for data in (
        PersonalData("person", ("accounts.User",), _person, _leave_groups),
        PersonalData("addresses", _labels(EmailAddress), _addresses, _delete(EmailAddress)),
        PersonalData("login_methods", _labels(Authenticator), _keys, _delete(Authenticator)),
        PersonalData("providers", _labels(SocialAccount), _providers, _delete(SocialAccount)),
        PersonalData("sessions", _labels(UserSession), _sessions, _end_sessions),
        PersonalData(
            "admin_preferences",
            _labels(UserProfile, EditingSession, FormState, APIToken, PageSubscription),
            _preferences,
            _forget_preferences,
        ),
        PersonalData("uploads", _labels(*_uploads()), _uploaded, _drop_waiting_uploads),
        PersonalData("editing", _labels(*_EDITED), _edited, _keep),
        PersonalData("history", _labels(*_LOGS), _history, _rename_in_history),
    ):
        personal.register(data)


_EDITED: Final[dict[type[Model], tuple[str, ...]]] = {
    Page: ("owner", "locked_by"),
    Revision: ("user",),
    Comment: ("user", "resolved_by"),
    CommentReply: ("user",),
    WorkflowState: ("requested_by",),
    TaskState: ("finished_by",),
    StringTranslation: ("last_translated_by",),
    SegmentOverride: ("last_translated_by",),
}
_LOGS: Final[tuple[type[Any], ...]] = (ModelLogEntry, PageLogEntry)


def _labels(*models: type[Model]) -> tuple[str, ...]:
    return tuple(model._meta.label for model in models)


def _values(rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Every column but the secret ones and the link to the person."""
    for row in rows.values().iterator():
        yield {
            name: value
            for name, value in row.items()
            if name not in NEVER_EXPORTED and name != "user_id"
        }


def _delete(model: type[Any]) -> Callable[[User], None]:
    def erase(user: User) -> None:
        model.objects.filter(user=user).delete()

    return erase


def _person(user: User) -> Iterable[Row]:
    (row,) = _values(User.objects.filter(pk=user.pk))
    return [{**row, "groups": list(user.groups.order_by("name").values_list("name", flat=True))}]


def _leave_groups(user: User) -> None:
    """The person's own row is anonymised or deleted when every part has done its own."""
    user.groups.clear()
    user.user_permissions.clear()


def _addresses(user: User) -> Iterable[Row]:
    return _values(EmailAddress.objects.filter(user=user))


def _keys(user: User) -> Iterable[Row]:
    return _values(Authenticator.objects.filter(user=user))


def _providers(user: User) -> Iterable[Row]:
    for account in SocialAccount.objects.filter(user=user):
        yield {
            "provider": account.provider,
            "id": account.uid,
            "told": account.extra_data,
            "since": account.date_joined,
        }


def _sessions(user: User) -> Iterable[Row]:
    return _values(UserSession.objects.filter(user=user))


def _end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


def _preferences(user: User) -> Iterable[Row]:
    for model in (UserProfile, EditingSession, FormState, APIToken, PageSubscription):
        for row in _values(model.objects.filter(user=user)):
            yield {"kind": model._meta.label, **row}


def _forget_preferences(user: User) -> None:
    for profile in UserProfile.objects.filter(user=user):
        if profile.avatar:
            profile.avatar.delete(save=False)
        profile.delete()
    for model in (EditingSession, FormState, APIToken, PageSubscription):
        model.objects.filter(user=user).delete()


def _uploads() -> tuple[type[Any], ...]:
    return get_image_model(), get_document_model(), UploadedFile


def _uploaded(user: User) -> Iterable[Row]:
    for model in _uploads():
        for upload in model.objects.filter(uploaded_by_user=user).iterator():
            yield {
                "kind": model._meta.label,
                "id": upload.pk,
                "title": getattr(upload, "title", ""),
                "file": upload.file.name,
            }


def _drop_waiting_uploads(user: User) -> None:
    """What waits for its title goes; images and documents in use stay, without a name to them."""
    for upload in UploadedFile.objects.filter(uploaded_by_user=user):
        upload.file.delete(save=False)
        upload.delete()


def _edited(user: User) -> Iterable[Row]:
    for model, links in _EDITED.items():
        for link in links:
            for row in model._default_manager.filter(**{link: user}).iterator():
                text = getattr(row, "text", "")
                yield {
                    "kind": model._meta.label,
                    "id": row.pk,
                    "as": link,
                    "what": str(row),
                    **({"text": text} if text else {}),
                }


def _keep(user: User) -> None:
    """Pages, comments and their versions are the site's; they keep an anonymous author."""


def _history(user: User) -> Iterable[Row]:
    for model in _LOGS:
        for entry in model._default_manager.filter(user=user).iterator():
            yield {
                "action": entry.action,
                "what": entry.label,
                "at": entry.timestamp,
            }


def _rename_in_history(user: User) -> None:
    """What was done stays, but what staff did with the person's account names them no longer."""
    with override(user.language):
        name = gettext("Deleted user")
    about = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=about, object_id=str(user.pk)).update(
        label=name, data={}
    )

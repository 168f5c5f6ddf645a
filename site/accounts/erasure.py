"""Erasing a person, as far as nobody else relies on them.

What a room holds goes as the room says (:mod:`accounts.personal`). If rows of others still point to
the person afterwards, such as an answer in a thread or an entry of the history, an inactive account
without any detail stays in their place; else the account is deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import mail, personal
from accounts.models import User

Warn = Callable[[User], Iterable[str]]

_warnings: Final[list[Warn]] = []


def provide_warning(warn: Warn) -> None:
    """Register what a person is told before they erase themselves; from ``AppConfig.ready``.

    ``warn`` yields whole sentences in the active language, such as which organisation will be left
    without an administrator.
    """
    _warnings.append(warn)


def warnings(user: User) -> list[str]:
    """What ``user`` should know before."""
    return [sentence for warn in _warnings for sentence in warn(user)]


def require_erasable(user: User) -> None:
    """Raises ValidationError for the last person who can do everything."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise ValidationError(
            _("You are the last one who may do everything here. Let somebody else be it first."),
            code="last_superuser",
        )


@transaction.atomic
def erase(user: User) -> None:
    """Erase ``user`` and write to them that it is done.

    Rooms are asked in the reverse order of their registration, so that whoever builds on others
    comes before them. Raises ValidationError for the last superuser.
    """
    require_erasable(user)
    address, language = user.email, user.language
    for part in reversed(personal.registered()):
        part.erase(user)
    if _is_relied_on(user):
        _anonymise(user)
    else:
        user.delete()
    with override(language):
        mail.post(
            f"accounts:erased:{uuid4()}",
            to=address,
            language=language,
            subject=_("Your account has been erased"),
            paragraphs=(
                _("You asked for it, and it is done. Nobody can log in to the account any more."),
                _(
                    "What others rely on, such as agreements and the history of changes, stays"
                    " without your name. Backups are overwritten within their usual time."
                ),
                _("This is the last letter to you from us."),
            ),
        )


def _is_relied_on(user: User) -> bool:
    """Whether a row still points to the person, also where Django hides the way back."""
    for relation in User._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.related_model is None:
            continue
        model = relation.related_model
        if model._meta.auto_created:
            continue
        # The base manager, because others may leave rows out.
        rows = model._base_manager  # noqa: SLF001 - Django's public name for it
        if rows.filter(**{relation.field.name: user.pk}).exists():  # type: ignore[union-attr]  # relations have one
            return True
    return False


def _anonymise(user: User) -> None:
    """Leave an inactive account of which nothing is known but that it was there."""
    user.email = f"{uuid4().hex}@erased.invalid"
    for name in ("first_name", "last_name", "title", "phone", "competences"):
        setattr(user, name, "")
    user.spoken_languages = []
    user.time_zone = User._meta.get_field("time_zone").default
    user.last_login = None
    user.is_active = user.is_staff = user.is_superuser = False
    user.erased_at = user.date_joined = timezone.now()
    user.set_unusable_password()
    user.save()

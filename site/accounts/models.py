"""A person with a log-in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.roles import ENTER_ADMIN, roles_of
from ui.model_fields import LimitedTextField


class UserManager(BaseUserManager["User"]):
    """Makes users who are known by their e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a person; without a password they must reset it before they can log in.

        Raises ValueError without an e-mail address.
        """
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a person who may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """The person with this address, however it is capitalised."""
        return self.get(email__iexact=username)


class User(AbstractUser):
    """Somebody who can log in; the e-mail address is the name they log in with."""

    username = None  # type: ignore[assignment]  # e-mail is the only identifier
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=[("nb", "Norsk bokmål"), ("en", "English")],
        default="nb",
    )
    title = models.CharField(_("job title"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    competences = LimitedTextField(
        _("competences"), max_length=2000, blank=True, help_text=_("One a line.")
    )
    # ISO 639-1 codes, of those in accounts.spoken.
    spoken_languages = models.JSONField(_("spoken languages"), default=list, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=63, default="Europe/Oslo")
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]  # no username

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_unique")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether the person has a permission.

        Every page asks whether they may enter the admin, so that is read with their roles.
        """
        if perm == ENTER_ADMIN and obj is None:
            return roles_of(self).enters_admin
        return super().has_perm(perm, obj)

    def get_full_name(self) -> str:
        """First and last name; of an erased person what stands in its place."""
        return gettext("Deleted user") if self.erased_at else super().get_full_name()

    def get_short_name(self) -> str:
        """First name; of an erased person what stands in its place."""
        return gettext("Deleted user") if self.erased_at else super().get_short_name()

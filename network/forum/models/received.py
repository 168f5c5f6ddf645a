"""E-mail that came in answer to what the forum sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.forum.models.post import Post


class ReceivedMail(models.Model):
    """An e-mail that was read, so that reading its mailbox again posts nothing twice.

    ``key`` is a digest of its Message-ID. ``user`` is whose address it came from, when it is
    somebody's; ``outcome`` is what became of it, and why.
    """

    class Outcome(models.TextChoices):
        """What became of an e-mail."""

        POSTED = "posted", _("posted")
        AUTOMATIC = "automatic", _("sent by a machine")
        UNKNOWN = "unknown", _("from somebody whom the site does not know")
        FORGED = "forged", _("the sender is not who it says")
        FOREIGN = "foreign", _("sent to an address that is somebody else's")
        GONE = "gone", _("the thread is not there for the sender")
        CLOSED = "closed", _("the thread is closed")
        REFUSED = "refused", _("the sender may not write there")
        EMPTY = "empty", _("no text of its own")
        TOO_LARGE = "too-large", _("too large")

    key = models.CharField(max_length=64, unique=True)
    outcome = models.CharField(max_length=9, choices=Outcome)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="received_mail",
    )
    post = models.OneToOneField(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="received_mail"
    )
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("e-mail to the forum")
        verbose_name_plural = _("e-mails to the forum")
        indexes = [models.Index(fields=["user", "-at"], name="forum_mail_of_person")]

    def __str__(self) -> str:
        return f"#{self.pk}"

"""Working groups: professional networks across the parks, with members, files and meetings."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.forum.querysets import GroupQuerySet, MeetingQuerySet
from network.parks.models import Park, Theme
from ui.markdown import render
from ui.model_fields import LimitedTextField
from ui.text import localised

FILE_EXTENSIONS: Final = (
    *("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt"),
    *("jpg", "jpeg", "png", "webp"),
)
CHARTER_LENGTH: Final = 10_000
AGENDA_LENGTH: Final = 6_000
MINUTES_LENGTH: Final = 20_000


def private_storage() -> Storage:
    """Where uploads lie that only a permission-checked view hands out."""
    return storages["private"]


def unguessable(folder: str, filename: str) -> str:
    """A name that nobody can guess; the extension is kept since it tells the content type."""
    return f"forum/{folder}/{uuid4().hex}{PurePosixPath(filename).suffix.lower()[:8]}"


def group_file_path(_: GroupFile, filename: str) -> str:
    """Where a group's file lies."""
    return unguessable("groups", filename)


class WorkingGroup(models.Model):
    """People of several parks who work on one subject.

    An *open* group is read by everybody and joined without asking. Of a *closed* one everybody
    sees that it is there, its members see the rest. A *hidden* one is there for its members alone.
    A group with a council (the cooperation forum of the parks is one) shows who sits in it.
    """

    class Openness(models.TextChoices):
        """Who sees a group, and how one joins it."""

        OPEN = "open", _("open: everybody reads along, members join by themselves")
        CLOSED = "closed", _("closed: everybody sees that it exists, leaders let members in")
        HIDDEN = "hidden", _("hidden: only its members know of it, leaders invite")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name_nb = models.CharField(_("name (Norwegian)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    summary_nb = LimitedTextField(_("summary (Norwegian)"), max_length=400)
    summary_en = LimitedTextField(_("summary (English)"), max_length=400, blank=True)
    charter_nb = LimitedTextField(
        _("charter (Norwegian)"),
        max_length=CHARTER_LENGTH,
        blank=True,
        help_text=_("What the group is for, how it works, what it has decided about itself."),
    )
    charter_en = LimitedTextField(_("charter (English)"), max_length=CHARTER_LENGTH, blank=True)
    charter_html_nb = models.TextField(editable=False, blank=True)
    charter_html_en = models.TextField(editable=False, blank=True)
    openness = models.CharField(
        _("openness"), max_length=8, choices=Openness, default=Openness.OPEN
    )
    has_council = models.BooleanField(
        _("has a council"), default=False, help_text=_("Some of its members sit in a council.")
    )
    parks = models.ManyToManyField(
        Park, verbose_name=_("parks"), blank=True, related_name="working_groups"
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="working_groups"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    sample = models.BooleanField(_("sample"), default=False)

    wagtail_reference_index_ignore = True
    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["name_nb"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the charter as HTML."""
        self.charter_html_nb, self.charter_html_en = (
            render(self.charter_nb),
            render(self.charter_en),
        )
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The group's page in the active language."""
        return reverse("groups:detail", args=[self.slug])

    @property
    def has_ended(self) -> bool:
        """Whether it works no more; what it wrote stays to be read."""
        return self.ended_on is not None and self.ended_on <= timezone.localdate()

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localised(self, "name")

    @property
    def summary(self) -> str:
        """The summary in the reader's language."""
        return localised(self, "summary")


class GroupMembership(models.Model):
    """Somebody in a working group, or on the way in or out.

    ``joined_at`` and ``left_at`` are of the last time; who comes back is the same row.
    """

    class State(models.TextChoices):
        """How far somebody is in belonging."""

        APPLIED = "applied", _("has applied")
        INVITED = "invited", _("is invited")
        MEMBER = "member", _("member")
        DECLINED = "declined", _("not taken in")
        LEFT = "left", _("has left")
        REMOVED = "removed", _("taken out")

    class Role(models.TextChoices):
        """What a member does in the group."""

        MEMBER = "member", _("member")
        COUNCIL = "council", _("council")
        LEADER = "leader", _("leader")

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="group_memberships"
    )
    state = models.CharField(max_length=8, choices=State)
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.MEMBER)
    message = LimitedTextField(_("message"), max_length=1000, blank=True)
    # Why somebody was not taken in or was taken out; that person alone reads it, beside the leaders.
    reason = LimitedTextField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("membership of a working group")
        verbose_name_plural = _("memberships of working groups")
        constraints = [
            models.UniqueConstraint(fields=["group", "user"], name="forum_membership_once")
        ]
        indexes = [models.Index(fields=["user", "state"], name="forum_groups_of_person")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class GroupFile(models.Model):
    """A file that a group keeps; for those who may read the group."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(
        _("file"),
        upload_to=group_file_path,
        storage=private_storage,
        validators=[FileExtensionValidator(FILE_EXTENSIONS)],
    )
    size = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of a working group")
        verbose_name_plural = _("files of working groups")
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Meeting(models.Model):
    """A meeting of a group; ``uid`` and ``sequence`` are what calendars know it by."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(_("title"), max_length=150)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link for joining"), blank=True, max_length=500)
    agenda = LimitedTextField(_("agenda"), max_length=AGENDA_LENGTH, blank=True)
    agenda_html = models.TextField(editable=False, blank=True)
    minutes = LimitedTextField(_("minutes"), max_length=MINUTES_LENGTH, blank=True)
    minutes_html = models.TextField(editable=False, blank=True)
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["group", "starts_at"], name="forum_meetings_of_group")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="forum_meeting_ends_later",
                violation_error_message=_("A meeting ends after it has started."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with agenda and minutes as HTML."""
        self.agenda_html, self.minutes_html = render(self.agenda), render(self.minutes)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The meeting's page in the active language."""
        return reverse("groups:meeting", args=[self.group.slug, self.pk])

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.cancelled_at is not None

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ends_at <= timezone.now()


class MeetingReply(models.Model):
    """Whether a member comes to a meeting, and whether they were there."""

    class Answer(models.TextChoices):
        """What members answer."""

        YES = "yes", _("I will be there")
        MAYBE = "maybe", _("Perhaps")
        NO = "no", _("I cannot come")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="replies")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meeting_replies"
    )
    answer = models.CharField(max_length=5, choices=Answer, blank=True)
    attended = models.BooleanField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reply to a meeting")
        verbose_name_plural = _("replies to meetings")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="forum_meeting_reply_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

"""Framework conditions that the parks raise together, from the first word to the outcome."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from network.forum.kinds.querysets import MatterQuerySet
from network.forum.models.group import FILE_EXTENSIONS, private_storage, unguessable
from network.forum.models.thread import TITLE_LENGTH, Thread
from network.parks.models import Park
from ui.markdown import render
from ui.model_fields import LimitedTextField
from ui.text import localised

POSITION_LENGTH: Final = 10_000
OUTCOME_LENGTH: Final = 5_000


def policy_file_path(_: PolicyDocument, filename: str) -> str:
    """Where a document of a policy matter lies."""
    return unguessable("policy", filename)


class PolicyMatter(ConcurrentTransitionMixin, models.Model):
    """What a thread of that kind is about, and how far the parks have come with it.

    Once it is submitted, position, stands and outcome are public, whatever the thread's category.
    """

    class Stage(models.TextChoices):
        """How far it has come."""

        RAISED = "raised", _("raised")
        DISCUSSED = "discussed", _("under discussion")
        AGREED = "agreed", _("position agreed")
        SUBMITTED = "submitted", _("submitted")
        CONCLUDED = "concluded", _("outcome known")

    thread = models.OneToOneField(
        Thread, on_delete=models.CASCADE, primary_key=True, related_name="policy"
    )
    stage = FSMField(_("stage"), max_length=9, choices=Stage.choices, default=Stage.RAISED)
    title_en = models.CharField(_("title (English)"), max_length=TITLE_LENGTH, blank=True)
    addressee = models.CharField(
        _("addressee"), max_length=200, blank=True, help_text=_("Whom the parks write to.")
    )
    position_nb = LimitedTextField(
        _("position (Norwegian)"), max_length=POSITION_LENGTH, blank=True
    )
    position_en = LimitedTextField(_("position (English)"), max_length=POSITION_LENGTH, blank=True)
    position_html_nb = models.TextField(editable=False, blank=True)
    position_html_en = models.TextField(editable=False, blank=True)
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    outcome_nb = LimitedTextField(_("outcome (Norwegian)"), max_length=OUTCOME_LENGTH, blank=True)
    outcome_en = LimitedTextField(_("outcome (English)"), max_length=OUTCOME_LENGTH, blank=True)
    outcome_html_nb = models.TextField(editable=False, blank=True)
    outcome_html_en = models.TextField(editable=False, blank=True)
    concluded_on = models.DateField(_("concluded on"), null=True, blank=True)

    wagtail_reference_index_ignore = True
    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy matter")
        verbose_name_plural = _("policy matters")

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with position and outcome as HTML."""
        for name in ("position", "outcome"):
            for language in ("nb", "en"):
                html = render(getattr(self, f"{name}_{language}"))
                setattr(self, f"{name}_html_{language}", html)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The matter's page in the active language, for everybody once it is submitted."""
        return reverse("forum:matter", args=[self.pk, self.thread.slug or "-"])

    @property
    def title(self) -> str:
        """What the matter is called in the reader's language."""
        return localised(self, "title")

    @property
    def title_nb(self) -> str:
        """The thread's title."""
        return self.thread.title

    @property
    def is_public(self) -> bool:
        """Whether everybody may read what the parks have said."""
        return self.stage in {self.Stage.SUBMITTED, self.Stage.CONCLUDED}

    @property
    def position_html(self) -> str:
        """The position as HTML in the reader's language."""
        return localised(self, "position_html")

    @property
    def outcome_html(self) -> str:
        """The outcome as HTML in the reader's language."""
        return localised(self, "outcome_html")

    @transition(field=stage, source=Stage.RAISED, target=Stage.DISCUSSED)
    def discuss(self) -> None:
        """The parks talk about it."""

    @transition(field=stage, source=Stage.DISCUSSED, target=Stage.AGREED)
    def agree(self) -> None:
        """There is a position that the parks stand behind."""

    @transition(field=stage, source=Stage.AGREED, target=Stage.DISCUSSED)
    def reconsider(self) -> None:
        """The position is open again."""

    @transition(field=stage, source=Stage.AGREED, target=Stage.SUBMITTED)
    def submit(self) -> None:
        """It has been sent to whom it concerns."""

    @transition(field=stage, source=Stage.SUBMITTED, target=Stage.CONCLUDED)
    def conclude(self) -> None:
        """It is known what came of it."""


class PolicyStep(models.Model):
    """One transition of a matter: what happened, when and through whom."""

    matter = models.ForeignKey(PolicyMatter, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=9, choices=PolicyMatter.Stage)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    note = models.CharField(_("note"), max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("step of a policy matter")
        verbose_name_plural = _("steps of policy matters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ParkStand(models.Model):
    """Where a park stands in a policy matter; said by its staff."""

    class Stance(models.TextChoices):
        """What a park says."""

        SUPPORTS = "supports", _("supports it")
        PARTLY = "partly", _("supports it in part")
        NEUTRAL = "neutral", _("takes no position")
        OPPOSES = "opposes", _("is against it")

    matter = models.ForeignKey(PolicyMatter, on_delete=models.CASCADE, related_name="stands")
    park = models.ForeignKey(Park, on_delete=models.CASCADE, related_name="policy_stands")
    stance = models.CharField(_("stand"), max_length=8, choices=Stance)
    comment = LimitedTextField(_("comment"), max_length=2000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("stand of a park")
        verbose_name_plural = _("stands of parks")
        constraints = [models.UniqueConstraint(fields=["matter", "park"], name="forum_stand_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PolicyDocument(models.Model):
    """A document of a policy matter: the letter that was sent, the answer that came."""

    matter = models.ForeignKey(PolicyMatter, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(
        _("file"),
        upload_to=policy_file_path,
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
        verbose_name = _("document of a policy matter")
        verbose_name_plural = _("documents of policy matters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"

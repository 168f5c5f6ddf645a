"""Threads, and the words they are tagged with."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.forum.models.category import Category
from network.forum.querysets import ThreadQuerySet
from network.parks.models import Park, Theme

TITLE_LENGTH: Final = 150
SLUG_LENGTH: Final = 80


class ThreadKind(models.TextChoices):
    """What somebody starts a thread for; each has a life of its own."""

    DISCUSSION = "discussion", _("Discussion")
    QUESTION = "question", _("Question")
    NEED = "need", _("Need or offer")
    POLICY = "policy", _("Policy matter")


class Visibility(models.TextChoices):
    """Whether others see a thread or post.

    What is *pending* waits for a moderator's look, *hidden* was taken away by one, *deleted* by its
    author. The first two are there for author and moderators.
    """

    PUBLISHED = "published", _("published")
    PENDING = "pending", _("waits for review")
    HIDDEN = "hidden", _("hidden")
    DELETED = "deleted", _("deleted")


class Tag(models.Model):
    """A word that threads are gathered under."""

    slug = models.SlugField(_("slug"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=50)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Thread(models.Model):
    """A conversation. Its first post (number 1) is what it was started with.

    ``last_number`` is the highest number a post was given; ``post_count`` are the posts that
    everybody sees, the first included; ``last_post_at`` orders lists. ``about`` is the key
    ("facility:12") of what the thread is tied to. ``accepted`` is the answer that solved a question
    and ``solved_at`` when it did; ``merged_into`` is where its posts have gone.
    """

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="threads")
    kind = models.CharField(
        _("kind"), max_length=10, choices=ThreadKind, default=ThreadKind.DISCUSSION
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    slug = models.SlugField(max_length=SLUG_LENGTH, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="threads"
    )
    state = models.CharField(max_length=9, choices=Visibility, default=Visibility.PUBLISHED)
    closed = models.BooleanField(_("closed"), default=False)
    pinned = models.BooleanField(_("pinned"), default=False)
    created_at = models.DateTimeField()
    last_post_at = models.DateTimeField()
    last_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_number = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    accepted = models.OneToOneField(
        "forum.Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="solves"
    )
    solved_at = models.DateTimeField(null=True, blank=True)
    about = models.CharField(max_length=80, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged"
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="threads"
    )
    parks = models.ManyToManyField(
        Park, verbose_name=_("parks"), blank=True, related_name="threads"
    )
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), blank=True, related_name="threads")
    sample = models.BooleanField(_("sample"), default=False)

    wagtail_reference_index_ignore = True
    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        indexes = [
            models.Index(fields=["-last_post_at", "-id"], name="forum_threads_newest"),
            models.Index(
                fields=["category", "-pinned", "-last_post_at", "-id"], name="forum_threads_of_cat"
            ),
            models.Index(fields=["category", "-last_post_at"], name="forum_threads_newest_of"),
            models.Index(fields=["author", "-last_post_at"], name="forum_threads_of_author"),
            models.Index(
                fields=["-created_at"],
                condition=Q(kind="question", solved_at=None),
                name="forum_questions_open",
            ),
            models.Index(fields=["about"], condition=~Q(about=""), name="forum_threads_about"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The thread's first page in the active language."""
        return reverse("forum:thread", args=[self.pk, self.slug or "-"])

    @property
    def is_published(self) -> bool:
        """Whether everybody who reads the category sees it."""
        return self.state == Visibility.PUBLISHED

    @property
    def is_solved(self) -> bool:
        """Whether a question has an accepted answer."""
        return self.solved_at is not None

"""Posts, and what belongs to them."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.forum.models.group import FILE_EXTENSIONS, private_storage, unguessable
from network.forum.models.thread import Thread, Visibility
from network.forum.querysets import PostQuerySet
from network.organisations.models import Organisation
from ui.model_fields import LimitedTextField

SOURCE_LENGTH: Final = 20_000
MAX_FILES: Final = 10


def post_file_path(_: PostFile, filename: str) -> str:
    """Where a post's file lies."""
    return unguessable("posts", filename)


class Post(models.Model):
    """What somebody wrote in a thread. ``number`` counts within the thread and never changes there.

    ``source`` is Markdown, ``html`` what it was rendered to when it was saved. ``byline`` names
    where the author worked when writing. ``reactions`` counts reactions by kind, so that a page
    asks for none. ``has_files`` and ``has_references`` spare a query where there are none. ``token``
    names the form it was sent with, so that a form that is sent twice posts once.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="posts"
    )
    byline = models.CharField(max_length=200, blank=True)
    source = LimitedTextField(_("text"), max_length=SOURCE_LENGTH)
    html = models.TextField(editable=False)
    state = models.CharField(max_length=9, choices=Visibility, default=Visibility.PUBLISHED)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    replies_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    reactions = models.JSONField(default=dict, editable=False)
    has_files = models.BooleanField(default=False, editable=False)
    has_references = models.BooleanField(default=False, editable=False)
    by_mail = models.BooleanField(default=False, editable=False)
    token = models.UUIDField(null=True, editable=False)

    wagtail_reference_index_ignore = True
    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["thread", "number"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="forum_post_number_once"),
            models.UniqueConstraint(fields=["author", "token"], name="forum_form_posts_once"),
        ]
        indexes = [
            models.Index(fields=["author", "-created_at"], name="forum_posts_of_author"),
            models.Index(
                fields=["created_at"], condition=Q(state="pending"), name="forum_posts_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        """The address that leads to the post wherever it has been moved."""
        return reverse("forum:post", args=[self.pk])

    @property
    def is_published(self) -> bool:
        """Whether everybody who reads the thread sees it."""
        return self.state == Visibility.PUBLISHED


class PostRevision(models.Model):
    """What a post said before it was edited."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    source = LimitedTextField(max_length=SOURCE_LENGTH)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("earlier version of a post")
        verbose_name_plural = _("earlier versions of posts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Reaction(models.Model):
    """A person's answer to a post with one press."""

    class Kind(models.TextChoices):
        """What can be said with one press."""

        USE = "use", _("We use this")
        THANKS = "thanks", _("Thanks")
        SAME = "same", _("We have this too")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="given_reactions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reactions"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.UniqueConstraint(fields=["post", "user", "kind"], name="forum_reaction_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PostFile(models.Model):
    """A file of a post; of a draft as long as ``post`` is empty, and then its owner's alone."""

    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.CASCADE, related_name="files"
    )
    draft = models.ForeignKey(
        "forum.Draft", null=True, blank=True, on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(
        _("file"),
        upload_to=post_file_path,
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
        verbose_name = _("file of a post")
        verbose_name_plural = _("files of posts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Mention(models.Model):
    """A person or organisation that a post names with an @."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mentions",
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="mentions"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "user"],
                condition=Q(user__isnull=False),
                name="forum_mention_person_once",
            ),
            models.UniqueConstraint(
                fields=["post", "organisation"],
                condition=Q(organisation__isnull=False),
                name="forum_mention_org_once",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Reference(models.Model):
    """Something of the network that a post links to, by its key in the search ("facility:12")."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="references")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="references")
    key = models.CharField(max_length=80)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [models.UniqueConstraint(fields=["post", "key"], name="forum_reference_once")]
        indexes = [models.Index(fields=["key", "-thread"], name="forum_discussed_in")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.key}"


class Standing(models.Model):
    """How well the forum knows somebody: what of theirs was published, what was taken away."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="forum_standing",
    )
    published = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    trusted = models.BooleanField(_("trusted"), default=False)
    silenced_until = models.DateTimeField(_("may not write until"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("standing in the forum")
        verbose_name_plural = _("standings in the forum")

    def __str__(self) -> str:
        return f"#{self.pk}"

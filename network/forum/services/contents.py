"""What a post consists of beside its words: files, names it mentions, pages it links to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from network.forum.mentions import Named, named_in
from network.forum.models import Category, Mention, Post, PostFile, Reference
from search.links import keys_of
from ui.markdown import Text, Upload

MOST_REFERENCES: Final = 20
# What browsers show as a picture and nothing else.
PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp"})


@dataclass(frozen=True)
class Contents:
    """A text as it is read before it is kept: its HTML, whom it names, what it links to."""

    html: str
    named: Named
    keys: Sequence[str]


def is_picture(name: str) -> bool:
    """Whether a file of this name is shown where the text says so."""
    return PurePosixPath(name).suffix.lower() in PICTURES


def file_address(pk: int) -> str:
    """Where a file is; the same in all languages, for it stands in the text."""
    with override(settings.LANGUAGE_CODE):
        return reverse("forum:file", args=[pk])


def read(source: str, *, category: Category, author: User, files: Iterable[PostFile]) -> Contents:
    """Read Markdown as it would be posted in a category by an author with these files."""
    text = Text(source)
    named = named_in(text.said(), category, author)
    html = text.html(uploads=_uploads(files), mentions=named.marks, breaks=True)
    keys = dict.fromkeys(keys_of(text.addresses()).values())
    return Contents(html, named, list(keys)[:MOST_REFERENCES])


def _uploads(files: Iterable[PostFile]) -> Mapping[str, Upload]:
    """Files by their name, as it is typed and as it stands in an address."""
    found: dict[str, Upload] = {}
    for file in files:
        upload = Upload(file_address(file.pk), is_picture(file.name))
        found[file.name] = found[quote(file.name)] = upload
    return found


def keep(post: Post, contents: Contents, files: Sequence[PostFile]) -> list[User]:
    """Keep in the transaction what a post consists of now; gives the people who are newly named."""
    known = set(post.mentions.values_list("user", flat=True))
    people, organisations = contents.named.people, contents.named.organisations
    post.mentions.exclude(user=None).exclude(user__in=[each.pk for each in people]).delete()
    post.mentions.exclude(organisation=None).exclude(
        organisation__in=[each.pk for each in organisations]
    ).delete()
    post.references.exclude(key__in=contents.keys).delete()
    keep_new(post, contents, files)
    return [each for each in people if each.pk not in known]


def keep_new(post: Post, contents: Contents, files: Sequence[PostFile]) -> None:
    """The same for a post that has just been written, of which nothing is kept yet."""
    named = contents.named
    mentions = [
        *(Mention(post=post, user=each) for each in named.people),
        *(Mention(post=post, organisation=each) for each in named.organisations),
    ]
    references = [Reference(post=post, thread_id=post.thread_id, key=key) for key in contents.keys]
    if mentions:
        Mention.objects.bulk_create(mentions, ignore_conflicts=True)
    if references:
        Reference.objects.bulk_create(references, ignore_conflicts=True)
    if files:
        PostFile.objects.filter(pk__in=[file.pk for file in files]).update(post=post, draft=None)

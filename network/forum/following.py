"""What of the forum people follow or mute, by its name ("thread:12")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.forum.models import Category, Tag, Thread
from ui.chrome import Link

THREAD: Final = "thread"
CATEGORY: Final = "category"
TAG: Final = "tag"
PERSON: Final = "person"


def thread_thing(pk: int) -> str:
    """What a thread is called where things are followed and told of."""
    return f"{THREAD}:{pk}"


def category_thing(pk: int) -> str:
    """What a category is called there."""
    return f"{CATEGORY}:{pk}"


def tag_thing(pk: int) -> str:
    """What a tag is called there."""
    return f"{TAG}:{pk}"


def person_thing(pk: int) -> str:
    """What somebody who writes is called there."""
    return f"{PERSON}:{pk}"


def describe_threads(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    """Titles and addresses of those of the threads that the person may see."""
    found = Thread.objects.visible_to(user).filter(pk__in=list(pks)).only("title", "slug")
    return {each.pk: Link(each.title, each.get_absolute_url()) for each in found}


def describe_categories(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    """Names and addresses of those of the categories that the person may see."""
    found = Category.objects.visible_to(user).filter(pk__in=list(pks))
    return {each.pk: Link(each.name, each.get_absolute_url()) for each in found}


def describe_tags(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    """Names of tags; the words themselves tell nothing of who used them."""
    visible = Thread.objects.visible_to(user).order_by().values("pk")
    found = Tag.objects.filter(pk__in=list(pks), threads__in=visible).distinct()
    url = reverse("forum:list")
    return {each.pk: Link(each.name, f"{url}?tag={each.slug}") for each in found}


def describe_people(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    """Names of those people of whom the person may read a thread."""
    visible = Thread.objects.visible_to(user).order_by().filter(author__in=list(pks))
    authors = User.objects.filter(pk__in=visible.values("author"), is_active=True)
    url = reverse("forum:list")
    return {each.pk: Link(each.get_full_name(), f"{url}?person={each.pk}") for each in authors}


THINGS: Final = (
    (THREAD, _("Threads"), describe_threads),
    (CATEGORY, _("Categories of the forum"), describe_categories),
    (TAG, _("Tags of the forum"), describe_tags),
    (PERSON, _("People in the forum"), describe_people),
)

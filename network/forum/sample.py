"""Sample threads by sample people, marked as what they are. Nobody is told of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from network.forum.loading import DATA
from network.forum.models import (
    Category,
    Need,
    PolicyMatter,
    Post,
    Tag,
    Thread,
)
from network.forum.text import render
from network.loading import Report, read
from network.parks.models import Park, Theme
from search.projection import recording

SAMPLE_DATA: Final = DATA / "sample"
DOMAIN: Final = "example.org"
SURNAME: Final = "(eksempel)"
# Sample log-ins that write in the forum, too, by the names that the threads call them.
LOGINS: Final = {"park": "park@example.org", "nettverk": "nettverk@example.org"}


def load_sample_threads(report: Report) -> None:
    """Make the sample threads; once, whatever is changed since. Needs the categories."""
    kind = str(Thread._meta.verbose_name_plural)
    records = read(SAMPLE_DATA, "threads")
    if Thread.objects.filter(sample=True).exists():
        report.unchanged[kind] += len(records)
        return
    with recording():
        authors = sample_authors()
        for slug, record in records.items():
            category = Category.objects.filter(slug=record["category"]).first()
            if category is not None:
                _Sample(slug, record, category, authors).make()
                report.created[kind] += 1


def remove_sample_threads() -> int:
    """Delete them and their people, and what others answered there; gives how many threads went."""
    with recording():
        threads = Thread.objects.filter(sample=True)
        count = threads.count()
        threads.update(accepted=None)
        threads.delete()
        emails = [_email(name) for name in read(SAMPLE_DATA, "people")]
        User.objects.filter(email__in=emails).delete()
    return count


def _email(name: str) -> str:
    return f"{name}@{DOMAIN}"


def sample_authors() -> dict[str, tuple[User, str]]:
    """Who writes, and what stands beside their names; nobody can log in as one of them."""
    found: dict[str, tuple[User, str]] = {}
    for name, person in read(SAMPLE_DATA, "people").items():
        user = User.objects.filter(email=_email(name)).first()
        if user is None:
            user = User.objects.create_user(
                _email(name), first_name=person["first_name"], last_name=SURNAME
            )
        found[name] = user, person["byline"]
    for name, email in LOGINS.items():
        if login := User.objects.filter(email=email).first():
            found[name] = login, ""
    return found


class _Sample:
    """One thread of the file."""

    def __init__(
        self,
        slug: str,
        record: Mapping[str, Any],
        category: Category,
        authors: Mapping[str, tuple[User, str]],
    ) -> None:
        self._slug = slug
        self._record = record
        self._category = category
        self._authors = authors
        self._said = [record, *record.get("answers", ())]
        self._now = timezone.now()

    def make(self) -> None:
        """Write the thread with everything that belongs to it."""
        last = self._said[-1]
        thread: Thread = Thread.objects.create(
            category=self._category,
            kind=self._record["kind"],
            title=self._record["title"],
            slug=self._slug,
            author=self._author(self._record),
            last_author=self._author(last),
            created_at=self._at(self._record),
            last_post_at=self._at(last),
            last_number=len(self._said),
            post_count=len(self._said),
            pinned=self._record.get("pinned", False),
            sample=True,
        )
        thread.themes.set(Theme.objects.filter(slug__in=self._record.get("themes", ())))
        thread.parks.set(Park.objects.filter(slug__in=self._record.get("parks", ())))
        thread.tags.set([_tag(name) for name in self._record.get("tags", ())])
        self._life(thread)
        posts = Post.objects.bulk_create(
            self._post(thread, number, said) for number, said in enumerate(self._said, start=1)
        )
        self._accept(thread, posts)
        # Posts made in bulk tell the search nothing; the thread itself does.
        thread.save()

    def _post(self, thread: Thread, number: int, said: Mapping[str, Any]) -> Post:
        source = said["text"].strip()
        return Post(
            thread=thread,
            number=number,
            author=self._author(said),
            byline=self._authors.get(said["by"], (None, ""))[1],
            source=source,
            html=render(source),
            created_at=self._at(said),
        )

    def _author(self, said: Mapping[str, Any]) -> User | None:
        found = self._authors.get(said["by"])
        return found[0] if found else None

    def _at(self, said: Mapping[str, Any]) -> datetime:
        return self._now - timedelta(days=said["days"])

    def _life(self, thread: Thread) -> None:
        """What threads of this kind have beside their text."""
        if need := self._record.get("need"):
            Need.objects.create(
                thread=thread,
                direction=need["direction"],
                place=need["place"],
                deadline=timezone.localdate() + timedelta(days=need["deadline_days"]),
            )
        if stage := self._record.get("stage"):
            PolicyMatter.objects.create(thread=thread, stage=stage)

    def _accept(self, thread: Thread, posts: list[Post]) -> None:
        number = self._record.get("accepted")
        if number:
            thread.accepted = posts[number - 1]
            thread.solved_at = posts[number - 1].created_at + timedelta(days=1)


def _tag(name: str) -> Tag:
    slug = slugify(name.replace("ø", "o").replace("å", "a").replace("æ", "ae"))
    tag: Tag = Tag.objects.get_or_create(slug=slug, defaults={"name": name})[0]
    return tag

"""A page of a thread as somebody reads it, with as few queries as there are tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.fields import CharField
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.models import User
from accounts.roles import AnyUser
from activity.models import Follow, Notification
from network.forum.following import thread_thing
from network.forum.models import CategoryRead, Post, Reader, ReadMark, Tag, Thread, ThreadKind
from network.forum.models.thread import Visibility
from network.forum.reading.addresses import POSTS_A_PAGE, page_of, thread_path
from network.forum.reading.addresses import here as forum_path
from network.forum.reading.parts import ShownPost, rendered
from network.forum.reading.posts import posts_markup, read_posts
from network.forum.reading.rows import ICONS, state_shown
from network.forum.reading.texts import words_of
from network.forum.reading.times import Clock
from network.forum.reading.unread import CaughtUp, Unread, caught_up, note_read, unread_of
from network.parks.models import Park, Theme
from search.listing import ResultPage, ResultPages

DIGITS: Final = 9
DESCRIPTION: Final = 160
TOPICS: Final = ((Theme, "theme"), (Park, "park"))


@dataclass(frozen=True, slots=True)
class Topic:
    """What a thread is about, with the list of threads about the same."""

    label: str
    url: str
    icon: str


def readable_thread(user: AnyUser, pk: int) -> Thread | None:
    """The thread, or None if it is not there for the person.

    It comes with how far they have read it, whether they follow it, and whether they were told of
    something in it: one query instead of five.
    """
    threads = Thread.objects.visible_to(user).select_related("category")
    if isinstance(user, User):
        own = {"user": user.pk}
        marks = ReadMark.objects.filter(thread=OuterRef("pk"), **own)
        reads = CategoryRead.objects.filter(category=OuterRef("category"), **own)
        threads = threads.annotate(
            mark=Subquery(marks.values("number")[:1]),
            everything_read_at=Subquery(Reader.objects.filter(**own).values("caught_up_at")[:1]),
            category_read_at=Subquery(reads.values("caught_up_at")[:1]),
            followed=Subquery(
                Follow.objects.filter(thing=thread_thing(pk), **own).values("state")[:1]
            ),
            was_told=Exists(Notification.objects.unread_by(user).filter(thing=thread_thing(pk))),
        )
    found: Thread | None = threads.filter(pk=pk).first()
    return found


def unread_in(user: AnyUser, thread: Any) -> Unread | None:
    """What of a thread from :func:`readable_thread` its reader has not read."""
    if not isinstance(user, User):
        return None
    everywhere = thread.everything_read_at
    if everywhere is None:
        known = caught_up(user)
    else:
        of_category = thread.category_read_at
        known = CaughtUp(everywhere, {thread.category_id: of_category} if of_category else {})
    return unread_of(
        known,
        category_id=thread.category_id,
        created_at=thread.created_at,
        last_post_at=thread.last_post_at,
        last_number=thread.last_number,
        mark=thread.mark,
    )


def first_unread(user: AnyUser, thread: Thread) -> int:
    """The number of the first post that the person has not read, else of the last one."""
    posts = Post.objects.visible_to(user).filter(thread=thread.pk)
    unread = unread_in(user, thread)
    number: int | None = None
    if unread is not None:
        later = (
            posts.filter(created_at__gt=unread.since)
            if unread.first is None
            else posts.filter(number__gt=unread.first)
        )
        number = later.order_by("number").values_list("number", flat=True).first()
    return number or thread.last_number


class ThreadPage:
    """Twenty posts of a thread, by their numbers, so that the address of a post never changes."""

    def __init__(self, request: HttpRequest, thread: Thread, page: int) -> None:
        self.thread = thread
        self._request = request
        self._user = request.user
        self.number = page
        self.page = ResultPage(page, ResultPages(pages_of(thread)))
        self.unread = unread_in(request.user, thread)

    @cached_property
    def _read(self) -> list[ShownPost]:
        return read_posts(self._user, self.thread, self.number)

    @cached_property
    def posts(self) -> list[ShownPost]:
        """The posts that stand on this page."""
        return [post for post in self._read if page_of(post.number) == self.number]

    @cached_property
    def accepted(self) -> ShownPost | None:
        """The answer that solved the question, where it does not follow the question anyway."""
        if self.number > 1:
            return None
        follows = next((post for post in self.posts if post.number > 1), None)
        if follows is not None and follows.pk == self.thread.accepted_id:
            return None
        accepted = (post for post in self._read if post.pk == self.thread.accepted_id)
        return next((post for post in accepted if post.is_shown), None)

    @cached_property
    def _new_after(self) -> int | None:
        """The number after which posts are new, where anything before them is not."""
        unread = self.unread
        if unread is None or unread.is_new:
            return None
        if unread.first is not None:
            return unread.first or None
        new = [post.number for post in self.posts if post.created_at > unread.since]
        return min(new) - 1 if new else None

    @cached_property
    def _markup(self) -> tuple[SafeString, SafeString]:
        """The question, or whatever opens the thread, and the other posts."""
        parts = rendered(self._request, self.thread, self.posts)
        opening = [post for post in self.posts if post.number == 1]
        others = [post for post in self.posts if post.number > 1]
        revised = _address("forum:history", 0)
        first = posts_markup(self.thread, opening, parts, revised=revised)
        rest = posts_markup(self.thread, others, parts, new_after=self._new_after, revised=revised)
        return first, rest

    @property
    def opening(self) -> SafeString:
        """The post that the thread was started with, on its first page."""
        return self._markup[0]

    @property
    def answers(self) -> SafeString:
        """The other posts."""
        return self._markup[1]

    @property
    def accepted_text(self) -> SafeString:
        """What the accepted answer says."""
        accepted = self.accepted
        return SafeString(accepted.html if accepted else "")

    @property
    def accepted_page(self) -> int:
        """The page on which the accepted answer stands."""
        return page_of(self.accepted.number) if self.accepted else 1

    @cached_property
    def topics(self) -> list[Topic]:
        """Themes, parks and tags. One query."""
        english = (get_language() or "nb").startswith("en")
        url = reverse("forum:list")
        return [
            Topic((name_en if english else "") or name_nb, f"{url}?{kind}={slug}", ICON_OF[kind])
            for kind, slug, name_nb, name_en in _topic_rows(self.thread)
        ]

    @cached_property
    def state(self) -> tuple[str, str]:
        """How far the thread has come, and the colour of that."""
        thread: Any = self.thread
        need = getattr(thread, "need", None) if thread.kind == ThreadKind.NEED else None
        policy = getattr(thread, "policy", None) if thread.kind == ThreadKind.POLICY else None
        return state_shown(
            thread.kind,
            need.direction if need else None,
            need.state if need else None,
            policy.stage if policy else None,
            is_solved=thread.is_solved,
        )

    @property
    def kind(self) -> str:
        """What kind of thread it is."""
        return str(ThreadKind(self.thread.kind).label)

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return ICONS[ThreadKind(self.thread.kind)]

    @property
    def started(self) -> SafeString:
        """When it was started, in words."""
        return SafeString(Clock().element(self.thread.created_at))

    @property
    def followed(self) -> str:
        """Whether the reader follows or has muted the thread; empty for neither."""
        return getattr(self.thread, "followed", "") or ""

    @property
    def answer_count(self) -> int:
        """How many answers everybody sees."""
        return max(0, self.thread.post_count - 1)

    @cached_property
    def description(self) -> str:
        """How the page begins, for previews elsewhere."""
        first = next((post for post in self.posts if post.is_shown), None)
        return words_of(first.html, DESCRIPTION) if first else ""

    @property
    def is_held_back(self) -> bool:
        """Whether only its author and the moderators see it."""
        return self.thread.state != Visibility.PUBLISHED

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it, so that it may be found from outside."""
        thread = self.thread
        return thread.category.audience == "public" and thread.is_published and not thread.sample

    @property
    def first_unread_url(self) -> str:
        """Where the first unread post stands, if that is not on this page; else empty."""
        unread = self.unread
        if unread is None or unread.is_new:
            return ""
        if unread.first is not None and page_of(unread.first + 1) == self.number:
            return ""
        if unread.first is None and self._new_after is not None:
            return ""
        return f"{forum_path()}u/{self.thread.pk}/"

    def note_read(self) -> None:
        """Remember how far this page goes. Writes only where that is further than before."""
        thread: Any = self.thread
        if self.unread is None or not isinstance(self._user, User):
            return
        is_last = self.number >= self.page.paginator.num_pages
        shown = max((post.number for post in self.posts), default=0)
        read_to = thread.last_number if is_last else shown
        if read_to > (thread.mark or 0):
            note_read(self._user, thread.pk, read_to)


def pages_of(thread: Thread) -> int:
    """How many pages a thread has."""
    return max(1, -(-thread.last_number // POSTS_A_PAGE))


def page_asked(parameters: Mapping[str, Any]) -> int:
    """The page that an address asks for, from 1; what is no number is the first."""
    text = str(parameters.get("page", ""))
    is_number = text.isascii() and text.isdecimal() and len(text) <= DIGITS
    return max(1, int(text)) if is_number else 1


def path_of(thread: Thread) -> str:
    """The thread's first page."""
    return thread_path(forum_path(), thread.pk, thread.slug)


ICON_OF: Final = {"theme": "layers", "park": "park", "tag": "tag"}


def _topic_rows(thread: Thread) -> QuerySet[Any, Any]:
    def rows(found: QuerySet[Any], kind: str, *names: str) -> QuerySet[Any, Any]:
        return found.order_by().values_list(
            Value(kind, output_field=CharField()), "slug", *(F(name) for name in names)
        )

    named = [
        rows(model._default_manager.filter(threads=thread.pk), kind, "name_nb", "name_en")
        for model, kind in TOPICS
    ]
    tags = rows(Tag.objects.filter(threads=thread.pk), "tag", "name", "name")
    return named[0].union(named[1], tags, all=True)


def _address(name: str, *arguments: int) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""

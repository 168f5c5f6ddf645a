"""What people are told of the forum, and who may be told.

Who starts a thread or writes in one follows it from then on, unless they have muted it. A new thread
is told to those who follow its category, tags, themes, parks or author and have muted none of them; an
answer to those who follow the thread or its author, with its whole text, so that who lives in e-mail
misses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import nh3
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.mail import absolute
from accounts.models import User
from activity.kinds import Kind, Message, Timing
from activity.models import Event, Follow
from activity.services import follow, notify
from network.forum.following import category_thing, person_thing, tag_thing, thread_thing
from network.forum.mail.addresses import reply_address
from network.forum.models import Category, GroupMembership, PolicyMatter, Post, Thread
from network.forum.text import plain
from network.parks.following import theme_thing
from network.parks.following import thing_of as park_thing
from ui.markdown import TAGS

STARTED: Final = "forum.started"
POSTED: Final = "forum.posted"
MENTIONED: Final = "forum.mentioned"
SOLVED: Final = "forum.solved"
STAGE: Final = "forum.stage"

TEXT_IN_LISTS: Final = 600


def tell_started(thread: Thread, post: Post) -> None:
    """Tell of a new thread, and let its author follow it. For a thread that everybody sees."""
    follow_along(thread.author, thread)
    followed = [
        category_thing(thread.category_id),
        *(tag_thing(pk) for pk in thread.tags.values_list("pk", flat=True)),
        *(theme_thing(pk) for pk in thread.themes.values_list("pk", flat=True)),
        *(park_thing(pk) for pk in thread.parks.values_list("pk", flat=True)),
    ]
    if thread.author_id:
        followed.append(person_thing(thread.author_id))
    _notify(STARTED, post, followers_of=followed, silenced_by=followed)


def tell_posted(post: Post) -> None:
    """Tell of an answer, and let its author follow the thread. For a post that everybody sees."""
    follow_along(post.author, post.thread)
    followed = [thread_thing(post.thread_id)]
    writer = [person_thing(post.author_id)] if post.author_id else []
    _notify(POSTED, post, followers_of=[*followed, *writer], silenced_by=writer)


def tell_mentioned(post: Post, people: Iterable[User]) -> None:
    """Tell people that a post names them. Those who may not read it are told nothing."""
    writer = [person_thing(post.author_id)] if post.author_id else []
    for person in people:
        # Whom an edited post names as well is told then, and nobody twice.
        _notify(MENTIONED, post, to=[person], silenced_by=writer, key=f":{person.pk}")


def tell_solved(thread: Thread, by: User | None) -> None:
    """Tell those who follow a question that an answer was accepted."""
    answer = thread.accepted
    if answer is None:
        return
    # Accepted anew after it was taken back, it is no news.
    key = f"{SOLVED}:{thread.pk}:{answer.pk}"
    things = [thread_thing(thread.pk)]
    notify(SOLVED, things[0], followers_of=things, actor=by, data={"post": answer.pk}, key=key)


def tell_stage(matter: PolicyMatter, by: User | None) -> None:
    """Tell those who follow a policy matter how far it has come."""
    thing = thread_thing(matter.thread_id)
    first = matter.thread.posts.order_by("number").values_list("pk", flat=True).first()
    notify(
        STAGE,
        thing,
        followers_of=[thing],
        actor=by,
        data={"post": first, "stage": str(matter.stage)},
    )


def follow_along(user: User | None, thread: Thread) -> None:
    """Let somebody hear of a thread that they have written in, unless they have muted it."""
    if user is None:
        return
    thing = thread_thing(thread.pk)
    if not Follow.objects.filter(user=user, thing=thing).exists():
        follow(user, thing)


def _notify(
    kind: str,
    post: Post,
    *,
    to: Iterable[User] = (),
    followers_of: Iterable[str] = (),
    silenced_by: Iterable[str] = (),
    key: str = "",
) -> None:
    notify(
        kind,
        thread_thing(post.thread_id),
        to=to,
        followers_of=followers_of,
        silenced_by=silenced_by,
        actor=post.author,
        data={"post": post.pk},
        key=f"{kind}:{post.pk}{key}",
    )


def _visible(events: Sequence[Event], user: User) -> Mapping[int, Post]:
    """The posts that the events are about, by event, as far as the person may see them."""
    pks = {event.pk: event.data["post"] for event in events}
    visible = Post.objects.visible_to(user).filter(pk__in=set(pks.values()))
    found = visible.select_related("thread__category", "thread__policy", "author").in_bulk()
    return {event: found[pk] for event, pk in pks.items() if pk in found}


def _messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
    found = _visible(events, user)
    return {
        event.pk: _message(event, found[event.pk], user) for event in events if event.pk in found
    }


def _one_message(event: Event, user: User) -> Message:
    return _messages([event], user)[event.pk]


def _may_see(event: Event, user: User) -> bool:
    return bool(_visible([event], user))


def _readers(event: Event, people: Sequence[User]) -> Collection[int]:
    """Those people who may read the post, asked at once wherever that can be."""
    post = (
        Post.objects.published()
        .select_related("thread__category")
        .filter(pk=event.data["post"])
        .first()
    )
    if post is None:
        return [user.pk for user in people if _may_see(event, user)]
    return readers_of(post.thread.category, people)


def readers_of(category: Category, people: Sequence[User]) -> Collection[int]:
    """Those people who may read a category; costs one query at most, but for that of a park."""
    if category.audience in {"public", "member"}:
        return [user.pk for user in people]
    if category.group_id:
        members = GroupMembership.objects.filter(
            group=category.group_id, state="member", user__in=[user.pk for user in people]
        )
        return set(members.values_list("user_id", flat=True))
    visible = Category.objects.filter(pk=category.pk)
    return [user.pk for user in people if visible.visible_to(user).exists()]


def _message(event: Event, post: Post, user: User) -> Message:
    thread = post.thread
    if event.kind == STAGE:
        return _stage_message(event, thread)
    values = {"title": thread.title, "author": _author(post), "category": thread.category.name}
    titles = {
        STARTED: _("%(title)s – new in %(category)s"),
        POSTED: _("%(author)s answered in «%(title)s»"),
        MENTIONED: _("%(author)s mentioned you in «%(title)s»"),
        SOLVED: _("«%(title)s» has an accepted answer"),
    }
    return Message(
        titles[event.kind] % values,
        post.get_absolute_url(),
        plain(post.source)[:TEXT_IN_LISTS],
        _("Read and answer"),
        # Markdown is made to be read as it is written.
        whole=f"{_byline(post)}\n\n{post.source}",
        html=_letter_html(post),
        reply_to=reply_address(user, thread),
    )


def _stage_message(event: Event, thread: Thread) -> Message:
    stage = PolicyMatter.Stage(event.data["stage"]).label
    return Message(
        _("%(title)s: %(stage)s") % {"title": thread.title, "stage": stage},
        thread.get_absolute_url(),
        _("The parks have come a step further with this policy matter."),
        _("See the matter"),
    )


def _author(post: Post) -> str:
    return post.author.get_full_name() or _("A member") if post.author else _("Deleted user")


def _byline(post: Post) -> str:
    return f"{_author(post)} · {post.byline}" if post.byline else _author(post)


def _letter_html(post: Post) -> SafeString:
    """The whole post for an e-mail: addresses in full, and no picture that would have to be fetched."""
    body = nh3.clean(
        post.html,
        tags=set(TAGS),
        attributes={"a": {"href", "title"}},
        attribute_filter=_in_full,
        link_rel=None,
    )
    author = format_html(
        '<p class="quiet" style="margin:0 0 16px;color:#4a5e5c">{}</p>', _byline(post)
    )
    return mark_safe(f"{author}{body}")  # noqa: S308 - cleaned above


def _in_full(_: str, name: str, value: str) -> str:
    return absolute(value) if name == "href" else value


_GROUP: Final = gettext_lazy("The forum")


def _kind(name: str, label: str | Promise, timing: Timing) -> Kind:
    return Kind(
        name, label, _GROUP, _one_message, _may_see, timing, messages=_messages, readers=_readers
    )


KINDS: Final = (
    _kind(MENTIONED, gettext_lazy("Somebody mentions me"), Timing.AT_ONCE),
    _kind(POSTED, gettext_lazy("An answer in a thread that I follow"), Timing.AT_ONCE),
    _kind(SOLVED, gettext_lazy("A question that I follow is solved"), Timing.AT_ONCE),
    _kind(
        STARTED,
        gettext_lazy("A new thread in a category, theme, park or tag that I follow"),
        Timing.DAILY,
    ),
    _kind(STAGE, gettext_lazy("A policy matter that I follow comes further"), Timing.AT_ONCE),
)

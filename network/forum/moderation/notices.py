"""What people are told of what moderators did: authors of each act, reporters of what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity.kinds import Kind as NoticeKind
from activity.kinds import Message
from activity.models import Event
from activity.services import notify
from network.forum import permissions
from network.forum.following import thread_thing
from network.forum.models import Category, Flag, ModerationAct, Post, Thread
from network.forum.moderation.sentences import until

MODERATED: Final = "forum.moderated"
REPORTED: Final = "forum.reported"
Kind = ModerationAct.Kind


def tell_author(act: ModerationAct) -> None:
    """Tell whose thread or post it was what was done, and why."""
    if act.author is None:
        return
    thing = thread_thing(act.thread_id) if act.thread_id else f"person:{act.author.pk}"
    notify(
        MODERATED,
        thing,
        to=[act.author],
        actor=act.by,
        data={"act": act.pk},
        key=f"{MODERATED}:{act.pk}",
    )


def tell_reporters(post: Post, reporters: Sequence[User], *, upheld: bool, by: User) -> None:
    """Tell who reported a post what a moderator made of it."""
    data = {"post": post.pk, "upheld": upheld}
    notify(REPORTED, thread_thing(post.thread_id), to=reporters, actor=by, data=data)


def _message(act: ModerationAct, user: User) -> Message:
    kind = Kind(act.kind)
    title = _title(act)
    values = {"title": title, "until": until(act)}
    text = "\n\n".join(filter(None, (_explanation(act, user), act.reason and _reason(act.reason))))
    url = _url(act, user)
    return Message(TITLES[kind]() % values, url, text, _("See it") if title else "")


def _title(act: ModerationAct) -> str:
    """The thread's title; of one that was moved, as it was then, since it may be out of sight."""
    if act.kind == Kind.MOVE:
        return str(act.data["title"])
    return act.thread.title if act.thread else ""


def _reason(reason: str) -> str:
    return _("The moderator's reason: %(reason)s") % {"reason": reason}


def _url(act: ModerationAct, user: User) -> str:
    if act.post_id:
        return reverse("forum:post", args=[act.post_id])
    thread = act.thread
    if thread is None or not permissions.can_read(user, thread.category):
        return reverse("forum:overview")
    return thread.get_absolute_url()


def _explanation(act: ModerationAct, user: User) -> str:
    if act.kind == Kind.HIDE:
        seen = _("You and the moderators still see it.")
        rule = act.data.get("rule")
        return f"{Flag.Reason(rule).label}. {seen}" if rule in Flag.Reason.values else seen
    if act.kind == Kind.MOVE:
        found = Category.objects.filter(pk=act.data["to"]).first()
        if found is None or not permissions.can_read(user, found):
            return _("It is now in a part of the forum that you do not read.")
        return _("It is now in «%(category)s».") % {"category": found.name}
    if act.kind == Kind.MERGE:
        values = {"from": act.data["title"], "title": act.thread.title if act.thread else ""}
        return (
            _("The posts of «%(from)s» now stand at the end of «%(title)s». Old links lead there.")
            % values
        )
    return ""


TITLES: Final[Mapping[Kind, Callable[[], str]]] = {
    Kind.APPROVE: lambda: _("Your post in «%(title)s» is shown now"),
    Kind.HIDE: lambda: _("A moderator has hidden your post in «%(title)s»"),
    Kind.RESTORE: lambda: _("Your post in «%(title)s» is shown again"),
    Kind.MOVE: lambda: _("Your thread «%(title)s» was moved"),
    Kind.SPLIT: lambda: _("Your post has become a thread: «%(title)s»"),
    Kind.MERGE: lambda: _("Your thread was merged into «%(title)s»"),
    Kind.CLOSE: lambda: _("Your thread «%(title)s» was closed"),
    Kind.REOPEN: lambda: _("Your thread «%(title)s» was opened again"),
    Kind.SILENCE: lambda: _("A moderator asks you to write nothing in the forum until %(until)s"),
    Kind.RELEASE: lambda: _("You may write in the forum again"),
}


def _acts(events: Sequence[Event], user: User) -> Mapping[int, ModerationAct]:
    """The acts that the events tell of, by event, as far as they concern the person still."""
    pks = {event.pk: event.data["act"] for event in events}
    found = (
        ModerationAct.objects.filter(pk__in=pks.values(), author=user.pk, kind__in=list(TITLES))
        .select_related("thread__category")
        .in_bulk()
    )
    threads = [act.thread_id for act in found.values() if act.thread_id]
    visible = set(
        Thread.objects.visible_to(user).filter(pk__in=threads).values_list("pk", flat=True)
    )
    # Whoever loses sight of a thread by its being moved is told of that, and nothing else of it.
    told = {
        pk
        for pk, act in found.items()
        if act.thread_id is None or act.thread_id in visible or act.kind == Kind.MOVE
    }
    return {event: found[pk] for event, pk in pks.items() if pk in told}


def _messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
    return {pk: _message(act, user) for pk, act in _acts(events, user).items()}


def _one_message(event: Event, user: User) -> Message:
    return _messages([event], user)[event.pk]


def _may_see(event: Event, user: User) -> bool:
    return bool(_acts([event], user))


def _readers(event: Event, people: Sequence[User]) -> Collection[int]:
    return [user.pk for user in people if _may_see(event, user)]


def _reports(events: Sequence[Event], user: User) -> Mapping[int, Post]:
    """Posts that somebody reported, by event: as far as their thread is there for the person."""
    pks = {event.pk: event.data["post"] for event in events}
    threads = Thread.objects.visible_to(user).order_by().values("pk")
    found = Post.objects.filter(pk__in=pks.values(), thread__in=threads).select_related("thread")
    posts = found.in_bulk()
    return {event: posts[pk] for event, pk in pks.items() if pk in posts}


def _report_messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
    upheld = {event.pk: event.data["upheld"] for event in events}
    return {pk: _report(post, upheld=upheld[pk]) for pk, post in _reports(events, user).items()}


def _report(post: Post, *, upheld: bool) -> Message:
    if upheld:
        title = _("Thank you: the post that you reported in «%(title)s» is hidden")
        return Message(title % {"title": post.thread.title}, post.thread.get_absolute_url())
    title = _("The post that you reported in «%(title)s» stays")
    text = _("A moderator has looked at it. Thank you for telling us.")
    return Message(title % {"title": post.thread.title}, post.get_absolute_url(), text)


_GROUP: Final = gettext_lazy("The forum")
KINDS: Final = (
    NoticeKind(
        MODERATED,
        gettext_lazy("A moderator does something with what I wrote"),
        _GROUP,
        _one_message,
        _may_see,
        messages=_messages,
        readers=_readers,
    ),
    NoticeKind(
        REPORTED,
        gettext_lazy("What came of what I reported"),
        _GROUP,
        lambda event, user: _report_messages([event], user)[event.pk],
        lambda event, user: bool(_reports([event], user)),
        messages=_report_messages,
        readers=lambda event, people: [user.pk for user in people if _reports([event], user)],
    ),
)

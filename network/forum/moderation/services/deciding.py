"""Reporting posts, and deciding on what was reported or held back."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.models import Event
from network.forum.models import Flag, ModerationAct, Post, Standing, Thread
from network.forum.models.thread import Visibility
from network.forum.moderation import acts, notices
from network.forum.moderation.counting import locked_with, recount
from network.forum.moderation.errors import NotPossibleError
from network.forum.moderation.limits import Trust, held, trust_of
from network.forum.notices import (
    POSTED,
    STARTED,
    tell_mentioned,
    tell_posted,
    tell_started,
)
from search.projection import recording

Kind = ModerationAct.Kind
# Somebody who reports more than this is not reporting.
FLAGS_A_DAY: Final = 30
# So many who are known say that it is spam: it waits for a moderator, seen by nobody else.
HELD_BACK_AT: Final = 3


def flag(reader: User, post: Post, reason: str, text: str = "") -> Flag:
    """Report a post to those who keep order there.

    Raises PermissionDenied for who does not read it or wrote it, NotPossibleError for who has
    reported it before, or too many today.
    """
    if post.author_id == reader.pk or not Post.objects.visible_to(reader).filter(pk=post.pk):
        raise PermissionDenied
    mine = Flag.objects.filter(by=reader)
    if mine.filter(post=post).exists():
        raise NotPossibleError(_("You have reported this post already."), code="again")
    if mine.filter(created_at__gt=timezone.now() - timedelta(days=1)).count() >= FLAGS_A_DAY:
        raise NotPossibleError(_("You have reported very many posts today."), code="often")
    with recording():
        author_standing = held(post.author) if post.author else None
        try:
            with transaction.atomic():
                made = Flag.objects.create(post=post, by=reader, reason=reason, text=text.strip())
        except IntegrityError as error:
            message = _("You have reported this post already.")
            raise NotPossibleError(message, code="again") from error
        if reason == Flag.Reason.SPAM:
            _hold_back_spam(post, author_standing)
    return made


def approve(moderator: User, post: Post) -> ModerationAct:
    """Show a post that was held back, as if it had been written now.

    It gets the thread's next number, since those who have read further would never see it
    otherwise; what everybody had seen before stays where it was. Raises PermissionDenied for who
    may not, NotPossibleError when somebody has decided.
    """
    _may_judge(moderator, post)
    with recording():
        standing = held(post.author) if post.author else None
        thread, post = locked_with(post)
        if post.state != Visibility.PENDING:
            raise _decided()
        is_new = not _was_told(post)
        if is_new:
            _make_newest(thread, post)
        _set_state(post, Visibility.PUBLISHED)
        _count(standing, published=1)
        _handle_flags(post, Flag.State.DISMISSED, moderator)
        act = acts.record(Kind.APPROVE, by=moderator, thread=thread, post=post, author=post.author)
        if is_new:
            _announce(post)
    return act


def hide(
    moderator: User, post: Post, rule: str, reason: str = "", *, told: bool = True
) -> ModerationAct:
    """Take a post away, with the whole thread when it is the first one; its author still sees it.

    ``rule`` is what was broken (``Flag.Reason``), ``reason`` what else there is to say. The author is
    told, unless ``told`` says that they are told of all their posts at once.

    Raises PermissionDenied for who may not, NotPossibleError when somebody has decided.
    """
    acts.require(moderator, post.thread.category)
    with recording():
        standing = held(post.author) if post.author else None
        thread, post = locked_with(post)
        if post.state not in {Visibility.PUBLISHED, Visibility.PENDING}:
            raise _decided()
        was_published = post.state == Visibility.PUBLISHED
        data = {"rule": rule, "accepted": thread.accepted_id == post.pk}
        _set_state(post, Visibility.HIDDEN)
        _count(standing, published=-1 if was_published else 0, removed=1)
        _handle_flags(post, Flag.State.UPHELD, moderator)
        return acts.record(
            Kind.HIDE,
            by=moderator,
            thread=thread,
            post=post,
            author=post.author,
            reason=reason,
            data=data,
            told=told,
        )


def restore(moderator: User, post: Post, reason: str = "") -> ModerationAct:
    """Show a hidden post again; an answer that was accepted is so again if no other one is.

    Raises PermissionDenied for who may not, NotPossibleError when it is not hidden any more.
    """
    acts.require(moderator, post.thread.category)
    with recording():
        standing = held(post.author) if post.author else None
        thread, post = locked_with(post)
        if post.state != Visibility.HIDDEN:
            raise _decided()
        _set_state(post, Visibility.PUBLISHED)
        hidden = post.moderation.filter(kind=Kind.HIDE).first()
        if hidden is not None and hidden.data.get("accepted") and thread.accepted_id is None:
            thread.accepted, thread.solved_at = post, timezone.now()
            thread.save(update_fields=["accepted", "solved_at"])
        _count(standing, published=1, removed=-1)
        return acts.record(
            Kind.RESTORE,
            by=moderator,
            thread=thread,
            post=post,
            author=post.author,
            reason=reason,
        )


def dismiss(moderator: User, post: Post, reason: str = "") -> ModerationAct:
    """Let a reported post stand. Its author, who did not know of the report, is told nothing.

    Raises PermissionDenied for who may not, NotPossibleError when no report is open any more.
    """
    _may_judge(moderator, post)
    with recording():
        thread, post = locked_with(post)
        if not _handle_flags(post, Flag.State.DISMISSED, moderator):
            raise _decided()
        return acts.record(
            Kind.DISMISS,
            by=moderator,
            thread=thread,
            post=post,
            author=post.author,
            reason=reason,
            told=False,
        )


def _was_told(post: Post) -> bool:
    """Whether everybody saw the post before it was held back: it was told of then."""
    keys = [f"{kind}:{post.pk}" for kind in (STARTED, POSTED)]
    return Event.objects.filter(key__in=keys).exists()


def _make_newest(thread: Thread, post: Post) -> None:
    now = timezone.now()
    if post.number == 1:
        thread.created_at = now
    elif post.number < thread.last_number:
        post.number = thread.last_number = thread.last_number + 1
    post.created_at = now
    post.save(update_fields=["number", "created_at"])
    thread.save(update_fields=["created_at", "last_number"])


def _may_judge(moderator: User, post: Post) -> None:
    if not acts.can_judge(moderator, post):
        raise PermissionDenied


def _set_state(post: Post, state: Visibility) -> None:
    """Change a post of a locked thread, the thread with its first one, and count again."""
    thread = post.thread
    post.state = state
    post.save(update_fields=["state"])
    if post.number == 1:
        thread.state = state
        thread.save(update_fields=["state"])
    recount(thread)


def _count(standing: Standing | None, *, published: int = 0, removed: int = 0) -> None:
    if standing is None:
        return
    # Never below nothing: what was posted before people were counted is in neither number.
    Standing.objects.filter(pk=standing.pk).update(
        published=Greatest(F("published") + published, 0),
        removed=Greatest(F("removed") + removed, 0),
    )


def _handle_flags(post: Post, state: Flag.State, moderator: User) -> int:
    """Close what is open about a post and tell those who reported it; gives how many did."""
    is_open = Flag.objects.filter(post=post, state=Flag.State.OPEN)
    reporters = list(User.objects.filter(forum_flags__in=is_open).distinct())
    handled = is_open.update(state=state, handled_by=moderator, handled_at=timezone.now())
    if reporters:
        notices.tell_reporters(post, reporters, upheld=state == Flag.State.UPHELD, by=moderator)
    return handled


def _hold_back_spam(post: Post, standing: Standing | None) -> None:
    """Let a post wait that enough people who are known call spam, unless its author is known."""
    if post.author is None or trust_of(post.author, standing) >= Trust.KNOWN:
        return
    _thread, now = locked_with(post)
    open_flags = Flag.objects.filter(post=post, state=Flag.State.OPEN, reason=Flag.Reason.SPAM)
    reporters = User.objects.filter(forum_flags__in=open_flags).select_related("forum_standing")
    known = sum(
        trust_of(each, getattr(each, "forum_standing", None)) >= Trust.KNOWN for each in reporters
    )
    if known >= HELD_BACK_AT and now.state == Visibility.PUBLISHED:
        _set_state(now, Visibility.PENDING)
        _count(standing, published=-1)


def _announce(post: Post) -> None:
    """Tell of a post what would have been told had it been shown at once."""
    if post.number == 1:
        tell_started(post.thread, post)
    else:
        tell_posted(post)
    mentioned = User.objects.filter(mentions__post=post)
    tell_mentioned(post, list(mentioned))


def _decided() -> NotPossibleError:
    return NotPossibleError(_("Somebody has decided this already."), code="decided")

"""The posts of a page of a thread: read with one query, written as HTML in Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.roles import AnyUser
from network.forum import permissions
from network.forum.models import Post, Thread
from network.forum.models.thread import Visibility
from network.forum.reading.addresses import POSTS_A_PAGE, here, post_place
from network.forum.reading.parts import Place, ShownPost
from network.forum.reading.rows import shown_name
from network.forum.reading.times import Clock
from ui.icons import icon_markup

FIELDS: Final = (
    *("pk", "number", "author_id", "byline", "html", "state", "created_at", "edited_at"),
    *("replies_to__number", "reactions", "has_files", "has_references", "by_mail"),
    *("author__first_name", "author__last_name", "author__erased_at"),
)
HELD_BACK: Final = frozenset({Visibility.PENDING, Visibility.HIDDEN})


def read_posts(user: AnyUser, thread: Thread, page: int) -> list[ShownPost]:
    """The posts of a page, and the accepted answer wherever it stands. One query.

    What is pending is left out for whoever may not see it; what was hidden or deleted stays, without
    what it said, so that whoever answered it does not seem to talk to nobody.
    """
    first = (page - 1) * POSTS_A_PAGE + 1
    wanted = Q(number__gte=first, number__lt=first + POSTS_A_PAGE)
    if thread.accepted_id:
        wanted |= Q(pk=thread.accepted_id)
    found = Post.objects.filter(wanted, thread=thread.pk).order_by("number")
    moderates = permissions.can_moderate(user, thread.category)
    gone = _("Deleted user")
    posts = (
        _post(row, gone, user_id=user.pk, moderates=moderates) for row in found.values_list(*FIELDS)
    )
    return [post for post in posts if post.is_shown or post.state != Visibility.PENDING]


def _post(row: tuple[Any, ...], gone: str, *, user_id: int | None, moderates: bool) -> ShownPost:
    pk, number, author_id, byline, html, state, created_at, edited_at = row[:8]
    replies_to, reactions, has_files, has_references, by_mail = row[8:13]
    is_theirs = author_id is not None and author_id == user_id
    is_shown = state == Visibility.PUBLISHED or (state in HELD_BACK and (is_theirs or moderates))
    return ShownPost(
        pk=pk,
        number=number,
        author_id=author_id,
        author=shown_name(row[13:16], gone),
        byline=byline,
        html=html if is_shown else "",
        state=state,
        created_at=created_at,
        edited_at=edited_at,
        replies_to=replies_to,
        reactions=reactions,
        has_files=has_files,
        has_references=has_references,
        by_mail=by_mail,
        is_shown=is_shown,
    )


def posts_markup(
    thread: Thread,
    posts: Sequence[ShownPost],
    parts: Mapping[Place, Mapping[int, str]],
    *,
    new_after: int | None = None,
    revised: str = "",
) -> SafeString:
    """The posts as items of a list.

    A line stands before the first post whose number is beyond ``new_after``. ``revised`` is the
    address of the earlier versions of post 0, to be filled in, and empty where nobody may read them.
    """
    writer = PostWriter(thread, parts, revised)
    return mark_safe("\n".join(_with_line(writer, posts, new_after)))  # noqa: S308 - escaped below


def _with_line(
    writer: PostWriter, posts: Iterable[ShownPost], new_after: int | None
) -> Iterable[str]:
    waits = new_after is not None
    for post in posts:
        if waits and new_after is not None and post.number > new_after:
            waits = False
            yield (
                '<li class="pn-posts__new" id="nytt">'
                f"<span>{escape(_('New since your last visit'))}</span></li>"
            )
        yield writer.item(post)


class PostWriter:
    """Writes posts for one page, with the words that all of them need."""

    def __init__(
        self, thread: Thread, parts: Mapping[Place, Mapping[int, str]], revised: str = ""
    ) -> None:
        self._thread = thread
        self._below, self._actions = parts.get(Place.BELOW, {}), parts.get(Place.ACTIONS, {})
        self._revised = revised
        self._start = here()
        self._list = reverse("forum:list")
        self._clock = Clock()
        self._edited = escape(_("edited %(when)s"))
        self._answers = escape(_("answers #%(number)d"))
        self._mail = f"<span>{escape(_('by e-mail'))}</span>"
        self._accepted = (
            f'<p class="pn-post__accepted">{icon_markup("confirmed")}'
            f"{escape(_('Accepted answer'))}</p>"
        )
        self._link = escape(_("Link to post %(number)d"))
        self._gone: dict[str, str] = {
            Visibility.HIDDEN: escape(_("A moderator has taken this post away.")),
            Visibility.DELETED: escape(_("The author has deleted this post.")),
        }
        self._held: dict[str, str] = {
            Visibility.PENDING: escape(
                _("Only you and the moderators see this until it is reviewed.")
            ),
            Visibility.HIDDEN: escape(_("Hidden. Only the author and the moderators see this.")),
        }

    def item(self, post: ShownPost) -> str:
        """One ``<li>``."""
        if not post.is_shown:
            return (
                f'<li class="pn-post pn-post--gone" id="post-{post.number}">'
                f"<p>{self._gone[post.state]}</p></li>"
            )
        accepted = post.pk == self._thread.accepted_id
        held = self._held.get(post.state)
        marked = " is-accepted" if accepted else ""
        return (
            f'<li><article class="pn-post{marked}{" is-held" if held else ""}"'
            f' id="post-{post.number}" data-post="{post.pk}">'
            f"{self._head(post)}{self._accepted if accepted else ''}"
            f"{self._note(held)}"
            f'<div class="pn-prose pn-post__text">{post.html}</div>'
            f"{self._below.get(post.pk, '')}{self._foot(post)}</article></li>"
        )

    def _head(self, post: ShownPost) -> str:
        byline = (
            f' <span class="pn-post__byline">{escape(post.byline)}</span>' if post.byline else ""
        )
        number = self._link % {"number": post.number}
        notes = [self._clock.full(post.created_at)]
        if post.replies_to:
            place = escape(
                post_place(self._start, self._thread.pk, self._thread.slug, post.replies_to)
            )
            notes.append(f'<a href="{place}">{self._answers % {"number": post.replies_to}}</a>')
        if post.edited_at:
            notes.append(self._edit(post))
        if post.by_mail:
            notes.append(self._mail)
        return (
            f'<header class="pn-post__head"><p>{self.author(post)}{byline}</p>'
            f'<p class="pn-post__when">{" · ".join(notes)} '
            f'<a class="pn-post__number" href="{self._start}p/{post.pk}/" aria-label="{number}">'
            f"#{post.number}</a></p></header>"
        )

    def author(self, post: ShownPost) -> str:
        """The name, with a link to what else they have started."""
        if post.author_id is None:
            return f'<strong class="pn-post__author">{escape(post.author)}</strong>'
        name = escape(post.author)
        address = f"{self._list}?person={post.author_id}"
        return f'<a class="pn-post__author" href="{address}">{name}</a>'

    def _edit(self, post: ShownPost) -> str:
        edited_at = post.edited_at or post.created_at
        text = self._edited % {"when": self._clock.element(edited_at)}
        if not self._revised:
            return f"<span>{text}</span>"
        return f'<a href="{self._revised.replace("/0/", f"/{post.pk}/", 1)}">{text}</a>'

    @staticmethod
    def _note(held: str | None) -> str:
        return f'<p class="ds-alert" data-color="warning">{held}</p>' if held else ""

    def _foot(self, post: ShownPost) -> str:
        actions = self._actions.get(post.pk)
        return f'<footer><ul class="pn-post__actions">{actions}</ul></footer>' if actions else ""

"""What of writing stands in each post of a thread's page: files, reactions, what one can do with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import User
from network.forum import permissions
from network.forum.models import PostFile, Reaction, Thread
from network.forum.models.thread import Visibility
from network.forum.reading.parts import ShownPost
from network.forum.services.contents import file_address
from ui.icons import icon_markup

# What is put in for each post; no translation and no address of ours has these characters.
PK: Final = "\ue000"
NUMBER: Final = "\ue001"
ICONS: Final[Mapping[str, str]] = {"use": "check", "thanks": "thumb", "same": "people"}


def files(
    request: HttpRequest, thread: Thread, posts: Sequence[ShownPost]
) -> Mapping[int, SafeString]:
    """The files of each post that has some."""
    having = [post.pk for post in posts if post.has_files]
    if not having:
        return {}
    found: dict[int, list[str]] = defaultdict(list)
    rows = PostFile.objects.filter(post__in=having).order_by("pk")
    icon = icon_markup("document")
    for pk, post, name, size in rows.values_list("pk", "post", "name", "size"):
        found[post or 0].append(
            f'<li><a class="ds-link" href="{file_address(pk)}">{icon}{esc(name)}</a> '
            f"<small>{esc(filesizeformat(size))}</small></li>"
        )
    label = esc(_("Files"))
    return {
        pk: mark_safe(f'<ul class="pn-post__files" aria-label="{label}">{"".join(items)}</ul>')  # noqa: S308 - escaped above
        for pk, items in found.items()
    }


def reactions(
    request: HttpRequest, thread: Thread, posts: Sequence[ShownPost]
) -> Mapping[int, SafeString]:
    """The reactions to each post, with buttons for who may react."""
    user = request.user
    member = user if isinstance(user, User) else None
    mine: dict[int, set[str]] = defaultdict(set)
    reacted = [post.pk for post in posts if post.reactions]
    if member and reacted:
        rows = Reaction.objects.filter(user=member, post__in=reacted).values_list("post", "kind")
        for pk, kind in rows:
            mine[pk].add(kind)
    # One for all of them: the same letters again cost nothing when the page is compressed.
    token = get_token(request) if member else ""
    # Most posts of a page look alike, so each look is written once.
    looks: dict[Any, str] = {}
    found = {}
    for post in posts:
        may_react = (
            member is not None
            and post.author_id != member.pk
            and post.state == Visibility.PUBLISHED
        )
        if not may_react and not any(post.reactions.values()):
            continue
        look = (may_react, tuple(post.reactions.items()), frozenset(mine.get(post.pk, ())))
        if look not in looks:
            looks[look] = _reactions(post.reactions, look[2], token=token if may_react else "")
        found[post.pk] = mark_safe(looks[look].replace(PK, str(post.pk)))  # noqa: S308 - escaped below
    return found


def reaction_list(
    pk: int, counts: Mapping[str, int], mine: Collection[str], *, token: str
) -> SafeString:
    """The reactions to one post as buttons to press, in a form with the ``token`` of forms."""
    return mark_safe(_reactions(counts, mine, token=token).replace(PK, str(pk)))  # noqa: S308 - escaped below


def _reactions(counts: Mapping[str, int], mine: Collection[str], *, token: str) -> str:
    """With a place for the post's number. Without scripts each button sends the form."""
    labels = {kind.value: f"{icon_markup(ICONS[kind])}{esc(kind.label)}" for kind in Reaction.Kind}
    if not token:
        items = "".join(
            f"<li>{label} {_count(counts[kind])}</li>"
            for kind, label in labels.items()
            if counts.get(kind)
        )
        return f'<ul class="pn-reactions">{items}</ul>'
    address = _address("forum:react")
    items = "".join(
        _button(address, kind, f"{label}{_count(counts.get(kind, 0))}", pressed=kind in mine)
        for kind, label in labels.items()
    )
    return (
        f'<form class="pn-reactions" method="post" action="{address}"><input type="hidden" '
        f'name="csrfmiddlewaretoken" value="{token}">{items}</form>'
    )


def _button(address: str, kind: str, label: str, *, pressed: bool) -> str:
    # A press says what it wants and not "the other way", so that pressing twice does no harm.
    return (
        f'<button type="submit" id="r-{PK}-{kind}" name="press" value="{kind}:{int(not pressed)}" '
        f'aria-pressed="{"true" if pressed else "false"}" hx-post="{address}" '
        f'hx-target="closest form" hx-swap="outerHTML">{label}</button>'
    )


def _count(count: int) -> str:
    return f" <span>{count}</span>" if count else ""


def _address(name: str) -> str:
    """Where something is done with a post, with a place for the post's number."""
    return reverse(name, args=[0]).replace("/0/", f"/{PK}/")


def actions(
    request: HttpRequest, thread: Thread, posts: Sequence[ShownPost]
) -> Mapping[int, SafeString]:
    """Answering with or without the words, editing and deleting, for those who may."""
    user = request.user
    if not isinstance(user, User):
        return {}
    may_answer = permissions.can_answer(user, thread)
    may_write = permissions.can_write(user, thread.category)
    moderates = permissions.can_moderate(user, thread.category)
    looks: dict[tuple[bool, bool, bool], str] = {}
    found: dict[int, SafeString] = {}
    for post in posts:
        own = post.author_id == user.pk and post.state in {"published", "pending"}
        answered = may_answer and post.state == Visibility.PUBLISHED
        look = (answered, moderates or (own and may_write), own)
        if not any(look):
            continue
        if look not in looks:
            looks[look] = _actions(thread.pk, *look)
        html = looks[look].replace(PK, str(post.pk)).replace(NUMBER, str(post.number))
        found[post.pk] = mark_safe(html)  # noqa: S308 - escaped below
    return found


def _actions(thread: int, may_answer: bool, may_edit: bool, own: bool) -> str:  # noqa: FBT001 - one look
    """With places for the post's numbers in the database and in the thread."""
    items = []
    if may_answer:
        reply = reverse("forum:reply", args=[thread])
        items.append(_action(f"{reply}?to={PK}", "answer", _("Answer")))
        items.append(_action(f"{reply}?quote={PK}", "chat", _("Quote")))
    if may_edit:
        items.append(_action(_address("forum:edit"), "pencil", _("Edit")))
    if own:
        items.append(_action(_address("forum:delete"), "trash", _("Delete")))
    return "".join(items)


def _action(address: str, icon: str, label: str) -> str:
    return (
        f'<li><a href="{address}">{icon_markup(icon)}{esc(label)}'
        f'<span class="ds-sr-only"> #{NUMBER}</span></a></li>'
    )

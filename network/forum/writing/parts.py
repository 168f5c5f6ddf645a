"""What of writing stands in each post of a thread's page: files, reactions, what one can do with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

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
    found = {}
    for post in posts:
        may_react = (
            member is not None
            and post.author_id != member.pk
            and post.state == Visibility.PUBLISHED
        )
        if may_react or any(post.reactions.values()):
            found[post.pk] = reaction_list(
                post.pk, post.reactions, mine[post.pk], token=token if may_react else ""
            )
    return found


def reaction_list(
    pk: int, counts: Mapping[str, int], mine: Collection[str], *, token: str = ""
) -> SafeString:
    """The reactions to one post; with the ``token`` of a form as buttons to press."""
    labels = {kind.value: esc(kind.label) for kind in Reaction.Kind}
    if not token:
        items = "".join(
            f"<li>{icon_markup(ICONS[kind])}{label} {_count(counts.get(kind, 0))}</li>"
            for kind, label in labels.items()
            if counts.get(kind)
        )
        return mark_safe(f'<ul class="pn-reactions">{items}</ul>')  # noqa: S308 - escaped above
    address = reverse("forum:react", args=[pk])
    items = "".join(
        _button(address, pk, kind, f"{label}{_count(counts.get(kind, 0))}", pressed=kind in mine)
        for kind, label in labels.items()
    )
    return mark_safe(  # noqa: S308 - escaped above and below
        f'<form class="pn-reactions" method="post" action="{address}"><input type="hidden" '
        f'name="csrfmiddlewaretoken" value="{token}">{items}</form>'
    )


def _button(address: str, pk: int, kind: str, label: str, *, pressed: bool) -> str:
    # A press says what it wants and not "the other way", so that pressing twice does no harm.
    return (
        f'<button type="submit" id="r-{pk}-{kind}" name="press" value="{kind}:{int(not pressed)}" '
        f'aria-pressed="{"true" if pressed else "false"}" hx-post="{address}" '
        f'hx-target="closest form" hx-swap="outerHTML">{icon_markup(ICONS[kind])}{label}</button>'
    )


def _count(count: int) -> str:
    return f" <span>{count}</span>" if count else ""


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
    reply = reverse("forum:reply", args=[thread.pk])
    words = {name: esc(text) for name, text in _words().items()}
    found: dict[int, SafeString] = {}
    for post in posts:
        items = []
        if may_answer and post.state == Visibility.PUBLISHED:
            items.append(_action(f"{reply}?to={post.pk}", "answer", words["answer"], post.number))
            items.append(_action(f"{reply}?quote={post.pk}", "chat", words["quote"], post.number))
        own = post.author_id == user.pk and post.state in {"published", "pending"}
        if moderates or (own and may_write):
            address = reverse("forum:edit", args=[post.pk])
            items.append(_action(address, "pencil", words["edit"], post.number))
        if own:
            address = reverse("forum:delete", args=[post.pk])
            items.append(_action(address, "trash", words["delete"], post.number))
        if items:
            found[post.pk] = mark_safe("".join(items))  # noqa: S308 - escaped above
    return found


def _words() -> Mapping[str, str]:
    return {
        "answer": _("Answer"),
        "quote": _("Quote"),
        "edit": _("Edit"),
        "delete": _("Delete"),
    }


def _action(address: str, icon: str, label: str, number: int) -> str:
    return (
        f'<li><a href="{address}">{icon_markup(icon)}{label}'
        f'<span class="ds-sr-only"> #{number}</span></a></li>'
    )

"""What one does with a post that is there: its history, its files, reactions, deleting it."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from network.forum.models import Post, PostFile
from network.forum.services.contents import is_picture
from network.forum.services.reacting import react as set_reaction
from network.forum.services.taking_back import can_delete, delete_post
from network.forum.writing.differences import versions_of
from network.forum.writing.parts import reaction_list
from network.forum.writing.reaching import member_or_log_in

# A picture of a post is asked for again after this many seconds, for the post may be taken away.
PICTURE_SECONDS: Final = 300


def visible_post(request: HttpRequest, pk: int) -> Post:
    """The post, or 404 for whom it is not there."""
    posts = Post.objects.visible_to(request.user).select_related("thread__category", "author")
    found: Post = get_object_or_404(posts, pk=pk)
    return found


@never_cache
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What a post said before, and what was changed."""
    post = visible_post(request, pk)
    context = {"post": post, "thread": post.thread, "versions": versions_of(post)}
    return render(request, "forum/writing/history.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_or_log_in
def delete(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    """Ask once, then delete one's own post."""
    post = visible_post(request, pk)
    if not can_delete(user.pk, post):
        raise Http404
    if request.method != "POST":
        context = {"post": post, "thread": post.thread}
        return render(request, "forum/writing/delete.html", context)
    try:
        delete_post(user, post)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("forum:post", pk)
    messages.success(request, _("The post is deleted."))
    if post.number == 1:
        return redirect(post.thread.category)
    return redirect(post.thread)


@require_POST
@member_or_log_in
def react(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    """Set or take back a reaction."""
    post = visible_post(request, pk)
    kind, _colon, on = request.POST.get("press", "").partition(":")
    try:
        counts = set_reaction(user, post, kind, on=on == "1")
    except (PermissionDenied, ValueError) as error:
        raise Http404 from error
    htmx = getattr(request, "htmx", None)
    if isinstance(htmx, HtmxDetails) and htmx:
        mine = set(post.given_reactions.filter(user=user).values_list("kind", flat=True))
        return HttpResponse(reaction_list(post.pk, counts, mine, token=get_token(request)))
    return redirect("forum:post", pk)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of a post for whoever reads the post, of a draft for its author.

    Pictures are shown where they stand in the text, anything else is a download.
    """
    found = get_object_or_404(PostFile.objects.select_related("draft"), pk=pk)
    if not _may_have(request, found):
        raise Http404
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    suffix = PurePosixPath(found.name).suffix.lower()
    response = FileResponse(
        content,
        as_attachment=not is_picture(found.name),
        filename=found.name,
        content_type=mimetypes.types_map.get(suffix, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"private, max-age={PICTURE_SECONDS}"
    response["Vary"] = "Cookie"
    return response


def _may_have(request: HttpRequest, found: PostFile) -> bool:
    if found.post_id is None:
        return found.draft is not None and found.draft.user_id == request.user.pk
    return Post.objects.visible_to(request.user).filter(pk=found.post_id).exists()

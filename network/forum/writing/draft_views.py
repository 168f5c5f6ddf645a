"""Drafts: the list of one's own, and what a page with a form sends while somebody writes."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from network.forum.models import Draft, PostFile
from network.forum.services.contents import is_picture
from network.forum.services.drafts import (
    PostedAlreadyError,
    attach,
    delete_draft,
    save_draft,
)
from network.forum.services.drafts import remove_file as take_out
from network.forum.writing.composing import typed_in
from network.forum.writing.forms import TextForm
from network.forum.writing.listing import Place, place_of, rows_of
from network.forum.writing.rates import SAVING, UPLOADS, too_often
from network.forum.writing.reaching import member_or_log_in

UNAUTHORIZED: Final = 401
GONE: Final = 410
UNPROCESSABLE: Final = 422
TOO_MANY: Final = 429


@never_cache
@require_safe
@member_or_log_in
def drafts(request: HttpRequest, user: User) -> HttpResponse:
    """What the person has begun to write."""
    return render(request, "forum/writing/drafts.html", {"rows": rows_of(user)})


@require_POST
@member_or_log_in
def delete(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    """Throw a draft away."""
    delete_draft(get_object_or_404(Draft, pk=pk, user=user))
    messages.success(request, _("The draft is deleted."))
    return redirect("forum:drafts")


@require_POST
@never_cache
def save(request: HttpRequest) -> JsonResponse:
    """Keep what stands in a form at the moment; told by a script every few seconds."""
    return _kept(request, with_files=False)


@require_POST
@never_cache
def upload(request: HttpRequest) -> JsonResponse:
    """Keep files of a form at once, so that they can be named in its text."""
    return _kept(request, with_files=True)


def _kept(request: HttpRequest, *, with_files: bool) -> JsonResponse:
    user = request.user
    if not isinstance(user, User):
        text = _("You have been logged out. Log in in another tab, then go on here.")
        return _said(text, UNAUTHORIZED)
    if too_often(request, "upload" if with_files else "save", UPLOADS if with_files else SAVING):
        return _said(_("Not kept just now; soon again."), TOO_MANY)
    place = place_of(user, request.POST.get("key", ""))
    if place is None:
        return _said(_("You cannot write here."), UNPROCESSABLE)
    form = place.form(request.POST, request.FILES if with_files else None)
    form.full_clean()
    try:
        return _keep(request, user, place, form, with_files=with_files)
    except PostedAlreadyError:
        return _said(_("This has been posted."), GONE)
    except ValidationError as error:
        return _said(" ".join(error.messages), UNPROCESSABLE)


def _said(text: str, status: int) -> JsonResponse:
    return JsonResponse({"message": text}, status=status)


def _keep(
    request: HttpRequest, user: User, place: Place, form: TextForm, *, with_files: bool
) -> JsonResponse:
    typed = typed_in(form, place.key)
    draft = save_draft(user, typed)
    answer = _told(draft, forked=draft.token != typed.token)
    if not with_files:
        return JsonResponse(answer)
    uploads = form.cleaned_data.get("uploads") or []
    added = attach(draft, uploads, beside=place.files) if uploads else []
    return _with_files(request, draft, added, answer, form.errors.get("uploads"))


def _told(draft: Draft, *, forked: bool) -> dict[str, Any]:
    at = time_format(localtime(draft.changed_at), "H:i:s")
    message = (
        _("This draft was changed in another window. What stands here is kept beside it.")
        if forked
        else _("Draft kept %(time)s") % {"time": at}
    )
    return {
        "token": str(draft.token),
        "version": draft.version,
        "message": message,
        "forked": forked,
    }


def _with_files(
    request: HttpRequest, draft: Draft, added: list[PostFile], answer: dict[str, Any], errors: Any
) -> JsonResponse:
    context = {"files": list(draft.files.all())}
    answer["files"] = render_to_string("forum/writing/files.html", context, request)
    answer["insert"] = [
        f"{'!' if is_picture(file.name) else ''}[{file.name}]({file.name})" for file in added
    ]
    if errors:
        answer["message"] = " ".join(errors)
        return JsonResponse(answer, status=UNPROCESSABLE)
    return JsonResponse(answer)


@require_POST
@member_or_log_in
def remove_file(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    """Take a file out of a draft; gives the list of those that are left."""
    found = get_object_or_404(PostFile, pk=pk, post=None, draft__user=user)
    draft = found.draft
    take_out(found)
    left = list(draft.files.all()) if draft else []
    return render(request, "forum/writing/files.html", {"files": left})

"""Pages on which working groups are found and read."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity.services import read
from network.forum.groups import services
from network.forum.groups.errors import TooManyError
from network.forum.groups.figures import years_of
from network.forum.groups.following import thing_of
from network.forum.groups.forms import FilesForm
from network.forum.groups.listing import GroupList
from network.forum.groups.names import name_of
from network.forum.groups.page import GroupFrame, GroupPage, people
from network.forum.groups.permissions import can_delete_file, can_start, sees_members
from network.forum.groups.querysets import members_of
from network.forum.groups.reaching import known_group, or_log_in, person_of, read_group
from network.forum.models import GroupFile

MEMBERS_PER_PAGE: Final = 60
FILES_PER_PAGE: Final = 50


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The groups that the reader may know of."""
    context = {
        "listing": GroupList(request.user, request.GET),
        "can_start": can_start(request.user),
    }
    return render(request, "forum/groups/list.html", context)


@or_log_in
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a group is, who leads it, and what is going on in it."""
    group = known_group(request, slug)
    thing = thing_of(group.pk)
    read(request.user, thing)
    context = {"page": GroupPage(group, request.user), "group": group, "thing": thing}
    return render(request, "forum/groups/detail.html", context)


@or_log_in
@require_safe
@never_cache
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in a group, for members of the site who read it."""
    group = known_group(request, slug)
    if not sees_members(request.user, group):
        raise Http404
    page = Paginator(members_of(group), MEMBERS_PER_PAGE).get_page(request.GET.get("page"))
    frame = GroupFrame(group, request.user, "members")
    invitations = []
    if frame.leads:
        invitations = list(group.invitations.filter(state="sent")[:MEMBERS_PER_PAGE])
    context = {
        "page": frame,
        "group": group,
        "shown": page,
        "people": people(list(page.object_list)),
        "invitations": invitations,
    }
    return render(request, "forum/groups/members.html", context)


@or_log_in
@require_safe
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """What a group did in each of its years."""
    group = read_group(request, slug)
    context = {
        "page": GroupFrame(group, request.user, "figures"),
        "group": group,
        "years": years_of(group),
    }
    return render(request, "forum/groups/figures.html", context)


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def files(request: HttpRequest, slug: str) -> HttpResponse:
    """The files of a group; members add to them."""
    group = read_group(request, slug)
    frame = GroupFrame(group, request.user, "files")
    if request.method == "POST" and not frame.uploads:
        raise Http404
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if form.is_valid():
        try:
            added = services.add_files(group, form.cleaned_data["uploads"], by=person_of(request))
        except TooManyError:
            form.add_error(
                "uploads", _("The group has as many files as it can keep. Delete some first.")
            )
        else:
            text = ngettext("%(count)d file is kept.", "%(count)d files are kept.", len(added))
            messages.success(request, text % {"count": len(added)})
            return redirect("groups:files", slug=slug)
    found = group.files.select_related("by")
    shown = Paginator(found, FILES_PER_PAGE).get_page(request.GET.get("page"))
    for file in shown.object_list:
        file.group = group
    context = {
        "page": frame,
        "group": group,
        "form": form,
        "shown": shown,
        "rows": [
            (
                file,
                name_of(file.by) if request.user.is_authenticated else "",
                can_delete_file(request.user, file),
            )
            for file in shown.object_list
        ],
    }
    return render(request, "forum/groups/files.html", context, status=422 if form.errors else 200)


@or_log_in
@require_safe
@never_cache
def file(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """A file of a group, for those who may read it; always as a download."""
    found = get_object_or_404(GroupFile, pk=pk, group=read_group(request, slug))
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    suffix = PurePosixPath(found.name).suffix.lower()
    response = FileResponse(
        content,
        as_attachment=True,
        filename=found.name,
        content_type=mimetypes.types_map.get(suffix, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response


@or_log_in
@require_POST
def delete_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Delete a file."""
    group = read_group(request, slug)
    found = get_object_or_404(GroupFile, pk=pk, group=group)
    found.group = group
    if not can_delete_file(request.user, found):
        raise Http404
    services.delete_file(found, by=person_of(request))
    messages.success(request, _("The file “%(name)s” is deleted.") % {"name": found.name})
    return redirect("groups:files", slug=slug)

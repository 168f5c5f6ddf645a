"""Pages of meetings, and their calendars."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity.services import read
from network.forum.groups import services
from network.forum.groups.errors import EndedError, MeetingOverError
from network.forum.groups.following import thing_of
from network.forum.groups.ical import CONTENT_TYPE, calendar_of
from network.forum.groups.meeting_forms import (
    AttendanceForm,
    MeetingForm,
    MinutesForm,
    NewMeetingForm,
)
from network.forum.groups.meeting_page import MeetingPage
from network.forum.groups.page import GroupFrame
from network.forum.groups.permissions import can_answer_meeting, can_read
from network.forum.groups.querysets import fed_meetings, members_of
from network.forum.groups.reaching import (
    led_group,
    or_log_in,
    person_of,
    read_group,
    read_meeting,
)
from network.forum.models import Meeting, MeetingFeed, MeetingReply, WorkingGroup
from network.merging import ChangedMeanwhile

PER_PAGE: Final = 30


@or_log_in
@require_safe
def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """What a group meets about: what comes, and what has been."""
    group = read_group(request, slug)
    of_group = Meeting.objects.filter(group=group)
    past = of_group.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")
    context = {
        "page": GroupFrame(group, request.user, "meetings"),
        "group": group,
        "coming": list(of_group.upcoming()[:PER_PAGE]),
        "past": Paginator(past, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "forum/groups/meetings.html", context)


@or_log_in
@require_safe
def meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A meeting: when, where, what for, who comes, and what was said."""
    found = read_meeting(request, slug, pk)
    read(request.user, thing_of(found.group_id))
    context = {"page": MeetingPage(found, request.user), "group": found.group, "meeting": found}
    return render(request, "forum/groups/meeting.html", context)


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Call a meeting."""
    group = led_group(request, slug)
    if group.has_ended:
        raise Http404
    form = NewMeetingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            called = services.call_meeting(group, form.cleaned_data, by=person_of(request))
        except EndedError:
            return redirect(group)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The meeting is called, and the members are told."))
            return redirect(called)
    return _editing(request, group, form, "forum/groups/meeting_new.html")


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a meeting."""
    found = read_meeting(request, slug, pk, leads=True)
    if found.is_cancelled:
        return redirect(found)
    form = MeetingForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid() and _save(request, found, form):
        return redirect(found)
    return _editing(request, found.group, form, "forum/groups/meeting_edit.html", meeting=found)


def _save(request: HttpRequest, found: Meeting, form: MeetingForm) -> bool:
    """Write what has changed; false, with the reasons at the fields, when that cannot be."""
    try:
        written = services.change_meeting(
            found, form.values(), seen=form.cleaned_data["seen"], by=person_of(request)
        )
    except ChangedMeanwhile as changed:
        form.show_theirs(changed.theirs)
        return False
    except ValidationError as error:
        form.show_refusal(error.error_dict)
        return False
    except MeetingOverError:
        messages.info(request, _("The meeting was cancelled meanwhile."))
        return True
    messages.success(
        request, _("The meeting is saved.") if written else _("There was nothing new to save.")
    )
    return True


@or_log_in
@require_POST
def cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Call a meeting off."""
    found = read_meeting(request, slug, pk, leads=True)
    try:
        services.cancel_meeting(found, by=person_of(request))
    except MeetingOverError:
        messages.info(request, _("The meeting is over."))
    else:
        messages.success(request, _("The meeting is cancelled, and the members are told."))
    return redirect(found)


@or_log_in
@require_POST
def reply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say whether one comes."""
    found = read_meeting(request, slug, pk)
    answer = request.POST.get("answer", "")
    if answer not in MeetingReply.Answer.values:
        raise Http404
    if not can_answer_meeting(request.user, found):
        if found.is_over or found.is_cancelled:
            messages.info(request, _("The meeting is over, or was cancelled."))
            return redirect(found)
        raise Http404
    try:
        services.reply(found, person_of(request), answer)
    except MeetingOverError:
        messages.info(request, _("The meeting is over, or was cancelled."))
    else:
        messages.success(request, _("Thank you. Your answer is kept."))
    return redirect(found)


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def minutes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write what was said and decided."""
    found = read_meeting(request, slug, pk, leads=True)
    form = MinutesForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        told = form.cleaned_data
        try:
            services.write_minutes(found, told["minutes"], seen=told["seen"], by=person_of(request))
        except ChangedMeanwhile as changed:
            form.show_theirs(changed.theirs)
        else:
            messages.success(request, _("The minutes are saved."))
            return redirect(found)
    return _editing(request, found.group, form, "forum/groups/minutes.html", meeting=found)


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def attendance(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note who was there."""
    found = read_meeting(request, slug, pk, leads=True)
    if found.is_cancelled or found.starts_at > timezone.now():
        return redirect(found)
    there = found.replies.filter(attended=True).values_list("user_id", flat=True)
    posted = request.POST if request.method == "POST" else None
    form = AttendanceForm(members_of(found.group), posted, initial={"present": list(there)})
    if form.is_valid():
        present = form.cleaned_data["present"]
        services.record_attendance(found, present, by=person_of(request))
        messages.success(request, _("It is noted who was there."))
        return redirect(found)
    return _editing(request, found.group, form, "forum/groups/attendance.html", meeting=found)


def _editing(
    request: HttpRequest, group: WorkingGroup, form: Any, template: str, **more: Any
) -> HttpResponse:
    frame = GroupFrame(group, request.user, "meetings")
    context = {"page": frame, "group": group, "form": form, **more}
    return render(request, template, context, status=422 if form.errors else 200)


@or_log_in
@require_safe
@never_cache
def ical(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A meeting as a file for a calendar program."""
    found = read_meeting(request, slug, pk)
    response = HttpResponse(calendar_of([found]), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="meeting-{found.pk}.ics"'
    return response


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar behind a private address."""
    found = (
        MeetingFeed.objects.filter(digest=services.feed_digest(key[:100]), user__is_active=True)
        .select_related("user", "group")
        .first()
    )
    if found is None:
        raise Http404
    shown = fed_meetings(found)
    with override(found.user.language):
        name = _("My meetings")
        if found.group is not None and can_read(found.user, found.group):
            name = found.group.name
        content = calendar_of(shown, name)
    stamp = max((f"{each.changed_at.timestamp()}.{each.sequence}" for each in shown), default="0")
    etag = quote_etag(f"{found.pk}.{len(shown)}.{stamp}")
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if isinstance(answer, HttpResponse) else HttpResponse(status=304)


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def feeds(request: HttpRequest) -> HttpResponse:
    """The reader's private addresses: make one, make it anew, stop it."""
    person = person_of(request)
    own = list(
        WorkingGroup.objects.filter(memberships__user=person, memberships__state="member")
        .order_by("name_nb", "pk")
        .distinct()[:200]
    )
    made = ""
    if request.method == "POST":
        slug = request.POST.get("group", "")
        named = [each for each in own if each.slug == slug]
        if slug and not named:
            raise Http404
        group = named[0] if named else None
        if "stop" in request.POST:
            services.stop_feed(person, group)
            messages.success(request, _("The address has stopped working."))
            return redirect("groups:calendars")
        made = services.make_feed(person, group)
    there = set(MeetingFeed.objects.filter(user=person).values_list("group_id", flat=True))
    context = {
        "made": made,
        "own": None in there,
        "rows": [(group, group.pk in there) for group in own],
    }
    return render(request, "forum/groups/feeds.html", context)

"""Notifications, choices, what one follows, and "My page"."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.sections import shortcuts
from activity import services, uncertain
from activity.choosing import choose, is_stopped, resume
from activity.desk import panels_of
from activity.forms import ChoicesForm
from activity.models import Notification
from activity.muting import Stop, read_token, start_again, stop
from activity.pages import followed, group_links, notification_page, page_url
from activity.queues import queues_of
from activity.reading import told
from activity.things import Link, describe, split

NEWS_SHOWN: Final = 8
FOLLOWED_ON_MY_PAGE: Final = 60
FOLLOWING: Final = {
    "follow": services.follow,
    "unfollow": services.unfollow,
    "mute": services.mute,
}


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@login_required
@never_cache
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """What waits for the person, what they have begun, what comes, what they follow and what is new."""
    user = _person(request)
    before = services.note_visit(user, timezone.now())
    rows = Notification.objects.on_site_of(user).select_related("event").order_by("-pk")
    if before is not None:
        rows = rows.filter(created_at__gte=before) | rows.filter(read_at=None)
    context = {
        "queues": queues_of(user),
        "waiting": panels_of(user, "waiting"),
        "drafts": panels_of(user, "drafts"),
        "upcoming": panels_of(user, "upcoming"),
        "news": told(list(rows[:NEWS_SHOWN]), user),
        "before": before,
        "followed": followed(user, FOLLOWED_ON_MY_PAGE),
        "shortcuts": shortcuts(user),
        "mail_stopped": is_stopped(user),
    }
    return render(request, "activity/my_page.html", context)


@login_required
@never_cache
@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """What the person was told, unread first."""
    user = _person(request)
    group, start = request.GET.get("group", ""), request.GET.get("from", "")[:20]
    page = notification_page(user, group, start)
    here = reverse("activity:notifications")
    context = {
        "page": page,
        "groups": group_links(group),
        "group": group,
        "older_url": page_url(here, group, page.older) if page.older else "",
        "newest_url": page_url(here, group, "") if start else "",
        "has_unread": Notification.objects.unread_by(user).exists(),
        "mail_stopped": is_stopped(user),
    }
    return render(request, "activity/notifications.html", context)


@login_required
@never_cache
@require_safe
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notification as read and go to what it is about."""
    user = _person(request)
    rows = Notification.objects.on_site_of(user).select_related("event")
    row = get_object_or_404(rows, pk=pk)
    shown = told([row], user)
    if not shown:
        raise Http404
    services.mark_read(user, [pk])
    return redirect(shown[0].message.url)


@login_required
@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """Mark one notification as read or unread, or all as read."""
    user = _person(request)
    pk = request.POST.get("notification", "")
    if not pk:
        count = services.mark_read(user)
        said = ngettext("%(count)s notification read.", "%(count)s notifications read.", count)
        messages.success(request, said % {"count": count})
    elif not pk.isdecimal():
        raise Http404
    elif request.POST.get("as") == "unread":
        services.mark_unread(user, int(pk))
    else:
        services.mark_read(user, [int(pk)])
    return redirect(_next(request, reverse("activity:notifications")))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """How the person is told of what."""
    user = _person(request)
    form = ChoicesForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        choose(user, form.wishes, form.preferences)
        messages.success(request, _("Your choices are saved."))
        return redirect("activity:choices")
    context = {"form": form, "mail_stopped": is_stopped(user), "person": user}
    return render(request, "activity/choices.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def resume_mail(request: HttpRequest) -> HttpResponse:
    """Send to the person's address again."""
    resume(_person(request))
    messages.success(request, _("We send e-mail to your address again."))
    return redirect(_next(request, reverse("activity:choices")))


@login_required
@never_cache
@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """What the person follows and has muted."""
    return render(request, "activity/following.html", {"groups": followed(_person(request))})


@login_required
@require_POST
def change_following(request: HttpRequest) -> HttpResponse:
    """Follow, stop following or mute a thing; 404 for one that the person may not see."""
    user = _person(request)
    thing, act = request.POST.get("thing", ""), FOLLOWING.get(request.POST.get("act", ""))
    try:
        split(thing)
    except ValueError as error:
        raise Http404 from error
    # Whatever one follows one can leave, also when it has been hidden meanwhile.
    if act is None or (act is services.follow and thing not in describe([thing], user)):
        raise Http404
    act(user, thing)
    return redirect(_next(request, reverse("activity:following")))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def uncertain_letters(request: HttpRequest) -> HttpResponse:
    """Letters that may not have been sent, for those who decide about them; 404 for others."""
    if not uncertain.may_decide(request.user):
        raise Http404
    waiting = uncertain.undecided(request.user)
    if request.method == "POST":
        pk = request.POST.get("letter", "")
        letter = get_object_or_404(waiting, pk=int(pk) if pk.isdecimal() else 0)
        act = uncertain.send_again if request.POST.get("act") == "again" else uncertain.leave
        act(letter, request.user)
        return redirect("activity:uncertain")
    letters = waiting[: uncertain.MOST_SHOWN]
    return render(request, "activity/uncertain.html", {"letters": letters})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_address(request: HttpRequest, token: str) -> HttpResponse:
    """What the links and headers of e-mails lead to. Only a POST changes anything.

    It works without logging in, for the token says who is meant, and it needs no other protection
    against forged requests, for nobody else knows it.
    """
    wanted = read_token(token)
    user = User.objects.filter(pk=wanted.user_id, is_active=True).first() if wanted else None
    if wanted is None or user is None:
        raise Http404
    context: dict[str, Any] = {"state": "asked", "wanted": wanted, "name": _name(wanted, user)}
    undo = request.POST.get("undo", "") if not wanted.is_digest else ""
    if undo:
        start_again(user, wanted.what, followed=undo == "followed")
        context["state"] = "undone"
    elif request.method == "POST":
        context["undo"] = "followed" if stop(user, wanted.what) else "told"
        context["state"] = "stopped"
    return render(request, "activity/stop.html", context)


def _name(wanted: Stop, user: User) -> Link | None:
    """What is stopped, if it still is there for the person to see."""
    return None if wanted.is_digest else describe([wanted.what], user).get(wanted.what)


def _next(request: HttpRequest, default: str) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if target and safe else default

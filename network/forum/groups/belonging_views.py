"""Pages on which people come into working groups, are let in or out, and leave."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from network.forum.groups import services
from network.forum.groups.errors import (
    AlreadyDecidedError,
    EndedError,
    LastLeaderError,
    NoLongerOpenError,
    NotInvitedError,
    NotOpenError,
    TooManyError,
)
from network.forum.groups.forms import ApplyForm, GroupInviteForm, ReasonForm
from network.forum.groups.mine import MyGroups
from network.forum.groups.names import name_of
from network.forum.groups.page import GroupFrame, people
from network.forum.groups.permissions import can_lead, keeps_a_leader
from network.forum.groups.reaching import known_group, led_group, or_log_in, person_of
from network.forum.models import GroupInvitation, GroupMembership, WorkingGroup

State = GroupMembership.State
Role = GroupMembership.Role


@or_log_in
@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The groups of whoever is logged in, what waits for them, and their next meetings."""
    return render(request, "forum/groups/mine.html", {"page": MyGroups(person_of(request))})


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Come into a group: at once, or by asking its leaders."""
    group, person = known_group(request, slug), person_of(request)
    frame = GroupFrame(group, person)
    if not frame.joins:
        return redirect(group)
    if frame.joins == "join":
        return _join(request, group) if request.method == "POST" else redirect(group)
    form = ApplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.apply(group, person, form.cleaned_data["message"])
        except TooManyError:
            form.add_error(
                None,
                _("You have asked lately, or wait for many groups already. Try again in a month."),
            )
        except EndedError:
            return redirect(group)
        else:
            messages.success(
                request, _("You have applied. You are told when the leaders have answered.")
            )
            return redirect(group)
    context = {"page": frame, "group": group, "form": form}
    return render(request, "forum/groups/join.html", context, status=422 if form.errors else 200)


def _join(request: HttpRequest, group: WorkingGroup) -> HttpResponse:
    try:
        services.join(group, person_of(request))
    except (NotOpenError, EndedError):
        messages.info(request, _("One cannot join this group by oneself just now."))
    else:
        messages.success(
            request,
            _("Welcome to %(group)s. You are told of its threads and meetings from now on.")
            % {"group": group.name},
        )
    return redirect(group)


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a group, after a question, or take one's application back."""
    group, person = known_group(request, slug), person_of(request)
    membership = get_object_or_404(
        GroupMembership.objects.select_related("group", "user"),
        group=group,
        user=person,
        state__in=(State.MEMBER, State.APPLIED),
    )
    if request.method == "POST":
        return _leave(request, membership)
    is_last = membership.role == Role.LEADER and not (group.has_ended or keeps_a_leader(membership))
    context = {"page": GroupFrame(group, person), "group": group, "is_last": is_last}
    return render(request, "forum/groups/leave.html", context)


def _leave(request: HttpRequest, membership: GroupMembership) -> HttpResponse:
    group, person = membership.group, membership.user
    try:
        if membership.state == State.APPLIED:
            services.withdraw_application(membership, by=person)
            messages.success(request, _("Your application is withdrawn."))
        else:
            services.leave(group, person)
            messages.success(request, _("You have left %(group)s.") % {"group": group.name})
    except LastLeaderError:
        messages.error(request, _("Nobody else leads the group. Let somebody else lead it first."))
        return redirect("groups:leave", slug=group.slug)
    except AlreadyDecidedError:
        messages.info(request, _("The application has been answered meanwhile."))
    return redirect("groups:mine")


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def application(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody's application, and its answer."""
    group = led_group(request, slug)
    found = get_object_or_404(
        GroupMembership.objects.select_related("user"),
        pk=pk,
        group=group,
        user__is_active=True,
        state__in=(State.APPLIED, State.MEMBER, State.DECLINED),
    )
    found.group = group
    action = request.POST.get("action", "")
    form = ReasonForm(request.POST if action == "decline" else None)
    if request.method == "POST" and (action != "decline" or form.is_valid()):
        return _answer_application(request, found, action, form)
    context = {
        "page": GroupFrame(group, request.user),
        "group": group,
        "person": people([found])[0],
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "forum/groups/application.html", context, status=status)


def _answer_application(
    request: HttpRequest, found: GroupMembership, action: str, form: ReasonForm
) -> HttpResponse:
    by, values = person_of(request), {"person": name_of(found.user)}
    try:
        if action == "decline":
            services.decline_application(found, by=by, reason=form.cleaned_data["reason"])
            messages.success(request, _("%(person)s is told that they are not let in.") % values)
        elif action == "accept":
            services.accept_application(found, by=by)
            messages.success(request, _("%(person)s is now a member.") % values)
        else:
            raise Http404
    except (AlreadyDecidedError, EndedError):
        messages.info(request, _("The application has been answered meanwhile."))
    return redirect(found.group)


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What a member does in the group, and the end of their membership."""
    group = led_group(request, slug)
    found = get_object_or_404(
        GroupMembership.objects.select_related("user"), pk=pk, group=group, state=State.MEMBER
    )
    found.group = group
    action = request.POST.get("action", "")
    form = ReasonForm(request.POST if action == "remove" else None)
    if request.method == "POST" and (action != "remove" or form.is_valid()):
        return _change_member(request, found, action, form)
    context = {
        "page": GroupFrame(group, request.user, "members"),
        "group": group,
        "person": people([found])[0],
        "form": form,
        "roles": [
            (role.value, role.label) for role in Role if role != Role.COUNCIL or group.has_council
        ],
    }
    return render(request, "forum/groups/member.html", context, status=422 if form.errors else 200)


def _change_member(
    request: HttpRequest, found: GroupMembership, action: str, form: ReasonForm
) -> HttpResponse:
    by, group = person_of(request), found.group
    values = {"person": name_of(found.user)}
    try:
        if action == "remove":
            services.remove_member(found, by=by, reason=form.cleaned_data["reason"])
            messages.success(request, _("%(person)s is no longer a member.") % values)
        elif action in set(Role) and (action != Role.COUNCIL or group.has_council):
            services.set_role(found, action, by=by)
            messages.success(request, _("What %(person)s does in the group is changed.") % values)
        else:
            raise Http404
    except LastLeaderError:
        messages.error(request, _("Nobody else leads the group. Let somebody else lead it first."))
    # Read anew: who gives up leading has nothing to do among the members.
    fresh = User.objects.get(pk=by.pk)
    return redirect("groups:members", group.slug) if can_lead(fresh, group) else redirect(group)


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite people by their e-mail addresses."""
    group = led_group(request, slug)
    form = GroupInviteForm(
        request.POST if request.method == "POST" else None, initial={"language": get_language()}
    )
    if form.is_valid() and _invite(request, group, form):
        return redirect("groups:members", slug=slug)
    context = {"page": GroupFrame(group, request.user, "members"), "group": group, "form": form}
    return render(request, "forum/groups/invite.html", context, status=422 if form.errors else 200)


def _invite(request: HttpRequest, group: WorkingGroup, form: GroupInviteForm) -> bool:
    """Invite; false, with the error in the form, when that cannot be."""
    told = form.cleaned_data
    try:
        sent = services.invite(
            group,
            told["addresses"],
            by=person_of(request),
            language=told["language"],
            message=" ".join(told["message"].split()),
        )
    except TooManyError:
        form.add_error(
            "addresses",
            _("That is too many invitations for one day, or too many letters to one address."),
        )
        return False
    except EndedError:
        form.add_error(None, _("The group has ended."))
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    text = ngettext(
        "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", len(sent)
    )
    messages.success(request, text % {"count": len(sent)})
    return True


@or_log_in
@require_POST
def withdraw_invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    group = led_group(request, slug)
    found = get_object_or_404(GroupInvitation, pk=pk, group=group)
    try:
        services.withdraw_invitation(found, by=person_of(request))
    except NoLongerOpenError:
        messages.info(request, _("The invitation has been answered meanwhile."))
    else:
        messages.success(
            request, _("The invitation to %(email)s is withdrawn.") % {"email": found.email}
        )
    return redirect("groups:members", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What a letter's link opens: who invites to what, and what to do; the answer, when posted.

    It says nothing about who has an account: whoever is not logged in is offered both ways.
    """
    found = services.find_invitation(token[:100])
    if found is None:
        raise Http404
    user = request.user
    if request.method == "POST":
        if not isinstance(user, User):
            raise Http404
        return _answer(request, found, reverse("groups:invitation", args=[token]))
    is_open = found.is_open and not found.group.has_ended
    context = {
        "invitation": found,
        "is_open": is_open,
        "here": reverse("groups:invitation", args=[token]),
        "inviter": name_of(found.invited_by) if found.invited_by else "",
        "is_addressee": isinstance(user, User) and services.is_addressee(found, user),
    }
    response = render(
        request, "forum/groups/invitation.html", context, status=200 if is_open else 410
    )
    response["Referrer-Policy"] = "no-referrer"
    return response


@or_log_in
@require_POST
def own_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an invitation to an address of one's own, without its letter."""
    found = get_object_or_404(services.invitations_to(person_of(request)), pk=pk)
    return _answer(request, found, reverse("groups:mine"))


def _answer(request: HttpRequest, found: GroupInvitation, back: str) -> HttpResponse:
    """Accept or decline, and say what came of it."""
    person, values = person_of(request), {"group": found.group.name}
    try:
        if request.POST.get("action") == "decline":
            services.decline_invitation(found, by=person)
            messages.success(request, _("You have declined the invitation."))
            return redirect("groups:mine")
        services.accept_invitation(found, by=person)
    except NotInvitedError:
        messages.error(request, _("The invitation is for another address."))
        return redirect(back)
    except (NoLongerOpenError, EndedError):
        messages.error(request, _("The invitation is no longer open."))
        return redirect("groups:mine")
    messages.success(
        request,
        _("Welcome to %(group)s. You are told of its threads and meetings from now on.") % values,
    )
    return redirect(found.group)

"""Pages on which people come to belong to organisations, and leave them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from network.organisations import services
from network.organisations.joining_forms import JoinForm
from network.organisations.mine import MyOrganisations
from network.organisations.models import Invitation, JoinRequest, Membership, Organisation
from network.organisations.permissions import can_leave_unadministered
from network.organisations.waiting import administrators_of

SESSION_KEY = "organisations.invitation"


def person_of(request: HttpRequest) -> User:
    """Whoever is logged in; for views behind ``login_required``."""
    assert isinstance(request.user, User)
    return request.user


def visible_organisation(request: HttpRequest, slug: str) -> Organisation:
    """The organisation, or 404 also when it exists but is not for this reader."""
    organisations = Organisation.objects.visible_to(request.user)
    organisation: Organisation = get_object_or_404(organisations, slug=slug)
    return organisation


@require_safe
@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The organisations of whoever is logged in, what is open, and a search for others."""
    person = person_of(request)
    token = request.session.get(SESSION_KEY, "")
    page = MyOrganisations(person, request.GET.get("q", ""), token)
    return render(request, "organisations/mine.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to belong to an organisation."""
    organisation, person = visible_organisation(request, slug), person_of(request)
    if Membership.objects.filter(organisation=organisation, user=person).exists():
        messages.info(request, _("You belong to %(name)s already.") % {"name": organisation.title})
        return redirect("memberships:mine")
    open_request = JoinRequest.objects.open().filter(organisation=organisation, user=person).first()
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _ask(request, organisation, form.cleaned_data["message"]):
        return redirect("memberships:mine")
    context = {
        "organisation": organisation,
        "form": form,
        "open_request": open_request,
        "has_administrator": administrators_of(organisation).exists(),
    }
    return render(request, "organisations/join.html", context, status=422 if form.errors else 200)


def _ask(request: HttpRequest, organisation: Organisation, message: str) -> bool:
    """Ask and say what came of it; false when it is not the time for it."""
    values = {"name": organisation.title}
    try:
        services.ask_to_join(organisation, person_of(request), message)
    except services.AlreadyBelongs:
        messages.info(request, _("You belong to %(name)s already.") % values)
    except services.TooManyRequests:
        messages.error(
            request, _("You have asked often enough for now. Wait for the answers, please.")
        )
        return False
    else:
        messages.success(
            request,
            _("You have asked to belong to %(name)s. You are told when it is answered.") % values,
        )
    return True


@require_POST
@login_required
def own_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one has asked for."""
    person = person_of(request)
    found = get_object_or_404(
        JoinRequest.objects.select_related("organisation"), pk=pk, user=person
    )
    try:
        services.withdraw_request(found, by=person)
    except services.AlreadyDecided:
        messages.info(request, _("The request has been answered meanwhile."))
    else:
        messages.success(request, _("Your request is withdrawn."))
    return redirect("memberships:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """End one's own membership, after a question."""
    person = person_of(request)
    membership = get_object_or_404(
        Membership.objects.select_related("organisation"), organisation__slug=slug, user=person
    )
    organisation = membership.organisation
    if request.method == "POST":
        try:
            services.leave(organisation, person)
        except services.LastAdministrator:
            messages.error(request, _("You are its last administrator. Name another one first."))
            return redirect("organisations:leave", slug=slug)
        messages.success(
            request, _("You no longer belong to %(name)s.") % {"name": organisation.title}
        )
        return redirect("memberships:mine")
    context = {
        "organisation": organisation,
        "is_last": services.is_last_administrator(membership)
        and not can_leave_unadministered(person, organisation),
    }
    return render(request, "organisations/leave.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What a letter's link opens: who invites to what, and what to do; the answer, when posted.

    It says nothing about who has an account: whoever is not logged in is offered both ways.
    """
    found = services.find_invitation(token)
    if found is None:
        raise Http404
    user = request.user
    if request.method == "POST":
        if not isinstance(user, User):
            raise Http404
        return _answer(request, found, reverse("memberships:invitation", args=[token]))
    if found.is_open:
        # So that it is at hand after a sign-up that goes by way of another mail.
        request.session[SESSION_KEY] = token
    belongs = (
        user.is_authenticated
        and Membership.objects.filter(organisation=found.organisation, user_id=user.pk).exists()
    )
    if belongs and not found.is_open:
        return redirect(found.organisation)
    context = {
        "invitation": found,
        "token": token,
        "belongs": belongs,
        "is_addressee": isinstance(user, User) and services.is_addressee(found, user),
    }
    status = 200 if found.is_open else 410
    return render(request, "organisations/invitation.html", context, status=status)


@require_POST
@login_required
def own_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an invitation to an address of one's own, without its letter."""
    invitations = Invitation.objects.addressed_to(request.user).select_related("organisation")
    found = get_object_or_404(invitations, pk=pk)
    return _answer(request, found, reverse("memberships:mine"))


def _answer(request: HttpRequest, found: Invitation, back: str) -> HttpResponse:
    """Accept or decline, and say what came of it."""
    person, values = person_of(request), {"name": found.organisation.title}
    try:
        if request.POST.get("action") == "decline":
            services.decline_invitation(found, by=person)
            messages.success(request, _("You have declined the invitation to %(name)s.") % values)
        else:
            services.accept_invitation(found, by=person)
            messages.success(request, _("Welcome. You belong to %(name)s.") % values)
    except services.NotInvited:
        messages.error(request, _("The invitation is for another address."))
        return redirect(back)
    except services.Closed:
        messages.error(request, _("The invitation is no longer open."))
        return redirect("memberships:mine")
    request.session.pop(SESSION_KEY, None)
    return redirect("memberships:mine")

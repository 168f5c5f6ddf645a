"""Pages for those who look after an organisation: who belongs to it, asks, and is invited."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from activity.services import read
from network.organisations import services
from network.organisations.desk import Desk
from network.organisations.following import thing_of
from network.organisations.joining_forms import InviteForm, RefusalForm
from network.organisations.joining_views import person_of, visible_organisation
from network.organisations.models import Invitation, JoinRequest, Membership, Organisation
from network.organisations.permissions import can_edit_organisation


def managed_organisation(request: HttpRequest, slug: str) -> Organisation:
    """The organisation, or 404 for those who do not look after it."""
    organisation = visible_organisation(request, slug)
    if not can_edit_organisation(request.user, organisation):
        raise Http404
    return organisation


def _back(organisation: Organisation, part: str) -> HttpResponse:
    return redirect(f"{reverse('organisations:desk', args=[organisation.slug])}#{part}")


@require_safe
@login_required
@never_cache
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Members, requests, invitations, facilities, and what the profile lacks."""
    organisation = managed_organisation(request, slug)
    read(person_of(request), thing_of(organisation.pk))
    page = Desk(organisation, request)
    return render(request, "organisations/desk.html", {"page": page, "organisation": organisation})


@require_POST
@login_required
def member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give or take the administration, or end the membership."""
    organisation = managed_organisation(request, slug)
    found = Membership.objects.select_related("user").filter(organisation=organisation, pk=pk)
    membership = get_object_or_404(found)
    person, by = membership.user, person_of(request)
    action, values = request.POST.get("action", ""), {"person": str(membership.user)}
    try:
        if action == "remove":
            services.remove_member(organisation, person, by=by)
            messages.success(request, _("%(person)s no longer belongs.") % values)
        elif action in {"administrator", "member"}:
            promoted = action == "administrator"
            services.set_administrator(organisation, person, administrator=promoted, by=by)
            text = (
                _("%(person)s is now an administrator.")
                if promoted
                else _("%(person)s is no longer an administrator.")
            )
            messages.success(request, text % values)
        else:
            raise Http404
    except services.LastAdministrator:
        messages.error(
            request, _("An organisation needs an administrator. Name another one first.")
        )
    # Read anew: who gives up the administration has no desk to come back to.
    if not can_edit_organisation(User.objects.get(pk=by.pk), organisation):
        return redirect("memberships:mine")
    return _back(organisation, "medlemmer")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def join_request(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A request to join, with what there is to know about it, and its answer."""
    organisation = managed_organisation(request, slug)
    found = JoinRequest.objects.select_related("user", "decided_by").filter(
        organisation=organisation
    )
    asked: JoinRequest = get_object_or_404(found, pk=pk)
    action = request.POST.get("action", "")
    form = RefusalForm(request.POST if action == "refuse" else None)
    if request.method == "POST" and (action != "refuse" or form.is_valid()):
        return _answer_request(request, asked, action, form)
    context = {
        "organisation": organisation,
        "asked": asked,
        "hint": Desk(organisation, request).hint(asked.user),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "organisations/request.html", context, status=status)


def _answer_request(
    request: HttpRequest, asked: JoinRequest, action: str, form: RefusalForm
) -> HttpResponse:
    by, values = person_of(request), {"person": str(asked.user)}
    try:
        if action == "refuse":
            services.refuse_request(asked, by=by, reason=form.cleaned_data["reason"])
            messages.success(request, _("The request is refused, and %(person)s is told.") % values)
        elif action in {"confirm", "confirm-administrator"}:
            promoted = action == "confirm-administrator"
            services.confirm_request(asked, by=by, administrator=promoted)
            messages.success(request, _("%(person)s now belongs.") % values)
        else:
            raise Http404
    except services.AlreadyDecided:
        messages.info(request, _("The request has been answered meanwhile."))
    return _back(asked.organisation, "foresporsler")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite colleagues by their e-mail addresses."""
    organisation = managed_organisation(request, slug)
    form = InviteForm(
        request.POST if request.method == "POST" else None, initial={"language": get_language()}
    )
    if form.is_valid() and _invite(request, organisation, form):
        return _back(organisation, "invitasjoner")
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/invite.html", context, status=422 if form.errors else 200)


def _invite(request: HttpRequest, organisation: Organisation, form: InviteForm) -> bool:
    """Invite; false, with the error in the form, when that cannot be."""
    told = form.cleaned_data
    try:
        sent = services.invite(
            organisation,
            told["addresses"],
            by=person_of(request),
            language=told["language"],
            administrator=told["administrator"],
            message=" ".join(told["message"].split()),
        )
    except services.TooManyInvitations:
        form.add_error(
            "addresses",
            _("That is too many invitations for one day, or too many letters to one address."),
        )
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    text = ngettext(
        "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", len(sent)
    )
    messages.success(request, text % {"count": len(sent)})
    return True


@require_POST
@login_required
def invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation once more, or take it back."""
    organisation = managed_organisation(request, slug)
    invitations = Invitation.objects.select_related("organisation").filter(
        organisation=organisation
    )
    found = get_object_or_404(invitations, pk=pk)
    by, values = person_of(request), {"email": found.email}
    try:
        if request.POST.get("action") == "withdraw":
            services.withdraw_invitation(found, by=by)
            messages.success(request, _("The invitation to %(email)s is withdrawn.") % values)
        else:
            services.resend(found, by=by)
            messages.success(
                request,
                _("A new letter to %(email)s is on its way; the old link ends.") % values,
            )
    except services.Closed:
        messages.info(request, _("The invitation has been answered meanwhile."))
    except services.TooManyInvitations:
        messages.error(
            request,
            _("%(email)s has had enough letters. Withdraw the invitation and ask them.") % values,
        )
    return _back(organisation, "invitasjoner")

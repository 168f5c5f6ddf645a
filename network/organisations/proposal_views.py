"""Pages on which organisations are proposed and taken in, and the queue of those who confirm."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.organisations import register, services
from network.organisations.joining_forms import MergeForm, ProposalForm, RefusalForm
from network.organisations.joining_views import person_of
from network.organisations.models import Organisation, OrganisationProposal
from network.organisations.permissions import can_decide_proposal, can_review
from network.organisations.similar import find_organisations, similar_organisations
from network.organisations.waiting import requests_waiting_for

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def propose(request: HttpRequest) -> HttpResponse:
    """Propose an organisation; those that it may be are offered first.

    The form is posted once to look for them and, where some are found, once more to say that it is
    none of them.
    """
    if request.method != "POST":
        form = ProposalForm(initial={"name": request.GET.get("name", "")[:200]})
        return render(request, "organisations/propose.html", _proposing(form))
    form = ProposalForm(request.POST)
    if request.POST.get("action") == "look-up":
        return render(request, "organisations/propose.html", _looked_up(request))
    if not form.is_valid():
        return render(request, "organisations/propose.html", _proposing(form), status=422)
    told = form.cleaned_data
    alike = similar_organisations(told["name"], told["number"], request.user)
    if alike and request.POST.get("none_of_them") != "on":
        context = {**_proposing(form), "alike": alike}
        return render(request, "organisations/propose.html", context)
    try:
        made = services.propose(person_of(request), **told)
    except services.TooManyProposals:
        form.add_error(None, _("You have proposed enough for now. Wait for the answers, please."))
        return render(request, "organisations/propose.html", _proposing(form), status=422)
    messages.success(request, _("Thank you. You are told when the organisation is confirmed."))
    return redirect("memberships:proposal", pk=made.pk)


def _proposing(form: ProposalForm) -> dict[str, object]:
    return {"form": form, "can_look_up": register.is_used()}


def _looked_up(request: HttpRequest) -> dict[str, object]:
    """The form, not yet judged, with what the register says filled in where nothing was written."""
    written = {name: request.POST.get(name, "")[:1000] for name in ProposalForm.base_fields}
    entry = register.look_up(written["number"])
    if entry is not None and entry.found:
        for name in ("name", "municipality", "web"):
            written[name] = written[name] or getattr(entry, name)
    return {**_proposing(ProposalForm(initial=written)), "entry": entry, "looked_up": True}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposed organisation, for who proposed it and for those who decide."""
    visible = OrganisationProposal.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("proposer", "park", "organisation"), pk=pk)
    if request.method == "POST" and request.POST.get("action") == "withdraw":
        return _withdraw(request, found)
    decides = can_decide_proposal(request.user, found)
    query = request.GET.get("q", "")
    alike = []
    if decides and query:
        alike = find_organisations(query, request.user)
    elif decides:
        alike = similar_organisations(found.name, found.number, request.user)
    action = request.POST.get("action", "")
    refusal = RefusalForm(request.POST if action == "refuse" else None)
    merging = request.POST if action == "merge" else None
    merge = MergeForm(merging, user=request.user, offered=alike)
    if request.method == "POST":
        if not decides:
            raise Http404
        if response := _decide(request, found, refusal, merge):
            return response
    context = {
        "proposal": found,
        "decides": decides,
        "is_own": found.proposer_id == request.user.pk,
        "alike": alike,
        "query": query,
        "refusal": refusal,
        "merge": merge,
        "entry": register.look_up(found.number) if decides and found.number else None,
    }
    status = 422 if refusal.errors or merge.errors else 200
    return render(request, "organisations/proposal.html", context, status=status)


def _withdraw(request: HttpRequest, found: OrganisationProposal) -> HttpResponse:
    if found.proposer_id != request.user.pk:
        raise Http404
    try:
        services.withdraw_proposal(found, by=person_of(request))
    except services.AlreadyDecided:
        messages.info(request, _("The proposal has been answered meanwhile."))
    else:
        messages.success(request, _("Your proposal is withdrawn."))
    return redirect("memberships:mine")


def _decide(
    request: HttpRequest, found: OrganisationProposal, refusal: RefusalForm, merge: MergeForm
) -> HttpResponse | None:
    """Do what was asked; None when a form must be shown again."""
    by, action = person_of(request), request.POST.get("action", "")
    if (refusal.is_bound and not refusal.is_valid()) or (merge.is_bound and not merge.is_valid()):
        return None
    try:
        if action == "confirm":
            made = services.confirm_proposal(found, by=by)
            messages.success(request, _("%(name)s is taken in.") % {"name": made.title})
            return redirect(made)
        if action == "merge":
            into: Organisation = merge.cleaned_data["organisation"]
            administrator = merge.cleaned_data["administrator"]
            services.merge_proposal(found, into, by=by, administrator=administrator)
            messages.success(
                request, _("The proposer now belongs to %(name)s.") % {"name": into.title}
            )
        elif action == "refuse":
            services.refuse_proposal(found, by=by, reason=refusal.cleaned_data["reason"])
            messages.success(request, _("The proposal is refused, and the proposer is told."))
        else:
            raise Http404
    except services.AlreadyDecided:
        messages.info(request, _("The proposal has been answered meanwhile."))
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
        return redirect("memberships:proposal", pk=found.pk)
    return redirect("memberships:queue")


@require_safe
@login_required
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that the reader is asked to confirm."""
    if not can_review(request.user):
        raise Http404
    requests = requests_waiting_for(request.user).select_related("organisation", "user")
    proposals = OrganisationProposal.objects.waiting_for(request.user)
    context = {
        "requests": Paginator(requests, PER_PAGE).get_page(request.GET.get("page")),
        "proposals": list(proposals.select_related("proposer", "park")[:PER_PAGE]),
    }
    return render(request, "organisations/queue.html", context)

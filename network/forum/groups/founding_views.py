"""Pages on which working groups are proposed, started, edited and ended."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from activity.services import read
from network.forum.groups import services
from network.forum.groups.errors import AlreadyDecidedError, EndedError, TooManyError
from network.forum.groups.following import proposal_thing
from network.forum.groups.forms import GroupForm, NewGroupForm, ProposalForm, ReasonForm
from network.forum.groups.names import name_of
from network.forum.groups.page import GroupFrame
from network.forum.groups.permissions import can_decide, can_start
from network.forum.groups.querysets import proposals_visible_to, proposals_waiting
from network.forum.groups.reaching import led_group, or_log_in, person_of
from network.forum.models import GroupProposal, WorkingGroup
from network.merging import ChangedMeanwhile

PER_PAGE: Final = 50


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Start a group; for everybody but staff, the way to propose one."""
    person = person_of(request)
    if not can_start(person):
        if request.method == "POST":
            raise Http404
        return redirect("groups:propose")
    form = NewGroupForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            group = services.found_group(form.cleaned_data, by=person)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The group is started, and you lead it."))
            return redirect(group)
    status = 422 if form.errors else 200
    return render(request, "forum/groups/new.html", {"form": form}, status=status)


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a group."""
    person = person_of(request)
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        initial={"openness": WorkingGroup.Openness.OPEN},
    )
    if form.is_valid():
        try:
            made = services.propose(form.cleaned_data, by=person)
        except TooManyError:
            form.add_error(
                None, _("You have proposed enough for now. Wait for the answers, please.")
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. You are told when staff have answered."))
            return redirect("groups:proposal", pk=made.pk)
    status = 422 if form.errors else 200
    return render(request, "forum/groups/propose.html", {"form": form}, status=status)


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposed group, for who proposed it and for those who decide."""
    person = person_of(request)
    visible = proposals_visible_to(person).select_related("proposer", "group")
    found = get_object_or_404(visible.prefetch_related("parks", "themes"), pk=pk)
    read(person, proposal_thing(found.pk))
    action = request.POST.get("action", "")
    form = ReasonForm(request.POST if action == "refuse" else None)
    if request.method == "POST" and (action != "refuse" or form.is_valid()):
        return _decide(request, found, action, form)
    context = {
        "proposal": found,
        "proposer": name_of(found.proposer),
        "is_own": found.proposer_id == person.pk,
        "decides": can_decide(person, found),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "forum/groups/proposal.html", context, status=status)


def _decide(
    request: HttpRequest, found: GroupProposal, action: str, form: ReasonForm
) -> HttpResponse:
    by, is_own = person_of(request), found.proposer_id == request.user.pk
    if not (action == "withdraw" and is_own) and not (
        action in {"accept", "refuse"} and can_decide(by, found)
    ):
        raise Http404
    try:
        if action == "withdraw":
            services.withdraw_proposal(found, by=by)
            messages.success(request, _("Your proposal is withdrawn."))
        elif action == "refuse":
            services.refuse_proposal(found, by=by, answer=form.cleaned_data["reason"])
            messages.success(request, _("The proposal is refused, and the proposer is told."))
        else:
            group = services.accept_proposal(found, by=by)
            messages.success(request, _("The group is started, and its proposer leads it."))
            return redirect(group)
    except AlreadyDecidedError:
        messages.info(request, _("The proposal has been answered meanwhile."))
        return redirect("groups:proposal", pk=found.pk)
    return redirect("groups:mine" if action == "withdraw" else "groups:queue")


@or_log_in
@require_safe
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """The proposals that wait for staff."""
    if not can_start(person_of(request)):
        raise Http404
    page = Paginator(proposals_waiting(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(each, name_of(each.proposer)) for each in page.object_list]
    return render(request, "forum/groups/queue.html", {"shown": page, "rows": rows})


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a group says of itself."""
    group = led_group(request, slug)
    form = GroupForm(request.POST if request.method == "POST" else None, instance=group)
    if form.is_valid() and _save(request, group, form):
        return redirect(group)
    context = {"page": GroupFrame(group, request.user), "group": group, "form": form}
    return render(request, "forum/groups/edit.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, group: WorkingGroup, form: GroupForm) -> bool:
    """Write what has changed; false, with the reasons at the fields, when that cannot be."""
    try:
        written = services.edit_group(
            group, form.values(), seen=form.cleaned_data["seen"], by=person_of(request)
        )
    except ChangedMeanwhile as changed:
        form.show_theirs(changed.theirs)
        return False
    except EndedError:
        form.add_error(None, _("The group has ended."))
        return False
    except ValidationError as error:
        form.show_refusal(error.error_dict)
        return False
    messages.success(
        request, _("The group is saved.") if written else _("There was nothing new to save.")
    )
    return True


@or_log_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """End a group after a question, or let one that has ended work again."""
    group = led_group(request, slug)
    frame = GroupFrame(group, request.user)
    if group.has_ended and not frame.is_administrator:
        return redirect(group)
    if request.method == "POST":
        if group.has_ended:
            services.reopen_group(group, by=person_of(request))
            messages.success(request, _("The group works again."))
        else:
            services.end_group(group, by=person_of(request))
            messages.success(request, _("The group has ended. It can still be read."))
        return redirect(group)
    return render(request, "forum/groups/end.html", {"page": frame, "group": group})

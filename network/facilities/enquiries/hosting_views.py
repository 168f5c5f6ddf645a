"""The host's desk: queue, one request, answers, templates. For administrators of a host alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.roles import roles_of
from activity.services import read
from network.facilities.enquiries import limits
from network.facilities.enquiries.forms import (
    MessageForm,
    OfferForm,
    RefusalForm,
    TemplateForm,
    uploaded,
)
from network.facilities.enquiries.markup import queue_rows
from network.facilities.enquiries.overview import Overview, figures
from network.facilities.enquiries.parties import asking_name, party_of
from network.facilities.enquiries.permissions import answers, oversees
from network.facilities.enquiries.queue import HostQueue
from network.facilities.enquiries.reaching import attempt, hosted_request, read_request
from network.facilities.enquiries.reading import thread
from network.facilities.enquiries.services import answering, deciding
from network.facilities.models import (
    AnswerTemplate,
    Booking,
    Facility,
    FacilityRequest,
    OfferState,
)

Answer = Callable[[FacilityRequest, Any, User], Any]


def hosts_of(request: HttpRequest) -> frozenset[int]:
    """The organisations that the reader answers for; 404 without any."""
    hosts = roles_of(request.user).administers
    if not hosts:
        raise Http404
    return hosts


@require_safe
@login_required
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, what is out and what is booked."""
    shown = HostQueue(hosts_of(request), request.GET)
    context = {"queue": shown, "rows": queue_rows(shown.rows, request.path)}
    return render(request, "facilities/enquiries/queue.html", context)


@require_safe
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """The reader's facilities, each with its calendar and hours."""
    facilities = Facility.objects.filter(host__in=hosts_of(request)).order_by("name_nb")[:200]
    return render(request, "facilities/enquiries/desk.html", {"facilities": facilities})


@require_safe
@login_required
@never_cache
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request as its host reads it, or the park's staff that was invited."""
    asked, party = read_request(request, pk)
    as_host = answers(party.user, asked)
    if asked.enquiry.asker_id == request.user.pk and not as_host:
        return redirect("enquiries:conversation", asked.enquiry_id, pk)
    if as_host and party.person is not None:
        for thing in (f"enquiry:{asked.enquiry_id}", f"enquiry-request:{pk}"):
            read(party.person, thing)
    files = list(asked.enquiry.attachments.filter(request=None)) if asked.shows_asker else []
    context = {
        "asked": asked,
        "enquiry": asked.enquiry,
        "as_host": as_host,
        "asker": asking_name(asked.enquiry) if asked.shows_asker else "",
        "files": files,
        "thread": thread(asked),
        "offer": asked.offers.exclude(state=OfferState.REPLACED).first(),
        "booking": Booking.objects.filter(request=asked).first(),
        "form": MessageForm(),
    }
    return render(request, "facilities/enquiries/host_request.html", context)


@require_POST
@login_required
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Commit to confidentiality."""
    asked, user = hosted_request(request, pk), _person(request)
    attempt(
        request,
        lambda: answering.promise_confidentiality(asked, by=user),
        _("The promise is kept with the enquiry. You now see who asks."),
    )
    return redirect("enquiries:host-request", pk)


def _question(asked: FacilityRequest, form: Any, user: User) -> Any:
    return answering.ask_question(asked, form.cleaned_data["text"], by=user, files=uploaded(form))


def _offer(asked: FacilityRequest, form: Any, user: User) -> Any:
    return answering.make_offer(asked, form.data_offered, by=user, files=uploaded(form))


def _refuse(asked: FacilityRequest, form: Any, user: User) -> Any:
    cleaned = form.cleaned_data
    return answering.refuse_request(asked, cleaned["reason"], cleaned["text"], by=user)


ANSWERS: Final[dict[str, tuple[Any, Answer, str]]] = {
    "question": (MessageForm, _question, "text"),
    "offer": (OfferForm, _offer, "conditions"),
    "refusal": (RefusalForm, _refuse, "text"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def answer(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A question, an offer or a refusal; ``?mal=`` begins with one of the organisation's texts."""
    asked, user = hosted_request(request, pk), _person(request)
    form_class, act, text_field = ANSWERS[kind]
    if not asked.is_answerable:
        raise Http404
    templates = list(AnswerTemplate.objects.filter(organisation=asked.host_id, kind=kind)[:50])
    if request.method == "POST":
        if limits.too_often(request, "message", limits.MESSAGES):
            return render(request, "429.html", status=429)
        form = form_class(request.POST, request.FILES)
        if form.is_valid():
            if attempt(request, lambda: act(asked, form, user), _("The answer is sent.")):
                return redirect("enquiries:host-request", pk)
            asked.refresh_from_db()
            if not asked.is_answerable:
                return redirect("enquiries:host-request", pk)
    else:
        chosen = [each for each in templates if str(each.pk) == request.GET.get("mal")]
        form = form_class(initial={text_field: chosen[0].text} if chosen else None)
    context = {
        "asked": asked,
        "enquiry": asked.enquiry,
        "kind": kind,
        "form": form,
        "templates": templates,
    }
    status = 422 if form.errors else 200
    return render(request, "facilities/enquiries/answer.html", context, status=status)


@require_POST
@login_required
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """A message from the host."""
    asked, party = hosted_request(request, pk), party_of(request)
    if limits.too_often(request, "message", limits.MESSAGES):
        return render(request, "429.html", status=429)
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        text, files = form.cleaned_data["text"], uploaded(form)
        done = _("The message is sent.")
        attempt(request, lambda: deciding.write_message(asked, text, by=party, files=files), done)
        return redirect("enquiries:host-request", pk)
    context = {"asked": asked, "enquiry": asked.enquiry, "kind": "message", "form": form}
    return render(request, "facilities/enquiries/answer.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def templates(request: HttpRequest, template_pk: int | None = None) -> HttpResponse:
    """The texts that the reader's organisations often answer with: list, add, change."""
    hosts, party, user = hosts_of(request), party_of(request), _person(request)
    own = AnswerTemplate.objects.filter(organisation__in=hosts).select_related("organisation")
    changed = get_object_or_404(own, pk=template_pk) if template_pk else None
    posted = request.POST if request.method == "POST" else None
    form = TemplateForm(party, posted, instance=changed or AnswerTemplate())
    if form.is_valid():
        done = _("The text is kept.")
        if attempt(request, lambda: answering.save_template(form.instance, by=user), done):
            return redirect("enquiries:templates")
    context = {
        "form": form,
        "templates": list(own[:100]),
        "changed": changed,
        "many": len(hosts) > 1,
    }
    status = 422 if form.errors else 200
    return render(request, "facilities/enquiries/templates.html", context, status=status)


@require_POST
@login_required
def delete_template(request: HttpRequest, template_pk: int) -> HttpResponse:
    """Forget such a text."""
    own = AnswerTemplate.objects.filter(organisation__in=hosts_of(request))
    template, user = get_object_or_404(own, pk=template_pk), _person(request)
    attempt(
        request,
        lambda: answering.delete_template(template, by=user),
        _("The text is deleted."),
    )
    return redirect("enquiries:templates")


@require_safe
@login_required
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """How enquiries to the reader's parks go, without what they are about."""
    if not oversees(request.user):
        raise Http404
    context = {
        "overview": Overview(request.user, request.GET),
        "figures": figures(request.user),
    }
    return render(request, "facilities/enquiries/overview.html", context)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user

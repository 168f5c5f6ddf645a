"""Following an enquiry: the list, the answers side by side, accepting one, writing to hosts."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity.services import read
from network.facilities.enquiries import limits
from network.facilities.enquiries.forms import LinkForm, MessageForm, uploaded
from network.facilities.enquiries.parties import enquiry_of_link, hold, party_of
from network.facilities.enquiries.permissions import reads_attachment
from network.facilities.enquiries.reaching import attempt, own_enquiry, read_request
from network.facilities.enquiries.reading import EnquiryPage, listed, thread
from network.facilities.enquiries.services import deciding, sending
from network.facilities.enquiries.telling import post_links
from network.facilities.models import (
    Attachment,
    Enquiry,
    EnquiryState,
    FacilityRequest,
    Offer,
    RequestState,
)

LINKS_MAILED = 5


@never_cache
@require_safe
def enquiry_list(request: HttpRequest) -> HttpResponse:
    """The reader's enquiries, drafts too."""
    party = party_of(request)
    before = request.GET.get("before", "")
    number = int(before[:18]) if before.isascii() and before.isdecimal() else 0
    rows, next_before = listed(party, number)
    context = {"rows": rows, "next": next_before, "is_first": not number}
    return render(request, "facilities/enquiries/list.html", context)


@never_cache
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One enquiry with what the facilities have answered."""
    enquiry = own_enquiry(request, pk)
    if enquiry.state == EnquiryState.DRAFT:
        return redirect("enquiries:recipients", pk)
    if enquiry.state == EnquiryState.UNVERIFIED:
        return render(request, "facilities/enquiries/unverified.html", {"enquiry": enquiry})
    page = EnquiryPage(enquiry)
    return render(request, "facilities/enquiries/detail.html", {"page": page, "enquiry": enquiry})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest, pk: int, request_pk: int) -> HttpResponse:
    """What the asker and one host wrote to each other; an answer to a question goes out here."""
    enquiry = own_enquiry(request, pk)
    asked = _own_request(enquiry, request_pk)
    form = MessageForm()
    if request.method == "POST":
        if limits.too_often(request, "message", limits.MESSAGES):
            return render(request, "429.html", status=429)
        form = MessageForm(request.POST, request.FILES)
        if form.is_valid():
            is_answer = asked.state == RequestState.QUESTION
            write = deciding.answer_question if is_answer else deciding.write_message
            text, party = form.cleaned_data["text"], party_of(request)
            attempt(
                request,
                lambda: write(asked, text, by=party, files=uploaded(form)),
                _("The message is sent."),
            )
            return redirect("enquiries:conversation", pk, request_pk)
    elif (person := party_of(request).person) is not None:
        read(person, f"enquiry-request:{request_pk}")
    context = {"asked": asked, "enquiry": enquiry, "thread": thread(asked), "form": form}
    status = 422 if form.errors else 200
    return render(request, "facilities/enquiries/conversation.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, pk: int, offer_pk: int) -> HttpResponse:
    """Look at an offer once more, and accept it."""
    enquiry = own_enquiry(request, pk)
    offer = get_object_or_404(
        Offer.objects.select_related("request__facility", "request__host"),
        pk=offer_pk,
        request__enquiry=enquiry,
    )
    offer.request.enquiry = enquiry
    if request.method != "POST":
        answers = [each for each in EnquiryPage(enquiry).offers if each.offer == offer]
        if not (answers and answers[0].can_accept):
            messages.error(request, _("This offer can no longer be accepted."))
            return redirect("enquiries:detail", pk)
        context = {"enquiry": enquiry, "offer": offer, "answer": answers[0]}
        return render(request, "facilities/enquiries/accept.html", context)
    party = party_of(request)
    attempt(
        request,
        lambda: deciding.accept_offer(offer, by=party),
        _("The offer is accepted. The host confirms the time."),
    )
    return redirect("enquiries:detail", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the whole enquiry back."""
    enquiry, party = own_enquiry(request, pk), party_of(request)
    done = _("The enquiry is withdrawn, and the hosts are told.")
    attempt(request, lambda: deciding.withdraw_enquiry(enquiry, by=party), done)
    return redirect("enquiries:detail", pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End it without an agreement."""
    enquiry, party = own_enquiry(request, pk), party_of(request)
    done = _("The enquiry is closed, and the hosts are thanked.")
    attempt(request, lambda: deciding.close_enquiry(enquiry, by=party), done)
    return redirect("enquiries:detail", pk)


@require_POST
def withdraw_request(request: HttpRequest, pk: int, request_pk: int) -> HttpResponse:
    """No longer ask one of the facilities."""
    enquiry, party = own_enquiry(request, pk), party_of(request)
    asked = _own_request(enquiry, request_pk)
    done = _("The facility is no longer asked.")
    attempt(request, lambda: deciding.withdraw_request(asked, by=party), done)
    return redirect("enquiries:detail", pk)


@require_POST
def invite_staff(request: HttpRequest, request_pk: int) -> HttpResponse:
    """Either party lets the park's staff read along, or no longer."""
    asked, party = read_request(request, request_pk)
    invited = request.POST.get("invited") == "1"
    attempt(request, lambda: deciding.invite_staff(asked, by=party, invited=invited))
    if asked.enquiry_id in party.guest_of or asked.enquiry.asker_id == request.user.pk:
        return redirect("enquiries:conversation", asked.enquiry_id, request_pk)
    return redirect("enquiries:host-request", request_pk)


@never_cache
@require_safe
def file(request: HttpRequest, file_pk: int) -> FileResponse:
    """A file of an enquiry, for the parties it is for; always as a download."""
    attachment = get_object_or_404(
        Attachment.objects.select_related("enquiry", "request__facility"), pk=file_pk
    )
    if not reads_attachment(party_of(request), attachment):
        raise Http404
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    suffix = PurePosixPath(attachment.name).suffix.lower()
    response = FileResponse(
        content,
        as_attachment=True,
        filename=attachment.name,
        content_type=mimetypes.types_map.get(suffix, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, token: str) -> HttpResponse:
    """A mailed link. Opening it sends nothing: mail programs open links by themselves."""
    enquiry = enquiry_of_link(token)
    if enquiry is None:
        return redirect("enquiries:links")
    if enquiry.state != EnquiryState.UNVERIFIED:
        hold(request, enquiry)
        return redirect("enquiries:detail", enquiry.pk)
    if request.method == "POST":
        hold(request, enquiry)
        attempt(
            request,
            lambda: sending.verify_enquiry(enquiry),
            _("The enquiry is sent. You get a mail when somebody answers."),
        )
        return redirect("enquiries:detail", enquiry.pk)
    requests = list(enquiry.requests.select_related("facility"))
    context = {"enquiry": enquiry, "requests": requests}
    return render(request, "facilities/enquiries/guest.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """Have new links mailed. What is answered does not tell whether there were any."""
    form = LinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"].lower()
        if limits.too_often(request, "links", limits.LINKS) or limits.too_often(
            request, "link", limits.LINKS, of=email
        ):
            return render(request, "429.html", status=429)
        found = Enquiry.objects.filter(asker=None, guest_email__iexact=email)
        found = found.exclude(state=EnquiryState.DRAFT).order_by("-pk")[:LINKS_MAILED]
        post_links(email, list(found))
        messages.success(
            request, _("If there are enquiries from this address, the links are on their way.")
        )
        return redirect("enquiries:links")
    status = 422 if form.errors else 200
    return render(request, "facilities/enquiries/links.html", {"form": form}, status=status)


def _own_request(enquiry: Enquiry, request_pk: int) -> FacilityRequest:
    requests = enquiry.requests.exclude(state=RequestState.CHOSEN)
    found: FacilityRequest = get_object_or_404(
        requests.select_related("facility", "host"), pk=request_pk
    )
    found.enquiry = enquiry
    return found

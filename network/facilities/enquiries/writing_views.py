"""Writing an enquiry: the problem, the facilities to ask, sending it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from network.facilities.comparison import chosen_slugs
from network.facilities.enquiries import limits
from network.facilities.enquiries.forms import GuestForm, MemberForm, StatementForm, uploaded
from network.facilities.enquiries.parties import hold, party_of
from network.facilities.enquiries.proposals import propose_facilities
from network.facilities.enquiries.reaching import attempt, own_draft
from network.facilities.enquiries.services import drafts, sending
from network.facilities.models import Enquiry, Facility

BASKET: Final = "enquiry_basket"


def in_basket(request: HttpRequest) -> list[str]:
    """Slugs of the facilities that the reader has put aside to ask."""
    kept = request.session.get(BASKET) or []
    return [slug for slug in kept if isinstance(slug, str)][: drafts.MOST_FACILITIES]


@require_POST
def basket(request: HttpRequest) -> HttpResponse:
    """Put facilities aside, or take one out; kept in the session."""
    kept = in_basket(request)
    if removed := request.POST.get("remove"):
        kept = [slug for slug in kept if slug != removed]
    added = [facility.slug for facility in _visible(request, chosen_slugs(request.POST))]
    kept = list(dict.fromkeys([*kept, *added]))
    if len(kept) > drafts.MOST_FACILITIES:
        messages.error(request, _("You can ask ten facilities at most."))
    request.session[BASKET] = kept[: drafts.MOST_FACILITIES]
    if request.POST.get("then") == "find":
        return redirect("facilities:list")
    return redirect("enquiries:new")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form for a new enquiry; ``?f=slug`` and what was put aside are asked."""
    slugs = list(dict.fromkeys([*in_basket(request), *chosen_slugs(request.GET)]))
    if request.method != "POST":
        return _form_page(request, StatementForm(), _visible(request, slugs))
    if limits.too_often(request, "draft", limits.DRAFTS):
        return render(request, "429.html", status=429)
    form = StatementForm(request.POST, request.FILES)
    valid = form.is_valid()
    slugs = list(dict.fromkeys([*chosen_slugs(request.POST), *slugs]))
    # Kept also when something is wrong with it, so that nothing typed is lost.
    enquiry = drafts.start_draft(party_of(request), form.written)
    if not request.user.is_authenticated:
        hold(request, enquiry)
    request.session.pop(BASKET, None)
    attempt(request, lambda: drafts.choose_facilities(enquiry, _visible(request, slugs)))
    attempt(request, lambda: drafts.attach(enquiry, uploaded(form)))
    if not valid:
        return _form_page(request, form, [], enquiry)
    return _next(request, enquiry)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on writing a draft."""
    enquiry = own_draft(request, pk)
    if request.method != "POST":
        return _form_page(request, StatementForm(instance=enquiry), [], enquiry)
    # The form writes into what it is given, and only what is right is to be kept.
    form = StatementForm(request.POST, request.FILES, instance=Enquiry(pk=enquiry.pk))
    valid = form.is_valid()
    saved = attempt(request, lambda: drafts.save_draft(enquiry, form.written))
    saved = attempt(request, lambda: drafts.attach(enquiry, uploaded(form))) and saved
    if not valid:
        return _form_page(request, form, [], enquiry)
    return _next(request, enquiry) if saved else redirect("enquiries:edit", pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recipients(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to ask: those chosen, others proposed with reasons, and who asks."""
    enquiry = own_draft(request, pk)
    if request.method == "POST":
        if removed := request.POST.get("remove", ""):
            if removed.isascii() and removed.isdecimal():
                number = int(removed[:18])
                attempt(request, lambda: drafts.leave_out_facility(enquiry, number))
        else:
            chosen = _visible(request, chosen_slugs(request.POST), request.POST.getlist("add"))
            attempt(request, lambda: drafts.choose_facilities(enquiry, chosen))
        return redirect("enquiries:recipients", pk)
    return _recipients_page(request, enquiry)


@require_POST
@never_cache
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it; a guest gets a link by mail first."""
    enquiry = own_draft(request, pk)
    if limits.too_often(request, "send", limits.SENDING):
        return render(request, "429.html", status=429)
    party = party_of(request)
    form: MemberForm | GuestForm
    if party.person is not None:
        form = MemberForm(party, request.POST, instance=enquiry)
    else:
        form = GuestForm(request.POST, instance=enquiry)
    if not form.is_valid():
        return _recipients_page(request, enquiry, form, status=422)
    if party.person is not None:
        return _send_as_person(request, enquiry, form.cleaned_data, party.person)
    return _send_as_guest(request, enquiry, form.cleaned_data)


def _send_as_person(
    request: HttpRequest, enquiry: Enquiry, values: dict[str, Any], person: User
) -> HttpResponse:
    drafts.save_draft(enquiry, values)
    done = _("The enquiry is sent. You are told when somebody answers.")
    sent = attempt(request, lambda: sending.send_enquiry(enquiry, by=person), done)
    return redirect("enquiries:detail" if sent else "enquiries:recipients", enquiry.pk)


def _send_as_guest(request: HttpRequest, enquiry: Enquiry, values: dict[str, Any]) -> HttpResponse:
    if limits.too_often(request, "link", limits.LINKS, of=values["guest_email"]):
        return render(request, "429.html", status=429)
    asked = attempt(request, lambda: sending.ask_for_verification(enquiry, values))
    return redirect("enquiries:detail" if asked else "enquiries:recipients", enquiry.pk)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    enquiry = own_draft(request, pk)
    attempt(request, lambda: drafts.delete_draft(enquiry), _("The draft is deleted."))
    return redirect("enquiries:list")


@require_POST
def remove_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take a file out of a draft."""
    enquiry = own_draft(request, pk)
    for attachment in enquiry.attachments.filter(pk=file_pk, request=None):
        attempt(request, partial(drafts.remove_attachment, attachment))
    return redirect("enquiries:edit", pk)


def _next(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """After the form: on to the recipients, or to the catalogue to find more of them."""
    if request.POST.get("then") == "later":
        messages.success(request, _("The draft is kept. You find it among your enquiries."))
        return redirect("enquiries:list")
    return redirect("enquiries:recipients", enquiry.pk)


def _visible(request: HttpRequest, slugs: Iterable[str], pks: Iterable[str] = ()) -> list[Facility]:
    """Published facilities by slug or number, in that order; others are left out."""
    slugs = list(slugs)[:20]
    numbers = [int(pk[:18]) for pk in list(pks)[:20] if pk.isascii() and pk.isdecimal()]
    public = Facility.objects.public()
    found = list(public.filter(slug__in=slugs)) if slugs else []
    if numbers:
        found += public.filter(pk__in=numbers)
    return sorted(found, key=lambda each: slugs.index(each.slug) if each.slug in slugs else 99)


def _form_page(
    request: HttpRequest,
    form: StatementForm,
    facilities: list[Facility],
    enquiry: Enquiry | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "enquiry": enquiry,
        "facilities": facilities,
        "basket": set(in_basket(request)),
        "action": reverse("enquiries:edit", args=[enquiry.pk]) if enquiry else "",
        "files": list(enquiry.attachments.filter(request=None)) if enquiry else [],
    }
    status = 422 if form.errors else 200
    return render(request, "facilities/enquiries/write.html", context, status=status)


def _recipients_page(
    request: HttpRequest,
    enquiry: Enquiry,
    form: GuestForm | MemberForm | None = None,
    status: int = 200,
) -> HttpResponse:
    chosen = list(sending.chosen_requests(enquiry).select_related("facility__park"))
    party = party_of(request)
    # What a refused form has written into the enquiry is not what is kept.
    kept = Enquiry.objects.select_related("organisation").get(pk=enquiry.pk)
    proposals = propose_facilities(kept, request.user, {each.facility_id for each in chosen})
    if form is None:
        form = MemberForm(party, instance=kept) if party.person else GuestForm(instance=kept)
    context = {
        "enquiry": kept,
        "chosen": chosen,
        "proposals": proposals,
        "full": len(chosen) >= drafts.MOST_FACILITIES,
        "form": form,
    }
    return render(request, "facilities/enquiries/recipients.html", context, status=status)

"""Pages of bookings, calendars and private addresses of calendars."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from network.facilities.bookings import services
from network.facilities.bookings.calendar import MonthCalendar
from network.facilities.bookings.forms import (
    BlackoutForm,
    CancelForm,
    HoursForm,
    OutcomeForm,
    PeriodForm,
)
from network.facilities.bookings.ical import CONTENT_TYPE, calendar_of
from network.facilities.bookings.permissions import keeps_calendar, sees_free_busy
from network.facilities.bookings.querysets import fed_bookings
from network.facilities.enquiries.parties import Party, asking_name, party_of
from network.facilities.enquiries.permissions import answers, asks
from network.facilities.enquiries.reaching import attempt
from network.facilities.models import (
    Blackout,
    Booking,
    CalendarFeed,
    CalendarSettings,
    Facility,
    Outcome,
)

Act = Callable[[Booking, HttpRequest, Party], Any]


def _booking(request: HttpRequest, pk: int) -> tuple[Booking, Party, bool]:
    """A booking of the reader's, and whether they are its host; else 404."""
    found = get_object_or_404(
        Booking.objects.select_related(
            *("facility__park", "offer", "request__enquiry__asker", "request__host"),
            "request__enquiry__organisation",
        ),
        pk=pk,
    )
    party = party_of(request)
    as_host = answers(party.user, found.request)
    if not (as_host or asks(party, found.request.enquiry)):
        raise Http404
    return found, party, as_host


@never_cache
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One booking with what each side can do with it."""
    booking, _party, as_host = _booking(request, pk)
    return _page(request, booking, as_host=as_host)


@never_cache
@require_POST
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Confirm, finish, agree to another time or keep the old one."""
    booking, party, as_host = _booking(request, pk)
    act, host_only, done = CHANGES[what]
    if host_only and not as_host:
        raise Http404
    attempt(request, lambda: act(booking, request, party), str(done()))
    return redirect("bookings:detail", pk)


@never_cache
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off, with a reason."""
    booking, party, as_host = _booking(request, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _page(request, booking, as_host=as_host, cancel_form=form)
    attempt(
        request,
        lambda: services.cancel_booking(booking, form.cleaned_data["reason"], by=party),
        _("The booking is cancelled, and the other party is told."),
    )
    return redirect("bookings:detail", pk)


@never_cache
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose another time."""
    booking, party, as_host = _booking(request, pk)
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _page(request, booking, as_host=as_host, period_form=form)
    times = form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]
    attempt(
        request,
        lambda: services.propose_time(booking, *times, by=party),
        _("The proposal is sent. The booking stays as it is until the other party agrees."),
    )
    return redirect("bookings:detail", pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """How it went, told by one side and read by the other."""
    booking, party, as_host = _booking(request, pk)
    if not services.may_record_outcome(booking):
        raise Http404
    told = {each.by_host: each for each in Outcome.objects.filter(booking=booking)}
    posted = request.POST if request.method == "POST" else None
    # The form writes into what it is given; what is kept is changed by the service alone.
    kept = told.get(as_host)
    initial = model_to_dict(kept, OutcomeForm.Meta.fields) if kept else None
    form = OutcomeForm(posted, initial=initial)
    if form.is_valid():
        values = form.cleaned_data
        done = _("Thank you. What you wrote is kept.")
        if attempt(request, lambda: services.record_outcome(booking, values, by=party), done):
            return redirect("bookings:detail", pk)
    context = {"booking": booking, "enquiry": booking.request.enquiry, "form": form}
    status = 422 if form.errors else 200
    return render(request, "facilities/bookings/outcome.html", context, status=status)


@never_cache
@require_safe
def ical(request: HttpRequest, pk: int) -> HttpResponse:
    """The booking as a file for a calendar program."""
    booking, _party, _as_host = _booking(request, pk)
    response = HttpResponse(calendar_of([booking]), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="booking-{booking.pk}.ics"'
    return response


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar behind a private address."""
    found = fed_bookings(key[:100])
    if found is None:
        raise Http404
    of, bookings = found
    with override(of.user.language):
        name = of.facility.name if of.facility else _("My bookings")
        content = calendar_of(bookings, name)
    stamp = max((f"{b.changed_at.timestamp()}.{b.sequence}" for b in bookings), default="0")
    etag = quote_etag(f"{of.pk}.{len(bookings)}.{stamp}")
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    shown = get_conditional_response(request, etag=etag, response=response)
    return HttpResponse(status=304) if shown is None else _as_response(shown)


def _as_response(shown: Any) -> HttpResponse:
    assert isinstance(shown, HttpResponse)
    return shown


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def feeds(request: HttpRequest) -> HttpResponse:
    """The reader's private addresses: make one, make it anew, stop it."""
    assert isinstance(request.user, User)
    user = request.user
    made = ""
    facilities = list(
        Facility.objects.filter(
            host__memberships__user=user, host__memberships__administrator=True
        ).order_by("name_nb")[:200]
    )
    if request.method == "POST":
        slug = request.POST.get("facility", "")
        named = [each for each in facilities if each.slug == slug]
        if slug and not named:
            raise Http404
        facility = named[0] if named else None
        if "stop" in request.POST:
            services.stop_feed(user, facility)
            return redirect("bookings:feeds")
        made = services.make_feed(user, facility)
    there = set(CalendarFeed.objects.filter(user=user).values_list("facility_id", flat=True))
    context = {
        "made": made,
        "own": None in there,
        "rows": [(facility, facility.pk in there) for facility in facilities],
    }
    return render(request, "facilities/bookings/feeds.html", context)


@never_cache
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """A month of a facility; titles for its host, free and busy for others if it is shown."""
    facility = get_object_or_404(
        Facility.objects.visible_to(request.user).select_related("park"), slug=slug
    )
    keeper = keeps_calendar(request.user, facility)
    if not (keeper or sees_free_busy(request.user, facility)):
        raise Http404
    shown = MonthCalendar(facility, request.GET.get("m", ""), keeper=keeper)
    as_list = request.GET.get("vis") == "liste"
    context = {"calendar": shown, "facility": facility, "keeper": keeper, "as_list": as_list}
    return render(request, "facilities/bookings/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def hours(request: HttpRequest, slug: str) -> HttpResponse:
    """Opening hours and blackout periods, kept by the host."""
    facility, user = _kept(request, slug)
    posted = request.POST if request.method == "POST" else None
    closing = posted is not None and "reason" in posted
    settings_ = CalendarSettings.objects.filter(facility=facility).first()
    shown = {"shows_free_busy": bool(settings_ and settings_.shows_free_busy)}
    form = HoursForm(facility, None if closing else posted, initial=shown)
    blackout_form = BlackoutForm(posted if closing else None)
    if closing and blackout_form.is_valid():
        cleaned = blackout_form.cleaned_data
        if attempt(
            request,
            lambda: services.black_out(
                facility, cleaned["starts_at"], cleaned["ends_at"], cleaned["reason"], by=user
            ),
            _("The facility is closed in that time."),
        ):
            return redirect("bookings:hours", slug)
    elif not closing and form.is_valid():
        services.set_opening_hours(
            facility,
            form.periods,
            shows_free_busy=form.cleaned_data["shows_free_busy"],
            by=user,
        )
        messages.success(request, _("The opening hours are saved."))
        return redirect("bookings:hours", slug)
    context = {
        "facility": facility,
        "form": form,
        "blackout_form": blackout_form,
        "blackouts": list(facility.blackouts.order_by("-ends_at")[:50]),
    }
    status = 422 if form.errors or blackout_form.errors else 200
    return render(request, "facilities/bookings/hours.html", context, status=status)


@require_POST
@login_required
def lift(request: HttpRequest, slug: str, blackout_pk: int) -> HttpResponse:
    """End a blackout period."""
    facility, user = _kept(request, slug)
    blackout = get_object_or_404(Blackout, pk=blackout_pk, facility=facility)
    attempt(request, lambda: services.lift_blackout(blackout, by=user), _("It is open again."))
    return redirect("bookings:hours", slug)


def _kept(request: HttpRequest, slug: str) -> tuple[Facility, User]:
    facility = get_object_or_404(Facility.objects.visible_to(request.user), slug=slug)
    if not keeps_calendar(request.user, facility):
        raise Http404
    assert isinstance(request.user, User)
    return facility, request.user


def _confirm(booking: Booking, request: HttpRequest, party: Party) -> None:
    assert party.person is not None
    services.confirm_booking(booking, by=party.person)


def _finish(booking: Booking, request: HttpRequest, party: Party) -> None:
    assert party.person is not None
    services.finish_booking(booking, by=party.person)


def _agree(booking: Booking, request: HttpRequest, party: Party) -> None:
    services.agree_to_time(booking, by=party)


def _decline(booking: Booking, request: HttpRequest, party: Party) -> None:
    services.decline_time(booking, by=party)


CHANGES: Final[dict[str, tuple[Act, bool, Callable[[], str]]]] = {
    "confirm": (_confirm, True, lambda: _("The booking is confirmed.")),
    "finish": (_finish, True, lambda: _("Well done. Say how it went, too.")),
    "agree": (_agree, False, lambda: _("The booking has its new time.")),
    "decline": (_decline, False, lambda: _("The time stays as it was.")),
}


def _page(
    request: HttpRequest,
    booking: Booking,
    *,
    as_host: bool,
    cancel_form: CancelForm | None = None,
    period_form: PeriodForm | None = None,
) -> HttpResponse:
    asked = booking.request
    times = {"starts_at": booking.starts_at, "ends_at": booking.ends_at}
    context = {
        "booking": booking,
        "asked": asked,
        "enquiry": asked.enquiry,
        "as_host": as_host,
        "asker": asking_name(asked.enquiry) if asked.shows_asker or not as_host else "",
        "proposed_to_reader": (
            booking.proposed_starts_at is not None and booking.proposed_by_host != as_host
        ),
        "cancel_form": cancel_form or CancelForm(),
        "period_form": period_form or PeriodForm(initial=times),
        "may_tell": services.may_record_outcome(booking),
        "their_outcome": Outcome.objects.filter(booking=booking).exclude(by_host=as_host).first(),
        "cancelled_by_reader": booking.cancelled_by_host == as_host,
        "lapsed": booking.cancelled_by_host is None,
    }
    bad = (cancel_form is not None) or (period_form is not None)
    status = 422 if bad else 200
    return render(request, "facilities/bookings/detail.html", context, status=status)

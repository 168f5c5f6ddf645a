"""What happens as days pass, once each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import Notification
from network.facilities.enquiries import due
from network.facilities.enquiries.record import after_working_days
from network.facilities.enquiries.response import reckon_response_times
from network.facilities.enquiries.services import answering
from network.facilities.models import (
    Enquiry,
    FacilityRequest,
    Offer,
    RequestState,
    ResponseTime,
)
from tests.factories.accounts import staff_of
from tests.factories.enquiries import EnquiryFactory, offer_data, request_of, sent_enquiry

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def told(user):
    rows = Notification.objects.filter(user=user).order_by("pk").select_related("event")
    return [row.event.data["step"] for row in rows]


def due_in(days):
    FacilityRequest.objects.update(respond_by=timezone.localdate() + timedelta(days=days))


def test_a_host_is_reminded_once_before_the_day(enquiry, shaker_host, asker):
    due_in(1)
    for _ in range(3):
        due.remind(timezone.now())
    assert told(shaker_host) == ["received", "reminder"]
    assert told(asker) == []


def test_host_asker_and_park_hear_once_of_what_is_overdue(enquiry, shaker_host, asker, park):
    staff = staff_of(park)
    due_in(-1)
    for _ in range(3):
        due.remind(timezone.now())
    assert told(shaker_host) == ["received", "overdue"]
    assert told(asker) == told(staff) == ["overdue", "overdue"]


def test_whoever_has_answered_is_left_in_peace(enquiry, shaker, shaker_host):
    answering.ask_question(request_of(enquiry, shaker), "Hva?", by=shaker_host)
    due_in(-1)
    due.remind(timezone.now())
    assert told(shaker_host) == ["received"]


def test_an_offer_lapses_and_can_be_renewed(enquiry, shaker, shaker_host, asker):
    answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    Offer.objects.update(valid_until=timezone.localdate() + timedelta(days=1))
    due.remind(timezone.now())
    due.expire(timezone.now())
    assert told(asker) == ["offered", "lapsing"]
    Offer.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    for _ in range(2):
        due.expire(timezone.now())
    assert request_of(enquiry, shaker).state == RequestState.EXPIRED
    assert told(asker)[-1] == "expired"
    answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    assert request_of(enquiry, shaker).state == RequestState.OFFERED


def test_what_nobody_answers_is_given_up_after_four_weeks(enquiry):
    due_in(-20)
    due.expire(timezone.now())
    assert set(enquiry.requests.values_list("state", flat=True)) == {RequestState.SENT}
    due_in(-40)
    due.expire(timezone.now())
    assert set(enquiry.requests.values_list("state", flat=True)) == {RequestState.EXPIRED}


def test_visitors_drafts_are_forgotten_and_peoples_are_kept(asker):
    theirs, visitors = EnquiryFactory(asker=asker), EnquiryFactory(asker=None)
    Enquiry.objects.update(changed_at=timezone.now() - timedelta(days=31))
    recent = EnquiryFactory(asker=None)
    due.forget_unsent(timezone.now())
    assert set(Enquiry.objects.all()) == {theirs, recent}
    assert visitors not in Enquiry.objects.all()


def test_the_median_shows_from_three_answers_on(client, shaker, shaker_host):
    url = "/testfasiliteter/ristebord/"
    for number, hours in enumerate((2, 50, 300)):
        assert "Svarer vanligvis" not in client.get(url).text
        request = request_of(sent_enquiry(shaker))
        sent = timezone.now() - timedelta(days=20)
        FacilityRequest.objects.filter(pk=request.pk).update(
            sent_at=sent, first_answer_at=sent + timedelta(hours=hours)
        )
        reckon_response_times(timezone.now())
        assert ResponseTime.objects.exists() == (number == 2)
    assert "Svarer vanligvis innen 2 dager" in client.get(url).text
    FacilityRequest.objects.update(first_answer_at=timezone.now() - timedelta(days=400))
    reckon_response_times(timezone.now())
    assert "Svarer vanligvis" not in client.get(url).text


def test_working_days_skip_the_weekend():
    friday = timezone.datetime(2026, 11, 20).date()
    assert after_working_days(friday, 1) == timezone.datetime(2026, 11, 23).date()
    assert after_working_days(friday, 10) == timezone.datetime(2026, 12, 4).date()

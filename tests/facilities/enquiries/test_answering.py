"""What hosts and askers may do to a request, in which state, and who is told."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from activity.models import Letter, Notification
from network.facilities.enquiries.services import answering, deciding, drafts, sending
from network.facilities.models import (
    Enquiry,
    EnquiryState,
    Message,
    OfferState,
    RequestState,
    Step,
)
from network.transitions import NotPossibleError
from tests.factories.accounts import UserFactory, member_of
from tests.factories.enquiries import (
    EnquiryFactory,
    hour,
    offer_data,
    party,
    request_of,
    sent_enquiry,
)
from tests.factories.network import FacilityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def told(user):
    """The steps that somebody has been told of, oldest first."""
    rows = Notification.objects.filter(user=user).order_by("pk")
    return [row.event.data["step"] for row in rows.select_related("event")]


def test_sending_reaches_every_host_once_and_is_recorded(enquiry, shaker_host, oven_host, asker):
    assert enquiry.state == EnquiryState.SENT
    assert told(shaker_host) == told(oven_host) == ["received"]
    assert told(asker) == []
    assert Step.objects.filter(enquiry=enquiry, what="sent", by=asker).count() == 2


def test_a_sent_enquiry_is_not_sent_again(enquiry, asker, shaker_host):
    with pytest.raises(NotPossibleError):
        sending.send_enquiry(Enquiry.objects.get(pk=enquiry.pk), by=asker)
    assert told(shaker_host) == ["received"]


def test_a_second_tab_that_has_the_draft_open_sends_nothing(asker, shaker):
    enquiry = EnquiryFactory(asker=asker)
    drafts.choose_facilities(enquiry, [shaker])
    stale = Enquiry.objects.get(pk=enquiry.pk)
    sending.send_enquiry(enquiry, by=asker)
    with pytest.raises(NotPossibleError):
        sending.send_enquiry(stale, by=asker)
    with pytest.raises(NotPossibleError):
        drafts.save_draft(Enquiry.objects.get(pk=enquiry.pk), {"title": "Noe annet"})


@pytest.mark.parametrize("missing", ["title", "problem"])
def test_nothing_is_sent_without_a_problem(missing, asker, shaker):
    enquiry = EnquiryFactory(asker=asker, **{missing: " "})
    drafts.choose_facilities(enquiry, [shaker])
    with pytest.raises(NotPossibleError):
        sending.send_enquiry(enquiry, by=asker)


def test_nothing_is_sent_to_nobody_or_to_what_was_taken_off_the_site(asker, shaker):
    enquiry = EnquiryFactory(asker=asker)
    with pytest.raises(NotPossibleError):
        sending.send_enquiry(enquiry, by=asker)
    drafts.choose_facilities(enquiry, [shaker])
    shaker.published = False
    shaker.save()
    with pytest.raises(NotPossibleError):
        sending.send_enquiry(enquiry, by=asker)
    assert Enquiry.objects.get(pk=enquiry.pk).state == EnquiryState.DRAFT


def test_more_than_ten_facilities_are_refused(asker):
    enquiry = EnquiryFactory(asker=asker)
    drafts.choose_facilities(enquiry, FacilityFactory.create_batch(10))
    with pytest.raises(NotPossibleError):
        drafts.choose_facilities(enquiry, [FacilityFactory()])
    assert enquiry.requests.count() == 10


def test_a_question_is_answered_and_then_offered_on(enquiry, shaker, shaker_host, asker):
    request = request_of(enquiry, shaker)
    answering.ask_question(request, "Hvor tung er den?", by=shaker_host)
    assert request_of(enquiry, shaker).state == RequestState.QUESTION
    assert told(asker) == ["question"]
    deciding.answer_question(request_of(enquiry, shaker), "Fire kilo.", by=party(asker))
    assert request_of(enquiry, shaker).state == RequestState.ANSWERED
    assert told(shaker_host)[-1] == "answered"
    answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    assert request_of(enquiry, shaker).state == RequestState.OFFERED
    assert told(asker)[-1] == "offered"
    assert list(Message.objects.values_list("by_host", "kind")) == [
        (True, "question"), (False, "answer"),
    ]  # fmt: skip


def test_the_first_answer_is_what_counts_for_the_response_time(enquiry, shaker, shaker_host):
    answering.ask_question(request_of(enquiry, shaker), "Hva?", by=shaker_host)
    first = request_of(enquiry, shaker).first_answer_at
    answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    assert first is not None
    assert request_of(enquiry, shaker).first_answer_at == first


def test_a_newer_offer_replaces_the_older_one(enquiry, shaker, shaker_host, asker):
    request = request_of(enquiry, shaker)
    old = answering.make_offer(request, offer_data(), by=shaker_host)
    answering.make_offer(request, offer_data(price=9000), by=shaker_host)
    states = list(request.offers.order_by("pk").values_list("state", flat=True))
    assert states == [OfferState.REPLACED, OfferState.OPEN]
    with pytest.raises(NotPossibleError):
        deciding.accept_offer(old, by=party(asker))


def test_a_refusal_needs_a_reason_and_ends_the_request(enquiry, shaker, shaker_host, asker):
    request = request_of(enquiry, shaker)
    with pytest.raises(NotPossibleError):
        answering.refuse_request(request, "", "", by=shaker_host)
    answering.refuse_request(request, "capacity", "Prøv Ovnslab.", by=shaker_host)
    assert request_of(enquiry, shaker).refusal_reason == "capacity"
    assert told(asker) == ["refused"]
    with pytest.raises(NotPossibleError):
        answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)


def test_only_administrators_of_the_host_answer(enquiry, shaker, oven_host, asker):
    request = request_of(enquiry, shaker)
    for somebody in (oven_host, asker, UserFactory(), member_of(shaker.host)):
        with pytest.raises(PermissionDenied):
            answering.ask_question(request, "Hva?", by=somebody)
        with pytest.raises(PermissionDenied):
            answering.make_offer(request, offer_data(), by=somebody)
        with pytest.raises(PermissionDenied):
            answering.refuse_request(request, "other", "", by=somebody)
        with pytest.raises(PermissionDenied):
            answering.promise_confidentiality(request, by=somebody)


def test_only_the_one_who_asked_decides(enquiry, shaker, shaker_host):
    offer = answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    for somebody in (party(shaker_host), party(UserFactory()), party(), party(holds=[enquiry])):
        with pytest.raises(PermissionDenied):
            deciding.accept_offer(offer, by=somebody)
        with pytest.raises(PermissionDenied):
            deciding.withdraw_enquiry(enquiry, by=somebody)
        with pytest.raises(PermissionDenied):
            deciding.close_enquiry(enquiry, by=somebody)


def test_accepting_decides_books_and_tells_the_others_politely(
    enquiry, shaker, oven, shaker_host, oven_host, asker
):
    offer = answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    answering.make_offer(request_of(enquiry, oven), offer_data(), by=oven_host)
    booking = deciding.accept_offer(offer, by=party(asker))
    assert booking.state == "tentative"
    assert booking.hours.count() == 6
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.DECIDED
    assert request_of(enquiry, shaker).state == RequestState.ACCEPTED
    assert request_of(enquiry, oven).state == RequestState.DECLINED
    assert request_of(enquiry, oven).offers.get().state == OfferState.CLOSED
    assert told(shaker_host)[-1] == "accepted"
    assert told(oven_host)[-1] == "declined"


def test_a_double_click_on_accept_books_once(enquiry, shaker, shaker_host, asker):
    offer = answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    again = request_of(enquiry, shaker).offers.get()
    again.request.enquiry.state  # noqa: B018 - read before the first click, as in a second tab
    booking = deciding.accept_offer(offer, by=party(asker))
    with pytest.raises(NotPossibleError):
        deciding.accept_offer(again, by=party(asker))
    assert list(shaker.bookings.all()) == [booking]


def test_a_lapsed_offer_cannot_be_accepted_and_nothing_is_changed(
    enquiry, shaker, shaker_host, asker
):
    offer = answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    request_of(enquiry, shaker).offers.update(valid_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotPossibleError):
        deciding.accept_offer(offer, by=party(asker))
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.SENT
    assert request_of(enquiry, shaker).state == RequestState.OFFERED
    assert not shaker.bookings.exists()


def test_the_offer_of_a_withdrawn_facility_cannot_be_accepted(enquiry, shaker, shaker_host, asker):
    offer = answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    shaker.published = False
    shaker.save()
    with pytest.raises(NotPossibleError):
        deciding.accept_offer(offer, by=party(asker))
    assert not shaker.bookings.exists()


def test_a_time_that_somebody_else_booked_meanwhile_cannot_be_accepted(
    enquiry, shaker, shaker_host, asker
):
    offer = answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    other = sent_enquiry(shaker)
    overlapping = {"starts_at": hour(21, 13), "ends_at": hour(21, 16)}
    theirs = answering.make_offer(request_of(other), offer_data(**overlapping), by=shaker_host)
    deciding.accept_offer(theirs, by=party(other.asker))
    with pytest.raises(NotPossibleError):
        deciding.accept_offer(offer, by=party(asker))
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.SENT
    assert shaker.bookings.count() == 1


@pytest.mark.parametrize(
    ("act", "what"), [("withdraw_enquiry", "withdrawn"), ("close_enquiry", "closed")]
)
def test_ending_an_enquiry_ends_every_request(act, what, enquiry, shaker, shaker_host, asker):
    answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    getattr(deciding, act)(enquiry, by=party(asker))
    assert not enquiry.requests.filter(state__in=["sent", "offered"]).exists()
    assert told(shaker_host)[-1] == what
    with pytest.raises(NotPossibleError):
        answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    with pytest.raises(NotPossibleError):
        getattr(deciding, act)(enquiry, by=party(asker))


def test_the_actor_is_not_told_and_nobody_outside_is(
    enquiry, shaker, shaker_host, oven_host, asker
):
    answering.ask_question(request_of(enquiry, shaker), "Hva?", by=shaker_host)
    assert told(shaker_host) == ["received"]
    assert told(oven_host) == ["received"]
    assert told(UserFactory()) == []


class TestGuests:
    @pytest.fixture
    def asked(self, shaker, shaker_host):
        enquiry = EnquiryFactory(asker=None)
        drafts.choose_facilities(enquiry, [shaker])
        who = {"guest_email": "Per@Example.org", "guest_name": "Per", "guest_company": "Liten AS"}
        sending.ask_for_verification(enquiry, who)
        return enquiry

    def test_nothing_goes_out_before_the_address_is_verified(self, asked, shaker_host):
        assert asked.state == EnquiryState.UNVERIFIED
        assert told(shaker_host) == []
        assert Letter.objects.get().to == "per@example.org"

    def test_verifying_sends_it_and_every_answer_is_mailed(self, asked, shaker, shaker_host):
        sending.verify_enquiry(asked)
        assert told(shaker_host) == ["received"]
        answering.ask_question(request_of(asked, shaker), "Hva?", by=shaker_host)
        subjects = list(Letter.objects.order_by("pk").values_list("content__subject", flat=True))
        assert len(subjects) == 3
        assert "Ristebordet har et spørsmål" in subjects[-1]
        with pytest.raises(NotPossibleError):
            sending.verify_enquiry(Enquiry.objects.get(pk=asked.pk))

    def test_whoever_signs_up_with_the_verified_address_has_it(self, asked, shaker):
        sending.verify_enquiry(asked)
        user = UserFactory(email="per@example.org")
        assert sending.claim_enquiries(user, ["PER@example.org"]) == 1
        assert Enquiry.objects.get(pk=asked.pk).asker == user
        assert sending.claim_enquiries(UserFactory(), ["per@example.org"]) == 0

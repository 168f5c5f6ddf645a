"""From a facility to its enquiry, others that may help, the sample, and the staff's figures."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from network.facilities.enquiries.overview import figures
from network.facilities.enquiries.proposals import propose_facilities
from network.facilities.enquiries.sample import load_sample_enquiries, remove_sample_enquiries
from network.facilities.models import Booking, Enquiry, Facility, FacilityRequest
from network.loading import Report
from tests.factories.accounts import UserFactory, staff_of
from tests.factories.enquiries import EnquiryFactory, sent_enquiry
from tests.factories.network import FacilityFactory, MaterialFactory, MethodFactory

pytestmark = pytest.mark.django_db


def test_pages_of_facilities_lead_to_an_enquiry(client, shaker, oven):
    assert "/foresporsler/skriv/?f=ristebord" in client.get("/testfasiliteter/ristebord/").text
    compared = client.get("/testfasiliteter/sammenlign/?f=ristebord&f=ovn").text
    assert "/foresporsler/skriv/?f=ristebord&amp;f=ovn" in compared


def test_facilities_are_put_aside_in_the_session_and_asked_together(client, shaker, oven):
    client.post(reverse("enquiries:basket"), {"f": "ristebord", "then": "find"})
    client.post(reverse("enquiries:basket"), {"f": "ovn"})
    page = client.get(reverse("enquiries:new")).text
    assert "Ristebordet" in page
    assert "Ovnen" in page
    client.post(reverse("enquiries:basket"), {"remove": "ovn"})
    assert "Ovnen" not in client.get(reverse("enquiries:new")).text
    client.post(reverse("enquiries:new"), {"title": "T", "problem": "P"})
    assert [each.facility for each in Enquiry.objects.get().requests.all()] == [shaker]


def test_hidden_facilities_cannot_be_asked(client, shaker):
    hidden = FacilityFactory(slug="skjult", published=False)
    client.post(reverse("enquiries:new"), {"title": "T", "problem": "P", "f": ["skjult"]})
    enquiry = Enquiry.objects.get()
    client.post(reverse("enquiries:recipients", args=[enquiry.pk]), {"add": str(hidden.pk)})
    assert not enquiry.requests.exists()


def test_others_are_proposed_with_the_words_that_matched(indexed, asker, shaker):
    method = MethodFactory(slug="vibrasjon", name_nb="Vibrasjonsprøving", name_en="Vibration test")
    steel = MaterialFactory(slug="stal", name_nb="Stål", name_en="Steel")
    shaking = FacilityFactory(
        name_nb="Vibrasjonslaben", methods=[method], materials=[steel], lead_time_days=5
    )
    FacilityFactory(name_nb="Bakeriet", summary_nb="Baker brød.")
    # Found, but that it is free soon is no help by itself.
    FacilityFactory(name_nb="Meieriet", description_nb="Vibrasjon forekommer.", lead_time_days=1)
    indexed()
    enquiry = EnquiryFactory(
        asker=asker, title="Vibrasjon", problem="Braketten ryker.", material="brakett i stål",
        wanted_to=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip
    (found,) = propose_facilities(enquiry, asker, set())
    assert found.pk == shaking.pk
    assert "Vibrasjonsprøving" in found.reasons
    assert any("innen" in reason for reason in found.reasons)
    assert propose_facilities(enquiry, asker, {shaking.pk}) == []


def test_small_numbers_are_not_told_to_the_staff(park, shaker):
    staff = staff_of(park)
    for _ in range(4):
        sent_enquiry(shaker)
    assert figures(staff)[0].shown == "færre enn 5"
    sent_enquiry(shaker)
    assert [each.shown for each in figures(staff)][:2] == ["5", "færre enn 5"]


def test_the_sample_is_loaded_once_marked_and_taken_away_again(client, shaker):
    Facility.objects.update(sample=True)
    asker = UserFactory(email="medlem@example.org")
    for _ in range(2):
        load_sample_enquiries(Report(), asker=asker.email, host=shaker.host.slug)
    assert Enquiry.objects.filter(sample=True).count() == Enquiry.objects.count() == 4
    assert Booking.objects.get().hours.count() == 7
    client.force_login(asker)
    assert "Eksempeldata" in client.get(reverse("enquiries:list")).text
    assert remove_sample_enquiries() == 4
    assert not FacilityRequest.objects.exists()

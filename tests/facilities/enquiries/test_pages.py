"""The pages of enquiries, for those they are for."""

import pytest
from django.urls import reverse
from django.utils import translation

from network.facilities.enquiries.services import answering, deciding
from network.facilities.models import Enquiry, EnquiryState, RequestState
from tests.factories.enquiries import offer_data, party, request_of
from tests.factories.network import FacilityFactory

pytestmark = pytest.mark.django_db
WRITTEN = {"title": "Braketten sprekker", "problem": "Sveisen ryker av risting."}


def test_somebody_with_a_log_in_asks_three_facilities_from_form_to_sent(
    client, asker, shaker, oven
):
    client.force_login(asker)
    page = client.get("/foresporsler/skriv/?f=ristebord&f=ovn&f=finnes-ikke")
    assert "Ristebordet" in page.text
    assert "Ovnen" in page.text
    answer = client.post("/foresporsler/skriv/", {**WRITTEN, "f": ["ristebord", "ovn"]})
    enquiry = Enquiry.objects.get()
    assert answer.url == f"/foresporsler/{enquiry.pk}/mottakere/"
    assert enquiry.state == EnquiryState.DRAFT
    third = FacilityFactory()
    client.post(answer.url, {"add": str(third.pk)})
    assert "Ristebordet" in client.get(answer.url).text
    sent = client.post(f"/foresporsler/{enquiry.pk}/send/", {"company_size": "small"})
    assert sent.url == f"/foresporsler/{enquiry.pk}/"
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.SENT
    assert enquiry.company_size == "small"
    assert set(enquiry.requests.values_list("state", flat=True)) == {RequestState.SENT}
    assert enquiry.requests.count() == 3


def test_every_page_of_the_parties_is_there_in_both_languages(
    client, enquiry, asker, shaker, shaker_host
):
    request = request_of(enquiry, shaker)
    answering.make_offer(request, offer_data(), by=shaker_host)
    offer = request.offers.get()
    own = [
        ("list", []), ("new", []), ("detail", [enquiry.pk]), ("links", []),
        ("conversation", [enquiry.pk, request.pk]), ("accept", [enquiry.pk, offer.pk]),
    ]  # fmt: skip
    hosted = [
        ("host-queue", []), ("desk", []), ("templates", []), ("host-request", [request.pk]),
        ("host-offer", [request.pk]), ("host-question", [request.pk]),
        ("host-refusal", [request.pk]),
    ]  # fmt: skip
    for user, pages in ((asker, own), (shaker_host, hosted)):
        client.force_login(user)
        for language in ("nb", "en"):
            with translation.override(language):
                for name, args in pages:
                    url = reverse(f"enquiries:{name}", args=args)
                    answer = client.get(url)
                    assert answer.status_code == 200, url
                    assert answer["Cache-Control"].endswith("private")
                    assert 'content="noindex"' in answer.text
    booking = deciding.accept_offer(request_of(enquiry, shaker).offers.get(), by=party(asker))
    for user in (asker, shaker_host):
        client.force_login(user)
        for language in ("nb", "en"):
            with translation.override(language):
                for url in (
                    reverse("bookings:detail", args=[booking.pk]),
                    reverse("bookings:ical", args=[booking.pk]),
                    reverse("bookings:feeds"),
                ):
                    assert client.get(url).status_code == 200, url
    for name in ("calendar", "hours"):
        assert client.get(reverse(f"bookings:{name}", args=["ristebord"])).status_code == 200

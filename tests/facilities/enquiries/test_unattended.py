"""Enquiries to hosts for whom nobody has a log-in: they are written to, and the park is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import Letter, Notification
from network.facilities.enquiries import due
from network.facilities.models import FacilityRequest
from tests.factories.accounts import UserFactory, administrator_of, network_administrator, staff_of
from tests.factories.enquiries import sent_enquiry

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(shaker):
    """The shaker's page names an address; nobody administers its host."""
    shaker.contact_email = "kontakt@ristelab.example.org"
    shaker.save()
    return shaker.contact_email


def letters():
    return list(Letter.objects.order_by("pk"))


def told(user):
    return [row.event.data["step"] for row in Notification.objects.filter(user=user)]


def test_the_contact_gets_a_letter_that_tells_nothing_of_who_asks_or_of_what(shaker, contact):
    secret = "Pumpehuset i Hemmelighaugen"
    sent_enquiry(shaker, title=secret, problem=f"{secret} lekker.")
    (letter,) = letters()
    assert letter.to == contact
    text = f"{letter.content}"
    assert "Ristebordet" in text
    assert "/organisasjoner/ristelab/" in text
    assert "Hemmelighaugen" not in text


def test_where_a_facility_has_no_contact_its_host_s_is_written_to(shaker):
    shaker.host.contact_email = "post@ristelab.example.org"
    shaker.host.save()
    sent_enquiry(shaker)
    assert [letter.to for letter in letters()] == ["post@ristelab.example.org"]


def test_without_any_address_the_park_is_told_all_the_same(shaker, park):
    staff = staff_of(park)
    sent_enquiry(shaker)
    assert letters() == []
    assert told(staff) == ["unattended"]


def test_where_nobody_works_for_the_park_the_network_is_told(client, shaker):
    network = network_administrator()
    sent_enquiry(shaker)
    assert told(network) == ["unattended"]
    client.force_login(network)
    assert "Ristebordet har fått en forespørsel" in client.get("/konto/varsler/").text


def test_a_host_with_people_is_told_itself_and_nobody_else_is(shaker, contact, park):
    host, staff = administrator_of(shaker.host), staff_of(park)
    sent_enquiry(shaker)
    assert told(host) == ["received"]
    assert told(staff) == []
    assert letters() == []


def test_an_administrator_who_has_gone_does_not_count(shaker, contact):
    gone = administrator_of(shaker.host)
    gone.is_active = False
    gone.save()
    sent_enquiry(shaker)
    assert [letter.to for letter in letters()] == [contact]


def test_what_is_no_address_keeps_nothing_from_being_sent(shaker, park):
    type(shaker).objects.filter(pk=shaker.pk).update(contact_email="ring oss")
    shaker.refresh_from_db()
    enquiry = sent_enquiry(shaker)
    assert enquiry.requests.count() == 1
    assert letters() == []


def test_the_contact_is_reminded_once(shaker, contact):
    sent_enquiry(shaker)
    FacilityRequest.objects.update(respond_by=timezone.localdate() + timedelta(days=1))
    for _ in range(3):
        due.remind(timezone.now())
    assert [letter.to for letter in letters()] == [contact, contact]


def test_who_asks_is_told_why_the_answer_may_be_late(client, shaker):
    asker = UserFactory()
    enquiry = sent_enquiry(shaker, asker=asker)
    client.force_login(asker)
    page = client.get(f"/foresporsler/{enquiry.pk}/").text
    assert "Ingen der har innlogging her ennå" in page
    administrator_of(shaker.host)
    assert "Ingen der har innlogging" not in client.get(f"/foresporsler/{enquiry.pk}/").text


def test_whoever_takes_over_the_host_finds_what_waits(client, shaker):
    sent_enquiry(shaker, title="Braketten venter")
    client.force_login(administrator_of(shaker.host))
    assert "Braketten venter" in client.get("/min-side/").text

"""What is between the parties stays there, on every page and in every notification."""

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.personal import registered
from activity.models import Letter, Notification
from network.facilities.enquiries import kinds
from network.facilities.enquiries.parties import LINK_SALT, guest_path
from network.facilities.enquiries.services import answering, deciding, drafts, sending
from network.facilities.models import Attachment, Enquiry, EnquiryState, FacilityRequest
from tests.factories.accounts import (
    UserFactory,
    administrator_of,
    member_of,
    network_administrator,
    staff_of,
)
from tests.factories.enquiries import EnquiryFactory, party, request_of, sent_enquiry
from tests.factories.network import OrganisationFactory

pytestmark = pytest.mark.django_db
SECRET = "Hemmelig Havbruk AS"


@pytest.fixture
def confidential(asker, shaker, shaker_host):
    """A confidential enquiry of somebody whose name and file would tell who it is."""
    asker.first_name, asker.last_name = "Hemmelig", "Havbruk"
    asker.save()
    organisation = OrganisationFactory(name=SECRET)
    enquiry = EnquiryFactory(asker=asker, confidentiality="confidential", organisation=organisation)
    drafts.choose_facilities(enquiry, [shaker])
    drafts.attach(enquiry, [SimpleUploadedFile("hemmelig havbruk.pdf", b"%PDF-1.7")])
    sending.send_enquiry(enquiry, by=asker)
    deciding.write_message(request_of(enquiry), "Har dere sett på det?", by=party(asker))
    return enquiry


def test_a_host_learns_who_asks_only_when_it_has_promised(client, confidential, shaker_host):
    request = request_of(confidential)
    pages = [reverse("enquiries:host-queue"), reverse("enquiries:host-request", args=[request.pk])]
    file = reverse("enquiries:file", args=[Attachment.objects.get().pk])
    client.force_login(shaker_host)
    for page in pages:
        assert "avbruk" not in client.get(page).text
    assert client.get(file).status_code == 404
    client.post(reverse("enquiries:promise", args=[request.pk]))
    for page in pages:
        assert SECRET in client.get(page).text
    answer = client.get(file)
    assert answer["Content-Disposition"] == 'attachment; filename="hemmelig_havbruk.pdf"'
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"


def test_notifications_of_a_confidential_enquiry_do_not_name_who_asks(confidential, shaker_host):
    events = [row.event for row in Notification.objects.filter(user=shaker_host)]
    assert len(events) == 2
    for message in kinds.messages(events, shaker_host).values():
        assert "avbruk" not in f"{message.title} {message.text}"


def test_for_everybody_else_there_is_nothing(client, enquiry, shaker, oven_host, park):
    request = request_of(enquiry, shaker)
    addresses = [
        reverse("enquiries:detail", args=[enquiry.pk]),
        reverse("enquiries:conversation", args=[enquiry.pk, request.pk]),
        reverse("enquiries:host-request", args=[request.pk]),
        reverse("enquiries:host-offer", args=[request.pk]),
    ]
    for user in (
        UserFactory(), oven_host, staff_of(park), network_administrator(), member_of(shaker.host),
    ):  # fmt: skip
        client.force_login(user)
        for address in addresses:
            assert client.get(address).status_code == 404, (user, address)
    client.logout()
    for address in addresses:
        assert client.get(address).url.startswith("/konto/")


def test_the_parks_staff_see_how_it_goes_and_read_only_when_invited(
    client, enquiry, shaker, park, asker
):
    FacilityRequest.objects.update(respond_by="2026-01-02")
    staff, request = staff_of(park), request_of(enquiry, shaker)
    page = reverse("enquiries:host-request", args=[request.pk])
    client.force_login(staff)
    text = client.get(reverse("enquiries:overview")).text
    assert "Ristebordet" in text
    assert "Braketten" not in text
    assert client.get(page).status_code == 404
    deciding.invite_staff(request, by=party(asker), invited=True)
    assert "Braketten sprekker" in client.get(page).text
    assert client.get(reverse("enquiries:host-offer", args=[request.pk])).status_code == 404
    deciding.invite_staff(request, by=party(asker), invited=False)
    assert client.get(page).status_code == 404


def test_two_hosts_of_one_enquiry_see_nothing_of_each_other(
    client, enquiry, shaker, oven, shaker_host, oven_host
):
    answering.ask_question(
        request_of(enquiry, shaker), "Hva veier den?", by=shaker_host,
        files=[SimpleUploadedFile("skjema.txt", b"?")],
    )  # fmt: skip
    client.force_login(oven_host)
    text = client.get(reverse("enquiries:host-request", args=[request_of(enquiry, oven).pk])).text
    assert "Hva veier den?" not in text
    assert "Ristebordet" not in text
    file = reverse("enquiries:file", args=[Attachment.objects.get().pk])
    assert client.get(file).status_code == 404


@pytest.mark.parametrize("name", ["virus.exe", "side.html", "tegning.svg", "x.pdf.js", "uten"])
def test_files_of_other_types_are_refused_and_the_text_is_kept(name, client, asker, shaker):
    client.force_login(asker)
    answer = client.post(
        "/foresporsler/skriv/",
        {"title": "T", "problem": "P", "uploads": SimpleUploadedFile(name, b"x"), "f": "ristebord"},
    )
    assert answer.status_code == 422
    enquiry = Enquiry.objects.get()
    assert (enquiry.title, enquiry.problem) == ("T", "P")
    assert not Attachment.objects.exists()


def test_hostile_text_is_shown_as_text(client, enquiry, shaker, shaker_host, asker):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    answering.ask_question(request_of(enquiry, shaker), hostile, by=shaker_host)
    Enquiry.objects.filter(pk=enquiry.pk).update(title=hostile, problem=hostile)
    client.force_login(asker)
    for name, args in (
        ("detail", [enquiry.pk]),
        ("conversation", [enquiry.pk, request_of(enquiry, shaker).pk]),
        ("list", []),
    ):
        text = client.get(reverse(f"enquiries:{name}", args=args)).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


@pytest.mark.parametrize("length", [161, 100_000])
def test_what_is_too_long_is_refused_and_the_rest_is_kept(length, client, asker):
    client.force_login(asker)
    answer = client.post("/foresporsler/skriv/", {"title": "x" * length, "problem": "P"})
    assert answer.status_code == 422
    assert Enquiry.objects.get().problem == "P"


class TestWithoutALogIn:
    def write(self, client):
        client.post("/foresporsler/skriv/", {"title": "T", "problem": "P", "f": "ristebord"})
        return Enquiry.objects.get()

    def test_text_survives_a_log_in_in_the_middle(self, client, shaker, asker):
        enquiry = self.write(client)
        assert enquiry.asker is None
        client.force_login(asker)
        page = client.get(reverse("enquiries:recipients", args=[enquiry.pk]))
        assert "Ristebordet" in page.text
        enquiry.refresh_from_db()
        assert enquiry.asker == asker

    def test_a_draft_is_only_for_the_browser_that_wrote_it(self, client, shaker):
        enquiry = self.write(client)
        page = reverse("enquiries:recipients", args=[enquiry.pk])
        assert client.get(page).status_code == 200
        client.session.flush()
        client.cookies.clear()
        assert client.get(page).status_code == 302

    def test_a_guest_sends_by_the_mailed_link_and_comes_back_by_it(
        self, client, shaker, shaker_host
    ):
        enquiry = self.write(client)
        who = {"guest_name": "Per", "guest_email": "per@example.org"}
        answer = client.post(reverse("enquiries:send", args=[enquiry.pk]), who)
        assert answer.url == f"/foresporsler/{enquiry.pk}/"
        assert "per@example.org" in client.get(answer.url).text
        link = Letter.objects.get().content["action"][1]
        client.cookies.clear()
        assert client.get(link).status_code == 200
        enquiry.refresh_from_db()
        assert enquiry.state == EnquiryState.UNVERIFIED
        assert client.post(link).url == f"/foresporsler/{enquiry.pk}/"
        enquiry.refresh_from_db()
        assert enquiry.state == EnquiryState.SENT
        client.cookies.clear()
        assert client.get(link, follow=True).status_code == 200
        client.post(link)
        assert Notification.objects.filter(user=shaker_host).count() == 1

    def test_forged_old_and_foreign_links_lead_nowhere(self, client, enquiry, asker):
        forged = [
            "x", "", signing.dumps([enquiry.pk, ""], salt=LINK_SALT),
            signing.dumps([enquiry.pk, "per@example.org"], salt="another"),
            signing.dumps("x", salt=LINK_SALT),
        ]  # fmt: skip
        for token in filter(None, forged):
            answer = client.get(reverse("enquiries:guest", args=[token]))
            assert answer.url == reverse("enquiries:links")
        assert client.get(guest_path(enquiry)).url == reverse("enquiries:links")

    def test_asking_for_links_answers_alike_whether_there_are_any(self, client, shaker):
        guest = EnquiryFactory(asker=None, guest_email="per@example.org")
        Enquiry.objects.filter(pk=guest.pk).update(state="sent")
        answers = []
        for email in ("per@example.org", "nobody@example.org"):
            answer = client.post(reverse("enquiries:links"), {"email": email}, follow=True)
            answers.append((answer.status_code, answer.redirect_chain))
        assert answers[0] == answers[1]
        assert [letter.to for letter in Letter.objects.all()] == ["per@example.org"]

    def test_one_address_is_not_flooded(self, client, shaker):
        statuses = [
            client.post(reverse("enquiries:links"), {"email": "per@example.org"}).status_code
            for _ in range(7)
        ]
        assert statuses[0] == 302
        assert statuses[-1] == 429


def test_what_is_held_about_a_person_is_handed_out_and_taken_out(
    enquiry, asker, shaker, shaker_host
):
    answering.ask_question(request_of(enquiry, shaker), "Hva?", by=shaker_host)
    held = {data.name: data for data in registered()}
    assert next(iter(held["enquiries"].export(asker)))["title"] == "Braketten sprekker"
    assert any(row.get("text") == "Hva?" for row in held["enquiry-answers"].export(shaker_host))
    for name in ("enquiries", "enquiry-answers", "calendar-feeds"):
        held[name].erase(asker)
        held[name].erase(shaker_host)
    enquiry.refresh_from_db()
    assert enquiry.asker is None
    assert enquiry.state == EnquiryState.WITHDRAWN
    assert not list(held["enquiry-answers"].export(shaker_host))


def test_lists_ask_the_database_as_often_for_many_as_for_one(
    client, asker, shaker, shaker_host, django_assert_max_num_queries
):
    for _ in range(30):
        sent_enquiry(shaker, asker=asker)
    for user, name in ((shaker_host, "host-queue"), (asker, "list")):
        client.force_login(user)
        client.get(reverse(f"enquiries:{name}"))
        with django_assert_max_num_queries(12):
            text = client.get(reverse(f"enquiries:{name}")).text
        assert text.count("Braketten sprekker") == 25


@pytest.mark.parametrize("part", ["besvar", "alle"])
def test_a_long_queue_is_read_to_its_end_page_by_page(part, client, shaker, shaker_host):
    made = [sent_enquiry(shaker, title=f"Sak {number:02}") for number in range(30)]
    client.force_login(shaker_host)
    url, seen = f"/foresporsler/vert/?vis={part}", []
    while url:
        page = client.get(url).text
        seen += [each.title for each in made if each.title in page]
        _before, found, rest = page.partition('rel="next" href="')
        url = (
            f"/foresporsler/vert/{rest.partition(chr(34))[0]}".replace("&amp;", "&")
            if found
            else ""
        )
    assert sorted(seen) == [each.title for each in made]


@pytest.mark.parametrize("query", ["vis=x", "etter=x", "etter=2026-99-99.1", "etter=²", "page=-1"])
def test_addresses_that_make_no_sense_show_the_queue(query, client, shaker):
    client.force_login(administrator_of(shaker.host))
    assert client.get(f"/foresporsler/vert/?{query}").status_code == 200

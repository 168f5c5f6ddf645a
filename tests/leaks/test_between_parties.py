"""What two parties tell each other shows to nobody else: not at any address, nor in what is kept."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from alerts.models import SavedSearch
from alerts.services import save_search
from network.facilities.bookings import services as bookings
from network.facilities.enquiries.services import answering, deciding
from network.facilities.models import (
    AnswerTemplate,
    Attachment,
    Blackout,
    Booking,
    Enquiry,
    FacilityRequest,
    Message,
    Offer,
    Outcome,
)
from network.organisations.models import Invitation, JoinRequest
from search.models import SearchEntry
from tests.factories.accounts import UserFactory, administrator_of
from tests.factories.enquiries import hour, offer_data, party, request_of, sent_enquiry
from tests.leaks.addresses import addresses
from tests.leaks.canaries import everything_in
from tests.leaks.permission_table import NETWORK, OUTSIDER, PARK, VISITOR

# Wagtail leaves the files that it makes pictures from open, and to the collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    # Its translations are listed without an order.
    pytest.mark.filterwarnings(
        "ignore:Pagination may yield:django.core.paginator.UnorderedObjectListWarning"
    ),
]
TEXTS = ("title", "problem", "wanted", "material", "guest_company", "guest_name")
MODELS = (
    *(Enquiry, FacilityRequest, Message, Offer, Attachment, AnswerTemplate),
    *(Booking, Blackout, Outcome, SavedSearch, JoinRequest, Invitation),
)
# Wagtail's page that tries out what happens when something fails.
FAILS_ON_PURPOSE = "wagtailadmin_error_test"
# What is no text of anybody's.
MADE_BY_THE_SITE = {
    "Invitation.digest",
    "SavedSearch.list_name",
    "Attachment.file",
    "JoinRequest.reason",
}


class Told:
    """An enquiry that came to a booking, with a word of its own in everything that is written."""

    def __init__(self, world, canaries):
        self.canaries = canaries
        self.facility = world.facilities[0]
        self.asker, self.host = UserFactory(), administrator_of(world.host)
        texts = self._words(Enquiry, TEXTS)
        texts["guest_email"] = f"{self.word('Enquiry.guest_email')}@example.org"
        self.enquiry = sent_enquiry(self.facility, asker=self.asker, **texts)
        self.request = request_of(self.enquiry)
        self._answer()
        self._book()
        self._beside(world)

    def _words(self, model, names):
        return {name: self.word(f"{model.__name__}.{name}") for name in names}

    def word(self, source):
        return self.canaries.token(source)

    def _answer(self):
        answering.ask_question(self.request, self.word("Message.text"), by=self.host)
        deciding.answer_question(
            request_of(self.enquiry), self.word("Message.text"), by=party(self.asker)
        )
        data = offer_data(conditions=self.word("Offer.conditions"))
        self.offer = answering.make_offer(request_of(self.enquiry), data, by=self.host)
        self.file = Attachment(enquiry=self.enquiry, name=f"{self.word('Attachment.name')}.txt")
        content = ContentFile(self.word("Attachment.file").encode())
        self.file.file.save(f"{self.word('Attachment.path')}.txt", content, save=False)
        self.file.save()

    def _book(self):
        self.booking = deciding.accept_offer(self.offer, by=party(self.asker))
        self.outcome = Outcome.objects.create(
            booking=self.booking, by_host=False, done="agreed", public=False,
            **self._words(Outcome, ("result", "statement")),
        )  # fmt: skip
        bookings.cancel_booking(
            Booking.objects.get(pk=self.booking.pk),
            self.word("Booking.cancel_reason"),
            by=party(self.asker),
        )

    def _beside(self, world):
        self.blackout = bookings.black_out(
            self.facility, hour(40, 8), hour(40, 9), self.word("Blackout.reason"), by=self.host
        )
        self.template = AnswerTemplate.objects.create(
            organisation=world.host, kind="offer",
            **self._words(AnswerTemplate, ("title", "text")),
        )  # fmt: skip
        name, text = self.word("SavedSearch.name"), self.word("SavedSearch.query")
        self.search = save_search(self.asker, "search", f"q={text}", name=name, language="nb")
        # Staff of the park have nothing to do with whom a host with people of its own lets in.
        self.wish = JoinRequest.objects.create(
            organisation=world.host, user=UserFactory(), message=self.word("JoinRequest.message")
        )
        self.invitation = Invitation.objects.create(
            organisation=world.host, email=f"{self.word('Invitation.email')}@example.org",
            message=self.word("Invitation.message"), language="nb", invited_by=self.host,
            digest="0" * 64, sent_at=timezone.now(), expires_at=timezone.now() + timedelta(days=9),
        )  # fmt: skip

    @property
    def numbers(self):
        """The keys of all of it."""
        parts = ("enquiry", "request", "offer", "file", "booking", "blackout", "template", "search")
        return {getattr(self, part).pk for part in (*parts, "wish", "invitation")}


@pytest.fixture
def told(world, everybody, canaries, catch_up):
    told = Told(world, canaries)
    catch_up()
    return told


def paths(told, world):
    """Every address of the site and its admin, for each of the keys."""
    slugs = (told.facility.slug, world.host.slug, world.park.slug)
    found = []
    for address in addresses():
        if address.name == FAILS_ON_PURPOSE:
            continue
        if not address.parameters:
            found.append(address.path({}))
        numbers = map(str, sorted(told.numbers))
        # Objects of the admin have numbers alone.
        for value in numbers if address.in_admin else (*numbers, *slugs):
            if address.parameters:
                names = (name.lstrip("_") for name in address.parameters)
                found.append(address.path(dict.fromkeys(names, value)))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("role", [VISITOR, OUTSIDER, PARK, NETWORK])
def test_no_address_tells_a_third_party_of_it(ask, told, world, canaries, role):
    with override("nb"):
        asked = paths(told, world)
    leaks = {}
    for path in asked:
        text = everything_in(ask(path, role))
        told_of = canaries.explain(canaries.found_in(text) - canaries.found_in(path))
        # Those who help the organisations of a park see whom they let in and invite.
        if role in {PARK, NETWORK}:
            told_of = {word: each for word, each in told_of.items() if not _of_members(each)}
        if told_of:
            leaks[path] = told_of
    assert leaks == {}


def _of_members(source):
    return source.startswith(("JoinRequest.", "Invitation."))


@pytest.mark.parametrize("role", [VISITOR, OUTSIDER, PARK, NETWORK])
def test_nothing_of_it_is_found(tell_all, told, canaries, role):
    words = list(canaries.sources)[:3]
    leaks = {
        path: canaries.explain(canaries.found_in(text) - canaries.found_in(path))
        for path, text in tell_all(role, words, []).items()
    }
    assert {path: each for path, each in leaks.items() if each} == {}


def test_nothing_of_it_is_in_the_projection(told, canaries):
    rows = SearchEntry.objects.values()
    assert canaries.found_in(f"{list(rows)}") == set()


def test_the_parties_do_read_it(client, told, canaries):
    """So the questions above were real ones: every word shows to one of the two."""
    pages = {
        told.asker: (
            reverse("enquiries:detail", args=[told.enquiry.pk]),
            reverse("enquiries:conversation", args=[told.enquiry.pk, told.request.pk]),
            reverse("enquiries:file", args=[told.file.pk]),
            reverse("bookings:detail", args=[told.booking.pk]),
            reverse("alerts:list"),
        ),
        told.host: (
            reverse("enquiries:host-request", args=[told.request.pk]),
            reverse("bookings:detail", args=[told.booking.pk]),
            reverse("bookings:hours", args=[told.facility.slug]),
            reverse("enquiries:templates"),
            f"{reverse('enquiries:host-offer', args=[told.request.pk])}?mal={told.template.pk}",
            reverse("organisations:desk", args=[told.facility.host.slug]),
        ),
    }
    seen = set()
    for reader, addresses_of in pages.items():
        client.force_login(reader)
        for page in addresses_of:
            seen |= canaries.found_in(everything_in(client.get(page)))
    unseen = {source for word, source in canaries.sources.items() if word not in seen}
    # A file's place in the storage is nobody's; a guest's name is not used beside an account's, and
    # the text of an answer is only chosen while there is something to answer.
    assert unseen <= {
        *("Attachment.path", "Enquiry.guest_name", "Enquiry.guest_email", "Enquiry.guest_company"),
        *("AnswerTemplate.text", "SavedSearch.query", "Invitation.message", "JoinRequest.message"),
    }


def test_every_text_has_a_word(told, canaries):
    texts = {
        f"{model.__name__}.{field.name}"
        for model in MODELS
        for field in model._meta.concrete_fields
        if canaries.can_hold(field)
    }
    assert texts - set(canaries.sources.values()) - MADE_BY_THE_SITE == set()

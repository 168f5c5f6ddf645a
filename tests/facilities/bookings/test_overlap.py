"""No hour of a facility is sold twice, however many come at once; and the test would notice."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from network.facilities.bookings.hours import hours_between, is_taken
from network.facilities.enquiries.services import answering, deciding
from network.facilities.models import Booking, Offer, TakenHour
from network.transitions import NotPossibleError
from tests.factories.accounts import UserFactory, administrator_of
from tests.factories.enquiries import hour, offer_data, party, request_of, sent_enquiry
from tests.factories.network import FacilityFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
ASKERS = 12


@pytest.fixture
def facility():
    return FacilityFactory()


def at_once(acts):
    """Do all of it from as many threads, which begin together; gives what each came to."""
    ready = Barrier(len(acts))

    def run(act):
        try:
            ready.wait(timeout=60)
            return act()
        except (NotPossibleError, IntegrityError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def offers_for_overlapping_times(facility):
    """Many offers of which any two share hours: each begins an hour later, all last a day."""
    host = administrator_of(facility.host)
    made = []
    for number in range(ASKERS):
        asker = UserFactory()
        request = request_of(sent_enquiry(facility, asker=asker))
        times = {"starts_at": hour(21, number), "ends_at": hour(22, number)}
        answering.make_offer(request, offer_data(**times), by=host)
        made.append((request.offers.get().pk, asker))
    return made


def accept(pk, asker):
    offer = Offer.objects.select_related("request__enquiry__asker", "request__facility").get(pk=pk)
    return deciding.accept_offer(offer, by=party(asker))


def overlaps(facility):
    times = sorted(Booking.objects.filter(facility=facility).values_list("starts_at", "ends_at"))
    return [
        (first, second) for first, second in pairwise(times)
        if second[0] < first[1]
    ]  # fmt: skip


def test_of_many_who_accept_overlapping_times_at_once_one_has_the_facility(facility):
    offers = offers_for_overlapping_times(facility)
    came_to = at_once([lambda each=each: accept(*each) for each in offers])
    assert sum(isinstance(each, Booking) for each in came_to) == 1
    assert sum(isinstance(each, NotPossibleError) for each in came_to) == ASKERS - 1
    assert Booking.objects.filter(facility=facility).count() == 1
    assert overlaps(facility) == []
    assert TakenHour.objects.filter(facility=facility).count() == 24
    assert Offer.objects.filter(state="accepted").count() == 1


def test_the_same_offer_accepted_many_times_at_once_is_booked_once(facility):
    pk, asker = offers_for_overlapping_times(facility)[0]
    came_to = at_once([lambda: accept(pk, asker)] * ASKERS)
    assert sum(isinstance(each, Booking) for each in came_to) == 1
    assert Booking.objects.filter(facility=facility).count() == 1


def test_without_the_guard_the_same_attempts_overlap(facility, monkeypatch):
    """The control: look first and book then, as one would without the constraint."""
    offers = offers_for_overlapping_times(facility)
    looked = Barrier(ASKERS)

    def look_then_book(pk, asker):
        offer = Offer.objects.select_related("request").get(pk=pk)
        free = not is_taken(facility.pk, offer.starts_at, offer.ends_at)
        looked.wait(timeout=60)
        if not free:
            raise NotPossibleError
        with transaction.atomic():
            return Booking.objects.create(
                request=offer.request, offer=offer, facility=facility,
                starts_at=offer.starts_at, ends_at=offer.ends_at,
            )  # fmt: skip

    came_to = at_once([lambda each=each: look_then_book(*each) for each in offers])
    assert sum(isinstance(each, Booking) for each in came_to) == ASKERS
    assert overlaps(facility)


def test_the_database_itself_refuses_a_second_taker(facility):
    TakenHour.objects.create(facility=facility, hour=hour(3, 8))
    with pytest.raises(IntegrityError), transaction.atomic():
        TakenHour.objects.create(facility=facility, hour=hour(3, 8))
    assert len(list(hours_between(hour(3, 8), hour(4, 8)))) == 24

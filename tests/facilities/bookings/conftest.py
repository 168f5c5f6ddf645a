"""The same people and facilities as for enquiries, and a booking between two of them."""

import pytest

from network.facilities.enquiries.services import answering, deciding
from tests.facilities.enquiries.conftest import (  # noqa: F401 - fixtures
    _nothing_counted,
    _private_files,
    asker,
    enquiry,
    oven,
    oven_host,
    park,
    shaker,
    shaker_host,
)
from tests.factories.enquiries import offer_data, party, request_of


@pytest.fixture
def booking(enquiry, asker, shaker, shaker_host):  # noqa: F811 - pytest's way of asking for them
    offer = answering.make_offer(request_of(enquiry, shaker), offer_data(), by=shaker_host)
    return deciding.accept_offer(offer, by=party(asker))

"""What belongs to a facility, and people who look after one."""

import factory
from django.core.files.base import ContentFile

from accounts.groups import set_group, sync_groups
from accounts.models import User
from accounts.roles import NETWORK_ADMINISTRATORS
from network.facilities.models import Equipment, FacilityDocument, FacilityImage, PriceNote
from network.organisations.models import Membership
from network.parks.models import ParkStaff
from tests.factories.network import FacilityFactory


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person-{number}@example.org")
    first_name = "Prøve"


class EquipmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Equipment

    facility = factory.SubFactory(FacilityFactory)
    name_nb = "Strekkprøvemaskin"
    name_en = "Tensile tester"
    make = "Instron"
    range = "0–250"
    unit = "kN"


class PriceNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PriceNote

    facility = factory.SubFactory(FacilityFactory)
    note_nb = "Fra 900 kr per prøve"


class FacilityDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FacilityDocument

    facility = factory.SubFactory(FacilityFactory)
    title = "Datablad"
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 a data sheet", name="data.pdf"))


class FacilityImageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FacilityImage

    facility = factory.SubFactory(FacilityFactory)
    image = factory.SubFactory("wagtail_factories.ImageFactory")
    alt_nb = "Maskinen med en prøvestav"


def person(role, *, park=None, host=None):
    """Somebody who is ``member``, ``host``, ``host-member``, ``park`` or ``network``."""
    sync_groups()
    user = UserFactory()
    if role.startswith("host"):
        administrator = role == "host"
        Membership.objects.create(organisation=host, user=user, administrator=administrator)
    elif role == "park":
        ParkStaff.objects.create(park=park, user=user)
    elif role == "network":
        set_group(user, NETWORK_ADMINISTRATORS, member=True)
    return user

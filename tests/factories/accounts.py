"""People, alone and in their roles."""

import factory

from accounts.groups import set_group
from accounts.models import User
from accounts.roles import NETWORK_ADMINISTRATORS
from network.organisations.services import add_member
from network.parks.services import add_staff


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person-{number}@example.org")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(**kwargs)


def network_administrator() -> User:
    person = UserFactory()
    set_group(person, NETWORK_ADMINISTRATORS, member=True)
    return person


def staff_of(*parks) -> User:
    person = UserFactory()
    for park in parks:
        add_staff(park, person)
    return person


def administrator_of(*organisations) -> User:
    person = UserFactory()
    for organisation in organisations:
        add_member(organisation, person, administrator=True)
    return person


def member_of(*organisations) -> User:
    person = UserFactory()
    for organisation in organisations:
        add_member(organisation, person)
    return person

"""Inviting colleagues: the letter's token, whose it is, how often and how long it works."""

from datetime import timedelta
from hashlib import sha256

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from activity.models import Letter
from network.organisations import services
from network.organisations.models import Invitation, Membership
from tests.factories.accounts import UserFactory, administrator_of, member_of, staff_of
from tests.factories.network import OrganisationFactory, ParkFactory
from tests.organisations.people import person, token_to, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Smelteverket AS")


@pytest.fixture
def administrator(organisation):
    return administrator_of(organisation)


@pytest.fixture
def invite(organisation, administrator):
    def make(*addresses, **more):
        options = {"by": administrator, "language": "nb"} | more
        return services.invite(organisation, addresses or ["kari@example.org"], **options)

    return make


def fresh(invitation):
    return Invitation.objects.get(pk=invitation.pk)


def later(invitation, **ago):
    """As if the letter had been sent a while ago."""
    moved = fresh(invitation)
    moved.sent_at -= timedelta(**ago)
    moved.expires_at -= timedelta(**ago)
    moved.save()
    return moved


def test_an_invitation_to_ones_own_address_makes_one_a_member(invite, organisation, administrator):
    (invitation,) = invite()
    kari = person("kari@example.org")
    services.accept_invitation(invitation, by=kari)
    assert not Membership.objects.get(user=kari).administrator
    invitation = fresh(invitation)
    assert (invitation.state, invitation.accepted_by) == ("accepted", kari)
    assert told(administrator) == ["organisations.accepted"]
    logged = ModelLogEntry.objects.filter(object_id=str(organisation.pk))
    assert {"organisations.invite", "organisations.accept_invitation"} <= {
        entry.action for entry in logged
    }


def test_one_can_be_invited_as_administrator(invite):
    (invitation,) = invite(administrator=True)
    services.accept_invitation(invitation, by=person("kari@example.org"))
    assert Membership.objects.get(user__email="kari@example.org").administrator


def test_an_invitation_as_member_does_not_take_the_administration_away(invite, organisation):
    kari = person("kari@example.org")
    services.add_member(organisation, kari, administrator=True)
    (invitation,) = invite()
    services.accept_invitation(invitation, by=kari)
    assert Membership.objects.get(user=kari).administrator


def test_the_letter_holds_a_token_and_the_database_only_its_digest(invite):
    (invitation,) = invite()
    token = token_to("kari@example.org")
    assert invitation.digest == sha256(token.encode()).hexdigest()
    assert services.find_invitation(token) == invitation
    assert services.find_invitation(token + "x") is None
    assert services.find_invitation(invitation.digest) is None


def test_the_letter_is_in_the_language_that_was_chosen(invite):
    invite("kari@example.org", language="en", message="Welcome <b>in</b>")
    letter = Letter.objects.get(to="kari@example.org")
    assert letter.content["subject"] == "Invitation to Smelteverket AS"
    assert letter.content["action"][1].startswith("/en/account/organisations/invitation/")
    assert "«Welcome <b>in</b>»" in letter.content["paragraphs"]
    invite("ola@example.org")
    assert "Smelteverket AS" in Letter.objects.get(to="ola@example.org").content["subject"]


def test_who_has_an_account_makes_no_difference_to_who_invites(invite):
    person("kari@example.org")
    known, unknown = invite("kari@example.org", "ukjent@example.org")
    assert (known.state, known.times_sent) == (unknown.state, unknown.times_sent)
    letters = {letter.to: letter.content["subject"] for letter in Letter.objects.all()}
    assert letters["kari@example.org"] == letters["ukjent@example.org"]


@pytest.mark.parametrize("verified", [True, False])
def test_another_address_opens_nothing(invite, verified):
    (invitation,) = invite()
    other = person("annen@example.org")
    if not verified:
        EmailAddress.objects.create(user=other, email="kari@example.org", verified=False)
    with pytest.raises(services.NotInvited):
        services.accept_invitation(invitation, by=other)
    with pytest.raises(services.NotInvited):
        services.decline_invitation(invitation, by=other)
    assert not Membership.objects.filter(user=other).exists()


def test_a_second_address_that_is_confirmed_opens_it(invite):
    (invitation,) = invite("kari@example.org")
    user = person("privat@example.org")
    EmailAddress.objects.create(user=user, email="Kari@Example.org", verified=True)
    services.accept_invitation(invitation, by=user)
    assert Membership.objects.filter(user=user).exists()


def test_a_token_works_once(invite, organisation):
    (invitation,) = invite()
    kari = person("kari@example.org")
    services.accept_invitation(invitation, by=kari)
    services.accept_invitation(invitation, by=kari)
    assert Membership.objects.filter(user=kari).count() == 1
    services.leave(organisation, kari)
    with pytest.raises(services.Closed):
        services.accept_invitation(invitation, by=kari)
    assert not Membership.objects.filter(user=kari).exists()


def test_an_invitation_is_valid_for_two_weeks(invite):
    (invitation,) = invite()
    kari = person("kari@example.org")
    old = later(invitation, days=14, seconds=1)
    assert old.is_expired
    assert not old.is_open
    with pytest.raises(services.Closed):
        services.accept_invitation(invitation, by=kari)
    assert not Invitation.objects.open().addressed_to(kari).exists()


def test_a_withdrawn_or_declined_one_cannot_be_accepted(invite, administrator):
    kari, ola = person("kari@example.org"), person("ola@example.org")
    first, second = invite("kari@example.org", "ola@example.org")
    services.withdraw_invitation(first, by=administrator)
    services.decline_invitation(second, by=ola)
    for invitation, user in ((first, kari), (second, ola)):
        with pytest.raises(services.Closed):
            services.accept_invitation(invitation, by=user)
    with pytest.raises(services.Closed):
        services.withdraw_invitation(second, by=administrator)
    with pytest.raises(services.Closed):
        services.resend(second, by=administrator)


def test_sending_again_ends_the_old_link_and_renews_the_time(invite, administrator):
    (invitation,) = invite()
    old_token = token_to("kari@example.org")
    later(invitation, days=20)
    services.resend(invitation, by=administrator)
    assert services.find_invitation(old_token) is None
    assert services.find_invitation(token_to("kari@example.org")).is_open
    assert Letter.objects.filter(to="kari@example.org").count() == 2


def test_a_double_click_sends_one_letter(invite, administrator):
    (invitation,) = invite("kari@example.org")
    invite("kari@example.org", "KARI@example.org")
    services.resend(invitation, by=administrator)
    assert Letter.objects.filter(to="kari@example.org").count() == 1
    assert Invitation.objects.count() == 1


def test_inviting_an_address_again_renews_its_invitation(invite):
    (first,) = invite()
    later(first, hours=1)
    (second,) = invite()
    assert first == second
    assert Letter.objects.count() == 2


def test_letters_to_one_address_and_in_one_day_have_an_end(invite, administrator):
    (invitation,) = invite()
    for _ in range(4):
        later(invitation, hours=1)
        services.resend(invitation, by=administrator)
    later(invitation, hours=1)
    with pytest.raises(services.TooManyInvitations):
        services.resend(invitation, by=administrator)
    with pytest.raises(services.TooManyInvitations):
        invite(*(f"person-{number}@example.com" for number in range(101)))


def test_only_those_who_look_after_it_invite(organisation, invite):
    (invitation,) = invite()
    park = ParkFactory()
    for stranger in (
        member_of(organisation),
        administrator_of(OrganisationFactory()),
        staff_of(park),
        UserFactory(),
    ):
        with pytest.raises(PermissionDenied):
            invite("ola@example.org", by=stranger)
        with pytest.raises(PermissionDenied):
            services.resend(invitation, by=stranger)
        with pytest.raises(PermissionDenied):
            services.withdraw_invitation(invitation, by=stranger)
    organisation.parks = [park]
    organisation.save()
    invite("ola@example.org", by=staff_of(park))


def test_what_is_no_address_is_refused(invite):
    with pytest.raises(ValidationError):
        invite("kari@example.org\nBcc: alle@example.org")
    assert not Letter.objects.exists()

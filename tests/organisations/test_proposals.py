"""Proposing organisations: who sees them, who decides, and what becomes of them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.models import ModelLogEntry

from network.organisations import services
from network.organisations.models import Membership, Organisation, OrganisationProposal
from search.models import SearchEntry
from tests.factories.accounts import (
    UserFactory,
    administrator_of,
    network_administrator,
    staff_of,
)
from tests.factories.network import OrganisationFactory, ParkFactory
from tests.organisations.people import told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NUMBER = "974760673"


@pytest.fixture
def park():
    return ParkFactory()


@pytest.fixture
def proposer():
    return UserFactory()


@pytest.fixture
def proposal(park, proposer):
    return services.propose(
        proposer, name="Nye Smelteverk AS", number=NUMBER, park=park, municipality="Rana"
    )


def test_a_confirmed_proposal_is_an_organisation_with_its_first_administrator(
    proposal, park, proposer
):
    staff = staff_of(park)
    assert not Organisation.objects.exists()
    made = services.confirm_proposal(proposal, by=staff)
    assert made.published
    assert (made.name, made.number, made.municipality) == ("Nye Smelteverk AS", NUMBER, "Rana")
    assert list(made.parks.all()) == [park]
    assert Membership.objects.get(user=proposer).administrator
    assert SearchEntry.objects.filter(key=f"organisation:{made.pk}").exists()
    assert told(proposer) == ["organisations.proposal_decided"]
    assert services.confirm_proposal(proposal, by=staff) == made
    assert Organisation.objects.count() == 1


def test_until_then_only_the_proposer_and_staff_see_it(proposal, park, proposer):
    seen = OrganisationProposal.objects.visible_to
    for user in (proposer, staff_of(park), network_administrator()):
        assert seen(user).get() == proposal
    for user in (UserFactory(), staff_of(ParkFactory()), administrator_of(OrganisationFactory())):
        assert not seen(user).exists()


def test_it_is_nowhere_in_the_search(proposal):
    assert not SearchEntry.objects.filter(title_nb__contains="Smelteverk").exists()


def test_staff_are_told_and_without_staff_the_network(proposal, park, proposer):
    staff, network = staff_of(park), network_administrator()
    services.propose(proposer, name="Andre Verk", number="", park=park)
    assert told(staff) == ["organisations.proposed"]
    services.propose(proposer, name="Tredje Verk", number="")
    assert told(network) == ["organisations.proposed"]


def test_merging_lets_the_proposer_belong_to_the_one_that_is_here(proposal, park, proposer):
    here, staff = OrganisationFactory(name="Smelteverket"), staff_of(park)
    services.merge_proposal(proposal, here, by=staff)
    services.merge_proposal(proposal, here, by=staff)
    assert not Membership.objects.get(user=proposer, organisation=here).administrator
    assert Organisation.objects.count() == 1
    proposal.refresh_from_db()
    assert (proposal.state, proposal.organisation) == ("merged", here)
    with pytest.raises(services.AlreadyDecided):
        services.confirm_proposal(proposal, by=staff)


def test_a_refusal_says_why(proposal, park, proposer):
    services.refuse_proposal(proposal, by=staff_of(park), reason="Ikke i parken.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("refused", "Ikke i parken.")
    assert told(proposer) == ["organisations.proposal_decided"]
    assert not Membership.objects.exists()


def test_only_the_proposer_withdraws(proposal, park, proposer):
    with pytest.raises(PermissionDenied):
        services.withdraw_proposal(proposal, by=staff_of(park))
    services.withdraw_proposal(proposal, by=proposer)
    with pytest.raises(services.AlreadyDecided):
        services.confirm_proposal(proposal, by=staff_of(park))


def test_nobody_else_decides_and_staff_not_on_their_own(proposal, park):
    staff = staff_of(park)
    own = services.propose(staff, name="Eget", number="", park=park)
    others = (UserFactory(), staff_of(ParkFactory()), proposal.proposer)
    for user, found in (*((user, proposal) for user in others), (staff, own)):
        with pytest.raises(PermissionDenied):
            services.confirm_proposal(found, by=user)
        with pytest.raises(PermissionDenied):
            services.refuse_proposal(found, by=user, reason="Nei.")
        with pytest.raises(PermissionDenied):
            services.merge_proposal(found, OrganisationFactory(), by=user)


def test_two_clicks_make_one_proposal(proposal, park, proposer):
    again = services.propose(proposer, name=proposal.name, number=NUMBER, park=park)
    assert again == proposal
    assert OrganisationProposal.objects.count() == 1


def test_nobody_proposes_without_end(proposer):
    for number in range(5):
        services.propose(proposer, name=f"Verk {number}", number="")
    with pytest.raises(services.TooManyProposals):
        services.propose(proposer, name="Verk seks", number="")


def test_a_number_that_another_has_is_not_taken_in(proposal, park):
    OrganisationFactory(number=NUMBER)
    with pytest.raises(ValidationError):
        services.confirm_proposal(proposal, by=staff_of(park))
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


@pytest.mark.parametrize("number", ["974760674", "123", "97476067x"])
def test_a_wrong_number_is_refused(proposer, number):
    with pytest.raises(ValidationError):
        services.propose(proposer, name="Verk", number=number)


def test_each_step_is_in_the_history(proposal, park):
    services.confirm_proposal(proposal, by=staff_of(park))
    logged = ModelLogEntry.objects.filter(
        content_type__model="organisationproposal", object_id=str(proposal.pk)
    ).order_by("timestamp")
    assert [entry.action for entry in logged] == [
        "organisations.propose",
        "organisations.confirm_proposal",
    ]


class TestPages:
    PROPOSE = "/konto/organisasjoner/foresla/"

    def form(self, **changes):
        return {"name": "Nye Verk AS", "kind": "company", "number": ""} | changes

    def test_similar_ones_are_offered_first(self, client, proposer):
        OrganisationFactory(name="Smelteverket AS")
        OrganisationFactory(name="Skjult Smelteverk", published=False)
        client.force_login(proposer)
        response = client.post(self.PROPOSE, self.form(name="SMELTEVERKET"))
        page = response.content.decode()
        assert "Smelteverket AS" in page
        assert "Skjult" not in page
        assert not OrganisationProposal.objects.exists()
        client.post(self.PROPOSE, self.form(name="SMELTEVERKET", none_of_them="on"))
        assert OrganisationProposal.objects.get().name == "SMELTEVERKET"

    def test_the_same_number_is_offered(self, client, proposer):
        OrganisationFactory(name="Helt annet navn", number=NUMBER)
        client.force_login(proposer)
        response = client.post(self.PROPOSE, self.form(number="974 760 673"))
        assert "Helt annet navn" in response.content.decode()

    @pytest.mark.parametrize(
        "changes",
        [
            {"number": "974760674"},
            {"name": ""},
            {"name": "x" * 201},
            {"web": "javascript:alert(1)"},
        ],
    )
    def test_errors_stand_at_the_field(self, client, proposer, changes):
        client.force_login(proposer)
        response = client.post(self.PROPOSE, self.form(**changes))
        assert response.status_code == 422
        assert "ds-validation-message" in response.content.decode()

    def test_its_page_is_for_those_who_see_it(self, client, proposal, park):
        path = reverse("memberships:proposal", args=[proposal.pk])
        client.force_login(UserFactory())
        assert client.get(path).status_code == 404
        client.force_login(proposal.proposer)
        page = client.get(path).content.decode()
        assert 'value="confirm"' not in page
        assert client.post(path, {"action": "confirm"}).status_code == 404
        client.force_login(staff_of(park))
        assert 'value="confirm"' in client.get(path).content.decode()

    def test_staff_decide_on_it(self, client, proposal, park):
        here = OrganisationFactory(name="Smelteverkene")
        client.force_login(staff_of(park))
        path = reverse("memberships:proposal", args=[proposal.pk])
        assert client.post(path, {"action": "refuse"}).status_code == 422
        assert client.post(path, {"action": "merge"}).status_code == 422
        page = client.get(path, {"q": "smelteverkene"}).content.decode()
        assert f'value="{here.pk}"' in page
        client.post(path, {"action": "merge", "organisation": here.pk})
        proposal.refresh_from_db()
        assert proposal.organisation == here

"""The side doors of the admin: choosers, deleting many at once, the history of everything."""

import pytest
from django.urls import reverse

from network.organisations.models import Membership
from network.organisations.services import add_member
from network.parks.models import MaterialFlow
from tests.factories.accounts import (
    UserFactory,
    administrator_of,
    member_of,
    network_administrator,
    staff_of,
)
from tests.factories.network import OrganisationFactory, ParkFactory

pytestmark = pytest.mark.django_db


def chooser(app, model, view, *args):
    return reverse(f"wagtailsnippetchoosers_{app}_{model}:{view}", args=args)


def bulk_delete(app, model):
    return reverse("wagtail_bulk_action", args=[app, model, "delete"])


@pytest.fixture
def own():
    return OrganisationFactory(name="Egen AS")


@pytest.fixture
def administrator(client, own):
    client.force_login(administrator_of(own))
    return client


@pytest.fixture
def stranger():
    return member_of(OrganisationFactory(name="Fremmed AS"))


class TestChoosers:
    def test_of_memberships_tell_nothing_of_others(self, administrator, stranger):
        for view in ("choose", "choose_results"):
            response = administrator.get(chooser("organisations", "membership", view))
            assert response.status_code == 200
            assert stranger.email not in response.content.decode()

    def test_do_not_answer_for_what_is_out_of_reach(self, administrator, stranger):
        pk = Membership.objects.get(user=stranger).pk
        url = chooser("organisations", "membership", "chosen", pk)
        assert administrator.get(url).status_code == 404
        many = administrator.get(
            chooser("organisations", "membership", "chosen_multiple"), {"id": pk}
        )
        assert stranger.email not in many.content.decode()

    @pytest.mark.parametrize("pk", ["0", "999999", "x", "1 OR 1=1"])
    def test_bear_any_key(self, administrator, pk):
        url = chooser("organisations", "membership", "chosen_multiple")
        assert administrator.get(url, {"id": pk}).status_code == 200
        assert (
            administrator.get(chooser("organisations", "membership", "chosen", pk)).status_code
            == 404
        )

    def test_of_park_staff_tell_nothing_of_other_parks(self, client):
        person = staff_of(ParkFactory())
        client.force_login(staff_of(ParkFactory()))
        page = client.get(chooser("parks", "parkstaff", "choose")).content.decode()
        assert person.email not in page

    def test_offer_no_unpublished_organisation_of_others(self, administrator):
        OrganisationFactory(name="Skjult AS", published=False)
        OrganisationFactory(name="Synlig AS")
        page = administrator.get(
            chooser("organisations", "organisation", "choose")
        ).content.decode()
        assert "Synlig AS" in page
        assert "Skjult AS" not in page

    def test_offer_the_vocabularies_to_everybody_who_edits(self, client, real_data):
        client.force_login(staff_of(ParkFactory()))
        page = client.get(chooser("parks", "theme", "choose")).content.decode()
        assert "Sirkularitet" in page


class TestDeletingMany:
    def test_leaves_what_is_out_of_reach_and_does_not_name_it(self, administrator, own, stranger):
        mine = add_member(own, UserFactory())
        theirs = Membership.objects.get(user=stranger)
        url = f"{bulk_delete('organisations', 'membership')}?id={mine.pk}&id={theirs.pk}"
        assert stranger.email not in administrator.get(url).content.decode()
        administrator.post(url)
        assert not Membership.objects.filter(pk=mine.pk).exists()
        assert Membership.objects.filter(pk=theirs.pk).exists()

    def test_all_means_all_within_reach(self, client):
        park, other = ParkFactory(), ParkFactory()
        for number, owner in enumerate((park, other)):
            MaterialFlow.objects.create(
                park=owner, slug=f"flow-{number}", name_nb="stål", direction="in"
            )
        client.force_login(staff_of(park))
        client.post(f"{bulk_delete('parks', 'materialflow')}?id=all")
        assert [flow.park for flow in MaterialFlow.objects.all()] == [other]

    def test_of_organisations_is_not_for_park_staff(self, client):
        park, organisation = ParkFactory(), OrganisationFactory()
        organisation.parks = [park]
        organisation.save()
        client.force_login(staff_of(park))
        client.post(f"{bulk_delete('organisations', 'organisation')}?id={organisation.pk}")
        organisation.refresh_from_db()


class TestSiteHistory:
    URLS = ("/admin/reports/site-history/", "/admin/reports/site-history/results/")

    @pytest.mark.parametrize("url", URLS)
    def test_is_for_network_administrators(self, client, url):
        client.force_login(network_administrator())
        assert client.get(url).status_code == 200

    @pytest.mark.parametrize("url", URLS)
    def test_is_not_there_for_others(self, administrator, client, url):
        assert administrator.get(url).status_code == 404
        client.force_login(staff_of(ParkFactory()))
        assert client.get(url).status_code == 404

    def test_visitors_are_asked_to_log_in(self, client):
        assert client.get(self.URLS[0]).status_code == 302

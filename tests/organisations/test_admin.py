"""Editing organisations in the admin."""

import pytest
from django.urls import reverse
from wagtail.models import Revision

from network.organisations.models import Membership, Organisation
from search.models import SearchEntry
from tests.factories.accounts import (
    UserFactory,
    administrator_of,
    member_of,
    network_administrator,
    staff_of,
)
from tests.factories.network import FacilityFactory, OrganisationFactory, ParkFactory

pytestmark = pytest.mark.django_db

MODELS = ["organisation", "membership", "organisationfigure", "pointsource"]


def url(model, view, *args):
    return reverse(f"wagtailsnippets_organisations_{model}:{view}", args=args)


def form(organisation=None, **changes):
    organisation = organisation or OrganisationFactory.build(slug="")
    names = [
        "name",
        "name_en",
        "slug",
        "kind",
        "summary_nb",
        "summary_en",
        "competences_nb",
        "competences_en",
        "web",
        "number",
        "industry_code",
        "industry_code_version",
        "chain_place",
        "municipality",
        "country",
        "lat",
        "lon",
        "contact_role",
        "contact_email",
        "contact_phone",
        "note_nb",
        "note_en",
    ]
    values = {name: getattr(organisation, name) or "" for name in names}
    return values | {"published": "on"} | changes


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("view", ["list", "add"])
def test_network_administrators_see_every_registry(client, real_data, model, view):
    client.force_login(network_administrator())
    assert client.get(url(model, view)).status_code == 200


@pytest.mark.parametrize("query", ["Elkem", "974 760 673", "<script>"])
def test_the_list_can_be_searched_and_filtered(client, real_data, query):
    client.force_login(network_administrator())
    parameters = {"q": query, "kind": "company"}
    assert client.get(url("organisation", "list"), parameters).status_code == 200


def test_saving_keeps_a_revision_with_links_and_the_search(client):
    client.force_login(network_administrator())
    organisation, park = OrganisationFactory(), ParkFactory()
    data = form(organisation, name="Nytt navn AS", parks=[park.pk], number="974 760 673")
    response = client.post(url("organisation", "edit", organisation.pk), data)
    assert response.status_code == 302, response.context["form"].errors
    organisation.refresh_from_db()
    assert organisation.number == "974760673"
    assert list(organisation.parks.all()) == [park]
    entry = SearchEntry.objects.get(key=f"organisation:{organisation.pk}")
    assert (entry.title_nb, entry.facets["park"]) == ("Nytt navn AS", [park.slug])
    assert Revision.objects.for_instance(organisation).get().content["parks"] == [park.pk]


def test_deleting_takes_it_out_of_the_search(client):
    client.force_login(network_administrator())
    organisation = OrganisationFactory()
    key = f"organisation:{organisation.pk}"
    assert SearchEntry.objects.filter(key=key).exists()
    client.post(url("organisation", "delete", organisation.pk))
    assert not SearchEntry.objects.filter(key=key).exists()


def test_a_wrong_number_is_refused_with_its_reason(client):
    client.force_login(network_administrator())
    organisation = OrganisationFactory()
    response = client.post(
        url("organisation", "edit", organisation.pk), form(organisation, number="974 760 674")
    )
    assert "number" in response.context["form"].errors


class TestParkStaff:
    @pytest.fixture
    def park(self):
        return ParkFactory()

    @pytest.fixture
    def own(self, park):
        organisation = OrganisationFactory(name="Egen AS")
        organisation.parks = [park]
        organisation.save()
        return organisation

    @pytest.fixture
    def other(self):
        organisation = OrganisationFactory(name="Fremmed AS")
        organisation.parks = [ParkFactory(name_nb="Fremmed park")]
        organisation.save()
        return organisation

    @pytest.fixture
    def staff(self, client, park):
        client.force_login(staff_of(park))
        return client

    def test_see_the_organisations_of_their_park_only(self, staff, own, other):
        page = staff.get(url("organisation", "list")).content.decode()
        assert "Egen AS" in page
        assert "Fremmed AS" not in page

    def test_edit_them(self, staff, own, park):
        data = form(own, municipality="Rana", parks=[park.pk])
        response = staff.post(url("organisation", "edit", own.pk), data)
        assert response.status_code == 302, response.context["form"].errors
        own.refresh_from_db()
        assert own.municipality == "Rana"

    def test_do_not_find_others(self, staff, other):
        assert staff.get(url("organisation", "edit", other.pk)).status_code == 404
        data = form(other, name="Kapret")
        assert staff.post(url("organisation", "edit", other.pk), data).status_code == 404
        assert staff.get(url("organisation", "history", other.pk)).status_code == 404

    def test_add_to_their_own_park(self, staff, park):
        data = form(name="Ny bedrift Å/S", parks=[park.pk])
        response = staff.post(url("organisation", "add"), data)
        assert response.status_code == 302, response.context["form"].errors
        made = Organisation.objects.get()
        assert made.slug == "ny-bedrift-as"
        assert list(made.parks.all()) == [park]

    def test_do_not_add_to_another_park_nor_to_none(self, staff, other):
        foreign = other.parks.get()
        for parks in ([foreign.pk], []):
            response = staff.post(url("organisation", "add"), form(name="Ny AS", parks=parks))
            assert "parks" in response.context["form"].errors
        assert Organisation.objects.count() == 1

    def test_do_not_let_go_of_the_last_of_their_parks(self, staff, own):
        response = staff.post(url("organisation", "edit", own.pk), form(own, parks=[]))
        assert "parks" in response.context["form"].errors

    def test_keep_the_other_parks_that_it_is_in(self, staff, own, park):
        foreign = ParkFactory()
        own.parks = [park, foreign]
        own.save()
        data = form(own, parks=[park.pk, foreign.pk])
        assert staff.post(url("organisation", "edit", own.pk), data).status_code == 302
        assert set(own.parks.all()) == {park, foreign}

    def test_do_not_delete(self, staff, own):
        staff.post(url("organisation", "delete", own.pk))
        assert Organisation.objects.filter(pk=own.pk).exists()

    def test_do_not_mark_samples_or_guess_parks(self, staff, own, park):
        data = form(own, parks=[park.pk], sample="on", likely_park=park.pk, slug="kapret")
        staff.post(url("organisation", "edit", own.pk), data)
        own.refresh_from_db()
        assert not own.sample
        assert own.likely_park is None
        assert own.slug != "kapret"


class TestOrganisationAdministrators:
    @pytest.fixture
    def own(self):
        organisation = OrganisationFactory(name="Egen AS")
        organisation.parks = [ParkFactory()]
        organisation.save()
        return organisation

    @pytest.fixture
    def administrator(self, client, own):
        client.force_login(administrator_of(own))
        return client

    def test_reach_the_admin(self, administrator):
        assert administrator.get("/admin/").status_code == 200

    def test_edit_their_own_organisation(self, administrator, own):
        response = administrator.post(
            url("organisation", "edit", own.pk), form(own, contact_role="Salg")
        )
        assert response.status_code == 302, response.context["form"].errors
        own.refresh_from_db()
        assert own.contact_role == "Salg"

    def test_leave_its_parks_as_they_are(self, administrator, own):
        data = form(own, parks=[ParkFactory().pk])
        administrator.post(url("organisation", "edit", own.pk), data)
        own.refresh_from_db()
        assert own.parks.count() == 1

    def test_do_not_find_others_or_add_any(self, administrator):
        other = OrganisationFactory()
        assert administrator.get(url("organisation", "edit", other.pk)).status_code == 404
        assert administrator.get(url("organisation", "add")).status_code == 302

    def test_add_members_to_their_own_organisation_only(self, administrator, own):
        person, other = UserFactory(), OrganisationFactory()
        data = {"user": person.email, "organisation": other.pk}
        response = administrator.post(url("membership", "add"), data)
        assert "organisation" in response.context["form"].errors
        data["organisation"] = own.pk
        assert administrator.post(url("membership", "add"), data).status_code == 302
        assert Membership.objects.get(user=person).organisation == own

    def test_do_not_see_who_belongs_elsewhere(self, administrator):
        elsewhere = member_of(OrganisationFactory())
        page = administrator.get(url("membership", "list")).content.decode()
        assert elsewhere.email not in page
        other = Membership.objects.get(user=elsewhere)
        assert administrator.get(url("membership", "edit", other.pk)).status_code == 404
        assert administrator.post(url("membership", "delete", other.pk)).status_code == 404


def test_visitors_and_plain_members_do_not_reach_the_admin(client):
    organisation = OrganisationFactory()
    for person in (None, UserFactory(), member_of(organisation)):
        if person:
            client.force_login(person)
        response = client.get(url("organisation", "edit", organisation.pk))
        assert response.status_code == 302


def test_what_others_depend_on_is_not_deleted_and_it_is_said_why(client):
    facility = FacilityFactory()
    path = reverse("wagtailsnippets_organisations_organisation:delete", args=[facility.host_id])
    client.force_login(network_administrator())
    answer = client.post(path)
    assert (answer.status_code, answer["Location"]) == (302, path)
    assert "for andre oppføringer bygger på den" in client.get(path).text
    assert Organisation.objects.filter(pk=facility.host_id).exists()

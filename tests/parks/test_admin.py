"""Editing parks in the admin."""

import pytest
from django.urls import reverse
from wagtail.models import Revision

from network.parks.models import FocusArea, MaterialFlow, Park, ParkFocus, ParkStaff
from search.models import SearchEntry
from tests.factories.accounts import (
    UserFactory,
    administrator_of,
    network_administrator,
    staff_of,
)
from tests.factories.network import OrganisationFactory, ParkFactory

pytestmark = pytest.mark.django_db

MODELS = [
    "park",
    "materialflow",
    "parkcategory",
    "ownershipsetup",
    "theme",
    "focusarea",
    "keyfigure",
    "source",
    "parkstaff",
]


def url(model, view, *args):
    return reverse(f"wagtailsnippets_parks_{model}:{view}", args=args)


def park_form(park, **changes):
    names = [
        "name_nb",
        "name_en",
        "short_name",
        "slug",
        "municipality",
        "county",
        "lat",
        "lon",
        "web",
        "precision_km",
        "summary_nb",
        "summary_en",
        "description_nb",
        "description_en",
        "category_note_nb",
        "category_note_en",
        "other_names",
        "note_nb",
        "note_en",
    ]
    values = {name: getattr(park, name) or "" for name in names}
    for prefix in ("focuses", "park_themes"):
        values |= {
            f"{prefix}-TOTAL_FORMS": 0,
            f"{prefix}-INITIAL_FORMS": 0,
            f"{prefix}-MIN_NUM_FORMS": 0,
            f"{prefix}-MAX_NUM_FORMS": 1000,
        }
    return values | changes


@pytest.fixture
def admin(client):
    client.force_login(network_administrator())
    return client


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("view", ["list", "add"])
def test_network_administrators_see_every_registry(admin, real_data, model, view):
    assert admin.get(url(model, view)).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_the_registries_can_be_searched(admin, real_data, model):
    assert admin.get(url(model, "list"), {"q": "mo"}).status_code == 200


def test_every_record_opens_for_editing(admin, real_data):
    for model in ("park", "materialflow", "ownershipsetup", "theme", "keyfigure", "source"):
        page = admin.get(url(model, "list"))
        first = page.context["object_list"][0]
        assert admin.get(url(model, "edit", first.pk)).status_code == 200


def test_saving_keeps_a_revision_a_log_entry_and_the_search(admin, real_data):
    park = Park.objects.get(slug="skogmo-industripark")
    area = FocusArea.objects.get(slug="hydrogen")
    data = park_form(park, summary_nb="Ny tekst om parken.", **{"focuses-TOTAL_FORMS": 1})
    data |= {
        "focuses-0-area": area.pk,
        "focuses-0-status": "planned",
        "focuses-0-id": "",
        "focuses-0-ORDER": "",
        "focuses-0-DELETE": "",
    }
    response = admin.post(url("park", "edit", park.pk), data)
    assert response.status_code == 302, response.context["form"].errors
    assert ParkFocus.objects.get(park=park).status == "planned"
    entry = SearchEntry.objects.get(key=f"park:{park.pk}")
    assert entry.summary_nb == "Ny tekst om parken."
    assert entry.facets["focus"] == ["hydrogen"]
    revision = Revision.objects.for_instance(park).get()
    assert revision.content["focuses"][0]["status"] == "planned"
    assert admin.get(url("park", "history", park.pk)).status_code == 200


def test_a_description_is_rendered_and_cleaned_when_saved(admin, real_data):
    park = Park.objects.get(slug="skogmo-industripark")
    text = "Vi har **kran**.<script>alert(1)</script>"
    admin.post(url("park", "edit", park.pk), park_form(park, description_nb=text))
    park.refresh_from_db()
    assert "<strong>kran</strong>" in park.description_nb_html
    assert "<script>" not in park.description_nb_html
    assert "<strong>kran</strong>" in admin.get(park.get_absolute_url()).content.decode()


def test_half_a_position_is_refused(admin, real_data):
    park = Park.objects.get(slug="skogmo-industripark")
    response = admin.post(url("park", "edit", park.pk), park_form(park, lon=""))
    assert response.status_code == 200
    assert "lon" in response.context["form"].errors


class TestParkStaff:
    @pytest.fixture
    def parks(self):
        return ParkFactory(name_nb="Egen park"), ParkFactory(name_nb="Annen park")

    @pytest.fixture
    def staff(self, client, parks):
        client.force_login(staff_of(parks[0]))
        return client

    def test_reach_the_admin(self, staff):
        assert staff.get("/admin/").status_code == 200

    def test_see_their_own_park_only(self, staff):
        page = staff.get(url("park", "list")).content.decode()
        assert "Egen park" in page
        assert "Annen park" not in page

    def test_edit_their_own_park(self, staff, parks):
        data = park_form(parks[0], summary_nb="Fra parken selv.")
        assert staff.post(url("park", "edit", parks[0].pk), data).status_code == 302
        parks[0].refresh_from_db()
        assert parks[0].summary_nb == "Fra parken selv."

    def test_cannot_change_what_only_the_network_decides(self, staff, parks):
        old = parks[0].slug
        staff.post(url("park", "edit", parks[0].pk), park_form(parks[0], slug="kapret"))
        parks[0].refresh_from_db()
        assert parks[0].slug == old

    @pytest.mark.parametrize("view", ["edit", "history", "usage", "delete"])
    def test_do_not_find_another_park(self, staff, parks, view):
        response = staff.get(url("park", view, parks[1].pk))
        assert response.status_code in {302, 404}
        assert "Annen park" not in response.content.decode()

    def test_do_not_change_another_park(self, staff, parks):
        data = park_form(parks[1], summary_nb="Kapret.")
        assert staff.post(url("park", "edit", parks[1].pk), data).status_code == 404
        parks[1].refresh_from_db()
        assert parks[1].summary_nb != "Kapret."

    def test_do_not_add_or_delete_parks(self, staff, parks):
        staff.post(url("park", "add"), park_form(parks[0], slug="ny"))
        staff.post(url("park", "delete", parks[0].pk))
        assert Park.objects.count() == 2

    @pytest.mark.parametrize("model", ["theme", "focusarea", "keyfigure", "source", "parkstaff"])
    def test_do_not_see_what_belongs_to_all(self, staff, model):
        assert staff.get(url(model, "list")).status_code == 302

    def test_add_material_flows_to_their_own_park_only(self, staff, parks):
        data = {"direction": "out", "name_nb": "stål", "name_en": "", "note_nb": "", "note_en": ""}
        data |= {"quantity": "", "unit": ""}
        assert (
            staff.post(url("materialflow", "add"), {**data, "park": parks[1].pk}).status_code == 200
        )
        assert not MaterialFlow.objects.exists()
        assert (
            staff.post(url("materialflow", "add"), {**data, "park": parks[0].pk}).status_code == 302
        )
        flow = MaterialFlow.objects.get()
        assert (flow.park, flow.slug) == (parks[0], f"{parks[0].slug}-out-stal")

    def test_two_flows_of_one_name_get_addresses_of_their_own(self, staff, parks):
        data = {"direction": "out", "name_nb": "stål", "park": parks[0].pk}
        for _ in range(2):
            assert staff.post(url("materialflow", "add"), data).status_code == 302
        assert MaterialFlow.objects.values("slug").distinct().count() == 2

    def test_a_quantity_needs_a_unit(self, staff, parks):
        data = {"direction": "out", "name_nb": "stål", "park": parks[0].pk, "quantity": "5"}
        response = staff.post(url("materialflow", "add"), data)
        assert "unit" in response.context["form"].errors


def test_visitors_members_and_organisation_administrators_do_not_reach_parks(client):
    park = ParkFactory()
    for person in (None, UserFactory(), administrator_of(OrganisationFactory())):
        if person:
            client.force_login(person)
        response = client.get(url("park", "edit", park.pk))
        assert response.status_code in {302, 404}


class TestAppointing:
    def test_a_person_is_named_by_address(self, admin):
        park, person = ParkFactory(), UserFactory()
        data = {"park": park.pk, "user": person.email.upper()}
        assert admin.post(url("parkstaff", "add"), data).status_code == 302
        assert ParkStaff.objects.get().user == person

    @pytest.mark.parametrize("address", ["ukjent@example.org", "ikke en adresse", "", "1"])
    def test_an_unknown_person_is_refused(self, admin, address):
        park = ParkFactory()
        response = admin.post(url("parkstaff", "add"), {"park": park.pk, "user": address})
        assert response.status_code == 200
        assert "user" in response.context["form"].errors

    def test_the_form_shows_who_it_is_about(self, admin):
        park = ParkFactory()
        person = staff_of(park)
        page = admin.get(url("parkstaff", "edit", ParkStaff.objects.get().pk))
        assert person.email in page.content.decode()

    def test_the_same_person_twice_is_refused(self, admin):
        park = ParkFactory()
        person = staff_of(park)
        response = admin.post(url("parkstaff", "add"), {"park": park.pk, "user": person.email})
        assert response.status_code == 200
        assert ParkStaff.objects.count() == 1

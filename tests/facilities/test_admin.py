"""Editing facilities in the admin."""

import os
import time

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from network.facilities.models import Facility, Method
from network.facilities.models.parts import private_storage
from search.models import SearchEntry
from tests.facilities.test_importing import ROW, csv
from tests.factories.network import FacilityFactory, MethodFactory, OrganisationFactory, ParkFactory

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_facilities_facility:list"
EDIT = "wagtailsnippets_facilities_facility:edit"
ADD = "wagtailsnippets_facilities_facility:add"
INLINES = ("equipment", "prices", "images", "documents")


def form(facility=None, **changes):
    values = {
        "slug": "strekklab",
        "name_nb": "Strekklaben",
        "summary_nb": "Prøver ut noe.",
        "scale": "lab",
        "access": "open",
        "published": "on",
    }
    for prefix in INLINES:
        values |= {
            f"{prefix}-TOTAL_FORMS": "0",
            f"{prefix}-INITIAL_FORMS": "0",
            f"{prefix}-MIN_NUM_FORMS": "0",
            f"{prefix}-MAX_NUM_FORMS": "1000",
        }
    if facility:
        values |= {"park": facility.park_id, "host": facility.host_id}
    return values | changes


@pytest.mark.parametrize(
    ("role", "seen"),
    [("network", {"Min", "Deres"}), ("park", {"Min"}), ("host", {"Min"})],
)
def test_the_list_holds_what_a_person_looks_after(role, seen, browse, park, host):
    FacilityFactory(name_nb="Min", park=park, host=host)
    FacilityFactory(name_nb="Deres")
    text = browse(role).get(reverse(LIST)).text
    assert {
        name
        for name in ("Min", "Deres")
        if f">\n                    {name}" in text or name in text
    } == seen


@pytest.mark.parametrize("role", ["visitor", "member", "host-member"])
def test_others_do_not_come_in(role, browse, facility):
    assert browse(role).get(reverse(LIST)).status_code == 302


@pytest.mark.parametrize("role", ["park", "host", "other-park"])
def test_somebody_elses_facility_is_not_there(role, browse):
    other = FacilityFactory()
    assert browse(role).get(reverse(EDIT, args=[other.pk])).status_code == 404


def test_saving_renders_searches_logs_and_keeps_a_revision(browse, facility):
    method = MethodFactory(name_nb="Strekkprøving")
    client = browse("park")
    changes = {
        "name_nb": "Nytt navn",
        "description_nb": "Vi *prøver*.",
        "methods": [method.pk],
        "equipment-TOTAL_FORMS": "1",
        "equipment-0-name_nb": "Ovn",
        "equipment-0-quantity": "1",
        "equipment-0-ORDER": "1",
    }
    response = client.post(reverse(EDIT, args=[facility.pk]), form(facility, **changes))
    assert response.status_code == 302
    stored = Facility.objects.get()
    assert stored.description_nb_html == "<p>Vi <em>prøver</em>.</p>\n"
    assert list(stored.methods.all()) == [method]
    assert stored.equipment.get().name_nb == "Ovn"
    entry = SearchEntry.objects.get(key=f"facility:{stored.pk}")
    assert entry.title_nb == "Nytt navn"
    assert entry.facets["method"] == [method.slug]
    assert "Ovn" in entry.keywords
    assert ModelLogEntry.objects.filter(object_id=str(stored.pk), action="wagtail.edit").exists()
    assert stored.latest_revision.content["methods"] == [method.pk]


def test_park_staff_cannot_give_a_facility_to_somebody_else(browse, facility):
    park, host = ParkFactory(), OrganisationFactory()
    response = browse("park").post(
        reverse(EDIT, args=[facility.pk]), form(facility, park=park.pk, host=host.pk)
    )
    assert response.status_code == 200
    assert Facility.objects.get().park == facility.park


def test_a_host_adds_a_facility_of_its_own_and_of_nobody_elses(browse, park, host):
    client = browse("host")
    own = form(slug="egen", park=park.pk, host=host.pk)
    assert client.post(reverse(ADD), own).status_code == 302
    others = form(slug="andres", park=park.pk, host=OrganisationFactory().pk)
    assert client.post(reverse(ADD), others).status_code == 200
    assert [facility.slug for facility in Facility.objects.all()] == ["egen"]


def test_only_the_network_keeps_the_vocabularies(browse, park, host):
    term = MethodFactory()
    url = reverse("wagtailsnippets_facilities_method:edit", args=[term.pk])
    assert browse("park").get(url).status_code == 302
    assert browse("network").get(url).status_code == 200


def test_a_renamed_method_is_found_by_its_new_name(browse, park, host):
    method = MethodFactory(slug="m", name_nb="Gammelt")
    facility = FacilityFactory(park=park, host=host, methods=[method])
    url = reverse("wagtailsnippets_facilities_method:edit", args=[method.pk])
    values = {
        "slug": "m",
        "name_nb": "Nytt",
        "name_en": "",
        "synonyms_nb": "ord",
        "synonyms_en": "",
    }
    assert browse("network").post(url, values).status_code == 302
    keywords = SearchEntry.objects.get(key=f"facility:{facility.pk}").keywords.splitlines()
    assert keywords[:2] == ["Nytt", "ord"]


def test_every_list_and_form_of_the_room_opens(browse, facility):
    client = browse("network")
    for model in ("facility", "method", "material", "standard"):
        for view in ("list", "add"):
            name = f"wagtailsnippets_facilities_{model}:{view}"
            assert client.get(reverse(name)).status_code == 200
    assert client.get(reverse(EDIT, args=[facility.pk])).status_code == 200
    history = reverse("wagtailsnippets_facilities_facility:history", args=[facility.pk])
    assert client.get(history).status_code == 200


class TestImport:
    """Upload, look, confirm."""

    @pytest.fixture
    def url(self):
        return reverse("facilities_import:index")

    def upload(self, client, url, *rows, name="f.csv"):
        return client.post(url, {"file": SimpleUploadedFile(name, csv(*rows))})

    @pytest.mark.parametrize("role", ["park", "host", "member"])
    def test_only_the_network_imports(self, role, browse, url, facility):
        client = browse(role)
        assert client.get(url).status_code == 302
        assert self.upload(client, url, ROW).status_code == 302
        assert Facility.objects.count() == 1

    def test_a_file_is_looked_at_before_anything_is_written(self, browse, url, park):
        client = browse("network")
        response = self.upload(client, url, ROW)
        assert "Ny lab (ny-lab)" in response.text
        assert not Facility.objects.exists()
        done = client.post(url, {"token": response.context_data["token"]})
        assert done.status_code == 302
        assert Facility.objects.get().slug == "ny-lab"
        user = client.session["_auth_user_id"]
        assert (
            str(ModelLogEntry.objects.filter(action="wagtail.create").latest("pk").user_id) == user
        )

    def test_a_confirmation_counts_once(self, browse, url, park):
        client = browse("network")
        token = self.upload(client, url, ROW).context_data["token"]
        client.post(url, {"token": token})
        assert client.post(url, {"token": token}).url == url
        assert Facility.objects.count() == 1

    def test_errors_are_shown_and_only_the_good_rows_can_be_taken_in(self, browse, url, park):
        client = browse("network")
        response = self.upload(client, url, ROW, ROW | {"slug": "b", "park": "x"})
        assert "<td>3</td><td>park</td>" in response.text
        token = response.context_data["token"]
        client.post(url, {"token": token, "partial": "1"})
        assert [facility.slug for facility in Facility.objects.all()] == ["ny-lab"]

    def test_somebody_elses_or_a_forged_token_is_refused(self, browse, url, park, reader, client):
        token = self.upload(browse("network"), url, ROW).context_data["token"]
        client.force_login(reader("network"))
        client.post(url, {"token": token})
        client.post(url, {"token": "forged"})
        assert not Facility.objects.exists()

    def test_a_file_that_nobody_confirms_is_deleted(self, browse, url, park):
        client = browse("network")
        abandoned = self.upload(client, url, ROW).context_data["token"]
        name = signing.loads(abandoned, salt="facilities.import")["name"]
        long_ago = time.time() - 7200
        os.utime(private_storage().path(name), (long_ago, long_ago))
        self.upload(client, url, ROW)
        assert not private_storage().exists(name)

    @pytest.mark.parametrize("name", ["f.exe", "f.csv.zip"])
    def test_other_kinds_of_file_are_refused(self, name, browse, url, park):
        response = self.upload(browse("network"), url, ROW, name=name)
        assert response.context_data["form"].errors
        assert Method.objects.count() == 0

    def test_a_file_that_is_no_table_is_refused_with_a_reason(self, browse, url, park):
        file = SimpleUploadedFile("f.xlsx", b"not a workbook")
        response = browse("network").post(url, {"file": file})
        assert response.context_data["form"].errors["file"]

"""Editing facilities on the site: a part at a time, by those who look after them."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import ModelLogEntry

from network.facilities import editing
from network.facilities.editing_forms import AboutForm, CapabilitiesForm
from network.facilities.models import Facility, FacilityDocument, FacilityImage
from search.models import SearchEntry
from tests.facilities.conftest import EDITORS, ROLES
from tests.factories.facilities import (
    EquipmentFactory,
    FacilityDocumentFactory,
    FacilityImageFactory,
    person,
)
from tests.factories.network import (
    FacilityFactory,
    MaterialFactory,
    MethodFactory,
    OrganisationFactory,
    ParkFactory,
)

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>"


def url(name, *args):
    return reverse(f"facilities:{name}", args=args)


def part_url(facility, part):
    return url("edit-part", facility.slug, part)


@pytest.fixture
def owner(client, park, host, reader):
    user = reader("host")
    client.force_login(user)
    return user


def posted(form, **written):
    """What a browser sends back of a form as it is, with some of it written anew."""
    data = {name: form[name].value() for name in form.fields}
    plain = {
        name: [getattr(each, "pk", each) for each in value] if isinstance(value, list) else value
        for name, value in data.items()
    }
    return {name: "" if value is None else value for name, value in plain.items()} | written


def about(facility, user, **written):
    return posted(AboutForm(instance=facility, user=user), **written)


def rows(prefix, *values, seen="", **more):
    data = {"seen": seen, f"{prefix}-TOTAL_FORMS": len(values), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(values):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data | more


class TestBeginning:
    def form(self, park, host, **changes):
        return {
            "host": host.pk,
            "park": park.pk,
            "name_nb": "Ny lab",
            "summary_nb": "Vi prøver.",
        } | changes

    def test_a_draft_is_seen_by_those_who_look_after_it_alone(self, client, owner, park, host):
        response = client.post(url("new"), self.form(park, host))
        facility = Facility.objects.get()
        assert response.url == url("edit", facility.slug)
        assert not facility.published
        assert client.get(facility.get_absolute_url()).status_code == 200
        client.logout()
        assert client.get(facility.get_absolute_url()).status_code == 404

    def test_a_double_click_begins_one_draft(self, client, owner, park, host):
        for _ in range(2):
            client.post(url("new"), self.form(park, host))
        assert Facility.objects.count() == 1

    def test_two_of_one_name_get_addresses_of_their_own(self, client, owner, park, host):
        FacilityFactory(slug="ny-lab")
        FacilityFactory(slug="ny-fasilitet-2")
        client.post(url("new"), self.form(park, host))
        client.post(url("new"), self.form(park, host, name_nb="Ny fasilitet"))
        assert {f.slug for f in Facility.objects.filter(host=host)} == {
            "ny-lab-2",
            "ny-fasilitet-3",
        }

    def test_nobody_begins_one_for_others(self, client, owner, park):
        stranger = OrganisationFactory()
        response = client.post(url("new"), self.form(park, stranger))
        assert response.status_code == 422
        assert not Facility.objects.exists()
        with pytest.raises(PermissionDenied):
            editing.begin_facility(
                {"host": stranger, "park": park, "name_nb": "X", "summary_nb": "Y"}, by=owner
            )

    def test_staff_begin_one_in_their_park(self, client, park, host, reader):
        client.force_login(reader("park"))
        assert client.post(url("new"), self.form(ParkFactory(), host)).status_code == 422
        assert client.post(url("new"), self.form(park, host)).status_code == 302

    @pytest.mark.parametrize("changes", [{"name_nb": ""}, {"summary_nb": "x" * 601}])
    def test_errors_stand_at_the_field(self, client, owner, park, host, changes):
        response = client.post(url("new"), self.form(park, host, **changes))
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == changes.keys()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_for_those_who_look_after_it(browse, role, facility):
    client = browse(role)
    parts = [
        part_url(facility, part)
        for part in ("about", "capabilities", "equipment", "prices", "practical", "contact")
    ]
    others = ("edit", "edit-pictures", "edit-documents", "suggest-term")
    for path in (*parts, *(url(name, facility.slug) for name in others)):
        expected = 200 if role in EDITORS else 302 if role == "visitor" else 404
        assert client.get(path).status_code == expected


def test_the_pages_are_in_english_too(client, owner, facility):
    page = client.get(f"/en/facilities/{facility.slug}/edit/").content.decode()
    assert "Methods, materials and standards" in page


class TestParts:
    def test_what_is_written_is_stored_logged_and_searchable(self, client, owner, facility):
        data = about(facility, owner, name_nb="Nytt navn", description_nb=f"**Stål** {HOSTILE}")
        assert client.post(part_url(facility, "about"), data).status_code == 302
        facility.refresh_from_db()
        assert "<strong>Stål</strong>" in facility.description_nb_html
        assert "<script>" not in facility.description_nb_html
        assert ModelLogEntry.objects.filter(action="wagtail.edit", user=owner).count() == 1
        assert SearchEntry.objects.get(key=f"facility:{facility.pk}").title_nb == "Nytt navn"

    def test_terms_are_chosen_and_shown_with_their_other_names(self, client, owner, facility):
        method = MethodFactory(name_nb="Strekkprøving", synonyms_nb="Strekktest")
        page = client.get(part_url(facility, "capabilities")).content.decode()
        assert "Strekktest" in page
        data = posted(CapabilitiesForm(instance=facility), methods=[method.pk])
        client.post(part_url(facility, "capabilities"), data)
        assert list(Facility.objects.get().methods.all()) == [method]

    def test_the_same_field_shows_both_and_a_second_save_decides(self, client, owner, facility):
        mine = about(facility, owner, summary_nb="Mitt.")
        client.post(part_url(facility, "about"), about(facility, owner, summary_nb="Deres."))
        response = client.post(part_url(facility, "about"), mine)
        assert response.status_code == 422
        assert "«Deres.»" in response.content.decode()
        assert Facility.objects.get().summary_nb == "Deres."
        seen = response.context["form"]["seen"].value()
        client.post(part_url(facility, "about"), mine | {"seen": seen})
        assert Facility.objects.get().summary_nb == "Mitt."

    def test_different_links_of_two_people_are_both_kept(self, client, owner, facility):
        method, material = MethodFactory(), MaterialFactory()
        mine = posted(CapabilitiesForm(instance=facility), methods=[method.pk])
        theirs = posted(CapabilitiesForm(instance=facility), materials=[material.pk])
        client.post(part_url(facility, "capabilities"), theirs)
        client.post(part_url(facility, "capabilities"), mine)
        stored = Facility.objects.get()
        assert (list(stored.methods.all()), list(stored.materials.all())) == ([method], [material])

    def test_an_unknown_part_is_not_found(self, client, owner, facility):
        assert client.get(part_url(facility, "secrets")).status_code == 404

    def test_a_wrong_range_stands_at_its_field(self, client, owner, facility):
        response = client.post(
            part_url(facility, "practical"),
            {"scale": "lab", "access": "open", "trl_min": 7, "trl_max": 3},
        )
        assert response.status_code == 422
        assert "trl_max" in response.context["form"].errors


class TestRows:
    MACHINE = {"name_nb": "Ovn", "quantity": "2"}

    def seen(self, client, facility, part):
        return client.get(part_url(facility, part)).context["seen"]

    def test_rows_are_added_changed_and_taken_away(self, client, owner, facility):
        path = part_url(facility, "equipment")
        seen = self.seen(client, facility, "equipment")
        client.post(path, rows("form", self.MACHINE, {"name_nb": "Sag", "quantity": 1}, seen=seen))
        assert [(e.name_nb, e.quantity) for e in facility.equipment.all()] == [
            ("Ovn", 2),
            ("Sag", 1),
        ]
        seen = self.seen(client, facility, "equipment")
        gone = {"name_nb": "Sag", "quantity": 1, "DELETE": "on"}
        client.post(path, rows("form", {**self.MACHINE, "make": "Carbolite"}, gone, seen=seen))
        assert [(e.name_nb, e.make) for e in Facility.objects.get().equipment.all()] == [
            ("Ovn", "Carbolite")
        ]

    def test_more_rows_come_without_a_script_and_lose_nothing(self, client, owner, facility):
        response = client.post(
            part_url(facility, "equipment"), rows("form", self.MACHINE, action="more")
        )
        assert response.status_code == 200
        assert 'value="Ovn"' in response.content.decode()
        assert len(response.context["formset"].forms) == 4
        assert not facility.equipment.exists()

    def test_an_emptied_row_is_no_row(self, client, owner, facility):
        EquipmentFactory(facility=facility)
        seen = self.seen(client, facility, "equipment")
        empty = {"name_nb": "", "quantity": "1"}
        client.post(part_url(facility, "equipment"), rows("form", empty, seen=seen))
        assert not Facility.objects.get().equipment.exists()

    def test_a_half_row_is_refused_at_its_field(self, client, owner, facility):
        response = client.post(
            part_url(facility, "equipment"), rows("form", {"make": "Instron", "quantity": 1})
        )
        assert response.status_code == 422
        assert "ds-validation-message" in response.content.decode()

    def test_somebody_elses_rows_are_not_lost(self, client, owner, facility):
        seen = self.seen(client, facility, "equipment")
        EquipmentFactory(facility=facility, name_nb="Deres maskin")
        data = rows("form", self.MACHINE, seen=seen)
        response = client.post(part_url(facility, "equipment"), data)
        page = response.content.decode()
        assert response.status_code == 422
        assert "Deres maskin" in page
        assert 'value="Ovn"' in page
        client.post(part_url(facility, "equipment"), data | {"seen": response.context["seen"]})
        assert [e.name_nb for e in Facility.objects.get().equipment.all()] == ["Ovn"]

    def test_a_type_of_user_has_one_price(self, client, owner, facility):
        seen = self.seen(client, facility, "prices")
        note = {"user_type": "sme", "note_nb": "900 kr"}
        path = part_url(facility, "prices")
        assert client.post(path, rows("form", note, note, seen=seen)).status_code == 422
        client.post(path, rows("form", note, seen=seen))
        assert facility.prices.get().note_nb == "900 kr"

    def test_a_flood_of_rows_is_refused(self, client, owner, facility):
        many = [self.MACHINE] * 61
        response = client.post(part_url(facility, "equipment"), rows("form", *many))
        assert response.status_code == 422
        assert not facility.equipment.exists()


def picture_file(name="lab.png", content=None):
    if content is None:
        buffer = BytesIO()
        Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
        content = buffer.getvalue()
    return SimpleUploadedFile(name, content)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
class TestUploads:
    def add(self, client, facility, **data):
        data = {"image": picture_file(), "alt_nb": "Ovnen i drift"} | data
        return client.post(url("edit-pictures", facility.slug), data)

    def test_a_picture_says_what_it_shows(self, client, owner, facility):
        assert self.add(client, facility, alt_nb="").status_code == 422
        assert self.add(client, facility).status_code == 302
        picture = FacilityImage.objects.get()
        assert (picture.alt_nb, picture.image.uploaded_by_user) == ("Ovnen i drift", owner)
        client.post(url("edit-picture", facility.slug, picture.pk), {"alt_nb": "Ovnen i ro"})
        picture.refresh_from_db()
        assert picture.alt_nb == "Ovnen i ro"

    @pytest.mark.parametrize(
        "file", [("lab.png", b"<svg onload=alert(1)>"), ("lab.svg", b"<svg/>"), ("a.exe", b"MZ")]
    )
    def test_what_is_no_picture_is_refused(self, client, owner, facility, file):
        assert self.add(client, facility, image=picture_file(*file)).status_code == 422
        assert not FacilityImage.objects.exists()

    def test_pictures_are_ordered_and_taken_off(self, client, owner, facility):
        first, second = (FacilityImageFactory(facility=facility, position=n) for n in (0, 1))
        path = url("edit-picture", facility.slug, second.pk)
        client.post(path, {"action": "first"})
        assert list(FacilityImage.objects.filter(facility=facility)) == [second, first]
        client.post(path, {"action": "remove"})
        assert FacilityImage.objects.get() == first

    def test_there_is_room_for_eight(self, client, owner, facility):
        for number in range(8):
            FacilityImageFactory(facility=facility, position=number)
        assert self.add(client, facility).status_code == 422

    def test_another_facilitys_picture_is_not_found(self, client, owner, facility):
        other = FacilityImageFactory()
        path = url("edit-picture", facility.slug, other.pk)
        assert client.post(path, {"action": "remove"}).status_code == 404

    def test_documents_are_added_and_taken_off(self, client, owner, facility):
        path = url("edit-documents", facility.slug)
        file = SimpleUploadedFile("data.pdf", b"%PDF-1.7 tall")
        client.post(path, {"file": file, "title": "Datablad"})
        document = FacilityDocument.objects.get()
        client.post(path, {"action": "remove", "document": document.pk})
        assert not FacilityDocument.objects.exists()

    @pytest.mark.parametrize(
        "file",
        [
            ("data.pdf", b"<html><script>"),
            ("data.exe", b"MZ"),
            ("data.txt", b"a\x00b"),
            ("data.docx", b"%PDF-1.7"),
            ("data.pdf", b""),
        ],
    )
    def test_a_file_that_is_not_what_it_says_is_refused(self, client, owner, facility, file):
        data = {"file": SimpleUploadedFile(*file), "title": "Datablad"}
        assert client.post(url("edit-documents", facility.slug), data).status_code == 422
        assert not FacilityDocument.objects.exists()

    @pytest.mark.parametrize("pk", ["", "x", "0", "9" * 30])
    def test_another_facilitys_document_is_not_found(self, client, owner, facility, pk):
        other = FacilityDocumentFactory()
        for document in (other.pk, pk):
            data = {"action": "remove", "document": document}
            assert client.post(url("edit-documents", facility.slug), data).status_code == 404
        assert FacilityDocument.objects.exists()


def test_the_parts_ask_the_database_little(client, owner, django_assert_max_num_queries, facility):
    client.get(url("edit", facility.slug))
    with django_assert_max_num_queries(26):
        client.get(url("edit", facility.slug))


def test_somebody_who_no_longer_looks_after_it_changes_nothing(facility, park, host):
    stranger = person("member")
    for change in (
        lambda: editing.change_facility(facility, {"name_nb": "X"}, seen={}, by=stranger),
        lambda: editing.change_rows(facility, "equipment", [], seen="", by=stranger),
        lambda: editing.remove_picture(FacilityImageFactory(facility=facility), by=stranger),
        lambda: editing.remove_document(FacilityDocumentFactory(facility=facility), by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            change()

"""What was asked cannot be deleted in the admin, and the files of what failed are not kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from network.facilities.enquiries import telling
from network.facilities.enquiries.services import deciding, drafts
from network.facilities.models import Attachment, Facility
from network.facilities.models.parts import private_storage
from tests.factories.accounts import network_administrator
from tests.factories.enquiries import EnquiryFactory, party, request_of
from tests.factories.network import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    client.force_login(network_administrator())
    return client


@pytest.mark.parametrize("kind", ["facilities_facility", "organisations_organisation"])
def test_deleting_what_was_asked_says_what_depends_on_it(administrator, enquiry, shaker, kind):
    thing = shaker if kind.startswith("facilities") else shaker.host
    if thing != shaker:
        # It answered for the facility once; nothing else holds it.
        Facility.objects.filter(pk=shaker.pk).update(host=OrganisationFactory())
    answer = administrator.post(
        reverse(f"wagtailsnippets_{kind}:delete", args=[thing.pk]), follow=True
    )
    assert answer.status_code == 200
    assert "henvendelser til fasiliteter (1)" in answer.text
    assert "Fjern haken ved «Publisert»" in answer.text
    assert type(thing)._base_manager.filter(pk=thing.pk).exists()


def test_deleting_several_of_which_one_was_asked_deletes_none(administrator, enquiry, shaker):
    url = reverse("wagtail_bulk_action", args=["facilities", "facility", "delete"])
    back = reverse("wagtailsnippets_facilities_facility:list")
    count = Facility.objects.count()
    answer = administrator.post(f"{url}?id={shaker.pk}&next={back}", follow=True)
    assert answer.status_code == 200
    assert "henvendelser til fasiliteter (1)" in answer.text
    assert Facility.objects.count() == count


def stored():
    storage = Attachment._meta.get_field("file").storage
    return storage.listdir("enquiries")[1] if storage.exists("enquiries") else []


@pytest.fixture
def storage(monkeypatch, tmp_path):
    monkeypatch.setattr(Attachment._meta.get_field("file"), "storage", private_storage())


def plan():
    return SimpleUploadedFile("tegning.pdf", b"%PDF-1.7")


@pytest.mark.django_db(transaction=True)
def test_a_message_that_fails_leaves_no_file(storage, enquiry, asker, shaker, monkeypatch):
    def fail(*args, **kwargs):
        assert stored(), "the file was there"
        raise RuntimeError

    monkeypatch.setattr(telling, "tell_host", fail)
    request = request_of(enquiry, shaker)
    with pytest.raises(RuntimeError):
        deciding.write_message(request, "Se her", by=party(asker), files=[plan()])
    assert stored() == []
    assert not Attachment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_first_of_two_files_goes_when_the_second_fails(storage, asker, monkeypatch):
    draft, saved = EnquiryFactory(asker=asker), Attachment.save
    calls = []

    def save(self, *args, **kwargs):
        calls.append(self)
        if len(calls) > 1:
            raise OSError("full")
        saved(self, *args, **kwargs)

    monkeypatch.setattr(Attachment, "save", save)
    with pytest.raises(OSError, match="full"):
        drafts.attach(draft, [plan(), plan()])
    assert stored() == []


def test_a_file_that_is_kept_stays(storage, asker):
    draft = EnquiryFactory(asker=asker)
    with transaction.atomic():
        drafts.attach(draft, [plan()])
    assert len(stored()) == 1

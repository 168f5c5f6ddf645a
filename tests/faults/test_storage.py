"""A disk that fills up while a file is stored: no row without its file, and no half file."""

import errno
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage, storages
from django.urls import reverse
from wagtail.documents import get_document_model

from operations.storage import WholeFileStorage
from tests.factories.accounts import network_administrator
from tests.factories.network import FacilityFactory

pytestmark = pytest.mark.django_db


class FillsTheDisk(File):
    """Half of it can be written."""

    def __init__(self):
        super().__init__(ContentFile(b"").file, name="rapport.txt")
        self.size = 10

    def chunks(self, chunk_size=None):
        yield b"halv"
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"

    def files():
        return sorted(path.name for path in (tmp_path / "media").rglob("*") if path.is_file())

    return files


def test_half_a_file_is_not_left(files):
    with pytest.raises(OSError, match="No space"):
        default_storage.save("rapport.txt", FillsTheDisk())
    assert files() == []
    assert default_storage.save("rapport.txt", ContentFile(b"hel")) == "rapport.txt"


def test_two_files_of_one_name_are_both_kept(files):
    names = [default_storage.save("a/rapport.txt", ContentFile(text)) for text in (b"1", b"2")]
    texts = [Path(default_storage.path(name)).read_bytes() for name in names]
    assert texts == [b"1", b"2"]
    assert len(files()) == 2
    assert all(isinstance(storages[name], WholeFileStorage) for name in ("default", "private"))


def test_an_upload_that_fills_the_disk_makes_no_row_and_says_so(files, client, monkeypatch):
    client.force_login(network_administrator())
    client.raise_request_exception = False
    monkeypatch.setattr(
        "django.core.files.uploadedfile.InMemoryUploadedFile.chunks", FillsTheDisk.chunks
    )
    upload = ContentFile(b"hele filen", name="rapport.txt")
    answer = client.post(reverse("wagtaildocs:add"), {"title": "Rapport", "file": upload})
    assert answer.status_code == 503
    assert "Gå ett steg tilbake" in answer.text
    assert not get_document_model().objects.exists()
    assert files() == []


def test_pages_are_made_anew_when_the_cache_is_lost(client):
    facility = FacilityFactory(name_nb="Strekklaben")
    paths = [
        reverse("facilities:detail", args=[facility.slug]),
        reverse("facilities:list"),
        "/sok/",
    ]
    before = [client.get(path).status_code for path in paths]
    cache.clear()
    after = [client.get(path) for path in paths]
    assert before == [answer.status_code for answer in after] == [200, 200, 200]
    assert "Strekklaben" in after[0].text

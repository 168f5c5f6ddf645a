"""What is shown when something is not there, not allowed, or not working."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from config.settings import dev
from tests.factories.accounts import UserFactory, network_administrator

pytestmark = pytest.mark.django_db


def test_an_unknown_address_is_answered_in_norwegian(initial_pages, client):
    response = client.get("/finnes-ikke/")
    assert response.status_code == 404
    page = response.content.decode()
    assert '<html lang="nb"' in page
    assert "Siden finnes ikke" in page
    assert 'name="robots" content="noindex"' in page


def test_an_unknown_english_address_is_answered_in_english(initial_pages, client):
    response = client.get("/en/does-not-exist/")
    assert response.status_code == 404
    page = response.content.decode()
    assert '<html lang="en"' in page
    assert "Page not found" in page
    assert 'action="/en/search/"' in page


def test_an_unknown_address_is_answered_before_there_are_any_pages(client):
    assert client.get("/finnes-ikke/").status_code == 404


def test_odd_addresses_are_not_found(initial_pages, client):
    for address in ("/%00/", "/om-parknett/%F0%9F%92%A5/", "/" + "a/" * 200, "/../etc/passwd"):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/konto/login/", "Skjemaet kunne ikke sendes"),
        ("/en/account/login/", "The form could not be sent"),
    ],
)
def test_a_form_from_elsewhere_is_refused_in_the_look_of_the_site(address, title):
    response = Client(enforce_csrf_checks=True).post(address, {"login": "a@example.org"})
    assert response.status_code == 403
    page = response.content.decode()
    assert title in page
    assert "pn-header" in page


def test_a_failure_of_ours_is_told_in_both_languages(initial_pages, client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("pages.serving.views.serve", fail)
    client.raise_request_exception = False
    response = client.get("/om-parknett/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "Noe gikk galt hos oss" in page
    assert "Something went wrong on our side" in page
    assert "broken on purpose" not in page


def test_developers_see_the_page_for_what_is_not_there_too(initial_pages, settings):
    settings.DEBUG = True
    settings.MIDDLEWARE = dev.MIDDLEWARE
    response = Client().get("/en/nothing-here/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
    assert "config.urls" not in response.content.decode()


@pytest.fixture
def closed(settings):
    settings.MAINTENANCE_MODE = True


@pytest.mark.usefixtures("closed")
def test_in_maintenance_every_page_says_so(client):
    for address in ("/", "/en/", "/testfasiliteter/", "/sok/?q=x", "/sitemap.xml"):
        response = client.get(address)
        assert response.status_code == 503, address
        assert int(response["Retry-After"]) > 0
        assert "Parknett er straks tilbake" in response.content.decode()


@pytest.mark.usefixtures("closed")
def test_in_maintenance_health_and_admin_stay_open(client):
    assert client.get("/health/").status_code == 200
    client.force_login(network_administrator())
    assert client.get("/admin/").status_code == 200


@pytest.mark.usefixtures("closed")
def test_in_maintenance_those_who_work_in_the_admin_still_log_in(client):
    administrator = network_administrator()
    administrator.set_password("furu-og-granskog-2026")
    administrator.save()
    EmailAddress.objects.create(
        user=administrator, email=administrator.email, verified=True, primary=True
    )
    page = client.get("/admin/", follow=True)
    assert page.status_code == 200
    login, _status = page.redirect_chain[-1]
    response = client.post(
        login, {"login": administrator.email, "password": "furu-og-granskog-2026"}, follow=True
    )
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == "/admin/"
    assert client.get("/en/account/login/").status_code != 503
    assert client.get("/konto/signup/").status_code == 503


def test_a_file_in_the_data_directory_closes_the_site(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "maintenance").touch()
    assert Client().get("/").status_code == 503
    (tmp_path / "maintenance").unlink()
    assert Client().get("/konto/login/").status_code == 200


def test_who_may_not_use_the_admin_is_told_so_and_not_sent_round(client):
    client.force_login(UserFactory())
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) == 1
    assert "Du har ikke tilgang til redaksjonen" in response.content.decode()

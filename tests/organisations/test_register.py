"""The look-up in the open register, against a small server of our own."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import transaction
from django.utils import timezone

from network.organisations import register
from network.organisations.models import RegisterEntry
from tests.factories.accounts import UserFactory, administrator_of
from tests.factories.network import OrganisationFactory

NUMBER = "974760673"
ANSWER = {
    "organisasjonsnummer": NUMBER,
    "navn": "REGISTERENHETEN I BRØNNØYSUND",
    "organisasjonsform": {"kode": "ORGL", "beskrivelse": "Organisasjonsledd"},
    "hjemmeside": "www.brreg.example",
    "naeringskode1": {"kode": "84.110", "beskrivelse": "Generell offentlig administrasjon"},
    "forretningsadresse": {"kommune": "NORE OG UVDAL"},
    "konkurs": False,
}


class FakeRegister:
    """Answers as it is told to, and remembers what it was asked."""

    def __init__(self):
        self.asked = []
        self.answer = (200, json.dumps(ANSWER))
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                fake.asked.append(self.path)
                status, body = fake.answer
                if status is None:
                    fake.hold.wait(5)
                    return
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *args):
                pass

        self.hold = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/api"


@pytest.fixture
def fake(settings):
    fake = FakeRegister()
    thread = threading.Thread(target=fake.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.BRREG_URL = fake.url
    yield fake
    fake.hold.set()
    fake.server.shutdown()
    thread.join()
    fake.server.server_close()


pytestmark = pytest.mark.django_db


def test_it_is_off_by_default(settings):
    assert settings.BRREG_URL == ""
    assert register.look_up(NUMBER) is None


def test_an_answer_is_read_and_kept_with_its_date(fake):
    entry = register.look_up("974 760 673")
    assert fake.asked == [f"/api/enheter/{NUMBER}"]
    assert (entry.name, entry.form) == (ANSWER["navn"], "Organisasjonsledd")
    assert (entry.industry_code, entry.municipality) == ("84.110", "Nore og Uvdal")
    assert timezone.now() - entry.fetched_at < timedelta(minutes=1)
    register.look_up(NUMBER)
    assert len(fake.asked) == 1


def test_after_a_month_it_is_asked_again(fake):
    register.look_up(NUMBER)
    RegisterEntry.objects.update(fetched_at=timezone.now() - timedelta(days=31))
    fake.answer = (200, json.dumps(ANSWER | {"navn": "NYTT NAVN", "konkurs": True}))
    entry = register.look_up(NUMBER)
    assert (entry.name, entry.dissolved) == ("NYTT NAVN", True)


@pytest.mark.parametrize("status", [404, 410])
def test_a_number_that_it_does_not_know_is_kept_too(fake, status):
    fake.answer = (status, "")
    assert not register.look_up(NUMBER).found
    assert not register.look_up(NUMBER).found
    assert len(fake.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        (500, ""),
        (302, ""),
        (200, "<html>"),
        (200, "[]"),
        (200, json.dumps({"organisasjonsnummer": "999999999", "navn": "En annen"})),
        (200, json.dumps(ANSWER) + " " * register.MAX_ANSWER_BYTES),
    ],
)
def test_a_wrong_answer_is_none_and_the_last_good_one_stays(fake, answer):
    fake.answer = answer
    assert register.look_up(NUMBER) is None
    assert not RegisterEntry.objects.exists()
    old = timezone.now() - timedelta(days=40)
    RegisterEntry.objects.create(number=NUMBER, name="Fra før", fetched_at=old)
    assert register.look_up(NUMBER).name == "Fra før"


def test_a_register_that_hangs_is_waited_for_briefly(fake, monkeypatch):
    monkeypatch.setattr(register, "TIMEOUT_SECONDS", 0.2)
    fake.answer = (None, "")
    before = timezone.now()
    assert register.look_up(NUMBER) is None
    assert timezone.now() - before < timedelta(seconds=3)


def test_a_register_that_is_away_leaves_the_form_usable(client, settings):
    settings.BRREG_URL = "http://127.0.0.1:9"
    client.force_login(UserFactory())
    response = client.post(
        "/konto/organisasjoner/foresla/", {"action": "look-up", "number": NUMBER, "name": "Mitt"}
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "Registeret svarer ikke akkurat nå" in page
    assert 'value="Mitt"' in page


def test_long_and_odd_values_are_cut(fake):
    odd = {"navn": "x" * 5000, "hjemmeside": None, "naeringskode1": "tekst"}
    fake.answer = (200, json.dumps(ANSWER | odd))
    entry = register.look_up(NUMBER)
    assert len(entry.name) == 200
    assert (entry.web, entry.industry_code) == ("", "")


@pytest.mark.parametrize("number", ["", "974760674", "../../admin", "x" * 9999])
def test_what_is_no_number_is_not_asked_for(fake, number):
    assert register.look_up(number) is None
    assert fake.asked == []


def test_nothing_is_fetched_inside_a_transaction(fake):
    with transaction.atomic(), pytest.raises(RuntimeError):
        register.look_up(NUMBER)
    assert fake.asked == []


def test_a_proposal_is_filled_in_from_it(client, fake):
    client.force_login(UserFactory())
    response = client.post(
        "/konto/organisasjoner/foresla/", {"action": "look-up", "number": NUMBER}
    )
    page = response.content.decode()
    assert "Fra Enhetsregisteret" in page
    assert 'value="REGISTERENHETEN I BRØNNØYSUND"' in page
    assert 'value="Nore og Uvdal"' in page


def test_the_profile_shows_it_beside_the_form(client, fake):
    organisation = OrganisationFactory(number=NUMBER)
    client.force_login(administrator_of(organisation))
    path = f"/organisasjoner/{organisation.slug}/administrer/profil/"
    assert "Se hva som står i Enhetsregisteret" in client.get(path).content.decode()
    assert fake.asked == []
    assert "Organisasjonsledd" in client.get(path, {"register": 1}).content.decode()

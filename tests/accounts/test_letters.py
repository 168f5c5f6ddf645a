"""Letters about accounts: both languages, text and HTML, and never out of a request."""

from pathlib import Path

import allauth
import pytest
from django.core import mail as outbox
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import override

from accounts import mail
from accounts.letters import LETTERS, NOTICES, written
from tests.accounts.conftest import PASSWORD
from tests.factories.accounts import UserFactory
from ui.chrome import Link

pytestmark = pytest.mark.django_db

# Ways of logging in that are off.
NOT_USED = {"account/email/login_code", "account/email/password_reset_code"}
CONTEXT = {
    "code": "123-456",
    "email": "kari@example.org",
    "from_email": "gammel@example.org",
    "to_email": "ny@example.org",
    "deleted_email": "gammel@example.org",
    "provider": "Feide",
    "ip": "192.0.2.1",
    "user_agent": "<b>Nettleser</b>" * 100,
    "timestamp": timezone.now(),
}
EVERY = sorted({*LETTERS, *NOTICES})


def test_everything_that_allauth_sends_has_its_letter():
    templates = Path(allauth.__file__).parent / "templates"
    sent = {
        path.relative_to(templates).as_posix().removesuffix("_message.txt")
        for path in templates.rglob("email/*_message.txt")
        if not path.name.startswith("base_")
    }
    assert sent - NOT_USED == set(EVERY)


@pytest.mark.parametrize("name", EVERY)
def test_every_letter_is_in_both_languages_as_text_and_html(name):
    messages = []
    for language in ("nb", "en"):
        with override(language):
            link = reverse("account_reset_password_from_key", args=["1", "a"])
            letter = written(name, {**CONTEXT, "password_reset_url": link})
            assert resolve(letter.action.url)
        message = mail.compose(
            to="kari@example.org",
            language=language,
            subject=letter.subject,
            paragraphs=letter.paragraphs,
            action=letter.action,
        )
        (html,) = message.alternatives
        assert html.mimetype == "text/html"
        assert f'<html lang="{language}">' in html.content
        assert "<b>Nettleser" not in html.content
        for text in (message.body, html.content):
            assert f"http://127.0.0.1:8000{letter.action.url}" in text
            assert "%(" not in text
        assert message.subject == f"Parknett: {letter.subject}"
        assert "\n" not in message.subject
        messages.append(message.body)
    assert messages[0] != messages[1]


def test_a_letter_says_where_it_comes_from_and_ends_in_one_line():
    message = mail.compose(
        to="a@example.org", language="nb", subject="Hei", paragraphs=["Så fint."]
    )
    assert message.body.startswith("Så fint.")
    assert message.body.rstrip().endswith("Parknett\nhttp://127.0.0.1:8000/")
    assert message.body.endswith("\n")


def test_a_host_name_that_somebody_forges_gets_into_no_letter(client, letters):
    UserFactory(email="kari@example.org", password=PASSWORD)
    client.post(
        "/konto/password/reset/", {"email": "kari@example.org"}, headers={"host": "ond.example.com"}
    )
    (letter,) = letters
    assert letter.action.url.startswith("/konto/password/reset/key/")
    assert "ond.example.com" not in repr(letter)


def test_the_link_is_in_the_language_of_the_person_not_of_whoever_asks(client, letters):
    UserFactory(email="kim@example.org", language="en")
    client.post("/konto/password/reset/", {"email": "kim@example.org"})
    assert letters[0].action.url.startswith("/en/account/password/reset/key/")


def test_nothing_is_sent_in_a_request(client):
    mail.provide_post(None)
    UserFactory(email="kari@example.org")
    client.post("/konto/password/reset/", {"email": "kari@example.org"})
    assert outbox.outbox == []


def test_without_an_outbox_the_worker_sends_each_letter_as_a_task():
    mail.send.func("kari@example.org", "nb", "Hei", ["Ett", "To"], ["Gå", "/konto/"])
    (message,) = outbox.outbox
    assert message.to == ["kari@example.org"]
    assert "Ett\n\nTo" in message.body
    assert "Gå:\nhttp://127.0.0.1:8000/konto/" in message.body


def test_a_code_stands_out_and_hostile_text_does_nothing():
    message = mail.compose(
        to="a@example.org",
        language="nb",
        subject="<script>",
        paragraphs=["123-456", "<script>alert(1)</script> og mer"],
        action=Link("Gå", "/konto/"),
    )
    html = message.alternatives[0].content
    assert 'class="code"' in html
    assert html.count('class="code"') == 1
    assert "<script>" not in html

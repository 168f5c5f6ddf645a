"""Mail on the terminal, where there is no mail server."""

import io

from django.core.mail import EmailMultiAlternatives

from config.settings import dev
from operations.mail import TextBackend


def test_a_letter_is_printed_as_text_and_not_again_as_html():
    letter = EmailMultiAlternatives("Koden din: 123456", "Skriv inn koden.", to=["a@example.org"])
    letter.attach_alternative("<p>Skriv inn koden.</p>", "text/html")
    printed = io.StringIO()
    assert TextBackend(stream=printed).send_messages([letter]) == 1
    assert "To: a@example.org" in printed.getvalue()
    assert "Koden din: 123456" in printed.getvalue()
    assert "Skriv inn koden." in printed.getvalue()
    assert "<p>" not in printed.getvalue()


def test_it_is_what_a_site_without_a_mail_server_gets():
    assert dev.EMAIL_BACKEND == "operations.mail.TextBackend"

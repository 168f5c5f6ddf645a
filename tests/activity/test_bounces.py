"""What mail servers send back, and what happens to the address."""

import mailbox
from email.message import EmailMessage, MIMEPart
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from activity.choosing import is_stopped, resume
from activity.letters import post
from activity.models import Letter, StoppedAddress
from tests.activity.conftest import deliver

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def bounce(message_id, status="5.1.1", action="failed", headers_only=False):
    """A report as Postfix writes it."""
    report = EmailMessage()
    report["From"] = "MAILER-DAEMON@mail.example.org"
    report["To"] = "parknett@example.org"
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report.set_content("This is the mail system.")
    report.make_mixed()
    report.set_type("multipart/report")
    report.set_param("report-type", "delivery-status")
    status_part = MIMEPart()
    status_part["Content-Type"] = "message/delivery-status"
    status_part.set_payload(
        [
            _block({"Reporting-MTA": "dns; mail.example.org"}),
            _block(
                {
                    "Final-Recipient": "rfc822; kari@example.org",
                    "Action": action,
                    "Status": status,
                    "Diagnostic-Code": "smtp; 550 5.1.1 No such user",
                }
            ),
        ]
    )
    report.attach(status_part)
    original = EmailMessage()
    original["Message-ID"] = message_id
    original["Subject"] = "Hei"
    quoted = MIMEPart()
    if headers_only:
        quoted["Content-Type"] = "text/rfc822-headers"
        quoted.set_payload(original.as_string())
    else:
        quoted["Content-Type"] = "message/rfc822"
        quoted.set_payload([original])
    report.attach(quoted)
    return report.as_bytes()


def _block(fields):
    block = MIMEPart()
    for name, value in fields.items():
        block[name] = value
    return block


@pytest.fixture
def sent(kari, post_office):
    post("hei", to=kari.email, language="nb", subject="Hei", paragraphs=["Hei"], user=kari)
    deliver()
    return Letter.objects.get()


@pytest.fixture
def read(tmp_path):
    """A function that reads messages out of an mbox file or a Maildir, and gives what was said."""

    def read_all(*messages, maildir=False):
        path = tmp_path / ("maildir" if maildir else "mbox")
        box = mailbox.Maildir(path) if maildir else mailbox.mbox(path)
        for message in messages:
            box.add(message)
        box.close()
        said = StringIO()
        call_command("read_bounces", str(path), stdout=said)
        return said.getvalue().strip()

    return read_all


@pytest.mark.parametrize("maildir", [False, True])
@pytest.mark.parametrize("headers_only", [False, True])
def test_a_refused_address_is_stopped(sent, kari, read, maildir, headers_only):
    said = read(bounce(sent.message_id, headers_only=headers_only), maildir=maildir)
    assert said == "1 bounces, 1 of them new."
    assert is_stopped(kari)
    sent.refresh_from_db()
    assert sent.state == Letter.State.FAILED
    assert "No such user" in sent.problem


def test_reading_the_same_mailbox_again_changes_nothing(sent, kari, read):
    read(bounce(sent.message_id))
    resume(kari)
    assert read() == "1 bounces, 0 of them new."
    assert not is_stopped(kari)


def test_a_bounce_that_quotes_no_letter_of_ours_is_not_believed(sent, kari, read):
    read(bounce("<guess@example.org>"))
    assert not is_stopped(kari)


@pytest.mark.parametrize(
    ("status", "action"), [("4.4.1", "delayed"), ("4.4.1", "failed"), ("5.1.1", "delayed")]
)
def test_what_may_still_arrive_stops_nothing(sent, kari, read, status, action):
    read(bounce(sent.message_id, status, action))
    assert not is_stopped(kari)
    sent.refresh_from_db()
    assert sent.state == Letter.State.SENT


def test_a_full_mailbox_stops_the_address_only_when_that_is_all_that_comes(
    sent, kari, read, post_office
):
    read(bounce(sent.message_id, "5.2.2"))
    assert not is_stopped(kari)
    for number in range(2):
        post(f"{number}", to=kari.email, language="nb", subject="Hei", paragraphs=["Hei"])
        deliver()
        read(bounce(Letter.objects.get(key=f"{number}").message_id, "5.2.2"))
    assert is_stopped(kari)


def test_other_mail_is_passed_over(sent, kari, read):
    letter = EmailMessage()
    letter["Subject"] = "Takk"
    letter.set_content(f"Takk for {sent.message_id}")
    broken = b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n"
    said = read(letter.as_bytes(), broken, b"", b"\xff\xfe\x00")
    assert said == "0 bounces, 0 of them new."
    assert not is_stopped(kari)


def test_a_mailbox_that_is_not_there_is_an_error(db, tmp_path):
    with pytest.raises(CommandError, match="no mailbox"):
        call_command("read_bounces", str(tmp_path / "nowhere"))


def test_the_person_is_told_on_the_site_and_can_try_again(client, sent, kari, read, post_office):
    read(bounce(sent.message_id))
    client.force_login(kari)
    for path in ("/min-side/", "/konto/varsler/", "/konto/varsler/valg/"):
        assert "kommer i retur" in client.get(path).content.decode()
    response = client.post("/konto/varsler/gjenoppta/", {"next": "/min-side/"}, follow=True)
    assert "kommer i retur" not in response.content.decode()
    assert not StoppedAddress.objects.exists()
    post("again", to=kari.email, language="nb", subject="Hei", paragraphs=["Hei"])
    deliver()
    assert len(post_office.messages) == 2

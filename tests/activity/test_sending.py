"""Letters on their way: each is sent once, and none is lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from activity import services
from activity.letters import Attachment, post
from activity.models import Letter, StoppedAddress
from activity.sending import MAX_ATTEMPTS, SENDING_TAKES_AT_MOST, Sender, claim
from activity.things import Link
from tests.activity import made_up
from tests.activity.conftest import deliver
from tests.servers.process import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

State = Letter.State


def write(key="hilsen", **changed):
    values = {
        "to": "gjest@example.org",
        "language": "nb",
        "subject": "Hei",
        "paragraphs": ["Første avsnitt.", "Andre avsnitt."],
    }
    post(key, **values | changed)
    return Letter.objects.get(key=key)


def states():
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def make_due():
    Letter.objects.filter(state=State.WAITING).update(due_at=timezone.now())


def test_a_letter_is_sent_once_with_text_and_html(post_office):
    write(action=Link("Se svaret", "/foresporsel/1/"), reply_to="vert@example.org")
    assert deliver() == 1
    assert deliver() == 0
    (message,) = post_office.messages
    assert message["To"] == "gjest@example.org"
    assert message["Subject"] == "Parknett: Hei"
    assert message["Reply-To"] == "vert@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_body(["plain"]).get_content()
    assert "Andre avsnitt." in text
    assert "https://parknett.example.org/foresporsel/1/" in text
    assert (
        'href="https://parknett.example.org/foresporsel/1/"'
        in message.get_body(["html"]).get_content()
    )
    assert states() == [State.SENT]


def test_the_same_key_is_the_same_letter(post_office):
    write()
    write(subject="Hei igjen")
    deliver()
    assert [message["Subject"] for message in post_office.messages] == ["Parknett: Hei"]


def test_a_file_goes_with_its_letter_and_is_not_kept(post_office):
    letter = write(attachments=[Attachment("møte.ics", b"BEGIN:VCALENDAR", "text/calendar")])
    deliver()
    (attached,) = post_office.messages[0].iter_attachments()
    assert attached.get_filename() == "møte.ics"
    assert attached.get_content_type() == "text/calendar"
    assert not letter.attachments.exists()


def test_what_was_said_is_not_kept_once_it_is_sent(post_office):
    letter = write(paragraphs=["123456"])
    deliver()
    letter.refresh_from_db()
    assert letter.content == {}


def test_a_subject_is_one_line_whatever_it_was(post_office):
    write(subject="Hei\r\nBcc: offer@example.org\n" + "x" * 500)
    deliver()
    (message,) = post_office.messages
    assert message["Bcc"] is None
    assert len(message["Subject"]) < 230


@pytest.mark.parametrize("address", ["", "ingen", "a@example.org\nBcc: b@example.org"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValidationError):
        write(to=address)


def test_large_attachments_are_refused():
    with pytest.raises(ValueError, match="bytes"):
        write(attachments=[Attachment("a", b"x" * (2 * 1024 * 1024 + 1), "text/plain")])


def test_nothing_is_lost_while_the_mail_server_is_away(settings, post_office):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    write()
    assert deliver() == 0
    assert states() == [State.WAITING]
    assert Letter.objects.get().attempts == 0
    settings.EMAIL_PORT = port
    deliver()
    assert len(post_office.messages) == 1


def test_a_sender_rests_when_the_mail_server_is_away(settings, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = free_port()
    write()
    sender = Sender()
    sender.run()
    tried = []
    monkeypatch.setattr("activity.carrier.Carrier.open", lambda self: tried.append(1))
    assert sender.run() == 0
    assert tried == []


def test_what_is_refused_for_now_is_tried_again_later(post_office):
    post_office.recipients["gjest@example.org"] = "451 4.7.1 Greylisted"
    letter = write()
    deliver()
    letter.refresh_from_db()
    assert letter.state == State.WAITING
    assert letter.attempts == 1
    assert letter.due_at > timezone.now() + timedelta(seconds=50)
    assert "Greylisted" in letter.problem
    assert deliver() == 0
    post_office.recipients.clear()
    make_due()
    deliver()
    assert len(post_office.messages) == 1
    assert not StoppedAddress.objects.exists()


def test_trying_ends_some_time(post_office):
    post_office.recipients["gjest@example.org"] = "451 Not now"
    write()
    for _ in range(MAX_ATTEMPTS):
        make_due()
        deliver()
    assert states() == [State.FAILED]


def test_an_address_that_does_not_exist_gets_no_more_mail(post_office):
    post_office.recipients["gjest@example.org"] = "550 5.1.1 No such user"
    write()
    deliver()
    assert states() == [State.FAILED]
    assert "No such user" in StoppedAddress.objects.get().reason
    write("once more", to="Gjest@example.org")
    deliver()
    assert states() == [State.FAILED, State.WITHDRAWN]
    assert post_office.messages == []


def test_what_somebody_waits_for_is_sent_also_to_a_stopped_address(post_office):
    StoppedAddress.objects.create(address="gjest@example.org", reason="550")
    write(urgent=True)
    deliver()
    assert len(post_office.messages) == 1


def test_a_refused_text_stops_no_address(post_office):
    post_office.data = "554 5.7.1 Looks like spam"
    write()
    deliver()
    assert states() == [State.FAILED]
    assert not StoppedAddress.objects.exists()


def test_a_refused_sender_is_our_own_fault_and_tried_again(post_office):
    post_office.sender = "550 5.7.1 Who are you"
    write()
    deliver()
    assert states() == [State.WAITING]
    assert not StoppedAddress.objects.exists()


def test_no_answer_after_the_text_leaves_it_uncertain_and_it_is_not_sent_again(post_office):
    post_office.hangs_up = True
    write()
    deliver()
    assert states() == [State.UNCERTAIN]
    post_office.hangs_up = False
    make_due()
    deliver()
    assert len(post_office.messages) == 1


def test_a_letter_that_somebody_died_with_becomes_uncertain_after_a_while(post_office):
    letter = write()
    assert claim(letter)
    deliver()
    assert states() == [State.SENDING]
    Letter.objects.update(sending_at=timezone.now() - SENDING_TAKES_AT_MOST - timedelta(seconds=1))
    deliver()
    assert states() == [State.UNCERTAIN]
    assert post_office.messages == []


def test_a_letter_is_claimed_by_one_worker_only():
    letter = write()
    assert claim(letter)
    assert not claim(letter)


def test_a_letter_that_cannot_be_written_keeps_no_other_back(post_office, kari, monkeypatch):
    services.notify("made_up.told", "post:1", to=[kari], data={"title": None})
    write()
    monkeypatch.setattr(
        made_up, "visible", lambda thing, user_id: 1 / 0 if thing == "post:1" else 1
    )
    monkeypatch.setattr("activity.telling.readers", lambda kind, event, people: {kari.pk})
    deliver()
    assert sorted(states()) == [State.FAILED, State.SENT]
    assert "ZeroDivisionError" in Letter.objects.get(state=State.FAILED).problem


def test_letters_that_are_waited_for_go_before_notifications(post_office, kari, monkeypatch):
    services.notify("made_up.told", "post:1", to=[kari])
    deliver_nothing = Sender().run(0)
    assert deliver_nothing == 0
    from_before = timezone.now() + timedelta(minutes=1)
    write(urgent=True)
    Letter.objects.update(due_at=timezone.now())
    monkeypatch.setattr(timezone, "now", lambda: from_before)
    deliver()
    assert [m["To"] for m in post_office.messages] == ["gjest@example.org", "kari@example.org"]


def test_bounces_go_where_the_settings_say(post_office, settings):
    settings.BOUNCE_EMAIL = "retur@example.org"
    senders = []
    original = type(post_office).handle_MAIL

    async def noted(self, server, session, envelope, address, options):
        senders.append(address)
        return await original(self, server, session, envelope, address, options)

    type(post_office).handle_MAIL, kept = noted, original
    try:
        write()
        deliver()
    finally:
        type(post_office).handle_MAIL = kept
    assert senders == ["retur@example.org"]
    assert post_office.messages[0]["From"] == "Parknett <parknett@example.org>"


def test_the_message_id_is_the_same_for_a_key_and_nobody_can_work_it_out():
    first = write("a")
    assert first.message_id.startswith("<")
    assert first.message_id != write("b").message_id
    assert "a@" not in first.message_id

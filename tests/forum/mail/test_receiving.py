"""How an e-mail becomes a post, and why some do not."""

import mailbox
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from activity.models import Letter
from network.forum.mail import incoming, receiving
from network.forum.mail.addresses import reply_address
from network.forum.mail.receiving import DeferredError
from network.forum.models import Draft, Post, PostFile, ReceivedMail, Standing, Thread
from network.forum.moderation.services.arranging import merge
from network.forum.moderation.services.people import silence
from tests.factories.accounts import UserFactory, network_administrator
from tests.factories.forum import category_of_group, join, known, thread
from tests.forum.mail.conftest import answered, came_to, confirmed, email
from tests.forum.moderation.waiting import fresh

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100_000
PDF = b"%PDF-1.7\n" + b"0" * 1000


def by_mail(thing):
    return Post.objects.filter(thread=thing, by_mail=True)


def letter():
    return Letter.objects.get(key__startswith="forum.mail:")


def told():
    """What the letter says, as one text."""
    content = letter().content
    return f"{content['subject']} {' '.join(content['paragraphs'])}"


def test_an_answer_by_mail_is_a_post_of_who_sent_it(kari, question):
    quoted = "Fint.\n\nMvh Kari\n\nDen 05.05.2026 10:12, skrev Parknett:\n> Hvor får vi målt ruhet?"
    assert came_to(answered(kari, question, quoted)) == "posted"
    post = by_mail(question).get()
    assert (post.author, post.source, post.number) == (kari, "Fint.", 2)
    assert ReceivedMail.objects.get().post == post
    assert fresh(question).post_count == 2
    assert not Letter.objects.filter(key__startswith="forum.mail:").exists()


def test_reading_it_again_posts_nothing_again(kari, question):
    mail = answered(kari, question)
    assert [came_to(mail), came_to(mail)] == ["posted", None]
    assert by_mail(question).count() == 1


def test_whoever_is_killed_before_the_end_has_done_nothing_and_the_next_one_does_it(
    kari, question, monkeypatch
):
    class KilledError(BaseException):
        pass

    def die(*_args, **_kwargs):
        raise KilledError

    mail = answered(kari, question)
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="rapport.pdf")
    with monkeypatch.context() as patched:
        patched.setattr(receiving.ReceivedMail, "save", die)
        with pytest.raises(KilledError):
            came_to(mail)
    assert not by_mail(question).exists()
    assert not ReceivedMail.objects.exists()
    assert not PostFile.objects.exists()
    assert came_to(mail) == "posted"
    assert by_mail(question).get().files.get().name == "rapport.pdf"


def test_the_address_may_stand_where_mail_servers_write_it(kari, question):
    address = reply_address(kari, question)
    mail = email(kari.email, "svar@example.org", headers=[("Delivered-To", address)])
    assert came_to(mail) == "posted"


def test_letters_of_any_case_are_the_same_address(kari, question):
    mail = email(kari.email.upper(), reply_address(kari, question).upper())
    assert came_to(mail) == "posted"


def test_an_html_mail_is_read_too(kari, question):
    mail = answered(kari, question, None)
    mail.set_content("<div>Hei<br>på deg</div><div class='gmail_quote'>sitat</div>", subtype="html")
    assert came_to(mail) == "posted"
    assert by_mail(question).get().source == "Hei\\\npå deg"


@pytest.mark.parametrize(
    "headers",
    [
        [("Auto-Submitted", "auto-replied")],
        [("Precedence", "bulk")],
        [("X-Autoreply", "yes")],
        [("List-Id", "<liste.example.org>")],
        [("Return-Path", "<>")],
    ],
)
def test_machines_are_not_answered(kari, question, headers):
    assert came_to(answered(kari, question, headers=headers)) == "automatic"
    assert not Letter.objects.filter(key__startswith="forum.mail:").exists()
    assert not by_mail(question).exists()


@pytest.mark.parametrize("subject", ["Automatisk svar: ferie", "Out of office", "Autosvar: borte"])
def test_holiday_notices_are_machines(kari, question, subject):
    mail = answered(kari, question)
    mail.replace_header("Subject", subject)
    assert came_to(mail) == "automatic"


def test_bounces_are_machines(kari, question):
    mail = answered(kari, question)
    mail.make_mixed()
    mail.set_type("multipart/report")
    assert came_to(mail) == "automatic"


def test_strangers_get_no_letter(kari, question):
    mail = email("fremmed@example.com", reply_address(kari, question))
    assert came_to(mail) == "unknown"
    assert not Letter.objects.filter(key__startswith="forum.mail:").exists()


def test_somebody_elses_address_is_refused_with_a_letter(kari, question):
    other = confirmed(known())
    assert came_to(email(other.email, reply_address(kari, question))) == "foreign"
    assert letter().to == other.email
    assert question.title not in told()
    assert not by_mail(question).exists()


def test_an_address_that_is_not_confirmed_is_nobodys(question):
    person = UserFactory()
    assert came_to(answered(person, question)) == "unknown"


def test_whoever_has_left_is_nobody(kari, question):
    mail = answered(kari, question)
    kari.is_active = False
    kari.save()
    assert came_to(mail) == "unknown"


def test_several_senders_are_none(kari, question):
    mail = answered(kari, question)
    mail.replace_header("From", f"{kari.email}, fremmed@example.com")
    assert came_to(mail) == "unknown"


@pytest.mark.parametrize(
    ("own", "results", "outcome"),
    [
        ("", ["mx.example; dmarc=fail"], "forged"),
        ("", ["mx.example; dmarc=pass"], "posted"),
        ("", [], "posted"),
        ("mx.example", [], "forged"),
        ("mx.example", ["mx.example; spf=pass; dkim=pass; dmarc=pass"], "posted"),
        ("mx.example", ["mx.example; dkim=pass; dmarc=fail"], "forged"),
        ("mx.example", ["mx.example; dmarc=none; dkim=pass"], "posted"),
        ("mx.example", ["mx.example; dmarc=none; spf=softfail"], "forged"),
        ("mx.example", ["annen.example; dmarc=pass"], "forged"),
        ("mx.example", ["mx.example; dmarc=fail", "mx.example; dmarc=pass"], "forged"),
    ],
)
def test_what_mail_servers_found_is_believed(kari, question, settings, own, results, outcome):
    settings.REPLY_AUTHSERV_ID = own
    headers = [("Authentication-Results", each) for each in results]
    assert came_to(answered(kari, question, headers=headers)) == outcome
    assert not Letter.objects.filter(key__startswith="forum.mail:").exists()


def test_a_mail_without_a_thread_is_answered_when_we_know_its_sender(kari):
    assert came_to(email(kari.email, "svar@example.org")) == "unknown"
    assert letter().to == kari.email


def test_who_may_not_read_the_thread_any_more_hears_nothing_of_it(kari):
    category = category_of_group("hidden")
    secret = thread(category, by=join(category.group), title="Hemmelig prosjekt")
    assert came_to(answered(kari, secret)) == "gone"
    assert "Hemmelig" not in told()
    assert "hemmelig" not in str(letter().content)


def test_a_closed_thread_is_told(kari, question):
    Thread.objects.filter(pk=question.pk).update(closed=True)
    assert came_to(answered(kari, question)) == "closed"
    assert question.get_absolute_url() in str(letter().content)


def test_who_reads_an_open_group_without_belonging_may_not_write_there(kari):
    category = category_of_group("open")
    assert came_to(answered(kari, thread(category, by=join(category.group)))) == "refused"


def test_who_is_silenced_is_told_until_when(kari, question):
    silence(network_administrator(), kari, 7, "Ro.")
    assert came_to(answered(kari, question)) == "refused"
    until = timezone.localtime(Standing.objects.get(pk=kari.pk).silenced_until)
    assert until.strftime("%d.%m") in told()


def test_an_answer_to_a_merged_thread_stands_where_it_went(kari, question):
    target = thread()
    merge(network_administrator(), fresh(question), fresh(target))
    assert came_to(answered(kari, question)) == "posted"
    assert by_mail(target).exists()


def test_only_a_quote_is_no_answer(kari, question):
    assert came_to(answered(kari, question, "> Hvor?\n> Her?")) == "empty"
    assert letter().to == kari.email


def test_what_is_too_long_or_too_large_is_told(kari, question, monkeypatch):
    assert came_to(answered(kari, question, "ord " * 6_000)) == "too-large"
    monkeypatch.setattr(incoming, "MAX_BYTES", 2_000)
    mail = answered(kari, question, "ord " * 2_000, number=2)
    assert came_to(mail) == "too-large"
    assert Letter.objects.filter(key__startswith="forum.mail:").count() == 2


def test_who_writes_too_fast_is_read_the_next_time(kari, question, settings):
    settings.FORUM_POSTS_A_MINUTE = 1
    came_to(answered(kari, question))
    second = answered(kari, question, number=2)
    with pytest.raises(DeferredError):
        came_to(second)
    assert ReceivedMail.objects.count() == 1
    Post.objects.filter(author=kari).update(created_at=timezone.now() - timedelta(minutes=2))
    assert came_to(second) == "posted"


def test_refusals_of_one_day_have_an_end(kari, question):
    for number in range(6):
        came_to(answered(kari, question, "> bare sitat", number=number))
    assert Letter.objects.filter(key__startswith="forum.mail:").count() == 3


def test_files_come_along_and_those_that_may_not_are_told(kari, question):
    mail = answered(kari, question, "Se vedlegg.")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="rapport.pdf")
    mail.add_attachment(b"MZ", maintype="application", subtype="x-msdownload", filename="a.exe")
    mail.add_attachment(b"%PDF-1", maintype="image", subtype="png", filename="bilde.png")
    assert came_to(mail) == "posted"
    post = by_mail(question).get()
    assert [each.name for each in post.files.all()] == ["rapport.pdf"]
    assert post.has_files
    assert "a.exe" in told()
    assert "bilde.png" in told()
    assert not Draft.objects.exists()


def test_a_photograph_among_the_words_comes_along_and_a_logo_does_not(kari, question):
    mail = answered(kari, question, "Se bildet.")
    mail.add_alternative('<p>Se<img src="cid:foto"><img src="cid:logo"></p>', subtype="html")
    html = mail.get_body(("html",))
    html.add_related(PNG, "image", "png", cid="<foto>", filename="IMG_1.png")
    html.add_related(PNG[:500], "image", "png", cid="<logo>", filename="image001.png")
    assert came_to(mail) == "posted"
    assert [each.name for each in by_mail(question).get().files.all()] == ["IMG_1.png"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"From: \xff <a@\xff>\nTo: svar+\xff@example.org\n\nHei",
        b'From: "a\nTo: <<>>\nMessage-ID: []\n\nHei',
        b"From: =?utf-8?q?=\nSubject: =?x?y?z?=\nContent-Type: text/plain; charset=finnes-ikke\n\nHei",
        b"Content-Type: multipart/mixed; boundary=x\nTo: a@b\n\n--x\n\n--x--",
    ],
)
def test_what_is_no_proper_mail_is_refused_and_not_an_error(raw):
    assert receiving.take(raw) in {"unknown", "automatic"}


def test_what_no_database_takes_is_left_out(kari, question):
    raw = bytes(answered(kari, question, "Se\0 vedlegg \x07.", number=7))
    assert receiving.take(raw) == "posted"
    assert by_mail(question).get().source == "Se vedlegg ."


def mbox(path, *messages):
    box = mailbox.mbox(path)
    for message in messages:
        box.add(message)
    box.close()
    return path


def maildir(path, *messages):
    box = mailbox.Maildir(path)
    for message in messages:
        box.add(message)
    return path


def read_replies(path):
    out = StringIO()
    call_command("read_replies", path, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("make", [mbox, maildir])
def test_the_command_reads_mailboxes_and_changes_nothing_in_them(kari, question, tmp_path, make):
    messages = [answered(kari, question, number=1), answered(kari, question, "> sitat", number=2)]
    path = make(tmp_path / "svar", *messages)
    assert read_replies(path) == "2 e-mails, 1 posted, 1 empty.\n"
    assert read_replies(path) == "2 e-mails, 0 posted, 2 read before.\n"
    assert by_mail(question).count() == 1


def test_one_mail_that_cannot_be_read_does_not_keep_the_others_from_it(
    kari, question, tmp_path, monkeypatch
):
    path = mbox(tmp_path / "svar", answered(kari, question), answered(kari, question, number=2))
    real, seen = receiving.own_text, []

    def stumble(text):
        seen.append(text)
        if len(seen) == 1:
            raise RuntimeError
        return real(text)

    monkeypatch.setattr(receiving, "own_text", stumble)
    with pytest.raises(CommandError):
        read_replies(path)
    assert by_mail(question).count() == 1
    assert read_replies(path) == "2 e-mails, 1 posted, 1 read before.\n"


def test_the_command_says_what_is_missing(tmp_path, settings):
    with pytest.raises(CommandError):
        read_replies(tmp_path / "nothing")
    settings.REPLY_ADDRESS = ""
    with pytest.raises(CommandError):
        read_replies(mbox(tmp_path / "svar"))

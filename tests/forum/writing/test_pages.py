"""The pages on which one writes: what is shown, what goes wrong, and that nothing typed is lost."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from network.forum.models import Draft, Post, Thread
from network.forum.services.drafts import Typed, attach, save_draft
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.facilities import FacilityFactory
from tests.factories.forum import CategoryFactory, category_of_group, join, known, post, thread
from tests.factories.network import ParkFactory, ThemeFactory

pytestmark = [pytest.mark.django_db]

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60


@pytest.fixture
def writer(client):
    person = known()
    client.force_login(person)
    return person


def page(answer):
    return answer.content.decode()


def form_of(text, **values):
    return {"text": text, "token": str(uuid4()), "version": "0", "do": "post", **values}


def picture(name="skisse.png", content=PNG):
    return SimpleUploadedFile(name, content)


def reply_to(client, thing, text, **values):
    return client.post(reverse("forum:reply", args=[thing.pk]), form_of(text, **values))


class TestAnswering:
    def test_an_answer_is_posted_and_shown_where_it_stands(self, client, writer):
        thing = thread()
        answered = reply_to(client, thing, "Vi bruker **luft**.\r\nDet virker.")
        made = thing.posts.get(number=2)
        assert answered.url == reverse("forum:post", args=[made.pk])
        assert made.source == "Vi bruker **luft**.\nDet virker."
        assert "<strong>luft</strong>.<br>" in made.html

    def test_a_double_click_posts_once(self, client, writer):
        thing, sent = thread(), form_of("Hei")
        address = reverse("forum:reply", args=[thing.pk])
        first, second = client.post(address, sent), client.post(address, sent)
        assert first.url == second.url
        assert thing.posts.count() == 2

    def test_an_empty_answer_says_so_at_the_field(self, client, writer):
        answered = reply_to(client, thread(), "  ")
        assert answered.status_code == 422
        assert "ds-validation-message" in page(answered)

    def test_a_text_that_is_too_long_is_refused_and_kept_whole(self, client, writer):
        text = "ord " * 6000
        answered = reply_to(client, thread(), text)
        assert answered.status_code == 422
        assert text.strip() in page(answered)
        assert Draft.objects.get(user=writer).source == text

    def test_what_is_typed_into_a_thread_that_was_closed_meanwhile_is_kept(self, client, writer):
        thing = thread()
        Thread.objects.filter(pk=thing.pk).update(closed=True)
        answered = reply_to(client, thing, "For sent")
        assert answered.status_code == 422
        assert "For sent" in page(answered)
        assert Draft.objects.get(user=writer).source == "For sent"

    def test_another_text_from_a_posted_form_is_shown_again_and_can_be_posted(self, client, writer):
        thing, sent = thread(), form_of("En")
        address = reverse("forum:reply", args=[thing.pk])
        client.post(address, sent)
        again = client.post(address, {**sent, "text": "To"})
        assert again.status_code == 422
        assert "To</textarea>" in page(again)
        form = again.context["form"]
        assert form["token"].value() != sent["token"]
        client.post(address, form_of("To", token=form["token"].value()))
        assert thing.posts.count() == 3

    def test_a_visitors_text_waits_for_the_log_in(self, client):
        thing, person = thread(), known()
        answered = reply_to(client, thing, "Skrevet før økten var over")
        assert reverse("account_login") in answered.url
        client.force_login(person)
        shown = client.get(reverse("forum:reply", args=[thing.pk]))
        assert "Skrevet før økten var over" in page(shown)
        assert Draft.objects.get(user=person).key == f"thread:{thing.pk}"

    def test_who_does_not_read_the_thread_gets_404(self, client, writer):
        category = category_of_group("hidden")
        thing = thread(category, by=join(category.group))
        assert reply_to(client, thing, "Hei").status_code == 404
        assert client.get(reverse("forum:reply", args=[thing.pk])).status_code == 404

    def test_a_quotation_names_who_said_it_and_where(self, client, writer):
        thing = thread()
        quoted = post(thing, text="Første linje\n\nAndre linje")
        shown = page(client.get(reverse("forum:reply", args=[thing.pk]), {"quote": quoted.pk}))
        assert f"/forum/p/{quoted.pk}/" in shown
        assert "&gt; Andre linje" in shown

    def test_a_quotation_comes_to_the_draft_that_is_there(self, client, writer):
        thing = thread()
        save_draft(writer, Typed(key=f"thread:{thing.pk}", token=uuid4(), source="Begynt"))
        quoted = post(thing, text="Sagt")
        shown = page(client.get(reverse("forum:reply", args=[thing.pk]), {"quote": quoted.pk}))
        assert "Begynt" in shown
        assert "&gt; Sagt" in shown

    def test_a_post_of_another_thread_is_not_quoted(self, client, writer):
        elsewhere = post(thread(), text="Et helt annet sted")
        shown = client.get(reverse("forum:reply", args=[thread().pk]), {"quote": elsewhere.pk})
        assert "Et helt annet sted" not in page(shown)

    def test_without_scripts_a_draft_is_kept_by_its_button(self, client, writer):
        thing = thread()
        assert reply_to(client, thing, "Senere", do="draft").url == reverse("forum:drafts")
        listed = page(client.get(reverse("forum:drafts")))
        assert "Senere" in listed
        assert "Senere" in page(client.get(reverse("forum:reply", args=[thing.pk])))
        assert not thing.posts.filter(source="Senere").exists()

    def test_without_scripts_a_preview_is_shown_above_what_was_typed(self, client, writer):
        shown = page(reply_to(client, thread(), "**Slik**", do="preview"))
        assert "<strong>Slik</strong>" in shown
        assert "**Slik**" in shown

    def test_without_scripts_files_are_uploaded_and_removed(self, client, writer):
        thing = thread()
        shown = reply_to(client, thing, "Tekst", do="upload", uploads=picture())
        draft = Draft.objects.get(user=writer)
        file = draft.files.get()
        assert "skisse.png" in page(shown)
        sent = form_of("Tekst", token=str(draft.token), version=draft.version, remove=file.pk)
        client.post(reverse("forum:reply", args=[thing.pk]), sent)
        assert not draft.files.exists()

    def test_files_that_come_with_the_answer_are_posted_with_it(self, client, writer):
        thing = thread()
        reply_to(client, thing, "![Skisse](skisse.png)", uploads=picture())
        made = thing.posts.get(number=2)
        assert made.has_files
        assert "<img" in made.html

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("side.html", b"<script>alert(1)</script>"),
            ("bilde.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("bilde.png", b"<svg onload=alert(1)>"),
            ("rapport.pdf", b"MZ\x90\x00"),
            ("liste.csv", b"a;b\0c"),
        ],
    )
    def test_files_of_other_types_and_false_names_are_refused(self, client, writer, name, content):
        answered = reply_to(client, thread(), "Tekst", uploads=picture(name, content))
        assert answered.status_code == 422
        assert name in page(answered)
        assert Draft.objects.get(user=writer).source == "Tekst"

    def test_the_end_of_a_thread_holds_the_form_with_the_draft(self, client, writer):
        thing = thread()
        save_draft(writer, Typed(key=f"thread:{thing.pk}", token=uuid4(), source="Begynt"))
        assert "Begynt</textarea>" in page(client.get(thing.get_absolute_url()))

    def test_a_visitor_is_told_how_to_come_to_write(self, client):
        shown = page(client.get(thread().get_absolute_url()))
        assert "Logg inn for å svare" in shown
        assert "<textarea" not in shown


class TestStarting:
    def test_one_chooses_first_what_for(self, client, writer):
        shown = page(client.get(reverse("forum:new")))
        assert "?kind=question" in shown
        assert "?kind=policy" not in shown

    def test_staff_of_parks_may_raise_policy_matters(self, client):
        client.force_login(staff_of(ParkFactory()))
        assert "?kind=policy" in page(client.get(reverse("forum:new")))

    def test_a_thread_is_started_with_all_that_was_said(self, client, writer):
        category, theme, park = CategoryFactory(), ThemeFactory(), ParkFactory()
        sent = form_of(
            "Hvordan?",
            kind="question",
            category=category.pk,
            title="Støv på båndet",
            tags="Støv,  støv , transport bånd",
            themes=[theme.pk],
            parks=[park.pk],
        )
        answered = client.post(reverse("forum:new"), sent)
        made = Thread.objects.get(author=writer)
        assert answered.url == made.get_absolute_url()
        assert made.kind == "question"
        assert sorted(tag.slug for tag in made.tags.all()) == ["stov", "transport-band"]
        assert list(made.themes.all()) == [theme]
        assert list(made.parks.all()) == [park]

    def test_a_need_says_whether_one_needs_or_has(self, client, writer):
        sent = form_of("Tekst", kind="need", category=CategoryFactory().pk, title="Paller")
        missing = client.post(reverse("forum:new"), sent)
        assert missing.status_code == 422
        client.post(reverse("forum:new"), {**sent, "direction": "have"})
        assert Thread.objects.get(author=writer).need.direction == "have"

    def test_nobody_starts_threads_where_they_do_not_write(self, client, writer):
        open_group, closed = category_of_group("open"), CategoryFactory(closed=True)
        for category in (open_group, closed, category_of_group("hidden")):
            sent = form_of("Tekst", kind="discussion", category=category.pk, title="Tittel")
            assert client.post(reverse("forum:new"), sent).status_code == 422
        assert not Thread.objects.filter(author=writer).exists()

    def test_more_than_five_tags_are_refused_at_the_field(self, client, writer):
        sent = form_of(
            "T", kind="discussion", category=CategoryFactory().pk, title="T", tags="a,b,c,d,e,f"
        )
        answered = client.post(reverse("forum:new"), sent)
        assert answered.status_code == 422
        assert "høyst fem merkelapper" in page(answered)

    def test_a_thread_about_an_object_is_tied_to_it(self, client, writer):
        facility = FacilityFactory()
        key = f"facility:{facility.pk}"
        shown = page(client.get(reverse("forum:new"), {"about": key, "kind": "question"}))
        assert f"Spørsmål om {facility.name_nb}" in shown
        sent = form_of("T", kind="question", category=CategoryFactory().pk, title="T", about=key)
        client.post(reverse("forum:new"), sent)
        assert Thread.objects.get(author=writer).about == key

    def test_a_thread_is_not_tied_to_what_its_author_does_not_see(self, client, writer):
        hidden = FacilityFactory(published=False)
        sent = form_of(
            "T",
            kind="question",
            category=CategoryFactory().pk,
            title="T",
            about=f"facility:{hidden.pk}",
        )
        client.post(reverse("forum:new"), sent)
        assert Thread.objects.get(author=writer).about == ""

    def test_a_draft_of_a_thread_comes_back_with_all_that_was_chosen(self, client, writer):
        category, theme = CategoryFactory(), ThemeFactory()
        sent = form_of(
            "Tekst",
            kind="need",
            category=category.pk,
            title="Paller",
            themes=[theme.pk],
            direction="have",
            do="draft",
        )
        client.post(reverse("forum:new"), sent)
        draft = Draft.objects.get(user=writer)
        shown = page(client.get(reverse("forum:new"), {"draft": draft.pk}))
        assert 'value="Paller"' in shown
        assert f'value="{category.pk}" selected' in shown
        assert 'value="have"' in shown
        assert shown.count(" checked") == 2

    def test_what_a_new_account_writes_first_waits_for_a_moderator(self, client):
        person = UserFactory()
        client.force_login(person)
        sent = form_of("Hei", kind="discussion", category=CategoryFactory().pk, title="Hei")
        answered = client.post(reverse("forum:new"), sent, follow=True)
        assert Thread.objects.get(author=person).state == "pending"
        assert "En moderator ser på dette" in page(answered)


class TestEditing:
    def test_the_author_edits_and_gives_a_reason(self, client, writer):
        made = post(thread(), by=writer, text="Før")
        address = reverse("forum:edit", args=[made.pk])
        assert "Før</textarea>" in page(client.get(address))
        client.post(address, form_of("Etter", reason="Skrivefeil"))
        history = page(client.get(reverse("forum:history", args=[made.pk])))
        assert "Skrivefeil" in history
        assert "Før</del>" in history
        assert "Etter</ins>" in history

    def test_others_get_404(self, client, writer):
        address = reverse("forum:edit", args=[post(thread()).pk])
        assert client.get(address).status_code == 404
        assert client.post(address, form_of("Etter")).status_code == 404

    def test_the_draft_of_an_edit_is_not_that_of_an_answer(self, client, writer):
        made = post(thread(), by=writer, text="Før")
        client.post(reverse("forum:edit", args=[made.pk]), form_of("Halvveis", do="draft"))
        assert "Halvveis" not in page(client.get(reverse("forum:reply", args=[made.thread_id])))
        assert "Halvveis" in page(client.get(reverse("forum:edit", args=[made.pk])))

    def test_history_shows_what_was_written_as_text(self, client, writer):
        made = post(thread(), by=writer, text="<script>alert(1)</script>")
        client.post(reverse("forum:edit", args=[made.pk]), form_of("<img src=x onerror=y>"))
        history = page(client.get(reverse("forum:history", args=[made.pk])))
        assert "<script>alert" not in history
        assert "<img src=x" not in history


class TestDeleting:
    def test_one_is_asked_first_and_a_note_stays(self, client, writer):
        made = post(thread(), by=writer, text="Angrer")
        address = reverse("forum:delete", args=[made.pk])
        assert "Slette innlegget?" in page(client.get(address))
        assert Post.objects.get(pk=made.pk).state == "published"
        shown = page(client.post(address, follow=True))
        assert "Angrer" not in shown
        assert "Den som skrev innlegget, har slettet det." in shown

    def test_others_get_404_moderators_too(self, client):
        made = post(thread())
        for person in (UserFactory(), network_administrator()):
            client.force_login(person)
            assert client.post(reverse("forum:delete", args=[made.pk])).status_code == 404


class TestReacting:
    def test_a_press_leads_back_and_with_htmx_gives_the_buttons(self, client, writer):
        made = post(thread())
        address = reverse("forum:react", args=[made.pk])
        assert client.post(address, {"press": "use:1"}).url == made.get_absolute_url()
        part = client.post(address, {"press": "thanks:1"}, headers={"HX-Request": "true"})
        assert page(part).count('aria-pressed="true"') == 2

    def test_what_is_no_reaction_gets_404(self, client, writer):
        address = reverse("forum:react", args=[post(thread()).pk])
        for press in ("angry:1", "", "use"):
            assert client.post(address, {"press": press}).status_code in {302, 404}
        assert Post.objects.exclude(reactions={}).count() == 0


class TestFiles:
    def file_in(self, thing, author):
        draft = save_draft(author, Typed(key="new", token=uuid4(), source="a"))
        (file,) = attach(draft, [picture()])
        file.draft, file.post = None, post(thing, by=author)
        file.save()
        return file

    def test_whoever_reads_the_post_gets_the_picture_where_it_stands(self, client):
        file = self.file_in(thread(), known())
        answered = client.get(reverse("forum:file", args=[file.pk]))
        assert answered.status_code == 200
        assert answered["Content-Type"] == "image/png"
        assert answered["X-Content-Type-Options"] == "nosniff"
        assert answered["Content-Disposition"].startswith("inline")
        assert b"".join(answered.streaming_content) == PNG

    def test_anything_else_is_a_download(self, client, writer):
        draft = save_draft(writer, Typed(key="new", token=uuid4(), source="a"))
        (file,) = attach(draft, [picture("notat.txt", b"tekst")])
        answered = client.get(reverse("forum:file", args=[file.pk]))
        answered.close()
        assert answered["Content-Disposition"].startswith("attachment")

    def test_who_does_not_read_the_post_gets_404(self, client):
        category = category_of_group("hidden")
        member = join(category.group, known())
        file = self.file_in(thread(category, by=member), member)
        address = reverse("forum:file", args=[file.pk])
        assert client.get(address).status_code == 404
        client.force_login(UserFactory())
        assert client.get(address).status_code == 404
        client.force_login(member)
        answered = client.get(address)
        answered.close()
        assert answered.status_code == 200

    def test_a_drafts_file_is_its_authors_alone(self, client, writer):
        draft = save_draft(known(), Typed(key="new", token=uuid4(), source="a"))
        (file,) = attach(draft, [picture()])
        assert client.get(reverse("forum:file", args=[file.pk])).status_code == 404
        assert client.post(reverse("forum:remove-file", args=[file.pk])).status_code == 404

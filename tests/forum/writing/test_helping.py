"""What helps while somebody writes: names, similar threads, previews, drafts while typing."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from network.forum.models import Draft, Post
from network.forum.services.drafts import Typed, save_draft
from network.forum.services.posting import answer
from tests.factories.accounts import UserFactory, member_of
from tests.factories.facilities import FacilityFactory
from tests.factories.forum import CategoryFactory, category_of_group, join, known, post, thread
from tests.factories.network import OrganisationFactory

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def writer(client):
    person = known()
    client.force_login(person)
    return person


def page(answered):
    return answered.content.decode()


def named(first, last):
    return known(UserFactory(first_name=first, last_name=last))


def address_of(thing):
    """As somebody pastes it from the browser."""
    return f"{settings.BASE_URL}{thing.get_absolute_url()}"


def names(client, typed, key, **further):
    return page(client.get(reverse("forum:suggest-people"), {"q": typed, "key": key, **further}))


class TestNames:
    def test_people_who_have_written_are_suggested_from_two_letters(self, client, writer):
        thing = thread(by=named("Kari", "Nordmann"))
        key = f"thread:{thing.pk}"
        assert 'data-value="@Kari Nordmann"' in names(client, "ka", key)
        assert 'data-value="@Kari Nordmann"' in names(client, "nordm", key)
        assert names(client, "k", key).strip() == ""

    def test_letters_beyond_ascii_are_found_small(self, client, writer):
        thing = thread(by=named("Øystein", "Ås"))
        assert "Øystein Ås" in names(client, "øy", f"thread:{thing.pk}")

    def test_who_has_written_nothing_is_not_listed_to_strangers(self, client, writer):
        named("Kari", "Taus")
        assert "Taus" not in names(client, "kari", f"thread:{thread().pk}")

    def test_colleagues_are_suggested(self, client):
        organisation = OrganisationFactory()
        writer, colleague = member_of(organisation), member_of(organisation)
        colleague.first_name, colleague.last_name = "Kari", "Kollega"
        colleague.save()
        client.force_login(writer)
        assert "Kari Kollega" in names(client, "kari", f"thread:{thread().pk}")

    def test_of_a_group_its_members_alone_are_suggested(self, client, writer):
        category = category_of_group("hidden")
        join(category.group, writer)
        join(category.group, named("Ola", "Inne"))
        thread(by=named("Ola", "Ute"))
        thing = thread(category, by=writer)
        shown = names(client, "ola", f"thread:{thing.pk}")
        assert "Ola Inne" in shown
        assert "Ola Ute" not in shown

    def test_who_does_not_write_there_is_told_nothing(self, client, writer):
        category = category_of_group("hidden")
        thing = thread(category, by=join(category.group, named("Ola", "Inne")))
        assert names(client, "ola", f"thread:{thing.pk}").strip() == ""
        assert names(client, "ola", "new", category=category.pk).strip() == ""

    def test_of_two_with_one_name_each_has_its_number(self, client, writer):
        first, second = named("Kari", "Nordmann"), named("Kari", "Nordmann")
        thing = thread(by=first)
        post(thing, by=second)
        shown = names(client, "kari", f"thread:{thing.pk}")
        assert f"@Kari Nordmann#{first.pk}" in shown
        assert f"@Kari Nordmann#{second.pk}" in shown

    def test_organisations_that_the_writer_sees_are_suggested(self, client, writer):
        OrganisationFactory(name="Åpen Metall AS")
        OrganisationFactory(name="Åpen Hemmelighet AS", published=False)
        shown = names(client, "åpen", "new", category=CategoryFactory().pk)
        assert "@Åpen Metall AS" in shown
        assert "Hemmelighet" not in shown

    def test_there_are_never_many(self, client, writer, django_assert_max_num_queries):
        thing = thread()
        for number in range(12):
            post(thing, by=named("Kari", f"Nummer {number}"))
        with django_assert_max_num_queries(12):
            shown = names(client, "kari", f"thread:{thing.pk}")
        assert shown.count("<li") == 6


class TestPreviews:
    def test_a_preview_is_what_would_be_posted(self, client, writer):
        thing = thread(by=named("Kari", "Nordmann"))
        text = "Hei **du**, @Kari Nordmann\n![](http://example.org/a.png)"
        sent = {"text": text, "key": f"thread:{thing.pk}", "token": str(uuid4())}
        shown = page(client.post(reverse("forum:preview"), sent))
        assert answer(writer, thing, text).html in shown

    def test_there_is_none_where_one_may_not_write(self, client, writer):
        category = category_of_group("hidden")
        thing = thread(category, by=join(category.group))
        sent = {"text": "Hei", "key": f"thread:{thing.pk}"}
        assert client.post(reverse("forum:preview"), sent).status_code == 404


class TestKeeping:
    def keep(self, client, thing, text, token, version=0, url="forum:save-draft", **further):
        sent = {"text": text, "key": f"thread:{thing.pk}", "token": str(token), "version": version}
        return client.post(reverse(url), {**sent, **further})

    def test_what_is_typed_is_kept_and_the_next_saving_goes_on(self, client, writer):
        thing, token = thread(), uuid4()
        first = self.keep(client, thing, "En", token).json()
        second = self.keep(client, thing, "En to", token, first["version"]).json()
        assert second["token"] == str(token)
        assert not second["forked"]
        assert Draft.objects.get(user=writer).source == "En to"

    def test_a_window_that_is_behind_is_told_so(self, client, writer):
        thing, token = thread(), uuid4()
        version = self.keep(client, thing, "En", token).json()["version"]
        self.keep(client, thing, "En to", token, version)
        behind = self.keep(client, thing, "En tre", token, version).json()
        assert behind["forked"]
        assert behind["token"] != str(token)
        assert "et annet vindu" in behind["message"]

    def test_what_was_posted_is_gone(self, client, writer):
        thing, token = thread(), uuid4()
        answer(writer, thing, "Hei", token=token)
        assert self.keep(client, thing, "Hei", token).status_code == 410

    def test_who_has_been_logged_out_is_told_so(self, client):
        assert self.keep(client, thread(), "Hei", uuid4()).status_code == 401

    def test_nothing_is_kept_for_a_place_where_one_may_not_write(self, client, writer):
        category = category_of_group("hidden")
        thing = thread(category, by=join(category.group))
        assert self.keep(client, thing, "Hei", uuid4()).status_code == 422
        for key in ("", "thread:x", "thread:" + "9" * 40, "user:1", "edit:1"):
            sent = {"text": "Hei", "key": key, "token": str(uuid4())}
            assert client.post(reverse("forum:save-draft"), sent).status_code == 422

    def test_what_is_wrong_in_the_form_is_kept_all_the_same(self, client, writer):
        thing = thread()
        self.keep(client, thing, "x" * 25_000, "no token", "many")
        assert len(Draft.objects.get(user=writer).source) == 25_000

    def test_characters_that_no_database_keeps_are_left_out(self, client, writer):
        thing = thread()
        self.keep(client, thing, "a\0b", uuid4(), replies_to="1\0", title="c\0d")
        draft = Draft.objects.get(user=writer)
        assert (draft.source, draft.title, draft.data["replies_to"]) == ("ab", "cd", ["1"])

    def test_an_upload_gives_the_words_for_the_text(self, client, writer):
        thing = thread()
        file = SimpleUploadedFile("min skisse.png", b"\x89PNG\r\n\x1a\n" + b"0" * 60)
        told = self.keep(client, thing, "", uuid4(), url="forum:upload", uploads=file).json()
        assert told["insert"] == ["![min_skisse.png](min_skisse.png)"]
        assert "min_skisse.png" in told["files"]

    def test_a_wrong_file_says_what_is_wrong_with_it(self, client, writer):
        file = SimpleUploadedFile("a.exe", b"MZ")
        told = self.keep(client, thread(), "", uuid4(), url="forum:upload", uploads=file)
        assert told.status_code == 422
        assert "a.exe" in told.json()["message"]


class TestDraftsList:
    def test_drafts_say_where_they_lead_with_few_queries(
        self, client, writer, django_assert_max_num_queries
    ):
        for _ in range(8):
            thing = thread()
            save_draft(writer, Typed(key=f"thread:{thing.pk}", token=uuid4(), source="Svar"))
        save_draft(writer, Typed(key="new", token=uuid4(), source="Ny", title="Ny tråd"))
        with django_assert_max_num_queries(12):
            shown = page(client.get(reverse("forum:drafts")))
        assert shown.count("Svar i «En tråd»") >= 8
        assert "Ny tråd" in shown

    def test_titles_of_threads_that_are_no_longer_there_for_one_are_not_told(self, client, writer):
        category = category_of_group("hidden")
        thing = thread(category, by=join(category.group), title="Hemmelig tittel")
        save_draft(writer, Typed(key=f"thread:{thing.pk}", token=uuid4(), source="Svar"))
        assert "Hemmelig tittel" not in page(client.get(reverse("forum:drafts")))

    def test_they_stand_on_ones_own_page(self, client, writer):
        save_draft(writer, Typed(key="new", token=uuid4(), source="a", title="Om støv"))
        assert "Om støv" in page(client.get(reverse("activity:my_page")))

    def test_a_draft_is_deleted_by_its_author_alone(self, client, writer):
        own = save_draft(writer, Typed(key="new", token=uuid4(), source="a"))
        others = save_draft(known(), Typed(key="new", token=uuid4(), source="a"))
        assert client.post(reverse("forum:delete-draft", args=[others.pk])).status_code == 404
        client.post(reverse("forum:delete-draft", args=[own.pk]))
        assert list(Draft.objects.all()) == [others]


class TestUnfolding:
    def test_what_a_post_links_to_stands_below_it_as_a_card(self, client):
        facility = FacilityFactory()
        thing = thread(text=f"Prøv {address_of(facility)}")
        shown = page(client.get(thing.get_absolute_url()))
        assert '<ul class="pn-unfolded"' in shown
        assert f"<strong>{facility.name_nb}</strong>" in shown

    def test_what_the_reader_may_not_see_leaves_no_trace(self, client, writer):
        facility = FacilityFactory()
        thing = thread(text=f"Prøv {address_of(facility)}")
        facility.published = False
        facility.save()
        assert "pn-unfolded" not in page(client.get(thing.get_absolute_url()))

    def test_a_link_to_a_hidden_groups_thread_shows_nothing_to_others(self, client, writer):
        category = category_of_group("hidden")
        member = join(category.group, known())
        secret = thread(category, by=member, title="Hemmelig tittel")
        thing = thread(text=f"Se {address_of(secret)}")
        assert "Hemmelig tittel" not in page(client.get(thing.get_absolute_url()))
        client.force_login(member)
        assert "Hemmelig tittel" in page(client.get(thing.get_absolute_url()))

    def test_twenty_posts_with_cards_cost_as_many_queries_as_one(
        self, client, django_assert_max_num_queries
    ):
        facilities = [FacilityFactory() for _ in range(5)]
        thing = thread()
        for number in range(19):
            post(thing, text=address_of(facilities[number % 5]))
        with django_assert_max_num_queries(12):
            shown = page(client.get(thing.get_absolute_url()))
        assert shown.count("pn-unfolded") == 19


class TestBeside:
    def test_an_objects_page_shows_where_it_is_discussed(self, client):
        facility = FacilityFactory()
        about = thread(title="Om anlegget", about=f"facility:{facility.pk}")
        linking = thread(title="Nevnt her")
        post(linking, text=address_of(facility))
        shown = page(client.get(facility.get_absolute_url()))
        assert about.get_absolute_url() in shown
        assert linking.get_absolute_url() in shown
        assert f"?about=facility%3A{facility.pk}" in shown

    def test_threads_that_the_reader_does_not_read_are_not_there(self, client):
        facility = FacilityFactory()
        category = category_of_group("hidden")
        thread(
            category,
            by=join(category.group),
            title="Hemmelig tittel",
            about=f"facility:{facility.pk}",
        )
        assert "Hemmelig tittel" not in page(client.get(facility.get_absolute_url()))

    def test_a_post_that_was_taken_away_counts_no_more(self, client):
        facility = FacilityFactory()
        linking = thread(title="Nevnt her")
        made = post(linking, text=address_of(facility))
        Post.objects.filter(pk=made.pk).update(state="hidden")
        assert "Nevnt her" not in page(client.get(facility.get_absolute_url()))


class TestSimilar:
    def test_threads_that_may_say_it_already_are_shown(self, client, writer):
        answered = client.get(reverse("forum:suggest-threads"), {"title": "kort"})
        assert page(answered).strip() == ""
        assert (
            client.get(
                reverse("forum:suggest-threads"), {"title": "støv på transportbåndet"}
            ).status_code
            == 200
        )

"""A form posts once, with its files, the names it mentions and what it links to."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from network.forum.models import Draft, Mention, Post, PostFile, Reaction, Reference, Thread
from network.forum.moderation.errors import NotPossibleError
from network.forum.services.drafts import (
    DraftsError,
    PostedAlreadyError,
    Typed,
    attach,
    delete_draft,
    drafts_for,
    save_draft,
)
from network.forum.services.posting import (
    NewThread,
    PostedError,
    answer,
    edit_post,
    start_thread,
)
from network.forum.services.reacting import react
from network.forum.services.taking_back import delete_post
from search.links import keys_of
from tests.factories.accounts import UserFactory, network_administrator
from tests.factories.facilities import FacilityFactory
from tests.factories.forum import CategoryFactory, category_of_group, join, post, thread

pytestmark = [pytest.mark.django_db]


def typed(key, text, token=None, version=0, **further):
    return Typed(key=key, token=token or uuid4(), version=version, source=text, **further)


def named(first, last, **fields):
    return UserFactory(first_name=first, last_name=last, **fields)


def picture(name="skisse.png"):
    return SimpleUploadedFile(name, b"\x89PNG\r\n\x1a\n" + b"0" * 60)


class TestOnce:
    def test_a_form_that_is_sent_twice_answers_once(self):
        thing, author, token = thread(), UserFactory(), uuid4()
        first = answer(author, thing, "Hei.", token=token)
        assert answer(author, thing, "Hei.", token=token) == first
        assert thing.posts.count() == 2

    def test_a_form_that_is_sent_twice_starts_one_thread(self):
        author, new = UserFactory(), NewThread(CategoryFactory(), "discussion", "En", "To")
        again = NewThread(new.category, "discussion", "En", "To", token=uuid4())
        assert start_thread(author, again) == start_thread(author, again)
        assert Thread.objects.filter(author=author).count() == 1

    def test_another_text_from_a_form_that_was_posted_is_not_swallowed(self):
        thing, author, token = thread(), UserFactory(), uuid4()
        answer(author, thing, "Hei.", token=token)
        with pytest.raises(PostedError):
            answer(author, thing, "Noe annet.", token=token)

    def test_the_same_token_of_somebody_else_says_nothing(self):
        thing, token = thread(), uuid4()
        answer(UserFactory(), thing, "Hei.", token=token)
        assert answer(UserFactory(), thing, "Hallo.", token=token).source == "Hallo."


class TestMentions:
    def test_a_full_name_that_is_one_readers_own_is_a_mention(self):
        kari = named("Kari", "Nordmann")
        made = post(thread(), text="Hva sier du, @Kari Nordmann?")
        assert [each.user for each in made.mentions.all()] == [kari]
        assert '<span class="pn-mention">@Kari Nordmann</span>?' in made.html

    def test_of_two_with_one_name_the_number_says_who_is_meant(self):
        _first, second = named("Kari", "Nordmann"), named("Kari", "Nordmann")
        thing = thread()
        assert not post(thing, text="@Kari Nordmann").mentions.exists()
        made = post(thing, text=f"@Kari Nordmann#{second.pk} vet det")
        assert [each.user for each in made.mentions.all()] == [second]
        assert "@Kari Nordmann</span> vet" in made.html

    def test_a_shorter_name_is_not_meant_where_the_longer_one_is_somebodys(self):
        named("Kari", "Nordmann")
        longer = named("Kari", "Nordmann Berg")
        made = post(thread(), text="@Kari Nordmann Berg")
        assert [each.user for each in made.mentions.all()] == [longer]

    def test_who_may_not_read_is_not_named(self):
        category = category_of_group("hidden")
        inside = join(category.group, named("Ola", "Inne"))
        named("Ola", "Ute")
        made = post(
            thread(category, by=inside),
            by=join(category.group),
            text="@Ola Ute og @Ola Inne",
        )
        assert [each.user for each in made.mentions.all()] == [inside]
        assert "pn-mention" not in made.html.split("og")[0]

    def test_code_and_addresses_name_nobody(self):
        named("Kari", "Nordmann")
        made = post(thread(), text="`@Kari Nordmann` og post@Kari Nordmann")
        assert not Mention.objects.filter(post=made).exists()

    def test_names_that_are_taken_out_are_mentions_no_more(self):
        named("Kari", "Nordmann")
        ola = named("Ola", "Berg")
        author = UserFactory()
        made = post(thread(), by=author, text="@Kari Nordmann")
        edit_post(author, made, "@Ola Berg")
        assert [each.user for each in made.mentions.all()] == [ola]


class TestReferences:
    def test_a_link_to_a_page_is_a_reference_in_both_languages(self):
        facility = FacilityFactory()
        entry_url = facility.get_absolute_url()
        made = post(thread(), text=f"Se {entry_url} eller [her]({entry_url}?a=1#b)")
        assert [each.key for each in made.references.all()] == [f"facility:{facility.pk}"]
        assert made.has_references

    def test_an_address_elsewhere_is_none(self):
        facility = FacilityFactory()
        path = facility.get_absolute_url()
        elsewhere = [f"https://example.org{path}", f"//example.org{path}", f"/\\example.org{path}"]
        assert keys_of(elsewhere) == {}
        assert keys_of([path]) == {path: f"facility:{facility.pk}"}

    def test_links_that_are_taken_out_are_references_no_more(self):
        facility, author = FacilityFactory(), UserFactory()
        made = post(thread(), by=author, text=f"[a]({facility.get_absolute_url()})")
        edited = edit_post(author, made, "Ingenting.")
        assert not edited.has_references
        assert not Reference.objects.filter(post=made).exists()


class TestFiles:
    def test_a_drafts_files_go_with_the_post_and_the_draft_goes(self):
        author, thing = UserFactory(), thread()
        draft = save_draft(author, typed(f"thread:{thing.pk}", "![Skisse](skisse.png)"))
        attach(draft, [picture()])
        made = answer(author, thing, draft.source, draft=draft, token=draft.token)
        kept = made.files.get()
        assert made.has_files
        assert f'<img src="/forum/filer/{kept.pk}/" alt="Skisse" loading="lazy">' in made.html
        assert not Draft.objects.filter(pk=draft.pk).exists()

    def test_nobody_posts_the_files_of_anothers_draft(self):
        thing = thread()
        draft = save_draft(UserFactory(), typed("new", "Tekst"))
        attach(draft, [picture()])
        made = answer(UserFactory(), thing, "![](skisse.png)", draft=draft)
        assert not made.files.exists()
        assert "<img" not in made.html

    def test_two_files_of_one_name_get_two_names(self):
        draft = save_draft(UserFactory(), typed("new", "Tekst"))
        attach(draft, [picture(), picture()])
        assert [file.name for file in draft.files.all()] == ["skisse.png", "skisse-2.png"]

    def test_there_are_ten_files_at_most(self):
        draft = save_draft(UserFactory(), typed("new", "Tekst"))
        with pytest.raises(DraftsError):
            attach(draft, [picture() for _ in range(11)])
        assert not draft.files.exists()

    def test_files_of_an_edited_post_come_and_go(self, django_capture_on_commit_callbacks):
        author, thing = UserFactory(), thread()
        draft = save_draft(author, typed(f"thread:{thing.pk}", "a"))
        attach(draft, [picture()])
        made = answer(author, thing, "a", draft=draft)
        old = made.files.get()
        draft = save_draft(author, typed(f"edit:{made.pk}", "a"))
        attach(draft, [picture("ny.png")], beside=["skisse.png"])
        with django_capture_on_commit_callbacks(execute=True):
            edit_post(author, made, "a", draft=draft, without=[old.pk])
        assert [file.name for file in made.files.all()] == ["ny.png"]
        assert not storages["private"].exists(old.file.name)


class TestDrafts:
    def test_a_draft_is_kept_and_goes_on(self):
        user = UserFactory()
        draft = save_draft(user, typed("new", "En"))
        again = save_draft(user, typed("new", "En to", draft.token, draft.version))
        assert again.pk == draft.pk
        assert again.version == draft.version + 1
        assert Draft.objects.get(user=user).source == "En to"

    def test_a_window_that_is_behind_overwrites_nothing(self):
        user = UserFactory()
        draft = save_draft(user, typed("thread:1", "En"))
        save_draft(user, typed("thread:1", "Fra det ene vinduet", draft.token, draft.version))
        other = save_draft(user, typed("thread:1", "Fra det andre", draft.token, draft.version))
        assert other.token != draft.token
        sources = {each.source for each in drafts_for(user, "thread:1")}
        assert sources == {"Fra det ene vinduet", "Fra det andre"}

    def test_the_same_text_from_a_window_that_is_behind_makes_no_second_draft(self):
        user = UserFactory()
        draft = save_draft(user, typed("new", "En"))
        save_draft(user, typed("new", "To", draft.token, draft.version))
        save_draft(user, typed("new", "To", draft.token, draft.version))
        assert Draft.objects.filter(user=user).count() == 1

    def test_two_windows_that_begin_anew_have_a_draft_each(self):
        user = UserFactory()
        save_draft(user, typed("new", "En"))
        save_draft(user, typed("new", "To"))
        assert {draft.source for draft in drafts_for(user, "new")} == {"En", "To"}

    def test_what_was_posted_is_not_kept_as_a_draft_by_a_late_saving(self):
        user, thing, token = UserFactory(), thread(), uuid4()
        answer(user, thing, "Hei.", token=token)
        with pytest.raises(PostedAlreadyError):
            save_draft(user, typed(f"thread:{thing.pk}", "Hei.", token))

    def test_drafts_of_a_place_are_not_those_of_another_that_begins_alike(self):
        user = UserFactory()
        save_draft(user, typed("thread:12", "En"))
        assert drafts_for(user, "thread:1") == []

    def test_there_are_fifty_drafts_at_most(self):
        user = UserFactory()
        Draft.objects.bulk_create(Draft(user=user, key=f"thread:{n}") for n in range(50))
        with pytest.raises(DraftsError):
            save_draft(user, typed("new", "En"))

    def test_a_draft_is_deleted_with_its_files(self, django_capture_on_commit_callbacks):
        draft = save_draft(UserFactory(), typed("new", "En"))
        (file,) = attach(draft, [picture()])
        with django_capture_on_commit_callbacks(execute=True):
            delete_draft(draft)
        assert not PostFile.objects.filter(pk=file.pk).exists()
        assert not storages["private"].exists(file.file.name)


class TestEditing:
    def test_what_it_said_before_is_kept_with_the_reason(self):
        author = UserFactory()
        made = post(thread(), by=author, text="Før")
        edited = edit_post(author, made, "Etter", reason="Skrivefeil")
        revision = made.revisions.get()
        assert (revision.source, revision.reason, revision.by) == ("Før", "Skrivefeil", author)
        assert edited.edited_at

    def test_the_first_posts_author_changes_the_title(self):
        author = UserFactory()
        thing = thread(by=author)
        edit_post(author, thing.posts.get(), "Ny tekst", title="Støv på båndet")
        thing.refresh_from_db()
        assert (thing.title, thing.slug) == ("Støv på båndet", "stov-pa-bandet")

    def test_others_do_not_edit_it_but_moderators_do(self):
        made = post(thread())
        with pytest.raises(PermissionDenied):
            edit_post(UserFactory(), made, "Noe annet")
        assert edit_post(network_administrator(), made, "Noe annet").source == "Noe annet"


class TestTakingBack:
    def test_a_deleted_post_leaves_nothing_of_its_text(self):
        author, thing = UserFactory(), thread()
        made = post(thing, by=author, text="Hemmelig")
        edit_post(author, made, "Mindre hemmelig")
        delete_post(author, made)
        made.refresh_from_db()
        assert (made.state, made.source, made.html) == ("deleted", "", "")
        assert not made.revisions.exists()
        thing.refresh_from_db()
        assert thing.post_count == 1

    def test_nobody_deletes_what_another_has_written(self):
        with pytest.raises(PermissionDenied):
            delete_post(network_administrator(), post(thread()))

    def test_the_first_post_takes_the_thread_with_it_while_nobody_has_answered(self):
        author = UserFactory()
        thing = thread(by=author)
        delete_post(author, thing.posts.get())
        thing.refresh_from_db()
        assert thing.state == "deleted"

    def test_the_first_post_stays_when_others_have_answered(self):
        author = UserFactory()
        thing = thread(by=author)
        post(thing)
        with pytest.raises(NotPossibleError):
            delete_post(author, thing.posts.get(number=1))
        assert thing.posts.get(number=1).state == "published"

    def test_a_reported_post_waits_for_the_moderator(self):
        author = UserFactory()
        made = post(thread(), by=author)
        made.flags.create(by=UserFactory(), reason="rude")
        with pytest.raises(NotPossibleError):
            delete_post(author, made)


class TestReactions:
    def test_pressing_twice_counts_once_and_can_be_taken_back(self):
        made, reader = post(thread()), UserFactory()
        assert react(reader, made, "use", on=True) == {"use": 1}
        assert react(reader, made, "use", on=True) == {"use": 1}
        assert react(UserFactory(), made, "use", on=True) == {"use": 2}
        assert react(reader, made, "use", on=False) == {"use": 1}
        assert react(reader, made, "use", on=False) == {"use": 1}
        made.refresh_from_db()
        assert made.reactions == {"use": Reaction.objects.filter(post=made).count()}

    def test_nobody_reacts_to_themselves_or_to_what_they_do_not_read(self):
        author = UserFactory()
        with pytest.raises(PermissionDenied):
            react(author, post(thread(), by=author), "use", on=True)
        category = category_of_group("hidden")
        hidden = thread(category, by=join(category.group)).posts.get()
        with pytest.raises(PermissionDenied):
            react(UserFactory(), hidden, "use", on=True)

    def test_there_are_no_other_kinds(self):
        with pytest.raises(ValueError, match="angry"):
            react(UserFactory(), post(thread()), "angry", on=True)
        assert not Post.objects.exclude(reactions={}).exists()

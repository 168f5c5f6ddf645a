"""Who hears what of the forum, and what their letters say."""

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from activity.composing import compose
from activity.models import Event, Follow, Notification
from activity.sending import Sender
from activity.services import follow, mute
from activity.telling import tell_followers
from network.forum import notices
from network.forum.following import category_thing, person_thing, thread_thing
from network.forum.models import Access, Post, ThreadKind
from tests.factories.accounts import UserFactory, member_of, network_administrator
from tests.factories.forum import (
    CategoryFactory,
    category_of_group,
    category_of_park,
    join,
    post,
    thread,
)
from tests.factories.network import OrganisationFactory, ParkFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def fresh(person):
    return User.objects.get(pk=person.pk)


def told(kind):
    """Those who have a notification of this kind."""
    while tell_followers(10):
        pass
    return {each.user for each in Notification.objects.filter(kind=kind).select_related("user")}


def send():
    while tell_followers(10):
        pass
    compose(timezone.now())
    Sender().run()
    return mail.outbox


class TestWhoFollows:
    def test_who_starts_a_thread_follows_it(self):
        author = UserFactory()
        thing = thread(by=author)
        assert Follow.objects.filter(user=author, thing=thread_thing(thing.pk)).exists()

    def test_who_has_muted_a_thread_does_not_follow_it_by_answering(self):
        author, thing = UserFactory(), thread()
        mute(author, thread_thing(thing.pk))
        post(thing, by=author)
        assert Follow.objects.get(user=author).state == Follow.State.MUTED


class TestWhoIsTold:
    def test_followers_of_category_theme_park_and_author_hear_of_a_new_thread_once(self):
        park, theme, author = ParkFactory(), ThemeFactory(), UserFactory()
        category = CategoryFactory()
        reader = UserFactory()
        for thing in (
            category_thing(category.pk),
            f"park:{park.pk}",
            f"theme:{theme.pk}",
            person_thing(author.pk),
        ):
            follow(reader, thing)
        thread(category, by=author, parks=[park], themes=[theme])
        assert told(notices.STARTED) == {reader}
        assert Notification.objects.filter(user=reader, kind=notices.STARTED).count() == 1

    def test_who_has_muted_the_category_hears_nothing_of_its_new_threads(self):
        park, category, reader = ParkFactory(), CategoryFactory(), UserFactory()
        follow(reader, f"park:{park.pk}")
        mute(reader, category_thing(category.pk))
        thread(category, parks=[park])
        assert told(notices.STARTED) == set()

    def test_who_has_muted_a_person_hears_nothing_that_they_write(self):
        thing, reader, author = thread(), UserFactory(), UserFactory()
        follow(reader, thread_thing(thing.pk))
        mute(reader, person_thing(author.pk))
        post(thing, by=author)
        assert told(notices.POSTED) == {thing.author}

    def test_nobody_hears_of_their_own_answer(self):
        thing = thread()
        post(thing, by=thing.author)
        assert told(notices.POSTED) == set()

    def test_of_a_closed_group_its_members_alone_hear(self):
        category = category_of_group("closed")
        member, stranger = join(category.group), UserFactory()
        thing = thread(category, by=fresh(join(category.group)))
        for person in (member, stranger):
            follow(person, thread_thing(thing.pk))
        post(thing, by=fresh(join(category.group)))
        assert told(notices.POSTED) == {member, thing.author}

    def test_of_a_park_its_own_people_alone_hear(self):
        park = ParkFactory()
        organisation = OrganisationFactory()
        organisation.parks = [park]
        organisation.save()
        at_home, stranger = member_of(organisation), UserFactory()
        thing = thread(category_of_park(park), by=network_administrator())
        for person in (at_home, stranger):
            follow(person, thread_thing(thing.pk))
        post(thing, by=network_administrator())
        assert told(notices.POSTED) == {at_home, thing.author}

    def test_readers_of_many_cost_one_query_where_all_may_read(self, django_assert_num_queries):
        post(thread(CategoryFactory(access=Access.MEMBERS)))
        event = Event.objects.get(kind=notices.POSTED)
        people = [UserFactory() for _ in range(5)]
        with django_assert_num_queries(1):
            assert len(notices._readers(event, people)) == 5

    def test_what_is_hidden_before_the_letter_goes_is_not_sent(self):
        thing, reader = thread(), UserFactory()
        follow(reader, thread_thing(thing.pk))
        answer = post(thing, text="Hemmelig ord.")
        assert reader in told(notices.POSTED)
        Post.objects.filter(pk=answer.pk).update(state="hidden")
        assert not [each for each in send() if "Hemmelig" in each.body]

    def test_who_is_mentioned_hears_once_and_only_if_they_may_read(self):
        category = category_of_group("hidden")
        member, stranger = join(category.group), UserFactory()
        thing = thread(category, by=fresh(join(category.group)))
        for _ in range(2):
            notices.tell_mentioned(thing.posts.get(), [member, stranger])
        assert told(notices.MENTIONED) == {member}

    def test_an_answer_accepted_is_told_once(self):
        asker, reader = UserFactory(), UserFactory()
        thing = thread(by=asker, kind=ThreadKind.QUESTION)
        thing.accepted = post(thing)
        thing.save()
        follow(reader, thread_thing(thing.pk))
        for _ in range(2):
            notices.tell_solved(thing, asker)
        assert reader in told(notices.SOLVED)
        assert asker not in told(notices.SOLVED)
        assert Event.objects.filter(kind=notices.SOLVED).count() == 1


class TestLetters:
    def letter(self, language, text="Se **her**: [anlegget](/testfasiliteter/a/)."):
        reader = UserFactory(language=language)
        thing = thread(title="Slitasje på verktøy")
        follow(reader, thread_thing(thing.pk))
        author = UserFactory(first_name="Kari", last_name="Nordmann")
        post(thing, by=author, text=text)
        (letter,) = (each for each in send() if each.to == [reader.email])
        return letter

    @pytest.mark.parametrize(
        ("language", "subject"),
        [
            ("nb", "Kari Nordmann svarte i «Slitasje på verktøy»"),
            ("en", "Kari Nordmann answered in «Slitasje på verktøy»"),
        ],
    )
    def test_a_letter_holds_the_whole_answer(self, language, subject):
        letter = self.letter(language)
        html = letter.alternatives[0][0]
        assert subject in letter.subject
        assert "Se **her**" in letter.body
        assert "<strong>her</strong>" in html

    def test_addresses_in_a_letter_are_in_full(self, settings):
        settings.BASE_URL = "https://parknett.example.org"
        html = self.letter("nb").alternatives[0][0]
        assert 'href="https://parknett.example.org/testfasiliteter/a/"' in html

    def test_a_long_answer_is_whole_in_html_and_in_text(self):
        letter = self.letter("nb", text="\n\n".join(f"Avsnitt {n} om ovnen." for n in range(200)))
        assert "Avsnitt 199" in letter.alternatives[0][0]
        assert "Avsnitt 199" in letter.body

    def test_a_letter_is_answered_by_e_mail_where_the_site_takes_answers(self, settings):
        settings.REPLY_ADDRESS = "svar@example.org"
        (address,) = self.letter("nb").reply_to
        assert address.startswith("svar+")
        assert address.endswith("@example.org")

"""The page of a thread."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from network.forum.models import Access, Post, Tag, Thread, ThreadKind
from network.forum.reading import parts
from network.forum.reading.posts import read_posts
from network.forum.services.posting import NewThread, answer, start_thread
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.forum import CategoryFactory, category_of_group, join, known, post, thread
from tests.factories.network import ParkFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def text_of(client, made, query=""):
    return client.get(f"{made.get_absolute_url()}{query}").content.decode()


def numbers_in(page):
    return [int(number) for number in re.findall(r'id="post-(\d+)"', page)]


def set_state(made, state):
    Post.objects.filter(pk=made.pk).update(state=state)


def accept(made, chosen):
    Thread.objects.filter(pk=made.pk).update(accepted=chosen, solved_at=timezone.now())


@pytest.fixture
def long(db):
    made = thread()
    for number in range(2, 46):
        post(made, text=f"Svar nummer {number}.")
    made.refresh_from_db()
    return made


def test_twenty_posts_stand_on_a_page_by_their_numbers(client, long):
    for query, expected in (
        ("", range(1, 21)),
        ("?page=2", range(21, 41)),
        ("?page=3", range(41, 46)),
    ):
        assert numbers_in(text_of(client, long, query)) == list(expected)


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?page=-3", "?page=²", "?page="])
def test_a_page_that_is_no_number_is_the_first(client, long, query):
    assert numbers_in(text_of(client, long, query))[0] == 1


@pytest.mark.parametrize("number", ["4", "99999999999999999999", "999999999"])
def test_a_page_past_the_end_leads_somewhere(client, long, number):
    answered = client.get(f"{long.get_absolute_url()}?page={number}", follow=True)
    assert answered.status_code == 200
    assert numbers_in(answered.content.decode())


def test_posts_keep_their_page_when_others_are_gone(client, long):
    Post.objects.filter(thread=long, number__lt=21).exclude(number=1).delete()
    assert numbers_in(text_of(client, long, "?page=2")) == list(range(21, 41))
    Post.objects.filter(thread=long, number__gte=21, number__lt=41).delete()
    assert "flyttet til en annen tråd" in text_of(client, long, "?page=2")


def test_the_address_of_a_post_leads_to_its_place_wherever_it_is(client, long):
    moved = long.posts.get(number=30)
    place = client.get(f"/forum/p/{moved.pk}/").headers["Location"]
    assert place == f"{long.get_absolute_url()}?page=2#post-30"
    other = thread()
    Post.objects.filter(pk=moved.pk).update(thread=other, number=2)
    place = client.get(f"/forum/p/{moved.pk}/").headers["Location"]
    assert place == f"{other.get_absolute_url()}#post-2"
    assert client.get(f"/en/forum/p/{moved.pk}/").headers["Location"].startswith("/en/forum/t/")


def test_an_old_title_in_the_address_leads_to_the_new_one(client):
    made = thread(title="Gammel tittel")
    old = made.get_absolute_url()
    Thread.objects.filter(pk=made.pk).update(slug="ny-tittel")
    made.refresh_from_db()
    found = client.get(old)
    assert (found.status_code, found.headers["Location"]) == (301, made.get_absolute_url())


@pytest.mark.parametrize("title", ["Svar", "Reply!", "???"])
def test_every_title_leads_to_its_thread(client, title):
    made = thread(title=title, text="Her er jeg.")
    assert "Her er jeg." in text_of(client, made)


def test_a_merged_thread_leads_to_where_its_posts_are(client):
    stays, gone = thread(), thread()
    Thread.objects.filter(pk=gone.pk).update(merged_into=stays)
    found = client.get(gone.get_absolute_url(), follow=True)
    assert found.redirect_chain[-1][0].startswith(stays.get_absolute_url())


def test_who_may_not_read_it_gets_what_never_was_gets(client):
    hidden = thread(category_of_group("hidden"), by=network_administrator())
    first = hidden.posts.get()
    client.force_login(UserFactory())
    for path in (hidden.get_absolute_url(), f"/forum/u/{hidden.pk}/", f"/forum/p/{first.pk}/"):
        assert client.get(path).status_code == 404
        assert client.get(path.replace(str(hidden.pk), "987654")).status_code == 404


class TestWhatIsHeldBack:
    """Posts and threads that not everybody sees."""

    def test_leaves_a_mark_where_it_was_taken_away(self, client):
        made = thread()
        hidden, deleted = post(made, text="Skjult tekst"), post(made, text="Slettet tekst")
        set_state(hidden, "hidden")
        set_state(deleted, "deleted")
        page = text_of(client, made)
        assert numbers_in(page) == [1, 2, 3]
        assert "En moderator har tatt bort" in page
        assert "har slettet det" in page
        for text in ("Skjult tekst", "Slettet tekst"):
            assert text not in page
        for each in (hidden, deleted):
            assert client.get(f"/forum/p/{each.pk}/").status_code == 302

    def test_is_not_there_at_all_while_it_waits(self, client):
        made = thread()
        waiting = post(made, text="Venter")
        set_state(waiting, "pending")
        assert numbers_in(text_of(client, made)) == [1]
        assert client.get(f"/forum/p/{waiting.pk}/").status_code == 404
        client.force_login(waiting.author)
        page = text_of(client, made)
        assert "Venter" in page
        assert "til det er gjennomgått" in page

    @pytest.mark.parametrize("state", ["published", "pending", "hidden", "deleted"])
    def test_is_read_by_those_whom_the_one_predicate_names(self, state):
        category = category_of_group("open")
        leader = join(category.group, role="leader")
        made = thread(category, by=network_administrator())
        author = join(category.group)
        written = post(made, by=type(author).objects.get(pk=author.pk))
        set_state(written, state)
        readers = [AnonymousUser(), UserFactory(), author, leader, staff_of(ParkFactory())]
        for reader in readers:
            fresh = type(author).objects.get(pk=reader.pk) if reader.pk else reader
            shown = {each.pk for each in read_posts(fresh, made, 1) if each.is_shown}
            visible = Post.objects.visible_to(fresh).filter(thread=made)
            assert shown == set(visible.values_list("pk", flat=True)), reader

    def test_a_thread_is_there_for_its_author_and_the_moderators(self, client):
        made = thread()
        Thread.objects.filter(pk=made.pk).update(state="pending")
        assert client.get(made.get_absolute_url()).status_code == 404
        client.force_login(made.author)
        page = text_of(client, made)
        assert "venter på at en moderator" in page
        assert "noindex" in page


class TestAnAcceptedAnswer:
    """Stands under its question, wherever it was written."""

    def test_stands_under_the_question(self, client):
        made = thread(kind=ThreadKind.QUESTION)
        for _ in range(25):
            post(made)
        chosen = post(made, text="Det var ventilen.")
        accept(made, chosen)
        page = text_of(client, made)
        body = page[page.index('id="post-1"') : page.index('id="post-2"')]
        assert "Det var ventilen." in body
        assert f'href="/forum/p/{chosen.pk}/"' in page
        assert "Løst" in page
        assert 'class="pn-post is-accepted"' in text_of(client, made, "?page=2")

    def test_that_was_hidden_shows_nowhere(self, client):
        made = thread(kind=ThreadKind.QUESTION)
        chosen = post(made, text="Det var ventilen.")
        accept(made, chosen)
        set_state(chosen, "hidden")
        assert "ventilen" not in text_of(client, made)


def test_a_post_tells_who_wrote_it_when_and_where(client):
    author = UserFactory(first_name="Kari", last_name="<Nordmann>")
    made = thread()
    first = made.posts.get()
    written = answer(known(author), made, "Se **her**.", replies_to=first)
    Post.objects.filter(pk=written.pk).update(
        byline="Verket & sønner", edited_at=timezone.now(), by_mail=True
    )
    page = text_of(client, made)
    assert "<strong>her</strong>" in page
    for text in (
        "Kari &lt;Nordmann&gt;",
        "Verket &amp; sønner",
        "endret",
        "med e-post",
        "svarer på #1",
    ):
        assert text in page, text
    assert f'href="/forum/alle/?person={author.pk}"' in page


def test_an_erased_author_has_no_name(client):
    made = thread(by=UserFactory(first_name="Kari", last_name="Nordmann"))
    Post.objects.update(author=None)
    Thread.objects.update(author=None, last_author=None)
    page = text_of(client, made) + client.get("/forum/alle/").content.decode()
    assert "Kari" not in page
    assert "Slettet bruker" in page
    made.refresh_from_db()
    erased = thread(by=UserFactory(first_name="Ola"))
    type(erased.author).objects.filter(pk=erased.author_id).update(erased_at=timezone.now())
    assert "Ola" not in text_of(client, erased)


def test_what_it_is_about_leads_to_more_of_the_same(client):
    theme, park = ThemeFactory(slug="varme"), ParkFactory(slug="fjord")
    tag = Tag.objects.create(slug="sveis", name="sveis")
    new = NewThread(
        CategoryFactory(), ThreadKind.DISCUSSION, "En tråd", "Hei.",
        themes=[theme], parks=[park], tags=[tag],
    )  # fmt: skip
    page = text_of(client, start_thread(known(), new))
    for query in ("theme=varme", "park=fjord", "tag=sveis"):
        assert f'href="/forum/alle/?{query}"' in page


class TestForMachines:
    """What a page says to search engines and to previews elsewhere."""

    @staticmethod
    def data(page):
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
        return json.loads(found[1]) if found else None

    def test_a_discussion_is_a_posting_with_comments(self, client):
        made = thread(title="Hei </script>", text="Slik gjør vi det.")
        post(made)
        data = self.data(text_of(client, made))
        assert (data["@type"], data["headline"]) == ("DiscussionForumPosting", "Hei </script>")
        assert data["text"] == "Slik gjør vi det."
        assert data["commentCount"] == 1
        assert data["comment"][0]["url"].endswith("#post-2")

    def test_a_question_is_a_page_of_answers(self, client):
        made = thread(kind=ThreadKind.QUESTION)
        post(made)
        chosen = post(made, text="Rett svar.")
        accept(made, chosen)
        data = self.data(text_of(client, made))
        assert data["@type"] == "QAPage"
        assert data["mainEntity"]["acceptedAnswer"]["text"] == "Rett svar."
        assert len(data["mainEntity"]["suggestedAnswer"]) == 1

    def test_what_is_not_for_everybody_or_made_up_says_nothing(self, client):
        sample = thread()
        Thread.objects.filter(pk=sample.pk).update(sample=True)
        inside = thread(CategoryFactory(access=Access.MEMBERS))
        client.force_login(UserFactory())
        for made in (sample, inside):
            page = text_of(client, made)
            assert self.data(page) is None
            assert '<meta name="robots" content="noindex">' in page

    def test_the_title_and_the_first_words_are_its_preview(self, client):
        made = thread(title="Blærer i lakk", text="Vi får **blærer** " + "ord " * 200)
        page = text_of(client, made)
        assert '<meta property="og:title" content="Blærer i lakk">' in page
        description = re.search(r'<meta name="description" content="([^"]*)"', page)[1]
        assert description.startswith("Vi får blærer ord")
        assert len(description) <= 160


class TestParts:
    """What other parts of the forum put into posts."""

    @pytest.fixture(autouse=True)
    def none_yet(self, monkeypatch):
        monkeypatch.setattr(parts, "_parts", {})

    def test_are_asked_once_for_a_page_and_only_of_what_the_reader_sees(self, client):
        asked = []

        def render(request, made, posts):
            asked.append([each.number for each in posts])
            return {posts[0].pk: "<li>Gjør noe</li>"}

        parts.register(parts.Part("acting", parts.Place.ACTIONS, render))
        made = thread()
        set_state(post(made), "hidden")
        post(made)
        page = text_of(client, made)
        assert asked == [[1, 3]]
        assert '<ul class="pn-post__actions"><li>Gjør noe</li></ul>' in page

    def test_stand_in_their_order(self, client):
        for position, name in ((20, "b"), (10, "a")):
            parts.register(
                parts.Part(
                    name, parts.Place.BELOW,
                    lambda request, made, posts, name=name: {posts[0].pk: f"<p>{name}</p>"},
                    position,
                )
            )  # fmt: skip
        assert "<p>a</p><p>b</p>" in text_of(client, thread())

    def test_have_one_name_each(self):
        part = parts.Part("x", parts.Place.BELOW, lambda *_: {})
        parts.register(part)
        with pytest.raises(ValueError, match="x is registered"):
            parts.register(part)


def test_a_page_needs_few_queries_with_all_that_can_stand_in_it(
    client, django_assert_max_num_queries
):
    theme = ThemeFactory()
    made = thread(kind=ThreadKind.QUESTION, themes=[theme])
    for number in range(30):
        post(made, text=f"Se [laben](/testfasiliteter/) {number}")
    accept(made, post(made))
    Post.objects.update(has_files=True, has_references=True, reactions={"use": 2})
    me = UserFactory()
    client.force_login(me)
    for query in ("", "?page=2"):
        text_of(client, made, query)
        with django_assert_max_num_queries(12):
            text_of(client, made, query)


def test_times_are_told_as_the_reader_speaks(client):
    made = thread()
    long_ago = timezone.now() - timedelta(days=400)
    Thread.objects.filter(pk=made.pk).update(created_at=long_ago)
    assert "i dag kl." in text_of(client, thread())
    assert str(long_ago.year) in text_of(client, made)
    english = client.get(f"/en/forum/t/{made.pk}/{made.slug}/").content.decode()
    assert "today" not in english.split('id="post-1"')[0].split("pn-thread-header")[1]

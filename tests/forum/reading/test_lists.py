"""Lists of threads: what stands in them, how they are narrowed, and how one gets through them."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone

from activity.services import follow, unfollow
from network.forum.models import Access, Tag, Thread, ThreadKind
from network.forum.reading import listing
from network.forum.reading.listing import ThreadList
from network.forum.services.posting import NewThread, start_thread
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.forum import CategoryFactory, category_of_group, join, known, post, thread
from tests.factories.network import ParkFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def shown(user=None, query="", category=None):
    """Titles of the threads on a page."""
    found = ThreadList(user or AnonymousUser(), QueryDict(query), category)
    return [row.title for row in found.rows]


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 3)


def threads(category, count):
    """Threads whose last posts are a minute apart; the last one made is the newest."""
    now = timezone.now()
    for number in range(count):
        made = thread(category, title=f"Tråd {number}")
        at = now - timedelta(minutes=count - number)
        Thread.objects.filter(pk=made.pk).update(last_post_at=at, created_at=at)


def walk(category, first, step):
    """Titles page by page, from the address ``first`` on, by the link ``step``."""
    pages, query = [], first
    while True:
        found = ThreadList(AnonymousUser(), QueryDict(query.lstrip("?")), category)
        pages.append([row.title for row in found.rows])
        ends = found.is_last if step == "older_url" else found.is_first
        if ends or len(pages) > 20:
            return pages
        query = getattr(found, step)


@pytest.mark.parametrize("in_category", [True, False])
def test_one_comes_through_a_list_page_by_page_and_back(small_pages, in_category):
    category = CategoryFactory()
    threads(category, 8)
    where = category if in_category else None
    newest_first = [f"Tråd {number}" for number in reversed(range(8))]
    down = walk(where, "", "older_url")
    assert down == [newest_first[:3], newest_first[3:6], newest_first[6:]]
    up = walk(where, "ende=eldst", "newer_url")
    assert up[0] == newest_first[-3:]
    assert up[-1] == newest_first[:3]
    assert {title for page in up for title in page} == set(newest_first)


def test_threads_of_the_same_moment_are_neither_lost_nor_shown_twice(small_pages):
    category = CategoryFactory()
    threads(category, 7)
    Thread.objects.update(last_post_at=timezone.now())
    found = [title for page in walk(category, "", "older_url") for title in page]
    assert sorted(found) == [f"Tråd {number}" for number in range(7)]


def test_a_thread_that_moves_up_meanwhile_is_not_shown_twice(small_pages):
    category = CategoryFactory()
    threads(category, 5)
    first = ThreadList(AnonymousUser(), QueryDict(""), category)
    assert first.rows[-1].title == "Tråd 2"
    Thread.objects.filter(title="Tråd 0").update(last_post_at=timezone.now())
    assert shown(query=first.older_url.lstrip("?"), category=category) == ["Tråd 1"]


def test_pinned_threads_come_first_in_their_category_and_nowhere_else(small_pages):
    category = CategoryFactory()
    threads(category, 5)
    Thread.objects.filter(title__in=["Tråd 0", "Tråd 1"]).update(pinned=True)
    assert walk(category, "", "older_url") == [["Tråd 1", "Tråd 0", "Tråd 4"], ["Tråd 3", "Tråd 2"]]
    assert walk(category, "ende=eldst", "newer_url")[-1] == ["Tråd 1", "Tråd 0", "Tråd 4"]
    assert shown()[0] == "Tråd 4"


@pytest.mark.parametrize(
    "query",
    ["etter=x", "etter=1.x", "etter=9999999999999999999999999.1", "etter=1.99999999999999999999",
     "for=-1.2", "etter=²³.1", "ende=midt", "person=x", "person=99999999999999999999", "kind=x",
     "theme=%00", "tag=%00", f"park={'x' * 500}", "vis=mine", "vis=uleste"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_shows_something(client, query):
    thread()
    assert client.get(f"/forum/alle/?{query}").status_code == 200


def test_one_sees_only_what_one_may_read():
    park = ParkFactory()
    thread(title="Åpen")
    thread(CategoryFactory(access=Access.MEMBERS), title="For medlemmer")
    hidden = category_of_group("hidden")
    thread(hidden, by=network_administrator(), title="Skjult")
    assert shown() == ["Åpen"]
    assert shown(UserFactory()) == ["For medlemmer", "Åpen"]
    assert shown(staff_of(park)) == ["For medlemmer", "Åpen"]
    assert shown(join(hidden.group)) == ["Skjult", "For medlemmer", "Åpen"]


@pytest.mark.parametrize("state", ["pending", "hidden", "deleted"])
def test_what_is_held_back_or_merged_away_is_in_no_list_of_others(state):
    stays = thread(title="Blir")
    gone, merged = thread(title="Borte"), thread(title="Slått sammen")
    Thread.objects.filter(pk=gone.pk).update(state=state)
    Thread.objects.filter(pk=merged.pk).update(merged_into=stays)
    assert shown() == ["Blir"]
    assert shown(UserFactory()) == ["Blir"]


class TestNarrowing:
    """Each filter, alone and with others."""

    def test_by_kind_and_by_what_is_unsolved(self):
        asked = thread(title="Spurt", kind=ThreadKind.QUESTION)
        solved = thread(title="Løst", kind=ThreadKind.QUESTION)
        Thread.objects.filter(pk=solved.pk).update(solved_at=timezone.now())
        thread(title="Behov", kind=ThreadKind.NEED, need={"direction": "need"})
        met = thread(title="Møtt", kind=ThreadKind.NEED, need={"direction": "have"})
        type(met.need).objects.filter(pk=met.pk).update(state="met")
        thread(title="Prat")
        assert shown(query="kind=question") == ["Løst", "Spurt"]
        assert shown(query="vis=uloste") == ["Behov", "Spurt"]
        assert shown(query="skjul=loste") == ["Prat", "Behov", "Spurt"]
        assert shown(query="skjul=loste&kind=question") == ["Spurt"]
        assert asked.pk

    def test_by_theme_park_tag_and_person(self):
        theme, park = ThemeFactory(), ParkFactory()
        tag = Tag.objects.create(slug="sveis", name="sveis")
        author = UserFactory()
        new = NewThread(
            CategoryFactory(), ThreadKind.DISCUSSION, "Merket", "Hei.",
            themes=[theme], parks=[park], tags=[tag],
        )  # fmt: skip
        start_thread(known(author), new)
        thread(title="Annet")
        for query in (
            f"theme={theme.slug}",
            f"park={park.slug}",
            "tag=sveis",
            f"person={author.pk}",
        ):
            assert shown(query=query) == ["Merket"], query
        assert shown(query="tag=sveis&vis=uloste") == []

    @pytest.mark.parametrize("query", ["theme=ukjent", "park=ukjent", "tag=ukjent", "person=x"])
    def test_by_what_does_not_exist_finds_nothing(self, query):
        thread()
        assert shown(query=query) == []

    def test_by_what_is_ones_own_or_followed(self):
        me = UserFactory()
        mine, answered = thread(title="Min", by=me), thread(title="Svart i")
        post(answered, by=me)
        followed = thread(title="Fulgt")
        thread(title="Andres")
        follow(me, f"thread:{followed.pk}")
        for each in (mine, answered):
            unfollow(me, f"thread:{each.pk}")
        assert shown(me, "vis=mine") == ["Svart i", "Min"]
        assert shown(me, "vis=fulgte") == ["Fulgt"]

    def test_keeps_the_rest_when_one_thing_is_taken_away(self):
        theme = ThemeFactory()
        found = ThreadList(AnonymousUser(), QueryDict(f"theme={theme.slug}&kind=need&vis=uloste"))
        assert [each.url for each in found.narrowings] == [
            f"?vis=uloste&theme={theme.slug}",
            "?vis=uloste&kind=need",
        ]


def test_a_tag_of_a_hidden_group_looks_like_one_that_never_was(client):
    category = category_of_group("hidden")
    hidden = Tag.objects.create(slug="hemmelig", name="Hemmelig Ord")
    thread(category, by=network_administrator(), tags=[hidden])
    known, never = (
        client.get(f"/forum/alle/?tag={slug}").content.decode().replace(slug, "")
        for slug in ("hemmelig", "aldrisett")
    )
    assert known == never


def test_nobodys_name_shows_where_nothing_of_theirs_may_be_read(client):
    author = UserFactory(first_name="Skjult", last_name="Person")
    group = category_of_group("hidden")
    join(group.group, author)
    thread(group, by=type(author).objects.get(pk=author.pk))
    assert "Skjult Person" not in client.get(f"/forum/alle/?person={author.pk}").content.decode()
    thread(by=author)
    assert "Skjult Person" in client.get(f"/forum/alle/?person={author.pk}").content.decode()


def test_a_row_tells_what_the_thread_is_and_how_it_stands(client):
    author = UserFactory(first_name="Kari", last_name="Nordmann")
    category = CategoryFactory(name_nb="Testing", slug="testing")
    asked = thread(category, by=author, kind=ThreadKind.QUESTION, title="Hvem <kan> sveise?")
    post(asked, by=UserFactory(first_name="Ola", last_name="Hansen"))
    Thread.objects.filter(pk=asked.pk).update(closed=True, sample=True)
    page = client.get("/forum/alle/").content.decode()
    (row,) = re.findall(r'<li><div class="pn-thread__what">.*?</div></li>', page)
    assert f'<a href="/forum/t/{asked.pk}/{asked.slug}/">Hvem &lt;kan&gt; sveise?</a>' in row
    for text in ("Spørsmål", "Uløst", "Testing", "Kari Nordmann", "1 svar", "Ola Hansen", "Stengt",
                 "Eksempeldata"):  # fmt: skip
        assert text in row, text
    english = client.get("/en/forum/all/").content.decode()
    assert "Unsolved" in english
    assert f'href="/en/forum/t/{asked.pk}/' in english


def test_no_address_of_mail_shows_where_somebody_has_no_name(client):
    author = UserFactory(first_name="", last_name="", email="hemmelig@example.org")
    made = thread(by=author)
    for path in ("/forum/", "/forum/alle/", made.get_absolute_url()):
        assert "hemmelig@" not in client.get(path).content.decode()


def test_who_may_not_read_a_category_gets_what_never_was_gets(client):
    hidden = category_of_group("hidden")
    for slug in (hidden.slug, "finnes-ikke"):
        assert client.get(f"/forum/k/{slug}/").status_code == 404
        assert client.get(f"/forum/k/{slug}/atom.xml").status_code == 404


def test_htmx_gets_the_list_alone(client):
    thread(title="En tråd")
    part = client.get("/forum/alle/?kind=discussion", headers={"HX-Request": "true"})
    assert "En tråd" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_lists_for_readers_outside_are_marked_so(client):
    open_one, closed_one = CategoryFactory(), CategoryFactory(access=Access.MEMBERS)
    noindex = '<meta name="robots" content="noindex, follow">'
    assert noindex not in client.get(open_one.get_absolute_url()).content.decode()
    assert noindex in client.get(f"{open_one.get_absolute_url()}?kind=need").content.decode()
    client.force_login(UserFactory())
    page = client.get(closed_one.get_absolute_url()).content.decode()
    assert noindex in page
    assert f"{closed_one.get_absolute_url()}atom.xml" not in page


def test_empty_lists_say_what_to_do(client):
    category = CategoryFactory()
    me = UserFactory()
    client.force_login(me)
    assert "Ingen tråder ennå" in client.get(category.get_absolute_url()).content.decode()
    thread(category, by=me)
    assert "Ingen slike tråder" in client.get("/forum/alle/?kind=need").content.decode()
    assert "Du har lest alt" in client.get("/forum/alle/?vis=uleste").content.decode()


@pytest.mark.parametrize("query", ["", "?vis=uleste", "?vis=mine", "?ende=eldst", "?theme=x"])
def test_lists_need_few_queries_however_long_they_are(client, django_assert_max_num_queries, query):
    me = UserFactory()
    category = CategoryFactory()
    for _ in range(30):
        made = thread(category)
        post(made)
    client.force_login(me)
    client.get("/forum/")
    for path in ("/forum/alle/", category.get_absolute_url()):
        client.get(path)
        with django_assert_max_num_queries(12):
            client.get(f"{path}{query}")

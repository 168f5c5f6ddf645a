"""What other machines read: feeds and the sitemap."""

from xml.etree import ElementTree as ET

import pytest

from network.forum.models import Access, Thread
from network.forum.sitemaps import CategorySitemap, ThreadSitemap
from tests.factories.accounts import UserFactory, network_administrator
from tests.factories.forum import CategoryFactory, category_of_group, post, thread

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def threads():
    """One thread for everybody, and others that are not, by what hides them."""
    category = CategoryFactory(slug="testing", name_nb="Testing")
    shown = thread(category, title="Åpen <b>", text="Hele **innlegget**.")
    inside = thread(CategoryFactory(slug="inne", access=Access.MEMBERS), title="Inne")
    secret = category_of_group("hidden")
    thread(secret, by=network_administrator(), title="Hemmelig")
    Thread.objects.filter(pk=thread(category, title="Tatt bort").pk).update(state="hidden")
    Thread.objects.filter(pk=thread(category, title="Slått sammen").pk).update(merged_into=shown)
    return {"shown": shown, "inside": inside, "secret": secret}


def entries(client, path):
    response = client.get(path)
    assert response["Content-Type"].startswith("application/atom+xml")
    return list(ET.fromstring(response.content).iter(f"{ATOM}entry"))


@pytest.mark.parametrize(
    "path",
    ["/forum/atom.xml", "/en/forum/atom.xml", "/forum/k/testing/atom.xml"],
)
def test_feeds_have_what_everybody_may_read_with_the_whole_post(client, threads, path):
    client.force_login(UserFactory())
    (entry,) = entries(client, path)
    assert entry.findtext(f"{ATOM}title") == "Åpen <b>"
    assert "<strong>innlegget</strong>" in entry.findtext(f"{ATOM}summary")


def test_the_thread_in_which_somebody_wrote_last_comes_first(client):
    older, newer = thread(title="Eldre"), thread(title="Nyere")
    post(older)
    titles = [entry.findtext(f"{ATOM}title") for entry in entries(client, "/forum/atom.xml")]
    assert titles == ["Eldre", "Nyere"]
    assert newer.pk


def test_there_is_no_feed_of_what_is_not_for_everybody(client, threads):
    client.force_login(network_administrator())
    for slug in ("inne", threads["secret"].slug, "finnes-ikke"):
        assert client.get(f"/forum/k/{slug}/atom.xml").status_code == 404


def test_a_post_that_was_taken_away_is_not_in_the_feed(client, threads):
    threads["shown"].posts.update(state="hidden")
    (entry,) = entries(client, "/forum/atom.xml")
    assert "innlegget" not in (entry.findtext(f"{ATOM}summary") or "")


def test_a_feed_needs_few_queries(client, django_assert_max_num_queries):
    for _ in range(5):
        thread()
    client.get("/forum/atom.xml")
    with django_assert_max_num_queries(4):
        client.get("/forum/atom.xml")


def test_the_sitemap_has_what_everybody_may_read_and_nothing_made_up(threads):
    sample = thread(threads["shown"].category)
    Thread.objects.filter(pk=sample.pk).update(sample=True)

    class Site:
        domain = "parknett.example"

    found = ThreadSitemap().get_urls(site=Site(), protocol="https")
    path = threads["shown"].get_absolute_url()
    assert [entry["location"] for entry in found] == [
        f"https://parknett.example{path}",
        f"https://parknett.example/en{path}",
    ]
    categories = CategorySitemap().get_urls(site=Site(), protocol="https")
    assert "https://parknett.example/forum/k/testing/" in {each["location"] for each in categories}
    assert not any("inne" in each["location"] for each in categories)

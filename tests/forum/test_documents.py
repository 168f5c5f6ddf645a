"""Threads in the search: what of them, and for whom."""

import pytest
from django.contrib.auth.models import AnonymousUser

from network.forum.models import Access, Category, Post, Thread, ThreadKind
from network.forum.services.posting import edit_post
from search.documents import documents
from search.models import SearchEntry
from tests.factories.accounts import UserFactory, network_administrator
from tests.factories.forum import CategoryFactory, category_of_group, join, post, thread
from tests.factories.network import ParkFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def entry_of(made):
    return SearchEntry.objects.filter(key=f"thread:{made.pk}").first()


def test_a_thread_is_found_by_its_title_its_posts_and_what_it_is_about():
    theme, park = ThemeFactory(), ParkFactory()
    made = thread(
        title="Blærer i lakk", text="Vi **pulverlakkerer** rekkverk.", themes=[theme], parks=[park]
    )
    post(made, text="Forvarm godset.")
    entry = entry_of(made)
    assert entry.title_nb == entry.title_en == "Blærer i lakk"
    assert entry.summary_nb == "Vi pulverlakkerer rekkverk."
    assert "Forvarm godset." in entry.text_nb
    assert entry.facets["theme"] == [theme.slug]
    assert entry.facets["park"] == [park.slug]
    assert entry.facets["thread_kind"] == ["discussion"]
    assert entry.url_nb == made.get_absolute_url()
    assert entry.url_en.startswith("/en/forum/t/")


def test_an_answer_that_is_edited_or_taken_away_changes_the_entry():
    made = thread()
    written = post(made, text="Bruk syre.")
    edit_post(written.author, written, "Bruk lut.")
    assert "lut" in entry_of(made).text_nb
    assert "syre" not in entry_of(made).text_nb
    written.state = "hidden"
    written.save()
    assert "lut" not in entry_of(made).text_nb


def test_the_accepted_answer_comes_right_after_the_question_however_late_it_was(monkeypatch):
    monkeypatch.setattr("network.forum.documents.POSTS_READ", 3)
    monkeypatch.setattr("network.forum.reading.signal_handlers.POSTS_READ", 3)
    made = thread(kind=ThreadKind.QUESTION, text="Spørsmålet")
    for number in range(2, 6):
        last = post(made, text=f"svar{number}")
    assert entry_of(made).text_nb == "Spørsmålet\nsvar2\nsvar3"
    made.refresh_from_db()
    made.accepted = last
    made.save()
    assert entry_of(made).text_nb == "Spørsmålet\nsvar5\nsvar2\nsvar3"


def test_what_is_kept_of_a_long_thread_is_bounded(django_assert_max_num_queries):
    made = thread(text="ord " * 4000)
    for _ in range(12):
        post(made, text="ord " * 4000)
    assert len(entry_of(made).text_nb) <= 20_000
    Post.objects.filter(thread=made, number=2).update(number=4000)
    late = Post.objects.get(thread=made, number=4000)
    with django_assert_max_num_queries(2):
        late.save()


@pytest.mark.parametrize(
    ("make", "audience"),
    [
        (CategoryFactory, "public"),
        (lambda: CategoryFactory(access=Access.MEMBERS), "member"),
        (lambda: category_of_group("hidden"), "group"),
    ],
)
def test_it_is_for_those_who_read_its_category(make, audience):
    category = make()
    made = thread(category, by=network_administrator())
    entry = entry_of(made)
    assert set(entry.audience) == {category.audience, "administrator"}
    assert category.audience.partition(":")[0] == audience


def test_a_category_that_others_read_than_before_takes_its_threads_along():
    category = CategoryFactory()
    made = [thread(category), thread(category)]
    category.access = Access.MEMBERS
    category.save()
    assert all(entry_of(each).audience == ["administrator", "member"] for each in made)


def test_a_category_that_is_renamed_writes_no_entry(django_assert_max_num_queries):
    category = CategoryFactory()
    for _ in range(3):
        thread(category)
    category.name_nb = "Nytt navn"
    with django_assert_max_num_queries(4):
        category.save()
    assert Category.objects.get(pk=category.pk).name_nb == "Nytt navn"


@pytest.mark.parametrize(
    "change", [{"state": "pending"}, {"state": "hidden"}, {"state": "deleted"}]
)
def test_what_is_not_published_or_merged_away_is_not_found(change):
    made = thread()
    for name, value in change.items():
        setattr(made, name, value)
    made.save()
    assert entry_of(made) is None


def test_a_thread_that_was_merged_is_not_found():
    made, other = thread(), thread()
    made.merged_into = other
    made.save()
    assert entry_of(made) is None


def test_hits_are_shown_by_the_predicate_of_lists():
    document = documents()["thread"]
    hidden = category_of_group("hidden")
    made = thread(hidden, by=network_administrator())
    open_one = thread()
    pks = [made.pk, open_one.pk]
    assert document.visible(AnonymousUser(), pks) == {open_one.pk}
    assert document.visible(UserFactory(), pks) == {open_one.pk}
    assert document.visible(join(hidden.group), pks) == set(pks)
    Thread.objects.filter(pk=open_one.pk).update(state="hidden")
    assert document.visible(AnonymousUser(), pks) == set()


def test_the_search_page_finds_a_thread(client, indexed):
    made = thread(title="Blærer i pulverlakk")
    hidden = category_of_group("hidden")
    thread(hidden, by=network_administrator(), title="Blærer i hemmelighet")
    indexed()
    page = client.get("/sok/?q=blærer").content.decode()
    assert made.get_absolute_url() in page
    assert "hemmelighet" not in page

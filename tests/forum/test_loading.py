"""The categories of every installation, and the sample threads."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from network.forum.models import Access, Category, Post, Thread, ThreadKind
from network.parks.models import Park
from search.models import SearchEntry

pytestmark = pytest.mark.django_db


def run(command, *arguments):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def categories(db):
    run("load_network_data")


def test_there_are_categories_for_everybody_and_one_for_each_park(categories):
    assert Category.objects.get(slug="testing-og-kvalitet").audience == "public"
    assert Category.objects.filter(access=Access.PARK).count() == Park.objects.count() > 0
    park = Park.objects.first()
    assert park.forum_category.audience == f"home:{park.pk}"
    assert "De ansatte" not in park.forum_category.description_en


def test_loading_again_leaves_what_an_editor_has_changed_or_deleted(categories):
    Category.objects.filter(slug="rammevilkar").update(name_nb="Politikk")
    Category.objects.filter(slug="om-parknett").delete()
    run("load_network_data")
    assert Category.objects.get(slug="rammevilkar").name_nb == "Politikk"
    assert not Category.objects.filter(slug="om-parknett").exists()


def test_the_sample_has_each_kind_of_thread_and_is_marked(categories, client):
    assert "there already" in run("load_sample_threads")
    threads = Thread.objects.all()
    assert {thread.kind for thread in threads} == set(ThreadKind.values)
    assert all(thread.sample for thread in threads)
    solved = threads.get(slug="blarer-i-pulverlakk")
    assert solved.accepted.number == 2
    page = client.get(solved.get_absolute_url()).content.decode()
    assert "Eksempeldata" in page
    assert "noindex" in page
    for thread in threads:
        numbers = list(thread.posts.values_list("number", flat=True))
        assert numbers == list(range(1, thread.last_number + 1))
        assert client.get(thread.get_absolute_url()).status_code == 200


def test_sample_people_are_marked_and_cannot_log_in(categories):
    run("load_sample_threads")
    people = User.objects.filter(pk__in=Post.objects.values("author"))
    assert people.exists()
    for person in people:
        assert person.last_name == "(eksempel)"
        assert person.email.endswith("@example.org")
        assert not person.has_usable_password()


def test_the_sample_is_loaded_once_and_taken_away_whole(categories):
    run("load_sample_threads")
    count = Thread.objects.count()
    Thread.objects.first().delete()
    run("load_sample_threads")
    assert Thread.objects.count() == count - 1
    assert f"{count - 1} removed" in run("load_sample_threads", "--remove")
    assert not Post.objects.exists()
    assert not SearchEntry.objects.filter(type="thread").exists()
    assert not User.objects.filter(email="forsker@example.org").exists()


def test_the_sample_needs_the_categories(db):
    with pytest.raises(CommandError, match="load_network_data"):
        run("load_sample_threads")

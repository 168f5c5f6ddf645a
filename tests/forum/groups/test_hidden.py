"""Hidden groups show nowhere to anybody who is not in them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from activity.models import Notification
from activity.services import follow
from activity.telling import tell_followers
from activity.things import describe
from network.forum.groups import services
from network.forum.groups.following import thing_of
from network.forum.models import GroupMembership, WorkingGroup
from network.forum.notices import tell_started
from search.documents import documents
from search.models import SearchEntry
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.forum import thread
from tests.factories.network import ParkFactory
from tests.forum.groups.people import fresh, group_of, leader_of, meeting_of
from tests.leaks.canaries import Canaries, everything_in

pytestmark = pytest.mark.django_db

OWN_PAGES = ("detail", "meetings", "files", "members", "figures", "edit", "invite", "join",
             "leave", "end", "new-meeting")  # fmt: skip


@pytest.fixture
def canaries():
    return Canaries()


@pytest.fixture
def hidden(canaries, settings, tmp_path):
    """A hidden group with a park, a theme, a leader, a thread, a meeting and a file."""
    settings.MEDIA_ROOT = tmp_path
    group = group_of("hidden")
    canaries.fill(group)
    group.ended_on = None
    group.slug = "hemmelig-gruppe"
    group.save()
    group.parks.add(ParkFactory())
    services.keep_category(group)
    leader = leader_of(group, first_name=canaries.token("a leader's name"))
    thread(group.category, by=leader, title=canaries.token("a thread's title"))
    meeting_of(group, by=leader, title=canaries.token("a meeting's title"))
    upload = SimpleUploadedFile(f"{canaries.token('a file')}.txt", b"Tekst")
    services.add_files(group, [upload], by=leader)
    return group


def strangers():
    yield "visitor", None
    yield "member", UserFactory()
    yield "staff", staff_of(ParkFactory())


def told(client, person, path):
    client.logout()
    if person is not None:
        client.force_login(person)
    return everything_in(client.get(path))


def surfaces(group):
    park = group.parks.get()
    lists = ["groups:list", "forum:overview", "forum:list", "forum:feed", "groups:mine"]
    yield from (reverse(name) for name in lists)
    yield f"{reverse('groups:list')}?park={park.slug}"
    yield f"{reverse('groups:list')}?q=zqkanari"
    yield f"{reverse('groups:list')}?mine=1"
    yield f"{reverse('groups:list')}?ended=1"
    yield f"{reverse('forum:list')}?park={park.slug}"
    yield reverse("parks:detail", args=[park.slug])
    yield reverse("activity:my_page")
    yield from (reverse(f"groups:{name}", args=[group.slug]) for name in OWN_PAGES)
    for meeting in group.meetings.all():
        yield meeting.get_absolute_url()
        yield reverse("groups:ical", args=[group.slug, meeting.pk])
    for file in group.files.all():
        yield reverse("groups:file", args=[group.slug, file.pk])


def test_no_page_tells_strangers_anything_of_it_and_all_tell_its_leader(client, hidden, canaries):
    paths = list(surfaces(hidden))
    leader = fresh(GroupMembership.objects.get(group=hidden, role="leader").user)
    seen = canaries.found_in("\n".join(told(client, leader, path) for path in paths))
    sources = {canaries.sources[token] for token in seen}
    assert {
        "forum.WorkingGroup.name_nb",
        "a meeting's title",
        "a file",
        "a thread's title",
    } <= sources
    leaked = {
        (role, path): canaries.explain(found)
        for role, person in strangers()
        for path in paths
        if (found := canaries.found_in(told(client, person, path)) - canaries.found_in(path))
    }
    assert leaked == {}


def test_its_addresses_answer_like_those_of_what_never_was(client, hidden):
    client.force_login(UserFactory())
    for name in OWN_PAGES:
        there = client.get(reverse(f"groups:{name}", args=[hidden.slug]))
        never = client.get(reverse(f"groups:{name}", args=["a" * len(hidden.slug)]))
        assert there.status_code == never.status_code == 404
        replaced = there.content.decode().replace(hidden.slug, "")
        assert replaced == never.content.decode().replace("a" * len(hidden.slug), "")


def test_the_number_of_groups_does_not_count_it(client, hidden):
    client.force_login(UserFactory())
    with_it = client.get(reverse("groups:list")).content.decode()
    WorkingGroup.objects.filter(pk=hidden.pk).update(ended_on="2020-01-01")
    assert "0 arbeidsgrupper" in with_it
    ended = client.get(reverse("groups:list") + "?ended=1").content.decode()
    assert "0 avsluttede grupper" in ended


def test_crawlers_are_led_to_open_groups_that_work_alone(client, hidden):
    shown = group_of("open")
    others = [hidden, group_of("closed"), group_of("open", sample=True)]
    others.append(group_of("open", ended_on=timezone.localdate()))
    found = client.get("/sitemap-groups.xml").content.decode()
    assert found.count(f"/{shown.slug}/</loc>") == 2
    assert not any(f"/{other.slug}/" in found for other in others)


def test_the_search_knows_it_for_its_members_alone(hidden):
    entry = SearchEntry.objects.get(key=f"group:{hidden.pk}")
    assert set(entry.audience) == {f"group:{hidden.pk}", "administrator"}
    document = documents()["group"]
    assert document.visible(UserFactory(), [hidden.pk]) == set()
    assert document.visible(network_administrator(), [hidden.pk]) == {hidden.pk}


def test_who_follows_what_they_may_not_know_of_hears_nothing(hidden):
    """As somebody who was in it may, or who guesses a number."""
    stranger, leader = UserFactory(), leader_of(hidden)
    for thing in (thing_of(hidden.pk), f"category:{hidden.category.pk}"):
        follow(stranger, thing)
    assert describe([thing_of(hidden.pk)], stranger) == {}
    meeting_of(hidden, by=leader)
    started = thread(hidden.category, by=leader)
    tell_started(started, started.posts.get())
    services.end_group(hidden, by=leader)
    tell_followers(100)
    assert not Notification.objects.filter(user=stranger).exists()

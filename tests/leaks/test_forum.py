"""A hidden group tells nobody of itself: by name, counts, mentions, cards, feeds, search or errors."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from network.forum.models import (
    Access,
    Category,
    GroupMembership,
    Meeting,
    Mention,
    Reference,
    Tag,
    Thread,
    ThreadKind,
    WorkingGroup,
)
from search.models import SearchEntry
from tests.factories.accounts import network_administrator
from tests.factories.forum import CategoryFactory, join, post, thread
from tests.leaks.canaries import everything_in
from tests.leaks.surfaces import LANGUAGES
from tests.leaks.test_canaries import leaks
from tests.leaks.test_worlds import differences
from tests.leaks.world import STRANGERS

# Wagtail leaves the files that it makes pictures from open, and to the collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
# Those whose answers are compared: one without tokens, and one with tokens of their own.
COMPARED = ("visitor", "staff of another park")
# When a page was made, and the number that lets a form be sent once.
CHANGING = re.compile(r'name="(at|token)" value="[^"]+"')
LISTED = ("", "?vis=uloste", "?skjul=loste", "?kind=question", "?ende=eldst", "?vis=uleste",
          "?vis=mine", "?vis=fulgte")  # fmt: skip


@pytest.fixture
def forum(world):
    """What everybody reads: a category, a question, an answer, a tag, an open group."""
    person = network_administrator()
    category = CategoryFactory(slug="apen", name_nb="Åpen")
    tag = Tag.objects.create(slug="sveis", name="sveis")
    shown = thread(
        category, by=person, kind=ThreadKind.QUESTION, title="Strekkprøving av stål",
        text="Hvem har prøvd?", themes=world.terms["themes"], parks=[world.park], tags=[tag],
    )  # fmt: skip
    post(shown, by=person, text="Vi har prøvd.")
    return SimpleNamespace(category=category, thread=shown, person=person)


def hide_group(world, forum, canaries):
    """A hidden group with threads about what everybody sees, naming people whom everybody sees."""
    group = canaries.fill(WorkingGroup(openness="hidden"))
    group.save()
    group.parks.set([world.park])
    group.themes.set(world.terms["themes"])
    member = join(group)
    member.first_name = canaries.token("a member's first name")
    member.last_name = canaries.token("a member's last name")
    member.save()
    category = Category.objects.create(
        slug=canaries.token("category.slug"), name_nb=canaries.token("category.name"),
        description_nb=canaries.token("category.description"), access=Access.GROUP, group=group,
    )  # fmt: skip
    tag = Tag.objects.create(slug=canaries.token("tag.slug"), name=canaries.token("tag.name"))
    hidden = thread(
        category, by=type(member).objects.get(pk=member.pk), kind=ThreadKind.QUESTION,
        title=f"{canaries.token('thread.title')} strekkprøving av stål",
        text=f"{canaries.token('post.source')} strekkprøving av stål",
        themes=world.terms["themes"], parks=[world.park], tags=[tag, *Tag.objects.all()],
        about=f"facility:{world.facilities[0].pk}",
    )  # fmt: skip
    opening = hidden.posts.get()
    Mention.objects.create(post=opening, user=forum.person)
    Mention.objects.create(post=opening, organisation=world.host)
    for facility in world.facilities:
        Reference.objects.get_or_create(post=opening, thread=hidden, key=f"facility:{facility.pk}")
    start = timezone.now() + timedelta(days=3)
    meeting = canaries.fill(
        Meeting(group=group, starts_at=start, ends_at=start + timedelta(hours=1))
    )
    meeting.save()
    return SimpleNamespace(
        group=group, category=category, thread=hidden, post=opening, meeting=meeting, tag=tag,
        member=member,
    )  # fmt: skip


def surfaces(world, forum, words, hidden=None):
    """Paths to ask for; those of what is hidden as well, when it is there."""
    found = ["/sitemap-forum.xml", "/sitemap-threads.xml", "/sitemap-matters.xml"]
    found += [f"/api/v1/search?q={word}" for word in words]
    found += ["/api/v1/search?type=thread", "/api/v1/search?type=group&q=st%C3%A5l"]
    found += [f"/api/v1/suggestions?q={word[:9]}" for word in words]
    for language in LANGUAGES:
        with override(language):
            found += _of_forum(world, forum, words)
            if hidden is not None:
                found += _of_hidden(hidden)
    return list(dict.fromkeys(found))


def _of_forum(world, forum, words):
    lists = reverse("forum:list")
    yield reverse("forum:overview")
    yield reverse("forum:feed")
    yield from (f"{lists}{query}" for query in LISTED)
    yield f"{lists}?theme={world.terms['themes'][0].slug}"
    yield f"{lists}?park={world.park.slug}"
    yield f"{lists}?tag=sveis"
    yield f"{lists}?person={forum.person.pk}"
    yield from (f"{lists}?tag={word}" for word in words)
    yield forum.category.get_absolute_url()
    yield reverse("forum:category-feed", args=[forum.category.slug])
    yield forum.thread.get_absolute_url()
    yield reverse("groups:list")
    yield reverse("activity:my_page")
    yield f"{reverse('forum:suggest-people')}?q={words[0][:9]}&category={forum.category.slug}"
    yield f"{reverse('forum:suggest-threads')}?q=strekkpr%C3%B8ving"
    search = reverse("search:page")
    yield from (f"{search}?q={word}" for word in words)
    yield f"{search}?q=strekkpr%C3%B8ving&type=thread"
    yield f"{search}?q=st%C3%A5l&alle=type"
    yield f"{reverse('search:suggestions')}?q={words[0][:9]}"
    yield reverse("facilities:detail", args=[world.facilities[0].slug])
    yield reverse("organisations:detail", args=[world.host.slug])
    yield reverse("parks:detail", args=[world.park.slug])


def _of_hidden(hidden):
    yield hidden.category.get_absolute_url()
    yield reverse("forum:category-feed", args=[hidden.category.slug])
    yield hidden.thread.get_absolute_url()
    yield reverse("forum:unread", args=[hidden.thread.pk])
    yield reverse("forum:post", args=[hidden.post.pk])
    yield f"{reverse('forum:list')}?person={hidden.member.pk}"
    yield hidden.group.get_absolute_url()
    yield hidden.meeting.get_absolute_url()


@pytest.fixture
def words(canaries):
    """What the canaries of a hidden group will be called: they are named in their order."""
    return [f"zqkanariaa{letter}" for letter in "abcdefghij"]


def test_no_surface_tells_strangers_of_a_hidden_group(
    world, forum, canaries, words, catch_up, tell_all_of
):
    hidden = hide_group(world, forum, canaries)
    catch_up()
    paths = surfaces(world, forum, words, hidden)
    # First somebody who sees it all, so that whatever is kept is kept from their visit.
    everything = tell_all_of("network administrator", paths)
    found = {role: leaks(canaries, tell_all_of(role, paths)) for role in STRANGERS}
    assert {role: told for role, told in found.items() if told} == {}
    # The same surfaces do tell those in charge, so the question was a real one.
    seen = canaries.found_in("\n".join(everything.values()))
    sources = {canaries.sources[token] for token in seen}
    assert {"thread.title", "post.source", "category.name", "tag.name"} <= sources


def test_worlds_that_differ_in_a_hidden_group_answer_alike(
    world, forum, canaries, words, catch_up, tell_all_of
):
    catch_up()
    paths = surfaces(world, forum, words)
    before = {role: tell_all_of(role, paths) for role in COMPARED}
    hide_group(world, forum, canaries)
    catch_up()
    found = {role: differences(before[role], tell_all_of(role, paths)) for role in COMPARED}
    assert {role: told for role, told in found.items() if told} == {}


@pytest.fixture
def tell_all_of(ask):
    """Everything that the paths tell somebody, by path."""

    def tell_all_of(role, paths):
        return {path: CHANGING.sub("", everything_in(ask(path, role))) for path in paths}

    return tell_all_of


@pytest.mark.parametrize("role", STRANGERS)
def test_what_is_in_a_hidden_group_answers_like_what_never_was(world, forum, canaries, ask, role):
    hidden = hide_group(world, forum, canaries)
    with override("nb"):
        known = list(_of_hidden(hidden))
    for path in known:
        if "?" in path:
            continue
        assert ask(path, role).status_code in {404, 302}, path
        if ask(path, role).status_code == 302:
            # Whoever is not logged in is asked to, whatever is behind the address.
            assert role == "visitor"


def test_who_leaves_a_hidden_group_finds_nothing_of_it_any_more(
    world, forum, canaries, ask, everybody, catch_up
):
    hidden = hide_group(world, forum, canaries)
    person = everybody["member"]
    join(hidden.group, person)
    catch_up()
    path = hidden.thread.get_absolute_url()
    assert ask(path, "member").status_code == 200
    GroupMembership.objects.filter(user=person).update(state="left")
    assert ask(path, "member").status_code == 404
    assert hidden.thread.title.split()[0] not in ask("/forum/", "member").content.decode()
    assert hidden.thread.title.split()[0] not in ask("/sok/?q=stål", "member").content.decode()


def test_a_thread_that_moves_into_a_hidden_group_is_gone_at_once(
    world, forum, canaries, ask, catch_up
):
    hidden = hide_group(world, forum, canaries)
    catch_up()
    moved = Thread.objects.get(pk=forum.thread.pk)
    moved.category = hidden.category
    moved.save()
    for path in ("/forum/", "/forum/alle/", "/forum/atom.xml", "/sok/?q=strekkprøving"):
        assert moved.get_absolute_url() not in ask(path).content.decode(), path
    entry = SearchEntry.objects.get(key=f"thread:{moved.pk}")
    assert entry.audience == ["administrator", hidden.category.audience]

"""Nothing of what is hidden shows on any surface, to anybody who may not see it."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from pages.models import StandardPage
from search.models import SearchEntry
from search.rebuild import rebuild
from tests.leaks.canaries import everything_in
from tests.leaks.world import STRANGERS, hide_everything, urls_of

# Wagtail leaves the files that it makes pictures from open, and to the collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def hidden(world, canaries, catch_up):
    hidden = hide_everything(world, canaries)
    catch_up()
    return hidden


@pytest.fixture
def words(canaries, hidden):
    """Tokens worth searching for: one of each kind of text."""
    wanted = ("Facility.name_nb", "Equipment.make", "Organisation.name", "StandardPage.title",
              "a facility's document", "a first name", "a search in vain")  # fmt: skip
    by_source = {source: token for token, source in canaries.sources.items()}
    return [token for source, token in by_source.items() if source.endswith(wanted)]


@pytest.fixture
def slugs(hidden):
    return [hidden.facility.slug, hidden.hosted.slug, hidden.organisation.slug]


@pytest.fixture
def files(hidden):
    """Addresses of files and pages that only some may open."""
    document = hidden.document
    found = [
        document.url,
        f"/documents/{document.pk}/x.txt",
        *(page_url for page in hidden.pages.values() if (page_url := urls_of(page))),
    ]
    with override("nb"):
        for facility in (hidden.facility, hidden.hosted):
            for part in facility.documents.all():
                found.append(reverse("facilities:file", args=[facility.slug, part.pk]))
                found.append(reverse("facilities:file", args=["strekklab", part.pk]))
    return found


def leaks(canaries, answers):
    """Tokens that an answer holds although they were not in what was asked, by path."""
    found = {
        path: canaries.explain(canaries.found_in(text) - canaries.found_in(path))
        for path, text in answers.items()
    }
    return {path: tokens for path, tokens in found.items() if tokens}


def test_no_surface_tells_strangers_anything_hidden(tell_all, canaries, words, slugs, files):
    # First somebody who sees it all, so that whatever is kept is kept from their visit.
    everything = tell_all("network administrator", words, slugs, files)
    found = {role: leaks(canaries, tell_all(role, words, slugs, files)) for role in STRANGERS}
    assert {role: told for role, told in found.items() if told} == {}
    # The same surfaces do tell those in charge, so the question was a real one.
    seen = canaries.found_in("\n".join(everything.values()))
    unseen = {source for token, source in canaries.sources.items() if token not in seen}
    of_facilities = {source for source in canaries.sources.values() if "facilities." in source}
    assert of_facilities - unseen, "the canaries of facilities show nowhere"
    assert "facilities.Equipment.make" not in unseen
    assert "organisations.Organisation.name" not in unseen
    assert "a facility's document" not in unseen


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_what_is_hidden_answers_like_what_never_was(ask, hidden, language, role):
    slugs = {
        "facilities:detail": hidden.facility.slug,
        "organisations:detail": hidden.organisation.slug,
    }
    for name, slug in slugs.items():
        with override(language):
            path = reverse(name, args=[slug])
        nothing = path.replace(slug, "a" * len(slug))
        answers = [everything_in(ask(each, role)) for each in (path, nothing)]
        assert answers[0].startswith("404")
        assert answers[0].replace(slug, "") == answers[1].replace("a" * len(slug), "")
        head = ask(path, role, method="head")
        assert (head.status_code, head.content) == (404, b"")


@pytest.mark.parametrize("kind", ["facilities", "organisations"])
def test_the_api_answers_for_what_is_hidden_like_for_what_never_was(ask, hidden, kind):
    slug = {"facilities": hidden.facility, "organisations": hidden.organisation}[kind].slug
    hidden_one = ask(f"/api/v1/{kind}/{slug}", "network administrator")
    nothing = ask(f"/api/v1/{kind}/never-was", "network administrator")
    assert hidden_one.status_code == nothing.status_code == 404
    assert hidden_one.json() | {"instance": ""} == nothing.json() | {"instance": ""}


def test_a_page_for_members_shows_itself_to_members_alone(ask, world, canaries, catch_up):
    token = canaries.token("a members' page")
    page = StandardPage(
        title=f"Medlemssiden {token}", slug="for-medlemmer", locale=world.section.locale
    )
    world.section.add_child(instance=page)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    page.save_revision().publish()
    catch_up()
    assert token in everything_in(ask(urls_of(page), "member"))
    for path in (urls_of(page), world.section.url, "/sitemap-pages.xml", "/sok/?q=medlemssiden"):
        assert token not in everything_in(ask(path))
    for path in (world.section.url, "/sok/?q=medlemssiden", "/nytt/atom.xml"):
        assert token not in everything_in(ask(path, "member"))


def test_what_is_for_members_only_is_found_by_members_only(ask, world, catch_up):
    SearchEntry.objects.filter(slug="strekklab").update(audience=["member"])
    catch_up_all(catch_up)
    assert "strekklab" not in everything_in(ask("/sok/?q=Strekklaben"))
    assert "strekklab" in everything_in(ask("/sok/?q=Strekklaben", "member"))
    api = ask("/api/v1/search?q=Strekklaben", "member").json()
    assert [hit["slug"] for hit in api["hits"] if hit["slug"] == "strekklab"] == []


def catch_up_all(catch_up):
    """What was changed past the projection is only known to an index that is built anew."""
    rebuild()
    catch_up()


def test_what_is_withdrawn_is_gone_before_the_index_knows(ask, world, catch_up):
    assert "Strekklaben" in everything_in(ask("/sok/?q=ovn"))
    facility = world.facilities[0]
    facility.published = False
    facility.save()
    text = everything_in(ask("/sok/?q=ovn")) + everything_in(ask("/testfasiliteter/eksport.csv"))
    assert "Strekklaben" not in text

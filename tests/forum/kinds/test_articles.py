"""A solved question becomes a draft of an article that credits its authors."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activity.queues import queues_of
from network.forum.kinds.services.articles import make_article
from network.forum.kinds.services.questions import accept
from network.forum.models import ThreadArticle, ThreadKind
from network.transitions import NotPossibleError
from pages.initial import load_initial_pages
from pages.models import PracticePage
from tests.factories.accounts import UserFactory, member_of, network_administrator, staff_of
from tests.factories.forum import CategoryFactory, category_of_group, join, post, thread
from tests.factories.network import OrganisationFactory, ParkFactory, ThemeFactory
from tests.factories.practice import practice_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    load_initial_pages()
    return practice_index()


def solved(category=None, **values):
    """A question that was asked and answered by two people with names."""
    asker = UserFactory(first_name="Ada", last_name="Spør")
    if category is not None and category.group:
        asker = join(category.group, asker)
    thing = thread(
        category, by=asker, kind=ThreadKind.QUESTION, title="Hvordan måler dere støv?",
        text="Vi har **støv** ved omlasting.", **values,
    )  # fmt: skip
    helper = UserFactory(first_name="Bo", last_name="Svar")
    if category is not None and category.group:
        helper = join(category.group, helper)
    accept(post(thing, by=helper, text="Bruk en passiv oppsamler."), by=asker)
    thing.refresh_from_db()
    return thing


def test_question_and_answer_become_a_draft_that_credits_both(index):
    park, theme = ParkFactory(), ThemeFactory()
    thing = solved(parks=[park], themes=[theme])
    made = make_article(thing, by=thing.author)
    page = PracticePage.objects.get(pk=made.page_id)
    assert not page.live
    assert page.title == "Hvordan måler dere støv?"
    assert "<strong>støv</strong>" in page.situation
    assert "passiv oppsamler" in page.done
    assert {person.name for person in page.people.all()} == {"Ada Spør", "Bo Svar"}
    assert list(page.parks.all()) == [park]
    assert list(page.themes.all()) == [theme]
    assert page.source_key == f"thread:{thing.pk}"


def test_the_organisations_of_those_who_wrote_are_named(index):
    organisation = OrganisationFactory()
    helper = member_of(organisation)
    thing = solved()
    accept(post(thing, by=helper), by=thing.author)
    thing.refresh_from_db()
    page = PracticePage.objects.get(pk=make_article(thing, by=thing.author).page_id)
    assert [link.organisation for link in page.organisation_links.all()] == [organisation]


def test_the_same_draft_is_made_once(index):
    thing = solved()
    first = make_article(thing, by=thing.author)
    second = make_article(thing, by=network_administrator())
    assert first.page_id == second.page_id
    assert ThreadArticle.objects.get().by == thing.author
    assert PracticePage.objects.count() == 1


def test_whoever_asked_the_parks_staff_and_moderators_may(index):
    for may in (lambda thing: thing.author, lambda _: staff_of(ParkFactory())):
        thing = solved()
        assert make_article(thing, by=may(thing)).page is not None
    with pytest.raises(PermissionDenied):
        make_article(solved(), by=UserFactory())


def test_what_few_read_is_opened_by_its_moderators_alone(index):
    category = category_of_group()
    thing = solved(category)
    leader = join(category.group, role="leader")
    for person in (thing.author, staff_of(ParkFactory())):
        with pytest.raises(PermissionDenied):
            make_article(thing, by=type(person).objects.get(pk=person.pk))
    assert make_article(thing, by=leader).page is not None


def test_an_unsolved_question_becomes_no_article(index):
    thing = thread(kind=ThreadKind.QUESTION)
    with pytest.raises(PermissionDenied):
        make_article(thing, by=thing.author)


def test_without_a_list_of_articles_it_says_so_and_leaves_nothing(client):
    thing = solved()
    with pytest.raises(NotPossibleError):
        make_article(thing, by=thing.author)
    assert not ThreadArticle.objects.exists()
    client.force_login(thing.author)
    response = client.post(reverse("forum:article", args=[thing.pk]))
    assert "ingen oversikt over god praksis" in response.content.decode()


def test_a_member_makes_it_and_comes_back_and_staff_go_on_in_the_admin(index, client):
    thing = solved()
    address = reverse("forum:article", args=[thing.pk])
    client.force_login(thing.author)
    assert address in client.get(thing.get_absolute_url()).content.decode()
    assert "Ada Spør" in client.get(address).content.decode()
    assert client.post(address)["Location"] == thing.get_absolute_url()
    page = client.get(thing.get_absolute_url()).content.decode()
    assert "Det lages en artikkel" in page
    assert address not in page
    client.force_login(network_administrator())
    made = ThreadArticle.objects.get()
    assert f"/admin/pages/{made.page_id}/edit/" in client.post(address)["Location"]


def test_nobody_else_finds_the_page(index, client):
    thing = solved()
    address = reverse("forum:article", args=[thing.pk])
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def publish(made):
    page = PracticePage.objects.get(pk=made.page_id)
    page.save_revision().publish()
    return PracticePage.objects.get(pk=made.page_id)


def test_thread_and_article_lead_to_each_other_once_it_is_published(index, client):
    thing = solved()
    page = publish(make_article(thing, by=thing.author))
    read = client.get(thing.get_absolute_url()).content.decode()
    assert "Dette ble en artikkel" in read
    assert page.get_url() in read
    article = client.get(page.get_url()).content.decode()
    assert "Fra diskusjonen" in article
    assert thing.get_absolute_url() in article


def test_the_article_names_the_discussion_only_to_those_who_may_read_it(index, client):
    category = CategoryFactory(access="members")
    thing = solved(category)
    page = publish(make_article(thing, by=thing.author))
    assert "Fra diskusjonen" not in client.get(page.get_url()).content.decode()
    client.force_login(UserFactory())
    assert "Fra diskusjonen" in client.get(page.get_url()).content.decode()


def test_drafts_wait_for_the_staff_of_their_parks(index, client):
    park, other = ParkFactory(), ParkFactory()
    thing = solved(parks=[park])
    make_article(thing, by=thing.author)
    address = reverse("forum:article-drafts")
    for person, waiting in (
        (staff_of(park), 1),
        (staff_of(other), 0),
        (network_administrator(), 1),
    ):
        shown = {each.url: each.waiting for each in queues_of(person)}
        assert shown.get(address, 0) == waiting
        client.force_login(person)
        assert (thing.title in client.get(address).content.decode()) is bool(waiting)
    client.force_login(thing.author)
    assert client.get(address).status_code == 404


def test_published_articles_wait_no_more(index):
    thing = solved()
    publish(make_article(thing, by=thing.author))
    administrator = network_administrator()
    assert reverse("forum:article-drafts") not in {each.url for each in queues_of(administrator)}


def test_the_list_of_drafts_costs_the_same_for_one_and_for_many(
    index, client, django_assert_max_num_queries
):
    for _number in range(5):
        thing = solved()
        make_article(thing, by=thing.author)
    client.force_login(network_administrator())
    client.get(reverse("forum:article-drafts"))
    with django_assert_max_num_queries(10):
        client.get(reverse("forum:article-drafts"))

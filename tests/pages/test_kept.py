"""What a process keeps of pages is never shown when the tree says that it is another version."""

import pytest
from wagtail.models import Page

from pages import kept
from pages.models import StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(initial_pages):
    return StandardPage.objects.get(slug="slik-finner-du-en-testfasilitet")


def lead_shown(client, page):
    return page.lead in client.get(page.get_url()).content.decode()


def test_a_published_change_is_shown_at_once(client, page):
    assert lead_shown(client, page)
    page.lead = "Et helt nytt innhold."
    page.save_revision().publish()
    assert lead_shown(client, page)


def test_a_change_published_by_another_process_is_shown_at_once(client, page):
    client.get(page.get_url())
    known = dict(kept._kept)
    page.lead = "Et helt nytt innhold."
    page.save_revision().publish()
    # This process has not heard of it.
    kept._kept.update(known)
    assert lead_shown(client, page)


def test_a_change_without_a_revision_is_shown_at_once_here(client, page):
    client.get(page.get_url())
    page.lead = "Et helt nytt innhold."
    page.save()
    assert lead_shown(client, page)


def test_a_page_taken_off_the_site_elsewhere_is_gone_at_once(client, page):
    assert client.get(page.get_url()).status_code == 200
    Page.objects.filter(pk=page.pk).update(live=False)
    assert client.get(page.get_url()).status_code == 404


def test_a_page_restricted_elsewhere_is_closed_at_once(client, page):
    client.get(page.get_url())
    page.view_restrictions.create(restriction_type="login")
    assert client.get(page.get_url()).status_code == 302


def test_a_preview_shows_what_is_not_saved(rf, page, client):
    client.get(page.get_url())
    page.lead = "Bare et utkast."
    response = page.make_preview_request(rf.get(page.get_url()))
    response.render()
    assert "Bare et utkast." in response.content.decode()
    assert not lead_shown(client, page)


def test_what_one_reader_sets_on_a_page_is_not_there_for_the_next(client, page):
    first = client.get(page.get_url()).context["page"]
    second = client.get(page.get_url()).context["page"]
    assert first == second
    assert first is not second
    assert len(kept._kept) == 1


def test_a_page_that_is_at_hand_costs_one_query(client, page, django_assert_num_queries):
    client.get(page.get_url())
    with django_assert_num_queries(1):
        client.get(page.get_url())

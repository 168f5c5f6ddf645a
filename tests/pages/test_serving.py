"""Which page an address leads to, in which language, and for whom."""

import re

import pytest
from django.test import RequestFactory
from wagtail.models import Page, PageViewRestriction, Site

from pages.models import StandardPage

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def links_of(response, rel="alternate"):
    """hreflang → address, of the head."""
    chrome = response.context["chrome"]
    return {link.language: link.url for link in chrome.alternates}


def switch_of(response):
    return {link.language: link.url for link in response.context["chrome"].languages}


def test_the_language_switch_keeps_the_page(initial_pages, client):
    response = client.get("/om-parknett/personvern/")
    assert switch_of(response) == {"en": "/en/about-parknett/privacy/"}
    back = client.get("/en/about-parknett/privacy/")
    assert switch_of(back) == {"nb": "/om-parknett/personvern/"}


def test_pages_name_their_translations_for_search_engines(initial_pages, client):
    response = client.get("/om-parknett/personvern/")
    assert links_of(response) == {
        "nb": "http://testserver/om-parknett/personvern/",
        "en": "http://testserver/en/about-parknett/privacy/",
    }
    assert b'hreflang="en" href="http://testserver/en/about-parknett/privacy/"' in response.content


def test_without_a_translation_the_switch_leads_to_the_nearest_page_above(initial_pages, client):
    initial_pages("privacy", "en").unpublish()
    response = client.get("/om-parknett/personvern/")
    assert switch_of(response) == {"en": "/en/about-parknett/"}
    assert links_of(response) == {"nb": "http://testserver/om-parknett/personvern/"}


def test_the_switch_keeps_the_query_on_registry_views(client, db):
    response = client.get("/sok/?q=strekk&type=park")
    assert switch_of(response) == {"en": "/en/search/?q=strekk&type=park"}


def test_pages_say_their_language(initial_pages, client):
    assert b'<html lang="nb"' in client.get("/om-parknett/").content
    assert b'<html lang="en"' in client.get("/en/about-parknett/").content


def test_a_page_is_not_served_below_the_other_language(initial_pages, client):
    assert client.get("/en/om-parknett/").status_code == 404
    assert client.get("/about-parknett/").status_code == 404


def test_drafts_are_not_served(initial_pages, client):
    initial_pages("privacy").unpublish()
    assert client.get("/om-parknett/personvern/").status_code == 404


def test_an_address_needs_every_page_on_its_way(initial_pages, client):
    assert client.get("/finnes-ikke/personvern/").status_code == 404
    assert client.get("/personvern/").status_code == 404


def test_a_page_for_those_who_are_logged_in_asks_for_log_in(initial_pages, client):
    page = initial_pages("privacy")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/om-parknett/personvern/")
    assert response.status_code == 302
    assert response["Location"] == "/konto/login/?next=/om-parknett/personvern/"


def test_a_restriction_above_holds_below_and_is_not_listed(initial_pages, client):
    page = initial_pages("about")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/om-parknett/personvern/").status_code == 302


def test_sections_do_not_list_restricted_pages(initial_pages, client):
    page = initial_pages("privacy")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    titles = [child.title for child in client.get("/om-parknett/").context["children"]]
    assert "Personvern" not in titles
    assert "Tilgjengelighetserklæring" in titles


def test_sections_list_live_pages_in_the_order_of_the_tree(initial_pages, client):
    initial_pages("for-parks").unpublish()
    children = client.get("/en/about-parknett/").context["children"]
    assert (
        next(child.url for child in children) == "/en/about-parknett/how-to-find-a-test-facility/"
    )
    titles = [child.title for child in client.get("/om-parknett/").context["children"]]
    assert "For deg som jobber i en park" not in titles


def test_sections_say_what_their_pages_are_about(initial_pages, client):
    assert (
        "Du trenger ikke å vite hva metoden heter." in client.get("/om-parknett/").content.decode()
    )


def test_crumbs_lead_back_to_the_front_page(initial_pages, client):
    response = client.get("/en/about-parknett/privacy/")
    assert [(crumb.label, crumb.url) for crumb in response.context["crumbs"]] == [
        ("Front page", "/en/"),
        ("About Parknett", "/en/about-parknett/"),
    ]


@pytest.mark.parametrize("address", ["/", "/en/", "/om-parknett/", "/en/about-parknett/privacy/"])
def test_pages_cost_few_queries(initial_pages, client, django_assert_max_num_queries, address):
    client.get(address)
    with django_assert_max_num_queries(5):
        client.get(address)


def test_the_tree_may_be_deeper_at_no_cost(initial_pages, client, django_assert_max_num_queries):
    section = initial_pages("about")
    for depth in range(3):
        child = type(section)(title=f"Nivå {depth}", slug=f"niva-{depth}", locale=section.locale)
        section.add_child(instance=child)
        section = child
    address = "/om-parknett/niva-0/niva-1/niva-2/"
    client.get(address)
    with django_assert_max_num_queries(5):
        assert client.get(address).status_code == 200


def test_several_sites_are_told_apart_by_their_host(initial_pages, client, settings):
    other = initial_pages("about")
    Site.objects.create(hostname="annen.example.org", port=80, root_page=other)
    assert client.get("/om-parknett/").status_code == 200
    response = client.get("/personvern/", headers={"host": "annen.example.org"})
    assert response.status_code == 200
    assert "Personvern" in response.content.decode()


def test_a_preview_shows_what_is_not_saved(initial_pages):
    page = initial_pages("privacy")
    page.title = "Under arbeid"
    request = RequestFactory().get("/")
    response = page.make_preview_request(request)
    assert response.status_code == 200
    assert "Under arbeid" in response.content.decode()


def test_a_new_page_can_be_previewed_before_it_is_saved(initial_pages):
    parent = initial_pages("about")
    page = StandardPage(title="Helt ny", slug="helt-ny", locale=parent.locale)
    page.path, page.depth = parent.path + "0009", parent.depth + 1
    page.url_path = parent.url_path + "helt-ny/"
    response = page.make_preview_request(RequestFactory().get("/"))
    assert response.status_code == 200


def test_only_sensible_pages_may_stand_below_one_another(initial_pages):
    assert StandardPage.allowed_subpage_models() == []
    root = Page.get_first_root_node().specific
    assert not StandardPage.can_create_at(root)


def test_a_redirect_made_by_an_editor_is_followed(initial_pages, client):
    from wagtail.contrib.redirects.models import Redirect

    Redirect.objects.create(
        old_path="/gammel-side", redirect_page=initial_pages("about"), is_permanent=True
    )
    response = client.get("/gammel-side/")
    assert response.status_code == 301
    assert response["Location"].endswith("/om-parknett/")


def test_a_page_behind_a_password_opens_for_whoever_knows_it(initial_pages, client):
    page = initial_pages("about")
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="sesam"
    )
    asked = client.get(page.url)
    action = re.search(r'<form action="([^"]+)"', asked.text).group(1)
    wrong = client.post(action, {"password": "feil", "return_url": page.url})
    assert wrong.status_code == 200
    right = client.post(action, {"password": "sesam", "return_url": page.url})
    assert (right.status_code, right["Location"]) == (302, page.url)
    assert page.title in client.get(page.url).text

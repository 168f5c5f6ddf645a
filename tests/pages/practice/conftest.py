"""Articles need the lists they stand below, and a front page above them; nothing else."""

import pytest
from wagtail.models import Locale, Page, Site

from pages.initial import translation_key
from pages.locales import forget_locales
from pages.models import HomePage, PracticeIndexPage

SLUGS = {"nb": ("hjem", "god-praksis"), "en": ("front-page", "best-practice")}


@pytest.fixture(autouse=True)
def lists(db):
    """The same pages as a new site starts with, but only these: making all of them takes longer."""
    root = Page.get_first_root_node()
    root.get_children().delete()
    for code, (home_slug, slug) in SLUGS.items():
        locale, _made = Locale.objects.get_or_create(language_code=code)
        forget_locales()
        root.refresh_from_db()
        home = HomePage(
            title="Parknett",
            heading="Finn noen",
            slug=home_slug,
            locale=locale,
            translation_key=translation_key("home"),
        )
        root.add_child(instance=home)
        index = PracticeIndexPage(
            title="God praksis" if code == "nb" else "Best practice",
            slug=slug,
            lead="Hva parkene har prøvd.",
            locale=locale,
            translation_key=translation_key("practice"),
        )
        home.add_child(instance=index)
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost",
        is_default_site=True,
        root_page=HomePage.objects.get(locale__language_code="nb"),
    )

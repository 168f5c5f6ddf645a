"""Page types and site settings."""

from pages.models.bookkeeping import InitialContent
from pages.models.content import SectionPage, StandardPage
from pages.models.home import HomePage
from pages.models.settings import Navigation, SiteSettings
from pages.news.models import CallIndexPage, CallPage, NewsIndexPage, NewsPage
from pages.practice.models import (
    Adoption,
    Article,
    PracticeEffect,
    PracticeIndexPage,
    PracticeOrganisation,
    PracticePage,
    PracticePerson,
    Useful,
)

__all__ = [
    "Adoption",
    "Article",
    "CallIndexPage",
    "CallPage",
    "HomePage",
    "InitialContent",
    "Navigation",
    "NewsIndexPage",
    "NewsPage",
    "PracticeEffect",
    "PracticeIndexPage",
    "PracticeOrganisation",
    "PracticePage",
    "PracticePerson",
    "SectionPage",
    "SiteSettings",
    "StandardPage",
    "Useful",
]

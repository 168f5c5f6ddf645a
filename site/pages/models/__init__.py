"""Page types and site settings."""

from pages.models.bookkeeping import InitialContent
from pages.models.content import SectionPage, StandardPage
from pages.models.home import HomePage
from pages.models.settings import Navigation, SiteSettings

__all__ = [
    "HomePage",
    "InitialContent",
    "Navigation",
    "SectionPage",
    "SiteSettings",
    "StandardPage",
]

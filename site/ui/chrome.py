"""The frame around every page: menu, languages, account and footer.

The frame knows no page model. Whoever keeps the site's settings registers a provider that answers
with the editors' choices; until then the defaults stand.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, ResolverMatch, get_urlconf, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, override, pgettext_lazy

SITE_NAME: Final = "Parknett"
SHARE_PICTURE: Final = "ui/share.png"
COLOUR_SCHEMES: Final = ("auto", "light", "dark")
COLOUR_SCHEME_COOKIE: Final = "colour_scheme"
LANGUAGE_NAMES: Final = {"nb": "Norsk", "nn": "Nynorsk", "en": "English"}

REGISTRIES: Final = (
    ("facilities:list", pgettext_lazy("main menu", "Test facilities")),
    ("parks:list", pgettext_lazy("main menu", "Parks")),
    ("organisations:list", pgettext_lazy("main menu", "Organisations")),
    ("forum:overview", pgettext_lazy("main menu", "Forum")),
)
PROFILE_VIEWS: Final = ("activity:my_page", "accounts:overview", "account_email")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame. ``language`` is set where the label is in another language."""

    label: str
    url: str
    current: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """A titled column of links in the footer."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ChromeContent:
    """What editors decide about the frame; labels are in the request's language.

    ``menu`` comes after the registries in the main navigation. ``footer`` are columns,
    ``statutory`` the last line (accessibility statement, privacy). ``notice`` is a short text
    above the header of every page.
    """

    site_name: str = SITE_NAME
    tagline: str = ""
    menu: tuple[Link, ...] = ()
    footer: tuple[LinkGroup, ...] = ()
    statutory: tuple[Link, ...] = ()
    feeds: tuple[Link, ...] = ()
    notice: str = ""
    image_url: str = ""
    contact_email: str = ""


Provider = Callable[[HttpRequest], ChromeContent]


@dataclass(slots=True)
class _Registration:
    provider: Provider | None = field(default=None)


_registration = _Registration()


def register(provider: Provider | None) -> None:
    """Let ``provider`` answer what editors decide; called in ``AppConfig.ready``. One at a time."""
    _registration.provider = provider


@cache
def _reversed(view: str, language: str, urlconf: str | None) -> str:
    """The address of a view without arguments, empty when there is no such view."""
    try:
        with override(language):
            return reverse(view, urlconf=urlconf)
    except NoReverseMatch:
        return ""


class Chrome:
    """The frame of one request. Each part is worked out when a template first asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.language = get_language() or settings.LANGUAGE_CODE

    def _url(self, view: str) -> str:
        return _reversed(view, self.language, get_urlconf())

    @cached_property
    def content(self) -> ChromeContent:
        """The editors' part."""
        provider = _registration.provider
        return provider(self._request) if provider else ChromeContent()

    @property
    def site_name(self) -> str:
        """What the site calls itself."""
        return self.content.site_name or SITE_NAME

    @property
    def tagline(self) -> str:
        """One sentence on what the site is."""
        return self.content.tagline or str(
            gettext_lazy("The network where industrial parks share competence.")
        )

    @cached_property
    def home_url(self) -> str:
        """The front page in the reader's language."""
        default = self.language == settings.LANGUAGE_CODE
        return "/" if default else f"/{self.language}/"

    @cached_property
    def search_url(self) -> str:
        """Where the search form sends the query."""
        return self._url("search:page")

    @cached_property
    def navigation(self) -> list[Link]:
        """The registries that the site has, then the editors' menu."""
        path = self._request.path
        entries = [Link(str(label), self._url(view)) for view, label in REGISTRIES]
        return [
            Link(entry.label, entry.url, path.startswith(entry.url), entry.language)
            for entry in (*entries, *self.content.menu)
            if entry.url
        ]

    @property
    def header_state(self) -> Hashable:
        """All that the header shows but the languages and who reads."""
        return self.footer_state

    @cached_property
    def reader_state(self) -> Hashable:
        """All that the header shows of who reads."""
        if not self.is_logged_in:
            return self.login_url
        return self.account_name, self.account_url, self.admin_url, self.logout_url

    @cached_property
    def footer_state(self) -> Hashable:
        """All that the footer shows but the languages."""
        return self.content, tuple(self.navigation), self.search_url

    @cached_property
    def language_urls(self) -> Mapping[str, str]:
        """This page in each language. A view that knows better sets ``request.language_urls``."""
        given: Mapping[str, str] | None = getattr(self._request, "language_urls", None)
        if given is not None:
            return given
        match = self._request.resolver_match
        return {code: self._address_in(code, match) for code, _ in settings.LANGUAGES}

    def _address_in(self, code: str, match: ResolverMatch | None) -> str:
        query = self._request.META.get("QUERY_STRING", "")
        suffix = f"?{query}" if query else ""
        if code == self.language:
            return f"{self._request.path}{suffix}"
        front_page = "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
        if match is None or not match.view_name:
            return front_page
        try:
            with override(code):
                return reverse(match.view_name, args=match.args, kwargs=match.kwargs) + suffix
        except NoReverseMatch:
            return front_page

    @cached_property
    def languages(self) -> list[Link]:
        """The other languages, each named in itself."""
        return [
            Link(LANGUAGE_NAMES.get(code, code), url, language=code)
            for code, url in self.language_urls.items()
            if code != self.language
        ]

    @cached_property
    def canonical(self) -> str:
        """The absolute address of this page without its query string."""
        return self._request.build_absolute_uri(self._request.path)

    @cached_property
    def alternates(self) -> list[Link]:
        """Absolute addresses for ``hreflang``, without query strings.

        A view whose switch may lead elsewhere than to a translation sets ``request.translations``
        to those that are.
        """
        absolute = self._request.build_absolute_uri
        translations = getattr(self._request, "translations", self.language_urls)
        return [
            Link(code, absolute(url.partition("?")[0]), language=code)
            for code, url in translations.items()
        ]

    @property
    def links(self) -> SafeString:
        """Where else this page is and what can be subscribed to, for ``<head>``."""
        canonical = escape(self.canonical)
        alternates = "".join(
            f'<link rel="alternate" hreflang="{link.language}" href="{escape(link.url)}">\n'
            for link in self.alternates
        )
        feeds = "".join(
            '<link rel="alternate" type="application/atom+xml"'
            f' title="{escape(link.label)}" href="{escape(link.url)}">\n'
            for link in self.content.feeds
        )
        return mark_safe(  # noqa: S308 - what is put in is escaped
            f'<link rel="canonical" href="{canonical}">\n{alternates}{feeds}'
            f'<meta property="og:url" content="{canonical}">'
        )

    @property
    def image_url(self) -> str:
        """The picture for previews elsewhere of pages that have none of their own; absolute."""
        return self._request.build_absolute_uri(self.content.image_url or static(SHARE_PICTURE))

    @cached_property
    def colour_scheme(self) -> str:
        """``auto``, ``light`` or ``dark``: what the reader chose in this browser."""
        chosen = self._request.COOKIES.get(COLOUR_SCHEME_COOKIE, "")
        return chosen if chosen in COLOUR_SCHEMES else "auto"

    @cached_property
    def is_logged_in(self) -> bool:
        """Whether the reader has an account and is logged in."""
        user = getattr(self._request, "user", None)
        return bool(user and user.is_authenticated)

    @cached_property
    def account_url(self) -> str:
        """The reader's own page."""
        return next(filter(None, map(self._url, PROFILE_VIEWS)), "")

    @cached_property
    def account_name(self) -> str:
        """What the reader is called: the first name, else the address they log in with."""
        user = self._request.user
        return str(user.get_short_name() or user) if user.is_authenticated else ""

    @property
    def login_url(self) -> str:
        """Where one logs in; empty where the site has no accounts."""
        return self._url("account_login")

    @property
    def logout_url(self) -> str:
        """Where one logs out."""
        return self._url("account_logout")

    @cached_property
    def admin_url(self) -> str:
        """The editors' admin, for those who may use it."""
        if self.is_logged_in and self._request.user.has_perm("wagtailadmin.access_admin"):
            return self._url("wagtailadmin_home")
        return ""

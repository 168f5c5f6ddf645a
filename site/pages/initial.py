"""The pages that a new site starts with, from ``data/initial_pages.yaml``.

Each piece is made once and remembered; from then on it belongs to the editors.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from django.conf import settings
from wagtail.models import Locale, Page, Site

from pages.locales import forget_locales
from pages.models import (
    CallIndexPage,
    HomePage,
    InitialContent,
    Navigation,
    NewsIndexPage,
    PracticeIndexPage,
    SectionPage,
    SiteSettings,
    StandardPage,
)
from search.projection import recording

SOURCE: Final = Path(__file__).parent / "data" / "initial_pages.yaml"
PAGE_TYPES: Final = {
    "home": HomePage,
    "section": SectionPage,
    "standard": StandardPage,
    "practice": PracticeIndexPage,
    "news": NewsIndexPage,
    "calls": CallIndexPage,
}
STREAMS: Final = frozenset({"body", "ways", "search_examples"})
WELCOME_PAGE_SLUG: Final = "home"

Record = Mapping[str, Any]


def load_initial_pages() -> list[str]:
    """Make what has never been made; gives the keys of what was. One transaction."""
    content = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    made: list[str] = []
    with recording():
        known = set(InitialContent.objects.values_list("key", flat=True))
        locales = {code: _locale(code) for code, _name in settings.LANGUAGES}
        forget_locales()
        records = [
            (record, code, locale)
            for record in content["pages"]
            for code, locale in locales.items()
            if code in record and _key(record, code) not in known
        ]
        # All of them before any text, since they link to one another.
        new = [(record, code) for record, code, locale in records if _add(record, code, locale)]
        for record, code in new:
            _fill(record, code)
            made.append(_key(record, code))
        if "site" not in known and _make_site(content["navigation"]):
            made.append("site")
        InitialContent.objects.bulk_create([InitialContent(key=key) for key in made])
    return made


def _locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def translation_key(key: str) -> UUID:
    """What ties the language versions of an initial page together; the same on every site."""
    return uuid5(NAMESPACE_URL, f"parknett:page:{key}")


def find_page(key: str, code: str) -> Page | None:
    """The initial page with this key in a language, wherever editors have moved it."""
    found: Page | None = Page.objects.filter(
        translation_key=translation_key(key), locale__language_code=code
    ).first()
    return found


def _key(record: Record, code: str) -> str:
    return f"{record['key']}:{code}"


def _add(record: Record, code: str, locale: Locale) -> bool:
    parent = find_page(record["parent"], code) if "parent" in record else _root()
    if parent is None or find_page(record["key"], code) is not None:
        return False
    if record["type"] == "home":
        _drop_welcome_page(parent)
    plain = {name: value for name, value in record[code].items() if name not in STREAMS}
    parent.add_child(
        instance=PAGE_TYPES[record["type"]](
            locale=locale, translation_key=translation_key(record["key"]), live=False, **plain
        )
    )
    return True


def _fill(record: Record, code: str) -> None:
    page = find_page(record["key"], code)
    assert page is not None
    specific = page.specific
    for name in STREAMS & record[code].keys():
        setattr(specific, name, _stream(specific, name, record[code][name], code))
    specific.save_revision().publish(skip_permission_checks=True)


def _root() -> Page | None:
    root: Page | None = Page.get_first_root_node()
    return root


def _drop_welcome_page(root: Page) -> None:
    """Delete the page that Wagtail's own migration makes, while nobody has made it their own."""
    for page in root.get_children().filter(slug=WELCOME_PAGE_SLUG):
        if page.specific_class is Page and not page.get_children().exists():
            page.delete()


def _stream(page: Any, name: str, blocks: list[Record], code: str) -> Any:
    stream_block = page._meta.get_field(name).stream_block
    raw = [
        {"type": kind, "value": _with_page_ids(value, code)}
        for block in blocks
        for kind, value in block.items()
    ]
    return stream_block.to_python(raw)


def _with_page_ids(value: Any, code: str) -> Any:
    """The value with ``page: key`` replaced by the key's page in the same language."""
    if isinstance(value, list):
        return [_with_page_ids(item, code) for item in value]
    if not isinstance(value, dict):
        return value
    filled = {name: _with_page_ids(item, code) for name, item in value.items()}
    if isinstance(filled.get("page"), str):
        target = find_page(filled["page"], code)
        filled["page"] = target.pk if target else None
    return filled


def _contact_address() -> str:
    """Where mail comes from is where it may be answered, but for a machine that is nobody's."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return "" if address.endswith("@localhost") else address


def _make_site(navigation: Record) -> bool:
    home = find_page("home", settings.LANGUAGE_CODE)
    if home is None:
        return False
    address = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.root_page = home
    site.save()
    SiteSettings.objects.get_or_create(
        site=site,
        defaults={
            "name": settings.WAGTAIL_SITE_NAME,
            "contact_email": _contact_address(),
            "privacy_page": find_page("privacy", settings.LANGUAGE_CODE),
            "accessibility_page": find_page("accessibility", settings.LANGUAGE_CODE),
            **navigation["texts"],
        },
    )
    menus, _made = Navigation.objects.get_or_create(site=site)
    for name in ("menu", "footer"):
        setattr(menus, name, _stream(menus, name, navigation[name], settings.LANGUAGE_CODE))
    menus.save()
    return True

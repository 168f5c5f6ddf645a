"""The first articles, from what the sources tell of the parks' practices and projects.

Each is made once in each language and remembered; from then on it belongs to the editors. Nothing
is made before the parks' own data are there, for articles name parks, organisations and themes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import yaml
from django.conf import settings

from network.organisations.models import Organisation
from network.parks.loading import DATA, sources_of
from network.parks.models import Park, Source, Theme
from pages.initial import find_page, translation_key
from pages.models import InitialContent
from pages.practice.models import Kind, PracticeOrganisation, PracticePage
from pages.practice.workflow import set_up_workflow
from search.projection import recording

KINDS: Final = {
    "practice": Kind.PRACTICE,
    "project": Kind.PROJECT,
    "event": Kind.ARENA,
    "arena": Kind.ARENA,
}
PLACE: Final = {"nb": "Sted", "en": "Place"}
GOALS: Final = {"nb": "Målene", "en": "The goals"}
# Where a sentence ends: not after the abbreviation or the day of a date.
_END: Final = re.compile(r"(?<=[^\d\W]{3}[.!?])\s+(?=[A-ZÆØÅ])")

Record = Mapping[str, Any]


def load_practices() -> list[str]:
    """Make what has never been made, and let people write; gives the keys of what was made.

    One transaction.
    """
    made: list[str] = []
    with recording():
        if Theme.objects.exists():
            known = set(InitialContent.objects.values_list("key", flat=True))
            for slug, record in _items():
                for code, _name in settings.LANGUAGES:
                    key = f"practice:{slug}:{code}"
                    if key not in known and code in record["title"] and _make(slug, record, code):
                        made.append(key)
            InitialContent.objects.bulk_create([InitialContent(key=key) for key in made])
        made += set_up_workflow()
    return made


def _items() -> Iterable[tuple[str, Record]]:
    content = yaml.safe_load((DATA / "practices.yaml").read_text(encoding="utf-8"))
    items: Iterable[tuple[str, Record]] = content["practices"].items()
    return items


def _make(slug: str, record: Record, code: str) -> bool:
    index = find_page("practice", code)
    key = translation_key(f"practice:{slug}")
    exists = PracticePage.objects.filter(translation_key=key, locale__language_code=code).exists()
    if index is None or exists:
        return False
    lead, rest = in_short(record["summary"][code])
    page = PracticePage(
        title=record["title"][code],
        slug=slug,
        locale_id=index.locale_id,
        translation_key=key,
        kind=KINDS[record["kind"]],
        lead=lead,
        search_description=lead if len(lead) <= 300 else "",  # noqa: PLR2004 - what lists show
        live=False,
    )
    stream = page._meta.get_field("body").stream_block  # type: ignore[union-attr]  # a stream
    page.body = stream.to_python(_blocks(record, code, rest))
    page.parks = list(Park.objects.filter(slug__in=record["parks"]))
    page.themes = list(Theme.objects.filter(slug__in=record["themes"]))
    page.sources = list(Source.objects.filter(slug__in=sources_of(record)))
    named = {
        each.slug: each for each in Organisation.objects.filter(slug__in=record["organisations"])
    }
    page.organisation_links = [
        PracticeOrganisation(organisation=named[each], sort_order=place)
        for place, each in enumerate(record["organisations"])
        if each in named
    ]
    index.add_child(instance=page)
    page.save_revision().publish(skip_permission_checks=True)
    return True


def in_short(summary: str) -> tuple[str, str]:
    """The first sentence, and the others."""
    first, *rest = _END.split(" ".join(summary.split()), maxsplit=1)
    return first, rest[0] if rest else ""


def _blocks(record: Record, code: str, rest: str) -> list[dict[str, Any]]:
    """What fits no field of the form, in blocks."""
    blocks: list[dict[str, Any]] = []
    if rest:
        blocks.append({"type": "text", "value": f"<p>{rest}</p>"})
    if record.get("goals"):
        items = "".join(f"<li>{goal[code]}</li>" for goal in record["goals"])
        blocks.append({"type": "heading", "value": GOALS[code]})
        blocks.append({"type": "text", "value": f"<ul>{items}</ul>"})
    if record.get("venue"):
        place = f"<p><b>{PLACE[code]}:</b> {record['venue'][code]}</p>"
        blocks.append({"type": "text", "value": place})
    blocks += [
        {"type": "callout", "value": {"kind": "info", "text": f"<p>{record[name][code]}</p>"}}
        for name in ("note", "organisations_note")
        if record.get(name)
    ]
    return blocks

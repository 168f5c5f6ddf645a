"""What the component gallery shows: every component with ordinary, extreme and empty content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.messages import ERROR, INFO
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ui.cards import Card, Fact
from ui.facets import ActiveFilter, Choice, FacetGroup
from ui.maps import MapPoint, park_map

LONG = "Akselerert korrosjons- og utmattingsprøving av sveiste aluminiumskonstruksjoner i sjøvann"
PLACES = (
    ("Herøya", 59.12, 9.64),
    ("Kongsberg", 59.66, 9.65),
    ("Treklyngen", 60.19, 10.22),
    ("Raufoss", 60.72, 10.61),
    ("Mongstad", 60.81, 5.03),
    ("Verdal", 63.79, 11.46),
    ("Skogmo", 64.51, 12.02),
    ("Mo", 66.31, 14.17),
)


class SpecimenForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Navn", help_text="Slik det skal stå på siden.", max_length=80)
    email = forms.EmailField(label="E-post", required=False)
    scale = forms.ChoiceField(label="Skala", choices=[("lab", "Laboratorium"), ("pilot", "Pilot")])
    access = forms.ChoiceField(
        label="Tilgang",
        choices=[("open", "Åpen for alle"), ("partner", "Etter avtale")],
        widget=forms.RadioSelect,
    )
    methods = forms.MultipleChoiceField(
        label="Metoder",
        choices=[("tensile", "Strekkprøving"), ("impact", "Slagprøving")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(label="Beskrivelse", widget=forms.Textarea, required=False)
    start = forms.DateField(label="Fra dato", widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(label="Vedlegg", required=False)
    accept = forms.BooleanField(label="Jeg har lest vilkårene")


@dataclass(frozen=True, slots=True)
class Specimen:
    """A component in one state: its template's name and the context it is shown with."""

    template: str
    note: str = ""
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The template to load."""
        return f"components/{self.template}.html"


def _card(number: int, **changes: Any) -> Card:
    values: dict[str, Any] = {
        "url": "#kort",
        "title": f"Materiallaboratorium {number}",
        "kind": "Testfasilitet",
        "icon": "facility",
        "summary": "Strekk-, slag- og utmattingsprøving av metaller fra −60 til 200 °C.",
        "tags": ("Strekkprøving", "Utmatting"),
        "facts": (Fact("park", "Park", "Raufoss"), Fact("scale", "Skala", "Laboratorium")),
        "key": f"facility:{number}",
        "comparable": True,
        "is_sample": True,
    }
    return Card(**(values | changes))


def _cards() -> list[Card]:
    return [
        _card(1, distance_km=3.4),
        _card(2, kind="Park", icon="park", color="copper", is_sample=False, comparable=False),
        _card(3, title=LONG, summary=LONG * 4, tags=[LONG, *(f"Metode {n}" for n in range(12))]),
        _card(4, kind="", summary="", tags=(), facts=(), comparable=False, is_sample=False),
    ]


def _groups() -> list[FacetGroup]:
    few = [Choice("lab", "Laboratorium", 18, selected=True), Choice("pilot", "Pilot", 1204)]
    many = [Choice(f"m{n}", f"Metode {n}" if n else LONG, 40 - n) for n in range(20)]
    return [
        FacetGroup("scale", "Skala", few),
        FacetGroup("method", "Metode", many, help_text="Hva som skal prøves, eller hvordan."),
    ]


def _page(number: int, count: int) -> Page[int]:
    return Paginator(range(count), 1).page(number)


def _texts() -> list[Specimen]:
    link = {"label": "Parker", "url": "#parker"}
    fact = {"label": "Areal", "text": "1 200 daa", "icon": "scale"}
    return [
        Specimen("breadcrumbs", "", {"crumbs": [link, link], "current": "Raufoss"}),
        Specimen("breadcrumbs", "lang", {"crumbs": [link] * 6, "current": LONG}),
        Specimen(
            "page_header",
            "",
            {
                "title": "Raufoss Industripark",
                "eyebrow": "Park",
                "icon": "park",
                "lead": "Lettmetaller, automatisering og en verdikjede som henger sammen.",
                "tags": ["Aluminium", "Automasjon"],
                "is_sample": True,
            },
        ),
        Specimen("page_header", "lang, uten ingress", {"title": LONG}),
        Specimen("key_facts", "", {"title": "Nøkkeltall", "facts": [fact] * 3}),
        Specimen("figure", "", {"value": "18 000", "unit": "daa", "label": "Regulert areal"}),
        Specimen("tag_list", "", {"tags": ["Kort", LONG, {"label": "Lenke", "url": "#"}]}),
        Specimen(
            "table",
            "",
            {
                "caption": "Stoffstrømmer",
                "columns": [{"label": "Stoff"}, {"label": "Mengde", "numeric": True}] * 5,
                "rows": [["Damp", "1 200"] * 5, [LONG, "3"] * 5],
                "header_column": True,
            },
        ),
        Specimen("table", "tom", {"caption": "Ingen rader", "columns": [{"label": "Stoff"}]}),
    ]


def _lists(request: HttpRequest) -> list[Specimen]:
    cards, groups = _cards(), _groups()
    return [
        Specimen("card", "", {"card": cards[0]}),
        Specimen("card_list", "under hverandre", {"cards": cards}),
        Specimen("card_list", "i kolonner", {"cards": cards, "grid": True}),
        Specimen("card_list", "tom", {"cards": []}),
        Specimen("facets", "", {"groups": groups}),
        Specimen("facet_group", "lukket", {"group": FacetGroup("x", "Park", groups[1].choices)}),
        Specimen(
            "active_filters",
            "",
            {"filters": [ActiveFilter("Skala", "Pilot", "?"), ActiveFilter("Metode", LONG, "?")]}
            | {"clear_url": "?"},
        ),
        Specimen("active_filters", "ingen", {"filters": []}),
        Specimen("pagination", "", {"page": _page(7, 1042), "request": request}),
        Specimen("pagination", "to sider", {"page": _page(1, 2), "request": request}),
        Specimen("pagination", "én side", {"page": _page(1, 1), "request": request}),
        Specimen("compare_bar", "", {"action": "#sammenlign"}),
        Specimen(
            "empty_state",
            "",
            {
                "title": "Ingen treff",
                "text": "Prøv et annet ord, eller fjern et filter.",
                "suggestions": [{"label": "strekkprøving", "url": "#"}],
                "url": "#alle",
                "action": "Vis alle",
            },
        ),
    ]


def _controls() -> list[Specimen]:
    unbound, bound = SpecimenForm(auto_id="tom_%s"), SpecimenForm({"email": "x"}, auto_id="feil_%s")
    alerts = [
        Specimen("alert", color, {"color": color, "title": "Tittel", "text": LONG})
        for color in ("info", "success", "warning", "danger")
    ]
    buttons = [
        Specimen("button", variant, {"label": "Send", "variant": variant, "icon": "arrow-right"})
        for variant in ("primary", "secondary", "tertiary")
    ]
    examples = [{"label": "slagseighet ved minus 40", "url": "#"}]
    return [
        Specimen("search_form", "", {"action": "#sok", "examples": examples}),
        Specimen(
            "search_field", "med søk", {"query": LONG, "id": "sok-2", "label": "Søk i parker"}
        ),
        *[Specimen("field", field.name, {"field": field}) for field in unbound],
        Specimen("error_summary", "", {"form": bound}),
        *[Specimen("field", f"{field.name}, feil", {"field": field}) for field in bound],
        *buttons,
        Specimen("button", "lenke", {"label": LONG, "url": "#"}),
        *alerts,
        Specimen("sample_banner"),
        Specimen("loading"),
    ]


def _frame() -> list[Specimen]:
    notes = [Message(INFO, "Lagret."), Message(ERROR, LONG)]
    points = [
        {"title": name, "lat": lat, "lon": lon, "url": "#", "kind": "park"}
        for name, lat, lon in PLACES
    ]
    overview = park_map([MapPoint(lat, lon, name, "#") for name, lat, lon in PLACES], _("Parks"))
    shared = {"label": _("Parks"), "points": points, "overview": overview}
    return [
        Specimen("map", "uten kartfliser", shared),
        Specimen("messages", "", {"messages": notes}),
    ]


def specimens(request: HttpRequest) -> list[Specimen]:
    """All components; header, footer and the map's assets show as part of the page itself."""
    return [*_texts(), *_lists(request), *_controls(), *_frame()]

"""Made-up organisations and facilities in bulk, to measure a site of a realistic size."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from alerts.changes import next_changes, remember
from network.facilities.models import (
    Access,
    Equipment,
    Facility,
    Material,
    Method,
    PriceNote,
    Scale,
    Standard,
)
from network.organisations.models import Organisation
from network.parks.models import Park, Theme
from search.projection import project_all
from ui.markdown import render

PREFIX: Final = "bench-"
SEED: Final = 20_261_101
BATCH: Final = 1_000
DESCRIPTIONS: Final = 200
SENTENCES: Final = 8
DAYS_SINCE_CONFIRMED: Final = 900

# Sentences with gaps for a method and a material, in the order nb, en.
PHRASES: Final = (
    ("Her gjøres {method} på {material}.", "Here we do {method} on {material}."),
    (
        "Utstyret er kalibrert og betjenes av operatører med erfaring fra {material}.",
        "The equipment is calibrated and run by operators with experience of {material}.",
    ),
    (
        "Vi hjelper med å velge prøvingsplan, og rapporten viser usikkerheten i {method}.",
        "We help to choose a test plan, and the report states the uncertainty of {method}.",
    ),
    (
        "Prøver av {material} kan leveres i porten alle hverdager.",
        "Samples of {material} can be handed in at the gate on all working days.",
    ),
    (
        "Resultatene fra {method} kan brukes i dokumentasjon overfor kunder og myndigheter.",
        "The results of {method} can be used as evidence for customers and authorities.",
    ),
)


class Seeder:
    """Makes the same objects each time; everything is marked as sample."""

    def __init__(self, progress: Any) -> None:
        """``progress`` makes a bar from ``total`` and ``desc``, as tqdm does."""
        self._progress = progress
        self._chance = random.Random(SEED)  # noqa: S311 - repeatable, and no secret
        self._parks = list(Park.objects.all())
        self._themes = list(Theme.objects.all())
        self._methods = list(Method.objects.all())
        self._materials = list(Material.objects.all())
        self._standards = list(Standard.objects.all())
        # Markdown takes a millisecond to render, so the facilities share a few descriptions.
        self._descriptions = [self._description() for _ in range(DESCRIPTIONS)]

    def seed(self, *, organisations: int, facilities: int) -> None:
        """Make the objects and their search entries."""
        hosts = self._organisations(organisations)
        self._facilities(facilities, hosts)
        for kind, total in (("organisation", organisations), ("facility", facilities)):
            with self._progress(total=total, desc=f"project {kind}") as bar:
                project_all(kind, bar)
        self._know()

    def _know(self) -> None:
        """Let nothing of it be news to saved searches, which a worker would look through for minutes."""
        after = ""
        with self._progress(desc="know") as bar:
            while changes := next_changes(after):
                after = changes[-1].present.key
                with transaction.atomic():
                    remember(changes)
                bar.update(len(changes))

    def _organisations(self, count: int) -> list[Organisation]:
        kinds = Organisation.Kind.values
        made = Organisation.objects.bulk_create(
            (
                Organisation(
                    slug=f"{PREFIX}organisation-{number:05}",
                    name=f"Prøvebedrift {number}",
                    kind=kinds[number % len(kinds)],
                    chain_place=self._chance.choice(Organisation.ChainPlace.values),
                    municipality=self._chance.choice(self._parks).municipality,
                    summary_nb=self._text("nb", 2),
                    summary_en=self._text("en", 2),
                    web=f"https://{number}.example.org",
                    sample=True,
                )
                for number in range(1, count + 1)
            ),
            batch_size=BATCH,
        )
        _link(Organisation, "parks", ((each, self._some(self._parks, 1, 2)) for each in made))
        _link(Organisation, "themes", ((each, self._some(self._themes, 1, 2)) for each in made))
        return made

    def _facilities(self, count: int, hosts: Sequence[Organisation]) -> None:
        with self._progress(total=count, desc="facilities") as bar:
            for start in range(1, count + 1, BATCH):
                numbers = range(start, min(start + BATCH, count + 1))
                made = Facility.objects.bulk_create(
                    self._facility(number, self._chance.choice(hosts)) for number in numbers
                )
                self._complete(made)
                bar.update(len(made))

    def _facility(self, number: int, host: Organisation) -> Facility:
        method = self._chance.choice(self._methods)
        material = self._chance.choice(self._materials)
        park = self._chance.choice(self._parks)
        days = self._chance.randrange(DAYS_SINCE_CONFIRMED)
        return Facility(
            slug=f"{PREFIX}facility-{number:05}",
            name_nb=f"{method.name_nb} av {material.name_nb.lower()} {number}",
            name_en=f"{method.name_en or method.name_nb} of {material.name_en.lower()} {number}",
            summary_nb=self._text("nb", 2),
            summary_en=self._text("en", 2),
            **self._chance.choice(self._descriptions),
            park=park,
            host=host,
            scale=self._chance.choice(Scale.values),
            access=self._chance.choice(Access.values),
            trl_min=self._chance.randint(1, 4),
            trl_max=self._chance.randint(5, 9),
            lead_time_days=self._chance.choice((7, 14, 30, 60)),
            place=park.municipality,
            lat=park.lat,
            lon=park.lon,
            contact_email="sample@example.org",
            confirmed_on=timezone.localdate() - timedelta(days=days),
            sample=True,
        )

    def _complete(self, made: Sequence[Facility]) -> None:
        _link(Facility, "methods", ((each, self._some(self._methods, 3, 6)) for each in made))
        _link(Facility, "materials", ((each, self._some(self._materials, 2, 4)) for each in made))
        _link(Facility, "standards", ((each, self._some(self._standards, 1, 3)) for each in made))
        _link(Facility, "themes", ((each, self._some(self._themes, 1, 2)) for each in made))
        Equipment.objects.bulk_create(
            (
                Equipment(
                    facility=each,
                    name_nb=f"Prøvemaskin {position}",
                    name_en=f"Test machine {position}",
                    make=f"Sample {position}",
                    range="0–250",
                    unit="kN",
                    position=position,
                )
                for each in made
                for position in (1, 2)
            ),
            batch_size=BATCH,
        )
        PriceNote.objects.bulk_create(
            (PriceNote(facility=each, note_nb="Pris etter avtale") for each in made),
            batch_size=BATCH,
        )

    def _some(self, terms: Sequence[Any], least: int, most: int) -> list[Any]:
        return self._chance.sample(terms, min(self._chance.randint(least, most), len(terms)))

    def _text(self, language: str, sentences: int) -> str:
        index = 0 if language == "nb" else 1
        return " ".join(
            self._chance.choice(PHRASES)[index].format(
                method=self._name(self._methods, language),
                material=self._name(self._materials, language),
            )
            for _ in range(sentences)
        )

    def _description(self) -> dict[str, str]:
        """Return the four description fields of a facility."""
        fields = {}
        for language in ("nb", "en"):
            half = SENTENCES // 2
            text = f"{self._text(language, half)}\n\n{self._text(language, half)}"
            fields[f"description_{language}"] = text
            fields[f"description_{language}_html"] = render(text)
        return fields

    def _name(self, terms: Sequence[Any], language: str) -> str:
        term = self._chance.choice(terms)
        return str(getattr(term, f"name_{language}") or term.name_nb).lower()


def _link(model: type[Model], name: str, pairs: Iterable[tuple[Model, Iterable[Model]]]) -> None:
    """Write many-to-many links in bulk; they have no rows for these objects yet."""
    field: Any = model._meta.get_field(name)
    through = field.remote_field.through
    source, target = field.m2m_column_name(), field.m2m_reverse_name()

    def rows() -> Iterator[Model]:
        for owner, terms in pairs:
            for term in terms:
                yield through(**{source: owner.pk, target: term.pk})

    through._default_manager.bulk_create(rows(), batch_size=BATCH)

"""Entries of the projection, without objects behind them."""

import factory

from search.models import SearchEntry


class SearchEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SearchEntry

    type = "facility"
    key = factory.LazyAttributeSequence(lambda entry, number: f"{entry.type}:{number}")
    slug = factory.Sequence(lambda number: f"entry-{number}")
    title_nb = factory.Sequence(lambda number: f"Oppføring {number}")
    url_nb = factory.LazyAttribute(lambda entry: f"/{entry.type}/{entry.slug}/")
    url_en = factory.LazyAttribute(lambda entry: f"/en/{entry.type}/{entry.slug}/")
    facets = factory.LazyAttribute(lambda entry: {"type": [entry.type]})
    audience = ["public"]
    version = factory.Sequence(lambda number: number + 1)

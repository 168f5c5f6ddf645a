"""Which term of a vocabulary, and which organisation, a written name means.

A name is known by its letters, whatever their case and spelling, and else by the stems of its words:
"nikkellegeringer" is "nikkellegering", "hardness tests" is "hardness testing". A stem that two
terms share says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, Generic, TypeVar

import snowballstemmer
from django.utils.text import slugify

from network.facilities.models import Material, Method, Standard
from network.organisations.models import Organisation

TermT = TypeVar("TermT", Method, Material, Standard)

LETTERS: Final = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "ae", "ö": "o", "ß": "ss"})
# "NS-EN ISO 6892-1:2019" is the Norwegian edition, of that year, of ISO 6892-1.
_ADOPTION: Final = re.compile(r"^(ns|en|nek|din|bs|ss)-(?=(en|iso|iec|nek|cen|din)-)")
_YEAR: Final = re.compile(r"[:/]\s*(19|20)\d\d\b.*$")
_WORD: Final = re.compile(r"[^\W_]+")
_STEMMERS: Final = {
    "nb": snowballstemmer.stemmer("norwegian"),
    "en": snowballstemmer.stemmer("english"),
}
# Stems of shorter words fall together too easily.
_STEMMED_FROM: Final = 5


def norwegian_slug(text: str, length: int = 80) -> str:
    """``Bøyeprøving av stål`` as ``boyeproving-av-stal``."""
    return slugify(text.lower().translate(LETTERS))[:length].strip("-")


def name_key(name: str) -> str:
    """What two spellings of one name have in common."""
    return norwegian_slug(name, length=400) or " ".join(name.casefold().split())


def standard_slug(code: str) -> str:
    """A standard's code without edition, year and who adopted it."""
    slug = name_key(_YEAR.sub("", code))
    while (shorter := _ADOPTION.sub("", slug)) != slug:
        slug = shorter
    return slug


def stem_key(name: str, language: str) -> str:
    """What the inflected forms of a name in ``language`` (nb, en) have in common; may be empty."""
    words = _WORD.findall(name.casefold())
    stems = [
        _STEMMERS[language].stemWord(word) if len(word) >= _STEMMED_FROM else word for word in words
    ]
    return norwegian_slug(" ".join(stems), length=400)


def free_slug(wanted: str, taken: Iterable[str], length: int = 80) -> str:
    """``wanted`` or, when that is taken, with the first free number after it."""
    known = set(taken)
    base = wanted[:length] or "uten-navn"
    slug, number = base, 2
    while slug in known:
        slug = f"{base[: length - len(str(number)) - 1]}-{number}"
        number += 1
    return slug


class Vocabulary(Generic[TermT]):
    """The terms of one kind by everything they are called: slug first, then names, then synonyms.

    What nobody knows becomes a new, unsaved term that is not approved, the same one each time it is
    asked for.
    """

    def __init__(self, model: type[TermT]) -> None:
        self.model: type[TermT] = model
        self._terms: dict[str, TermT] = {}
        self._slugs: set[str] = set()
        self._stems: dict[tuple[str, str], TermT | None] = {}
        terms: list[TermT] = list(model._default_manager.all())
        for term in terms:
            self._slugs.add(term.slug)
            self._terms[term.slug] = term
        for names in (_names, _synonyms):
            for term in terms:
                for name in names(term):
                    self._terms.setdefault(self._key(name), term)
        if model is not Standard:
            for term in terms:
                self._note_stems(term)

    def find(self, name: str) -> TermT:
        """The term called ``name``, made if need be."""
        key = self._key(name)
        term = self._terms.get(name_key(name)) or self._terms.get(key) or self._inflected(name)
        if term is None:
            term = self._new(" ".join(name.split()), key)
            self._terms[key] = term
            if self.model is not Standard:
                self._note_stems(term)
        return term

    def written(self, term: TermT) -> str:
        """How ``term`` is written so that :meth:`find` finds it again."""
        name = term.code if isinstance(term, Standard) else term.name_nb
        return name if self.find(name) == term else term.slug

    def _inflected(self, name: str) -> TermT | None:
        """The one term of which a name has the same stems; none when there are two."""
        found = (self._stems.get((language, stem_key(name, language))) for language in _STEMMERS)
        return next(filter(None, found), None)

    def _note_stems(self, term: TermT) -> None:
        for language, names in _names_by_language(term).items():
            for name in names:
                key = language, stem_key(name, language)
                same = key[1] and self._stems.get(key, term) == term
                self._stems[key] = term if same else None

    def _key(self, name: str) -> str:
        return standard_slug(name) if self.model is Standard else name_key(name)

    def _new(self, name: str, key: str) -> TermT:
        slug = free_slug(norwegian_slug(key), self._slugs)
        self._slugs.add(slug)
        term: Any = self.model(slug=slug, name_nb=name, approved=False)
        if isinstance(term, Standard):
            term.code = name
        return term  # type: ignore[no-any-return]  # of the model that this vocabulary holds


def _names(term: Any) -> list[str]:
    return [getattr(term, "code", ""), term.name_nb, term.name_en]


def _names_by_language(term: Any) -> dict[str, list[str]]:
    """Names and synonyms; what is only written in Norwegian may be an English word all the same."""
    norwegian = [term.name_nb, *term.synonyms_nb.splitlines()]
    english = [term.name_en or term.name_nb, *term.synonyms_en.splitlines()]
    return {"nb": norwegian, "en": english}


def _synonyms(term: Any) -> list[str]:
    return list(term.forms)


class Hosts:
    """Organisations by slug, number and name; an unknown name becomes a new company."""

    def __init__(self) -> None:
        self._hosts: dict[str, Organisation] = {}
        organisations = list(Organisation.objects.order_by("pk"))
        self._slugs = {host.slug for host in organisations}
        for host in organisations:
            self._hosts[host.slug] = host
        for host in organisations:
            for name in filter(None, (host.number, host.name)):
                self._hosts.setdefault(name_key(name), host)

    def find(self, name: str) -> Organisation:
        """The organisation called ``name``, an unsaved one if nobody knows it."""
        key = name_key(name)
        host = self._hosts.get(key)
        if host is None:
            slug = free_slug(norwegian_slug(name, 120), self._slugs, length=120)
            self._slugs.add(slug)
            host = Organisation(slug=slug, name=" ".join(name.split()))
            self._hosts[key] = host
        return host

    def written(self, host: Organisation) -> str:
        """How ``host`` is written so that :meth:`find` finds it again."""
        return host.name if self._hosts.get(name_key(host.name)) == host else host.slug

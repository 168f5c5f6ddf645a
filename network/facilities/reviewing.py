"""Looking through the words that imports brought: keeping them, or saying what they are called here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from django.core.exceptions import PermissionDenied
from wagtail.log_actions import log

from accounts.roles import AnyUser
from network.facilities.documents import TYPE
from network.facilities.models import Facility, Material, Method, Standard
from network.facilities.permissions import can_edit_vocabularies
from search.projection import recording, touch

TermT = TypeVar("TermT", Method, Material, Standard)

APPROVED: Final = "facilities.approve_term"
MERGED: Final = "facilities.merge_term"
FIELD_OF: Final[dict[type[Any], str]] = {
    Method: "methods",
    Material: "materials",
    Standard: "standards",
}


def approve_terms(terms: Iterable[TermT], *, user: AnyUser) -> int:
    """Offer the terms among the filters and in forms; gives how many were not approved before.

    Raises PermissionDenied if ``user`` may not.
    """
    _require_reviewer(user)
    waiting = [term for term in terms if not term.approved]
    with recording():
        for term in waiting:
            term.approved = True
            term.save(update_fields=["approved"])
            log(term, APPROVED, user=user)
    return len(waiting)


def merge_terms(terms: Iterable[TermT], into: TermT, *, user: AnyUser) -> int:
    """Let ``into`` stand for the terms: their facilities carry it, their names are its synonyms.

    A later import that uses one of the names finds ``into``. The terms are deleted; gives how many.
    Raises PermissionDenied if ``user`` may not, ValidationError when the synonyms become
    too long.
    """
    _require_reviewer(user)
    merged: list[TermT] = [term for term in terms if term.pk != into.pk]
    for term in merged:
        _add_synonyms(into, term)
    into.clean_fields()
    with recording():
        for term in merged:
            _move_facilities(term, into)
            log(into, MERGED, user=user, data={"term": str(term), "slug": term.slug})
            term.delete()
        into.save()
    return len(merged)


def _add_synonyms(into: Any, term: Any) -> None:
    known = {form.casefold() for form in into.forms}
    norwegian = [getattr(term, "code", ""), term.name_nb, *term.synonyms_nb.splitlines()]
    english = [term.name_en, *term.synonyms_en.splitlines()]
    for name, forms in (("synonyms_nb", norwegian), ("synonyms_en", english)):
        lines = getattr(into, name).splitlines()
        for form in filter(None, map(str.strip, forms)):
            if form.casefold() not in known:
                known.add(form.casefold())
                lines.append(form)
        setattr(into, name, "\n".join(lines))


def _move_facilities(term: Any, into: Any) -> None:
    field = Facility._meta.get_field(FIELD_OF[type(into)])
    through = field.remote_field.through
    source, target = field.m2m_column_name(), field.m2m_reverse_name()
    links = through._default_manager.filter(**{target: term.pk})
    touch(TYPE, links.values_list(source, flat=True))
    has_it = through._default_manager.filter(**{target: into.pk}).values(source)
    links.exclude(**{f"{source}__in": has_it}).update(**{target: into.pk})


def _require_reviewer(user: AnyUser) -> None:
    if not can_edit_vocabularies(user):
        raise PermissionDenied

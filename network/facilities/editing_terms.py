"""Suggesting terms for the vocabularies, and what network administrators make of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import AnyUser
from activity.kinds import Message
from activity.queues import Queue, QueueCount
from activity.services import notify
from network.facilities.editing import held_facility
from network.facilities.models import Facility, Material, Method, Standard
from network.facilities.models.suggestion import TermSuggestion
from network.facilities.permissions import can_edit_facility, can_edit_vocabularies
from network.facilities.services import FacilityData, update_facility
from network.facilities.terms import Vocabulary, free_slug, norwegian_slug
from network.organisations.waiting import network_administrators
from network.row_kinds import Rows, by_key, row_kind
from search.projection import recording

SUGGESTED: Final = "facilities.term_suggested"
DECIDED: Final = "facilities.term_decided"
MOST_OPEN: Final = 20
MODELS: Final[dict[str, type[Any]]] = {
    TermSuggestion.Kind.METHOD: Method,
    TermSuggestion.Kind.MATERIAL: Material,
    TermSuggestion.Kind.STANDARD: Standard,
}
LINKS: Final = {
    TermSuggestion.Kind.METHOD: "methods",
    TermSuggestion.Kind.MATERIAL: "materials",
    TermSuggestion.Kind.STANDARD: "standards",
}


class AlreadyDecided(Exception):  # noqa: N818 - says what it is
    """Somebody else, or another tab, was first."""


class TooManySuggestions(Exception):  # noqa: N818 - says what there is
    """The facility has as many open suggestions as are bearable."""


def known_term(kind: str, name: str) -> Any:
    """The term of a vocabulary that is called so, by name, code or synonym; None for no term."""
    term = Vocabulary(MODELS[kind]).find(name)
    return term if term.pk else None


def suggest_term(
    facility: Facility, *, kind: str, name_nb: str, name_en: str = "", note: str = "", by: User
) -> TermSuggestion | None:
    """Suggest a term; one that is known already is given to the facility at once, and None comes.

    Suggesting twice gives the open suggestion. Raises PermissionDenied and TooManySuggestions.
    """
    if not can_edit_facility(by, facility):
        raise PermissionDenied
    with recording():
        stored = held_facility(facility)
        known = known_term(kind, name_nb)
        if known is not None:
            _give(stored, kind, known, by)
            return None
        mine = TermSuggestion.objects.filter(facility=stored, state="suggested")
        same = mine.filter(kind=kind, name_nb=name_nb).first()
        if same is not None:
            return same
        if mine.count() >= MOST_OPEN:
            raise TooManySuggestions
        suggestion = TermSuggestion(
            facility=stored,
            kind=kind,
            name_nb=name_nb,
            name_en=name_en,
            note=note,
            suggested_by=by,
        )
        suggestion.clean_fields(exclude={"state"})
        suggestion.save()
        log(suggestion, "facilities.suggest_term", user=by)
        _tell(SUGGESTED, suggestion, network_administrators(), by)
    return suggestion


def accept_suggestion(suggestion: TermSuggestion, *, name_nb: str, name_en: str, by: User) -> Any:
    """Make it a term, as ``name_nb`` and ``name_en``, and give it to the facility; gives the term.

    A name that is known already makes no second term. Raises PermissionDenied and AlreadyDecided.
    """
    _require(by)
    with recording():
        held = _held(suggestion)
        term = known_term(held.kind, name_nb)
        if term is None:
            term = _new_term(held.kind, name_nb, name_en)
            log(term, "wagtail.create", user=by)
            held.accept(by, term.slug)
        else:
            held.recognise(by, term.slug)
        _decided(held, by, "facilities.accept_term")
        _give(held_facility(held.facility), held.kind, term, by)
    return term


def recognise_suggestion(suggestion: TermSuggestion, name: str, *, by: User) -> Any:
    """It is another name of the term called ``name``, which learns it; gives the term.

    Raises PermissionDenied, AlreadyDecided, and LookupError when no term is called so.
    """
    _require(by)
    with recording():
        held = _held(suggestion)
        term = known_term(held.kind, name)
        if term is None:
            raise LookupError(name)
        for language in ("nb", "en"):
            said = getattr(held, f"name_{language}")
            if said and said not in term.forms:
                synonyms = f"synonyms_{language}"
                setattr(term, synonyms, f"{getattr(term, synonyms)}\n{said}".strip())
        term.full_clean()
        term.save()
        log(term, "wagtail.edit", user=by)
        held.recognise(by, term.slug)
        _decided(held, by, "facilities.recognise_term")
        _give(held_facility(held.facility), held.kind, term, by)
    return term


def refuse_suggestion(suggestion: TermSuggestion, reason: str, *, by: User) -> None:
    """Say no, and why. Raises PermissionDenied and AlreadyDecided."""
    _require(by)
    with recording():
        held = _held(suggestion)
        held.refuse(by, reason)
        _decided(held, by, "facilities.refuse_term")


def _new_term(kind: str, name_nb: str, name_en: str) -> Any:
    model = MODELS[kind]
    slugs = set(model._default_manager.values_list("slug", flat=True))
    term = model(slug=free_slug(norwegian_slug(name_nb), slugs), name_nb=name_nb, name_en=name_en)
    if kind == TermSuggestion.Kind.STANDARD:
        term.code = name_nb
    term.full_clean()
    term.save()
    return term


def _give(facility: Facility, kind: str, term: Any, by: User) -> None:
    """Let the facility have the term, if it has not."""
    terms = list(getattr(facility, LINKS[TermSuggestion.Kind(kind)]).all())
    if term not in terms:
        links: dict[str, Any] = {LINKS[TermSuggestion.Kind(kind)]: [*terms, term]}
        update_facility(facility, FacilityData(**links), user=by)


def _held(suggestion: TermSuggestion) -> TermSuggestion:
    held = (
        TermSuggestion.objects.select_for_update(of=("self",))
        .select_related("facility", "suggested_by")
        .get(pk=suggestion.pk)
    )
    if held.state != TermSuggestion.State.SUGGESTED:
        raise AlreadyDecided
    return held


def _decided(suggestion: TermSuggestion, by: User, action: str) -> None:
    suggestion.save()
    log(suggestion, action, user=by)
    if suggestion.suggested_by is not None:
        _tell(DECIDED, suggestion, [suggestion.suggested_by], by)


def _require(by: AnyUser) -> None:
    if not can_edit_vocabularies(by):
        raise PermissionDenied


def _tell(kind: str, suggestion: TermSuggestion, to: Iterable[User], actor: User) -> None:
    thing = f"facility:{suggestion.facility_id}"
    key = f"{kind}:{suggestion.pk}"
    notify(kind, thing, to=to, actor=actor, data={"row": suggestion.pk}, key=key)


def _to_decide(pks: Iterable[int], user: User) -> Rows:
    if not can_edit_vocabularies(user):
        return {}
    return by_key(TermSuggestion.objects.filter(pk__in=pks).select_related("facility"))


def _own(pks: Iterable[int], user: User) -> Rows:
    found = TermSuggestion.objects.filter(pk__in=pks, suggested_by=user)
    visible = found.filter(facility__in=Facility.objects.visible_to(user).values("pk"))
    return by_key(visible.select_related("facility"))


def _suggested_message(row: TermSuggestion) -> Message:
    return Message(
        _("Suggested term: %(name)s") % {"name": row.name_nb},
        reverse("facilities:suggestions"),
        row.note,
        _("Look at the suggestions"),
    )


def _decided_message(row: TermSuggestion) -> Message:
    values = {"name": row.name_nb, "facility": row.facility.name}
    if row.state == TermSuggestion.State.REFUSED:
        title = _("The term %(name)s has not been taken in") % values
    else:
        title = _("%(facility)s now has the term %(name)s") % values
    url = reverse("facilities:edit", args=[row.facility.slug])
    return Message(title, url, row.reason, _("See the facility"))


def _waiting(user: User) -> QueueCount:
    if not can_edit_vocabularies(user):
        return QueueCount()
    return QueueCount(TermSuggestion.objects.filter(state="suggested").count())


KINDS: Final = (
    row_kind(
        SUGGESTED,
        gettext_lazy("Somebody suggests a term for the vocabularies"),
        gettext_lazy("Test facilities"),
        _to_decide,
        _suggested_message,
    ),
    row_kind(
        DECIDED,
        gettext_lazy("A term that I have suggested is decided"),
        gettext_lazy("Test facilities"),
        _own,
        _decided_message,
    ),
)
QUEUE: Final = Queue(
    "facilities.terms",
    gettext_lazy("Suggested terms"),
    lambda: reverse("facilities:suggestions"),
    _waiting,
)

"""Who says that they know about what a text is about: people themselves, and their organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from accounts.models import User
from network.forum.models import Category, GroupMembership
from network.forum.notices import readers_of
from network.organisations.models import Membership, Organisation
from network.parks.models import lines
from search.subjects import Subject

# Many belong to the largest organisations, and no more than this many are worth looking at.
CONSIDERED: Final = 60
# What somebody says of themselves is nearer than what their organisation does.
OF_ORGANISATION: Final = 0.5


@dataclass(frozen=True, slots=True)
class Knows:
    """Somebody, and the competence for which they are named.

    ``organisation`` is the one that declares it, empty where the person does.
    """

    person: User
    because: str
    organisation: str
    nearness: float


@dataclass(frozen=True, slots=True)
class _Claim:
    person: int
    because: str
    organisation: str
    nearness: float


def people_who_know(
    subject: Subject, category: Category, *, but: Iterable[int] = ()
) -> list[Knows]:
    """People whose declared competences are near the subject, the nearest first.

    Only those who may answer in ``category`` and are not named in ``but`` (ids). Four queries, and
    one more where not every member writes in the category.
    """
    best: dict[int, _Claim] = {}
    for claim in (*_of_people(subject), *_of_organisations(subject)):
        known = best.get(claim.person)
        if known is None or claim.nearness > known.nearness:
            best[claim.person] = claim
    left_out = set(but)
    ordered = sorted(best.values(), key=lambda claim: (-claim.nearness, claim.person))
    claims = [claim for claim in ordered if claim.person not in left_out][:CONSIDERED]
    people = User.objects.filter(is_active=True).in_bulk([claim.person for claim in claims])
    writers = _writers(category, list(people.values()))
    return [
        Knows(people[claim.person], claim.because, claim.organisation, claim.nearness)
        for claim in claims
        if claim.person in writers
    ]


def _writers(category: Category, people: Sequence[User]) -> set[int]:
    if category.group_id is None:
        return set(readers_of(category, people))
    # An open group is read by everybody and answered by its members.
    members = GroupMembership.objects.filter(
        group=category.group_id, state="member", user__in=[person.pk for person in people]
    )
    return set(members.values_list("user_id", flat=True))


def _of_people(subject: Subject) -> Iterator[_Claim]:
    declared = User.objects.filter(is_active=True, erased_at=None).exclude(competences="")
    for pk, text in declared.values_list("pk", "competences").iterator():
        because, nearness = _nearest(subject, lines(text))
        if nearness:
            yield _Claim(pk, because, "", nearness)


def _of_organisations(subject: Subject) -> Iterator[_Claim]:
    found: dict[int, tuple[str, str, float]] = {}
    declared = Organisation.objects.public().exclude(competences_nb="", competences_en="")
    for pk, name, nb, en in declared.values_list(
        "pk", "name", "competences_nb", "competences_en"
    ).iterator():
        because, nearness = _nearest(subject, [*lines(nb), *lines(en)])
        if nearness:
            found[pk] = (name, because, nearness * OF_ORGANISATION)
    nearest = sorted(found, key=lambda pk: -found[pk][2])[:CONSIDERED]
    members = Membership.objects.filter(organisation__in=nearest, user__is_active=True)
    # Administrators know best who in the house knows best.
    ordered = members.order_by("-administrator", "pk")
    for person, organisation in ordered.values_list("user_id", "organisation_id")[:500]:
        name, because, nearness = found[organisation]
        yield _Claim(person, because, name, nearness)


def _nearest(subject: Subject, competences: Iterable[str]) -> tuple[str, float]:
    near = [(subject.nearness(each), each) for each in competences]
    nearness, because = max(near, default=(0.0, ""))
    return because, nearness

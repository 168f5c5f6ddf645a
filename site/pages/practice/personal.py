"""What this room holds about a person: credits, what they found useful, and what they said is done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from accounts.models import User
from accounts.personal import PersonalData, Row
from pages.practice.documents import TYPE
from pages.practice.models import Adoption, PracticePage, PracticePerson, Useful
from search.projection import touch

# What stands where a name stood; the reader's language is not known when it is written.
NOBODY: Final = "–"


def _credits(user: User) -> Iterable[Row]:
    for person in PracticePerson.objects.filter(user=user).select_related("page"):
        yield {
            "article": person.page.title,
            "part": person.part,
            "name": person.name,
            "affiliation": person.affiliation,
            "email": person.email,
            "phone": person.phone,
        }


def _forget_credits(user: User) -> None:
    """Articles stay, without the name, also in their earlier revisions."""
    found = PracticePerson.objects.filter(user=user)
    pages = set(found.values_list("page_id", flat=True))
    found.update(user=None, name=NOBODY, affiliation="", email="", phone="")
    content_type = ContentType.objects.get_for_model(PracticePage)
    revisions = Revision.objects.filter(content_type=content_type)
    for revision in revisions.iterator(chunk_size=100):
        if _without(revision.content, user):
            revision.save(update_fields=["content"])
    touch(TYPE, pages)


def _without(content: dict[str, Any], user: User) -> bool:
    """Take the person out of a revision's people; whether they were there."""
    changed = False
    for person in content.get("people", ()):
        if person.get("user") == user.pk:
            person.update(user=None, name=NOBODY, affiliation="", email="", phone="")
            changed = True
    return changed


def _useful(user: User) -> Iterable[Row]:
    for row in Useful.objects.filter(user=user).select_related("article__page"):
        yield {"article": str(row.article), "at": row.at}


def _forget_useful(user: User) -> None:
    Useful.objects.filter(user=user).delete()


def _adoptions(user: User) -> Iterable[Row]:
    made = Adoption.objects.filter(made_by=user)
    for row in made.select_related("article__page", "park", "organisation"):
        yield {
            "article": str(row.article),
            "for": str(row.by),
            "status": row.status,
            "effect": row.effect,
            "since": row.since,
        }


def _leave_adoptions(user: User) -> None:
    """What a park or an organisation does stays said; by whom is forgotten."""
    Adoption.objects.filter(made_by=user).update(made_by=None)


PARTS: Final = (
    PersonalData("article-credits", ("pages.PracticePerson",), _credits, _forget_credits),
    PersonalData("useful-articles", ("pages.Useful",), _useful, _forget_useful),
    PersonalData("adoptions", ("pages.Adoption",), _adoptions, _leave_adoptions),
)

"""Every change of what readers make of an article, and the drafts that are made for others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from accounts.models import User
from network.organisations.models import Organisation
from network.parks.models import Park, Theme
from network.parks.places import in_plain_letters
from pages.practice import notices
from pages.practice.documents import TYPE
from pages.practice.models import (
    Adoption,
    Article,
    PracticeIndexPage,
    PracticeOrganisation,
    PracticePage,
    PracticePerson,
    Status,
    Useful,
)
from pages.practice.permissions import (
    can_change_adoption,
    can_mark_useful,
    organisations_spoken_for,
    parks_spoken_for,
)
from search.projection import recording, touch
from ui import markdown

DRAFTED: Final = "practice.drafted"
ADOPTED: Final = "practice.adopted"
CHANGED: Final = "practice.adoption_changed"
WITHDRAWN: Final = "practice.adoption_withdrawn"
CONFIRMED: Final = "practice.confirmed"
MOST_TITLE: Final = 255
MOST_SLUG: Final = 80


class AlreadyAdopted(Exception):  # noqa: N818 - says what has happened
    """The park or organisation has said so before; ``adoption`` is what it said."""

    def __init__(self, adoption: Adoption) -> None:
        super().__init__(f"adopted already: {adoption.pk}")
        self.adoption = adoption


class NoIndex(Exception):  # noqa: N818 - says what there is not
    """There is no list of best practice in the language to write below."""


def mark_useful(article: Article, *, by: User, useful: bool) -> int:
    """Say that the article is useful, or take it back; gives how many say so. Twice changes nothing.

    Raises PermissionDenied for who may not.
    """
    if not can_mark_useful(by):
        raise PermissionDenied
    with transaction.atomic():
        if useful:
            Useful.objects.bulk_create([Useful(article=article, user=by)], ignore_conflicts=True)
        else:
            Useful.objects.filter(article=article, user=by).delete()
        return article.useful.count()


def adopt(
    article: Article,
    *,
    by: User,
    park: Park | None = None,
    organisation: Organisation | None = None,
    status: str = Status.CONSIDERING,
    effect: str = "",
    since: date | None = None,
) -> Adoption:
    """Say that a park or an organisation (one of them) does the same; its authors are told.

    Raises PermissionDenied for who does not speak for it, AlreadyAdopted when it was said before.
    """
    if park is not None:
        allowed = organisation is None and parks_spoken_for(by).filter(pk=park.pk).exists()
    else:
        own = organisations_spoken_for(by)
        allowed = organisation is not None and own.filter(pk=organisation.pk).exists()
    if not allowed or article.page_id is None:
        raise PermissionDenied
    adoption = Adoption(
        article=article,
        park=park,
        organisation=organisation,
        status=status,
        effect=effect,
        since=since,
        made_by=by,
    )
    with recording():
        try:
            with transaction.atomic():
                adoption.save()
        except IntegrityError as error:
            known = Adoption.objects.filter(article=article, park=park, organisation=organisation)
            raise AlreadyAdopted(known.get()) from error
        _after(adoption, ADOPTED, by)
        notices.tell_adopted(adoption, by)
    return adoption


def change_adoption(
    adoption: Adoption, *, by: User, status: str, effect: str, since: date | None
) -> Adoption:
    """Say how it stands now. Raises PermissionDenied for who does not speak for it."""
    if not can_change_adoption(by, adoption):
        raise PermissionDenied
    with recording():
        adoption.status, adoption.effect, adoption.since = status, effect, since
        adoption.save(update_fields=["status", "effect", "since", "updated_at"])
        _after(adoption, CHANGED, by)
    return adoption


def withdraw_adoption(adoption: Adoption, *, by: User) -> None:
    """Take back that it was said. Raises PermissionDenied for who does not speak for it."""
    if not can_change_adoption(by, adoption):
        raise PermissionDenied
    with recording():
        _after(adoption, WITHDRAWN, by)
        adoption.delete()


def _after(adoption: Adoption, action: str, by: User) -> None:
    """Log what happened to the article, and count anew."""
    article = adoption.article
    if article.page is None:
        return
    data = {
        "park": adoption.park_id,
        "organisation": adoption.organisation_id,
        "status": str(adoption.status),
    }
    log(article.page, action, user=by, data=data)
    touch(TYPE, [article.page.pk])


def draft_from(
    *,
    title: str,
    situation: str,
    done: str,
    authors: Iterable[User],
    parks: Iterable[Park],
    themes: Iterable[Theme],
    organisations: Iterable[Organisation],
    source_key: str,
    by: User,
    language: str = "nb",
) -> PracticePage:
    """An unpublished article below the list of that language, and the same one for the same source.

    ``situation`` and ``done`` are Markdown; ``source_key`` names what it was made of
    ("thread:12"). The authors are credited, ``by`` goes on writing in the admin if they may, and
    the editors are told. What may be made of the source is for the caller to have asked.

    Raises NoIndex where that language has no list.
    """
    with recording():
        indexes = PracticeIndexPage.objects.filter(locale__language_code=language)
        index = indexes.select_for_update(of=("self",)).order_by("path").first()
        if index is None:
            raise NoIndex(language)
        known: PracticePage | None = PracticePage.objects.filter(
            source_key=source_key, locale=index.locale
        ).first()
        if known is not None:
            return known
        page = PracticePage(
            title=Truncator(" ".join(title.split())).chars(MOST_TITLE),
            slug=_free_slug(index, title),
            locale=index.locale,
            live=False,
            has_unpublished_changes=True,
            owner=by,
            lead=Truncator(markdown.plain(situation) or markdown.plain(done) or title).chars(300),
            situation=markdown.render(situation),
            done=markdown.render(done),
            source_key=source_key,
        )
        page.parks, page.themes = list(parks), list(themes)
        with override(language):
            _name(page, authors, organisations)
        index.add_child(instance=page)
        page.save_revision(user=by, log_action=False)
        log(page, DRAFTED, user=by, data={"source": source_key})
        notices.tell_drafted(page, by)
    return page


def _name(
    page: PracticePage, authors: Iterable[User], organisations: Iterable[Organisation]
) -> None:
    """Credit the authors, and name the organisations that had a part in it."""
    page.people = [
        PracticePerson(
            name=person.get_full_name() or _("A member"),
            user=person,
            part=PracticePerson.Part.AUTHOR,
            sort_order=place,
        )
        for place, person in enumerate(dict.fromkeys(authors))
    ]
    page.organisation_links = [
        PracticeOrganisation(organisation=organisation, sort_order=place)
        for place, organisation in enumerate(dict.fromkeys(organisations))
    ]


def _free_slug(index: Any, title: str) -> str:
    stem = slugify(in_plain_letters(title))[:MOST_SLUG].strip("-") or "artikkel"
    taken = set(index.get_children().filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)


def confirm(article: Article, *, by: User) -> bool:
    """Say that everything is still right; False when it was said since it was asked.

    Who may is for the caller to have asked: a signed link speaks for somebody, too.
    """
    today = timezone.localdate()
    with recording():
        asked = Article.objects.filter(pk=article.pk).exclude(asked_on=None, confirmed_on=today)
        changed = asked.update(confirmed_on=today, asked_on=None)
        if not changed or article.page is None:
            return False
        log(article.page, CONFIRMED, user=by)
        touch(TYPE, [article.page.pk])
    article.confirmed_on, article.asked_on = today, None
    return True

"""An article as its page shows it to whoever asks."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import BooleanField, Count, Exists, OuterRef, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import AnyUser, roles_of
from network.organisations.models import Organisation
from pages.practice.models.readers import Adoption, Article, Status, Useful
from pages.practice.similar import Similar, similar_articles
from pages.practice.words import change_in_words, years_in_words
from ui.fragments import kept
from ui.json_ld import json_ld
from ui.numbers import format_nok, format_number

TYPE: Final = "practice"
LARGE_FIGURES: Final = 3
MOST_SHOWN: Final = 100
SHARED_IMAGE: Final = "fill-1200x630|format-jpeg"
SECTIONS: Final = ("situation", "done", "prerequisites", "obstacles", "differently")
_TONES: Final = {
    Status.CONSIDERING: "info",
    Status.TRYING: "warning",
    Status.ADOPTED: "success",
    Status.STOPPED: "neutral",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """An indicator as it is shown; texts are empty where there is nothing to say."""

    indicator: str
    before: str
    after: str
    unit: str
    change: str
    period: str
    measured: str

    @property
    def headline(self) -> str:
        """The figure that says most."""
        return self.change or self.after


@dataclass(frozen=True, slots=True)
class Doer:
    """A park or organisation that does the same."""

    pk: int
    name: str
    url: str
    status: str
    tone: str
    effect: str
    since: Any
    can_change: bool
    is_sample: bool


class ArticleView:
    """What the article's template asks for. ``state`` names the content that can be kept.

    ``reader`` is who it is shown to, if that is not whoever asks: what is kept for all is a
    visitor's.
    """

    def __init__(
        self, page: Any, request: HttpRequest, state: Hashable, reader: AnyUser | None = None
    ) -> None:
        self.page = page
        self._request = request
        self._reader: AnyUser = request.user if reader is None else reader
        self.state = state

    @cached_property
    def record(self) -> Article | None:
        """What readers made of it, with their number and whether this one is among them."""
        user = self._reader
        mine = (
            Exists(Useful.objects.filter(article=OuterRef("pk"), user=user))
            if isinstance(user, User)
            else Value(False, output_field=BooleanField())
        )
        found = Article.objects.filter(translation_key=self.page.translation_key)
        return found.annotate(times_useful=Count("useful"), mine=mine).first()

    @property
    def number(self) -> int | None:
        """What the article is called in addresses; None before it is saved."""
        return self.record.page_id if self.record else None

    @property
    def thing(self) -> str:
        """What it is called where things are followed, searched and talked about."""
        return f"{TYPE}:{self.number}" if self.number else ""

    @cached_property
    def effects(self) -> Sequence[Effect]:
        """Its figures, in the order in which they were written."""
        return [
            Effect(
                indicator=effect.indicator,
                before=format_number(effect.before),
                after=format_number(effect.after),
                unit=effect.unit,
                change=change_in_words(effect.change_percent),
                period=effect.period,
                measured=effect.measured,
            )
            for effect in self.page.effects.all()
        ]

    @property
    def large_figures(self) -> Sequence[Effect]:
        """Those that stand in large type."""
        return self.effects[:LARGE_FIGURES]

    @property
    def money(self) -> Sequence[tuple[str, str]]:
        """What it cost and saves, as far as it is told."""
        page = self.page
        rows = [
            (_("Cost"), format_nok(page.cost_nok)),
            (_("Saving a year"), format_nok(page.saving_nok)),
        ]
        if page.cost_nok and page.saving_nok:
            rows.append((_("Paid back in"), years_in_words(page.cost_nok / page.saving_nok)))
        return [(label, text) for label, text in rows if text]

    @property
    def sections(self) -> Sequence[tuple[str, str, str]]:
        """Anchor, heading and text (safe rich text) of what was written."""
        headings = {
            "situation": _("The situation"),
            "done": _("What was done"),
            "prerequisites": _("What it takes"),
            "obstacles": _("What stood in the way"),
            "differently": _("What we would do differently"),
        }
        return [
            (name, headings[name], text) for name in SECTIONS if (text := getattr(self.page, name))
        ]

    @cached_property
    def people(self) -> Sequence[Any]:
        """Everybody who is named."""
        return list(self.page.people.all())

    @property
    def authors(self) -> Sequence[Any]:
        """Those who wrote it."""
        return [person for person in self.people if person.is_author]

    @property
    def contacts(self) -> Sequence[Any]:
        """Those who can be asked."""
        return [person for person in self.people if person.is_contact]

    @cached_property
    def organisations(self) -> Sequence[Organisation]:
        """Those that had a part in it, as far as the reader may know of them; asked each time."""
        visible = Organisation.objects.visible_to(self._reader)
        links = self.page.organisation_links.all()
        order = [link.organisation_id for link in links]
        found = visible.filter(pk__in=order).in_bulk()
        return [found[pk] for pk in order if pk in found]

    @cached_property
    def doers(self) -> Sequence[Doer]:
        """Who does the same, those furthest first; stopped ones last."""
        if self.record is None:
            return []
        visible = Adoption.objects.visible_to(self._reader).filter(article=self.record)
        found = visible.select_related("park", "organisation")[:MOST_SHOWN]
        order = [Status.ADOPTED, Status.TRYING, Status.CONSIDERING, Status.STOPPED]
        rows = sorted(found, key=lambda each: order.index(Status(each.status)))
        return [self._doer(adoption) for adoption in rows]

    def _doer(self, adoption: Adoption) -> Doer:
        roles, by = roles_of(self._reader), adoption.by
        mine = (
            adoption.park_id in roles.parks
            if adoption.park_id
            else adoption.organisation_id in roles.organisations
        )
        return Doer(
            pk=adoption.pk,
            name=by.name if adoption.park_id else by.title,
            url=by.get_absolute_url(),
            status=adoption.get_status_display(),
            tone=_TONES[Status(adoption.status)],
            effect=adoption.effect,
            since=adoption.since,
            can_change=mine or roles.network_administrator,
            is_sample=bool(getattr(by, "sample", False)),
        )

    @property
    def can_adopt(self) -> bool:
        """Whether the reader speaks for somebody who could do the same."""
        roles = roles_of(self._reader)
        return self.number is not None and bool(roles.parks or roles.organisations)

    @cached_property
    def can_confirm(self) -> bool:
        """Whether the reader may say that it is still right; only visitors are asked for nothing."""
        user = self._reader
        if not isinstance(user, User) or self.record is None or self.record.confirmed_on is None:
            return False
        if roles_of(user).network_administrator or self.page.owner_id == user.pk:
            return True
        return bool(self.page.people.filter(user=user).exists())

    @property
    def is_person(self) -> bool:
        """Whether somebody has logged in."""
        return isinstance(self._reader, User)

    @cached_property
    def similar(self) -> Sequence[Similar]:
        """Other articles of much the same."""
        if not self.thing or self.state is None:
            return []
        return similar_articles(self.thing, f"{self.page.latest_revision_id}")

    @property
    def permanent_url(self) -> str:
        """The address that stays, whatever the page is called and wherever it moves."""
        if self.number is None:
            return ""
        path = reverse("practice:permanent", args=[self.number])
        return self._request.build_absolute_uri(path)

    @property
    def citation(self) -> str:
        """How others can cite the article: who, year, title, where, when it was read."""
        names = [person.name for person in self.authors] or [
            str(park) for park in self.page.parks.all()
        ]
        published = self.page.first_published_at or timezone.now()
        values = {
            "who": ", ".join(names) or "Parknett",
            "year": timezone.localtime(published).year,
            "title": self.page.title,
            "address": self.permanent_url,
            "day": date_format(timezone.localdate(), "DATE_FORMAT"),
        }
        return _("%(who)s (%(year)s). %(title)s. Parknett. %(address)s (read %(day)s)") % values

    @property
    def description(self) -> str:
        """What search engines show."""
        return Truncator(self.page.search_description or self.page.lead).chars(200)

    @cached_property
    def image_url(self) -> str:
        """The first picture, cut for sharing; empty without one. Absolute."""
        path = kept("practice_image", self.state, self._image_path)
        return self._request.build_absolute_uri(str(path)) if path else ""

    def _image_path(self) -> SafeString:
        for block in self.page.pictures:
            image = block.value["image"]
            if image:
                return SafeString(image.get_rendition(SHARED_IMAGE).url)
        return SafeString()

    @property
    def structured_data(self) -> SafeString:
        """The article in schema.org's words."""
        page = self.page
        return json_ld(
            {
                "@type": "Article",
                "@id": self.permanent_url,
                "url": self._request.build_absolute_uri(page.url),
                "headline": Truncator(page.title).chars(110),
                "description": self.description,
                "inLanguage": get_language(),
                "datePublished": _iso(page.first_published_at),
                "dateModified": _iso(page.last_published_at),
                "image": self.image_url,
                "author": [{"@type": "Person", "name": person.name} for person in self.authors],
                "publisher": {"@type": "Organization", "name": "Parknett"},
                "about": [theme.name for theme in page.themes.all()],
            }
        )


def _iso(moment: Any) -> str:
    return moment.isoformat() if moment else ""

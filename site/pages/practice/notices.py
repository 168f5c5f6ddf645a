"""What people are told of articles.

Followers of a park or theme hear of what is new there, followers of an article of changes and of who
does the same, its authors of every adoption, the editors of what waits for them, and whoever wrote
of what the editors said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import NETWORK_ADMINISTRATORS, roles_of
from activity.kinds import Kind, Message, Timing
from activity.models import Event
from activity.services import notify
from activity.things import split
from network.parks.following import thing_of as park_thing
from pages.practice.following import link_to, open_entries, thing_of
from pages.practice.links import review_link
from pages.practice.models import Adoption, Article, PracticePage
from pages.practice.permissions import can_confirm

NEW: Final = "practice.new"
CHANGED: Final = "practice.changed"
ADOPTED: Final = "practice.adopted"
SUBMITTED: Final = "practice.submitted"
DECIDED: Final = "practice.decided"
REVIEW: Final = "practice.review"
MOST_EDITORS: Final = 50


def tell_new(page: PracticePage) -> None:
    """Tell those who follow its parks and themes of an article, once in its life."""
    followed = [park_thing(park.pk) for park in page.parks.all()]
    followed += [f"theme:{theme.pk}" for theme in page.themes.all()]
    links = page.organisation_links.all()
    followed += [f"organisation:{link.organisation_id}" for link in links]
    if followed:
        notify(NEW, thing_of(page.pk), followers_of=followed, key=f"{NEW}:{page.pk}")


def tell_changed(page: PracticePage) -> None:
    """Tell those who follow the article that it has changed, at most once a day."""
    thing = thing_of(page.pk)
    notify(CHANGED, thing, followers_of=[thing], key=f"{CHANGED}:{page.pk}:{timezone.localdate()}")


def tell_adopted(adoption: Adoption, by: User) -> None:
    """Tell its people and its followers that somebody does the same."""
    article = adoption.article
    if article.page_id is None:
        return
    thing = thing_of(article.page_id)
    data = {"adoption": adoption.pk}
    key = f"{ADOPTED}:{article.pk}:{adoption.pk}"
    people = people_of(article)
    notify(ADOPTED, thing, to=people, followers_of=[thing], actor=by, data=data, key=key)


def tell_drafted(page: PracticePage, by: User) -> None:
    """Tell the editors of a draft that was made for somebody."""
    _tell_editors(page, by, "drafted")


def tell_submitted(page: PracticePage, by: User | None) -> None:
    """Tell the editors of an article that waits for their approval."""
    _tell_editors(page, by, f"{page.latest_revision_id}")


def _tell_editors(page: PracticePage, by: User | None, state: str) -> None:
    data = {"title": page.title, "page": page.pk, "drafted": state == "drafted"}
    key = f"{SUBMITTED}:{page.pk}:{state}"
    notify(SUBMITTED, thing_of(page.pk), to=_editors(), actor=by, data=data, key=key)


def _editors() -> list[User]:
    found = User.objects.filter(groups__name=NETWORK_ADMINISTRATORS, is_active=True)
    return list(found[:MOST_EDITORS])


def tell_decided(page: PracticePage, by: User | None, *, approved: bool, comment: str) -> None:
    """Tell whoever wrote the article what the editors said of it."""
    if page.owner is None:
        return
    data = {"title": page.title, "page": page.pk, "approved": approved, "comment": comment[:1000]}
    notify(DECIDED, thing_of(page.pk), to=[page.owner], actor=by, data=data)


def ask_for_review(article: Article) -> None:
    """Ask its people whether it is still right, or the editors where there are none."""
    if article.page_id is None:
        return
    round_ = f"{article.asked_on}"
    key = f"{REVIEW}:{article.page_id}:{round_}"
    people = people_of(article, with_owner=True) or _editors()
    notify(REVIEW, thing_of(article.page_id), to=people, data={"round": round_}, key=key)


def people_of(article: Article, *, with_owner: bool = False) -> list[User]:
    """Those with accounts who wrote the article or can be asked; else whoever made its page."""
    page = article.page
    if page is None:
        return []
    pks = [person.user_id for person in page.people.all() if person.user_id]
    if page.owner_id and (with_owner or not pks):
        pks.append(page.owner_id)
    return list(User.objects.filter(pk__in=pks, is_active=True))


# What is open to everybody ----------------------------------------------------------------------


def _open_messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
    pks = {event.pk: split(event.thing)[1] for event in events}
    entries = open_entries(list(set(pks.values())))
    adoptions = _adoptions(events, user)
    return {
        event.pk: message
        for event in events
        if (entry := entries.get(pks[event.pk]))
        and (message := _open_message(event, entry, adoptions)) is not None
    }


def _adoptions(events: Sequence[Event], user: User) -> Mapping[int, Adoption]:
    pks = [event.data["adoption"] for event in events if event.kind == ADOPTED]
    if not pks:
        return {}
    visible = Adoption.objects.visible_to(user).filter(pk__in=pks)
    return visible.select_related("park", "organisation").in_bulk()


def _open_message(event: Event, entry: Any, adoptions: Mapping[int, Adoption]) -> Message | None:
    link = link_to(entry)
    values = {"title": link.label}
    action = _("Read the article")
    if event.kind == NEW:
        english = link.url == entry.url_en
        text = (entry.summary_en if english else "") or entry.summary_nb
        return Message(_("New best practice: %(title)s") % values, link.url, text, action)
    if event.kind == CHANGED:
        return Message(_("“%(title)s” has changed") % values, link.url, "", action)
    adoption = adoptions.get(event.data["adoption"])
    if adoption is None:
        return None
    by = adoption.park.name if adoption.park else adoption.organisation.title  # type: ignore[union-attr]  # one of them is there
    title = _("%(who)s: %(status)s – “%(title)s”")
    status = adoption.get_status_display()
    said = title % {"who": by, "status": status, **values}
    return Message(said, f"{link.url}#gjor-det-samme", adoption.effect, _("See who does the same"))


def _open_message_of(event: Event, user: User) -> Message:
    return _open_messages([event], user)[event.pk]


def _may_see_open(event: Event, user: User) -> bool:
    return bool(_open_messages([event], user))


def _open_readers(event: Event, people: Sequence[User]) -> Collection[int]:
    """Everybody while the article is open; an adoption is for who may know of the organisation."""
    if event.kind == ADOPTED:
        return [user.pk for user in people if _may_see_open(event, user)]
    open_now = bool(open_entries([split(event.thing)[1]]))
    return [user.pk for user in people] if open_now else []


# What is for editors and writers ----------------------------------------------------------------


def _edit_url(event: Event) -> str:
    return reverse("wagtailadmin_pages:edit", args=[event.data["page"]])


def _submitted_message(event: Event, user: User) -> Message:
    values = {"title": event.data["title"]}
    if event.data["drafted"]:
        title = _("A draft was made of a discussion: “%(title)s”") % values
        text = _("It is not published. Complete it, or leave that to those who wrote it.")
        return Message(title, _edit_url(event), text, _("Open the draft"))
    title = _("Waits for your approval: “%(title)s”") % values
    text = _("Read it, comment, and approve it or send it back.")
    return Message(title, _edit_url(event), text, _("Read and decide"))


def _is_editor(event: Event, user: User) -> bool:
    return roles_of(user).network_administrator and _is_there(event)


def _is_there(event: Event) -> bool:
    return bool(PracticePage.objects.filter(pk=event.data["page"]).exists())


def _decided_message(event: Event, user: User) -> Message:
    values = {"title": event.data["title"]}
    if event.data["approved"]:
        title = _("Approved: “%(title)s”") % values
        return Message(title, _edit_url(event), event.data["comment"], _("Open the article"))
    title = _("Sent back to you: “%(title)s”") % values
    return Message(title, _edit_url(event), event.data["comment"], _("Go on writing"))


def _is_owner(event: Event, user: User) -> bool:
    return bool(PracticePage.objects.filter(pk=event.data["page"], owner=user).exists())


# Whether it is still right -----------------------------------------------------------------------


def _reviewed(event: Event, user: User) -> Article | None:
    """The article, while it is open and waits for an answer to this very request of this person."""
    pk = split(event.thing)[1]
    article = Article.objects.filter(page_id=pk, page__live=True).select_related("page").first()
    if article is None or f"{article.asked_on}" != event.data["round"]:
        return None
    return article if can_confirm(user, article) else None


def _review_message(event: Event, user: User) -> Message:
    article = _reviewed(event, user)
    assert article is not None
    assert article.page is not None
    return Message(
        _("Is “%(title)s” still right?") % {"title": article.page.title},
        review_link(article, user),
        _(
            "Others build on what you wrote. Look through it, and confirm it with one click, or"
            " change what is no longer so."
        ),
        _("Look and confirm"),
    )


def _may_review(event: Event, user: User) -> bool:
    return _reviewed(event, user) is not None


_FOLLOWED: Final = gettext_lazy("Best practice that I follow")
_MINE: Final = gettext_lazy("Articles that I wrote")
_MANY: Final[dict[str, Any]] = {"messages": _open_messages, "readers": _open_readers}

KINDS: Final = (
    Kind(
        NEW,
        gettext_lazy("A new article of a park, theme or organisation that I follow"),
        _FOLLOWED,
        _open_message_of,
        _may_see_open,
        Timing.WEEKLY,
        **_MANY,
    ),
    Kind(
        CHANGED,
        gettext_lazy("An article changes"),
        _FOLLOWED,
        _open_message_of,
        _may_see_open,
        Timing.WEEKLY,
        **_MANY,
    ),
    Kind(
        ADOPTED,
        gettext_lazy("Somebody does the same, or thinks of it"),
        _MINE,
        _open_message_of,
        _may_see_open,
        Timing.DAILY,
        **_MANY,
    ),
    Kind(
        DECIDED,
        gettext_lazy("It is approved or sent back"),
        _MINE,
        _decided_message,
        _is_owner,
        Timing.AT_ONCE,
    ),
    Kind(
        REVIEW,
        gettext_lazy("Is it still right?"),
        _MINE,
        _review_message,
        _may_review,
        Timing.AT_ONCE,
    ),
    Kind(
        SUBMITTED,
        gettext_lazy("An article waits for approval"),
        gettext_lazy("For the editors"),
        _submitted_message,
        _is_editor,
        Timing.DAILY,
    ),
)

"""What followers of parks, organisations and test facilities are told.

A facility is told of as new once in its life, and of changes at most once a day. Who follows a
facility is told by its name that it has been withdrawn; whoever else might follow its park is not,
for it may have been taken off because it should never have been shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import AnyUser
from activity.kinds import Kind, Message, Timing
from activity.models import Event
from activity.services import notify
from activity.things import split
from network.facilities.following import thing_of
from network.facilities.models import Facility
from network.parks.following import thing_of as park_thing

NEW: Final = "facilities.new"
CHANGED: Final = "facilities.changed"
CONFIRMED: Final = "facilities.confirmed"
WITHDRAWN: Final = "facilities.withdrawn"

# A change of any of these can matter to somebody who thinks of using the facility.
MATERIAL: Final = frozenset(
    f"{name}{language}"
    for name in ("name", "summary", "description", "safety", "certificates")
    for language in ("_nb", "_en")
) | {"scale", "trl_min", "trl_max", "access", "lead_time_days", "park", "host", "place"}


def tell_new(facility: Facility, by: AnyUser | None) -> None:
    """Tell those who follow its park or its host of a facility that everybody can see now."""
    followed = [park_thing(facility.park_id), f"organisation:{facility.host_id}"]
    notify(
        NEW,
        thing_of(facility.pk),
        followers_of=followed,
        actor=_person(by),
        key=f"{NEW}:{facility.pk}",
    )


def tell_changed(facility: Facility, by: AnyUser | None) -> None:
    """Tell those who follow a public facility that something material has changed."""
    if facility.is_public:
        _tell_followers(CHANGED, facility, by, f"{timezone.localdate()}")


def tell_confirmed(facility: Facility, by: AnyUser | None) -> None:
    """Tell those who follow a public facility that everything about it is right."""
    if facility.is_public:
        _tell_followers(CONFIRMED, facility, by, f"{facility.confirmed_on}")


def tell_withdrawn(facility: Facility, by: AnyUser | None) -> None:
    """Tell those who follow a facility that it is no longer on the site."""
    data = {"name_nb": facility.name_nb, "name_en": facility.name_en, "park": facility.park_id}
    notify(
        WITHDRAWN,
        thing_of(facility.pk),
        followers_of=[thing_of(facility.pk)],
        actor=_person(by),
        data=data,
    )


def _tell_followers(kind: str, facility: Facility, by: AnyUser | None, when: str) -> None:
    thing = thing_of(facility.pk)
    key = f"{kind}:{facility.pk}:{when}"
    notify(kind, thing, followers_of=[thing], actor=_person(by), key=key)


def _person(by: AnyUser | None) -> User | None:
    return by if isinstance(by, User) else None


def _message(event: Event, facility: Facility) -> Message:
    values = {"facility": facility.name, "park": facility.park.name, "host": facility.host.title}
    url = facility.get_absolute_url()
    action = _("See the facility")
    if event.kind == NEW:
        title = _("New test facility: %(facility)s") % values
        place = _("At %(host)s in %(park)s.") % values
        return Message(title, url, f"{place}\n\n{facility.summary}", action)
    if event.kind == CONFIRMED:
        title = _("%(facility)s has been confirmed") % values
        text = _("Those who run it have gone through everything that is said of it.")
        return Message(title, url, text, action)
    title = _("%(facility)s has changed") % values
    text = _("What it can do, its terms or where it is has been changed.")
    return Message(title, url, text, action)


def _visible(events: Sequence[Event], user: User) -> Mapping[int, Facility]:
    """The facilities that the events are about, by event, as far as the person may see them."""
    pks = {event.pk: split(event.thing)[1] for event in events}
    visible = Facility.objects.visible_to(user).filter(pk__in=set(pks.values()))
    found = {facility.pk: facility for facility in visible.select_related("park", "host")}
    return {event: found[pk] for event, pk in pks.items() if pk in found}


def _messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
    found = _visible(events, user)
    return {event.pk: _message(event, found[event.pk]) for event in events if event.pk in found}


def _one_message(event: Event, user: User) -> Message:
    return _messages([event], user)[event.pk]


def _may_see(event: Event, user: User) -> bool:
    return bool(_visible([event], user))


def _readers(event: Event, people: Sequence[User]) -> Collection[int]:
    """Everybody while it is published; else each person is asked for."""
    if Facility.objects.public().filter(pk=split(event.thing)[1]).exists():
        return [user.pk for user in people]
    return [user.pk for user in people if _may_see(event, user)]


def _withdrawn_message(event: Event, user: User) -> Message:
    english = (user.language == "en" and event.data["name_en"]) or ""
    return Message(
        _("%(facility)s is no longer offered") % {"facility": english or event.data["name_nb"]},
        reverse("facilities:list"),
        _("It has been taken off the site by those who run it."),
        _("Find another facility"),
    )


def _once_seen(event: Event, user: User) -> bool:
    """Its followers have seen the facility, and what is told is its name alone."""
    return True


def _everybody(event: Event, people: Sequence[User]) -> Collection[int]:
    return [user.pk for user in people]


def _withdrawn_messages(events: Sequence[Event], user: User) -> Mapping[int, Message]:
    return {event.pk: _withdrawn_message(event, user) for event in events}


_GROUP: Final = gettext_lazy("Test facilities that I follow")

KINDS: Final = (
    Kind(
        NEW,
        gettext_lazy("A new test facility in a park or organisation that I follow"),
        gettext_lazy("Parks and organisations that I follow"),
        _one_message,
        _may_see,
        Timing.WEEKLY,
        messages=_messages,
        readers=_readers,
    ),
    Kind(
        CHANGED,
        gettext_lazy("It changes"),
        _GROUP,
        _one_message,
        _may_see,
        Timing.DAILY,
        messages=_messages,
        readers=_readers,
    ),
    Kind(
        CONFIRMED,
        gettext_lazy("It is confirmed"),
        _GROUP,
        _one_message,
        _may_see,
        Timing.NEVER,
        messages=_messages,
        readers=_readers,
    ),
    Kind(
        WITHDRAWN,
        gettext_lazy("It is withdrawn"),
        _GROUP,
        _withdrawn_message,
        _once_seen,
        Timing.AT_ONCE,
        messages=_withdrawn_messages,
        readers=_everybody,
    ),
)

"""Parks, and what describes them."""

from network.parks.models import KeyFigure, MaterialFlow, OwnershipSetup, ParkCategory, Source
from tests.factories.accounts import staff_of
from tests.factories.network import FocusAreaFactory
from tests.leaks.permission_table import NETWORK, OK, OUTSIDER, PARK, STAFF, Admin, Rule

ADDRESSES = {
    "parks:list": Rule(OK),
    "parks:focus-areas": Rule(OK),
    "parks:themes": Rule(OK),
    "parks:theme": Rule(OK, arguments=("theme",)),
    "parks:detail": Rule(OK, arguments=("park",)),
}


def words(kind):
    """Words that describe parks, kept by the network."""
    return Admin(writes=(NETWORK,), object=f"{kind} number")


# Everybody with a way into the admin chooses among them, but adds none on the way.
CHOICE = Admin(writes=(NETWORK,), edits=STAFF)

ADMIN = {
    "wagtailsnippets_parks_park": Admin(
        writes=(NETWORK,), edits=(PARK,), reads=(OUTSIDER,), object="park number"
    ),
    "wagtailsnippets_parks_materialflow": Admin(
        writes=(PARK, NETWORK), adds=(OUTSIDER,), object="material flow number"
    ),
    "wagtailsnippets_parks_parkcategory": words("category"),
    "wagtailsnippets_parks_ownershipsetup": words("ownership"),
    "wagtailsnippets_parks_theme": words("theme"),
    "wagtailsnippets_parks_focusarea": words("focus area"),
    "wagtailsnippets_parks_keyfigure": words("figure"),
    "wagtailsnippets_parks_source": words("source"),
    "wagtailsnippets_parks_parkstaff": words("park staff"),
    "wagtailsnippetchoosers_parks_park": Admin(
        writes=(NETWORK,), edits=STAFF, object="park number"
    ),
    "wagtailsnippetchoosers_parks_materialflow": Admin(
        writes=(PARK, NETWORK), adds=(OUTSIDER,), edits=STAFF, object="material flow number"
    ),
    "wagtailsnippetchoosers_parks_parkcategory": CHOICE,
    "wagtailsnippetchoosers_parks_ownershipsetup": CHOICE,
    "wagtailsnippetchoosers_parks_theme": CHOICE,
    "wagtailsnippetchoosers_parks_focusarea": CHOICE,
    "wagtailsnippetchoosers_parks_keyfigure": CHOICE,
    "wagtailsnippetchoosers_parks_source": CHOICE,
    "wagtailsnippetchoosers_parks_parkstaff": CHOICE,
}


def arguments(world):
    """A park with somebody who works for it, and one of all that describes parks."""
    person = staff_of(world.park)
    source = Source.objects.create(slug="kilden", title_nb="Kilden")
    flow = MaterialFlow.objects.create(
        slug="stal-inn", park=world.park, name_nb="Stål", direction="in"
    )
    figure = KeyFigure.objects.create(slug="tallet", label_nb="Tallet", value=1, source=source)
    return {
        "park": world.park.slug,
        "park number": world.park.pk,
        "park staff number": person.park_staff.get().pk,
        "material flow number": flow.pk,
        "source number": source.pk,
        "figure number": figure.pk,
        "category number": ParkCategory.objects.create(slug="k", name_nb="K").pk,
        "ownership number": OwnershipSetup.objects.create(slug="e", name_nb="E").pk,
        "focus area number": FocusAreaFactory().pk,
        "theme": world.terms["themes"][0].slug,
        "theme number": world.terms["themes"][0].pk,
    }

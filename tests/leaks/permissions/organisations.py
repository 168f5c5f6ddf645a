"""Organisations."""

from network.organisations.models import OrganisationFigure, PointSource
from network.parks.models import Source
from tests.factories.accounts import member_of
from tests.leaks.permission_table import (
    HOST,
    NETWORK,
    OK,
    OUTSIDER,
    PARK,
    STAFF,
    Admin,
    Rule,
)

ADDRESSES = {
    "organisations:list": Rule(OK),
    "organisations:detail": Rule(OK, arguments=("organisation",)),
}

CHOICE = Admin(writes=(NETWORK,), edits=STAFF)

ADMIN = {
    "wagtailsnippets_organisations_organisation": Admin(
        writes=(NETWORK,),
        edits=(HOST, PARK),
        adds=(PARK, OUTSIDER),
        object="organisation number",
    ),
    "wagtailsnippets_organisations_membership": Admin(
        writes=(HOST, PARK, NETWORK), adds=(OUTSIDER,), object="membership number"
    ),
    "wagtailsnippets_organisations_organisationfigure": Admin(
        writes=(NETWORK,), object="organisation figure number"
    ),
    "wagtailsnippets_organisations_pointsource": Admin(writes=(NETWORK,), object="emission number"),
    "wagtailsnippetchoosers_organisations_organisation": Admin(
        writes=(NETWORK,), edits=STAFF, adds=(PARK, OUTSIDER), object="organisation number"
    ),
    "wagtailsnippetchoosers_organisations_membership": Admin(
        writes=STAFF, object="membership number"
    ),
    "wagtailsnippetchoosers_organisations_organisationfigure": CHOICE,
    "wagtailsnippetchoosers_organisations_pointsource": CHOICE,
}


def arguments(world):
    """The organisation that runs the facilities, one of its people, what sources say of it."""
    person = member_of(world.host)
    source = Source.objects.create(slug="registeret", title_nb="Registeret")
    said = {"organisation": world.host, "source": source}
    figure = OrganisationFigure.objects.create(slug="ansatte", label_nb="Ansatte", value=9, **said)
    emission = PointSource.objects.create(slug="pipa", name_nb="Pipa", tonnes=7, **said)
    return {
        "organisation": world.host.slug,
        "organisation number": world.host.pk,
        "organisation figure number": figure.pk,
        "emission number": emission.pk,
        "membership number": person.memberships.get().pk,
    }

"""Organisations."""

from datetime import timedelta
from hashlib import sha256

from django.utils import timezone

from network.organisations.models import (
    Invitation,
    JoinRequest,
    OrganisationFigure,
    OrganisationProposal,
    PointSource,
)
from network.parks.models import Source
from tests.factories.accounts import UserFactory, member_of
from tests.leaks.permission_table import (
    HOST,
    INCOMPLETE,
    KEEPERS,
    MISSING,
    MOVED,
    NETWORK,
    NOT_ALLOWED,
    OK,
    OUTSIDER,
    PARK,
    STAFF,
    VISITOR,
    Admin,
    Rule,
    for_roles,
    members,
)

ADDRESSES = {
    "organisations:list": Rule(OK),
    "organisations:detail": Rule(OK, arguments=("organisation",)),
    # Whoever belongs to it is sent away from asking, and alone has something to leave.
    "organisations:join": Rule(
        members() | {HOST: MOVED}, post=members(then=MOVED), arguments=("organisation",)
    ),
    "organisations:leave": Rule(
        for_roles(HOST), post=for_roles(HOST, then=MOVED), arguments=("organisation",)
    ),
    "organisations:desk": Rule(for_roles(*KEEPERS), arguments=("organisation",)),
    "organisations:edit": Rule(
        for_roles(*KEEPERS), post=for_roles(*KEEPERS, then=INCOMPLETE), arguments=("organisation",)
    ),
    "organisations:invite": Rule(
        for_roles(*KEEPERS), post=for_roles(*KEEPERS, then=INCOMPLETE), arguments=("organisation",)
    ),
    "organisations:member": Rule(
        NOT_ALLOWED,
        post=for_roles(*KEEPERS, then=MOVED),
        arguments=("organisation", "membership number"),
        sends={"action": "administrator"},
    ),
    "organisations:request": Rule(
        for_roles(*KEEPERS),
        post=for_roles(*KEEPERS, then=MOVED),
        arguments=("organisation", "join request number"),
        sends={"action": "confirm"},
    ),
    "organisations:invitation": Rule(
        NOT_ALLOWED,
        post=for_roles(*KEEPERS, then=MOVED),
        arguments=("organisation", "invitation number"),
        sends={"action": "withdraw"},
    ),
    "memberships:mine": Rule(members()),
    # The request and the invitation of the tests are somebody else's.
    "memberships:request": Rule(NOT_ALLOWED, post=for_roles(), arguments=("join request number",)),
    "memberships:own-invitation": Rule(
        NOT_ALLOWED, post=for_roles(), arguments=("invitation number",)
    ),
    # Whoever holds the letter sees it; only whose address it is can accept it.
    "memberships:invitation": Rule(
        OK, post=members(then=MOVED) | {VISITOR: MISSING}, arguments=("invitation token",)
    ),
    "memberships:propose": Rule(members(), post=members(then=INCOMPLETE)),
    "memberships:proposal": Rule(
        for_roles(PARK, NETWORK),
        post=for_roles(PARK, NETWORK, then=MOVED),
        arguments=("proposal number",),
        sends={"action": "confirm"},
    ),
    "memberships:queue": Rule(for_roles(*STAFF)),
}

CHOICE = Admin(writes=(NETWORK,), edits=STAFF)

# Read by staff, changed on the site.
SHUT = ("add", "edit", "delete", "copy", "history", "history_results", "usage", "usage_results")
REQUEST = Admin(edits=KEEPERS, reads=(OUTSIDER,), object="join request number", shut=SHUT)
INVITATION = Admin(edits=KEEPERS, reads=(OUTSIDER,), object="invitation number", shut=SHUT)
PROPOSAL = Admin(edits=(PARK, NETWORK), reads=(OUTSIDER, HOST), object="proposal number", shut=SHUT)

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
    "wagtailsnippets_organisations_joinrequest": REQUEST,
    "wagtailsnippets_organisations_invitation": INVITATION,
    "wagtailsnippets_organisations_organisationproposal": PROPOSAL,
    "wagtailsnippetchoosers_organisations_joinrequest": CHOICE,
    "wagtailsnippetchoosers_organisations_invitation": CHOICE,
    "wagtailsnippetchoosers_organisations_organisationproposal": CHOICE,
}


def arguments(world):
    """The organisation that runs the facilities, one of its people, what sources say of it."""
    person = member_of(world.host)
    source = Source.objects.create(slug="registeret", title_nb="Registeret")
    said = {"organisation": world.host, "source": source}
    figure = OrganisationFigure.objects.create(slug="ansatte", label_nb="Ansatte", value=9, **said)
    emission = PointSource.objects.create(slug="pipa", name_nb="Pipa", tonnes=7, **said)
    asked = JoinRequest.objects.create(organisation=world.host, user=UserFactory())
    token = "et-langt-tilfeldig-ord"
    invitation = Invitation.objects.create(
        organisation=world.host,
        email="invitert@example.org",
        language="nb",
        digest=sha256(token.encode()).hexdigest(),
        sent_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )
    proposal = OrganisationProposal.objects.create(
        name="Foreslått", park=world.park, proposer=asked.user
    )
    return {
        "join request number": asked.pk,
        "invitation number": invitation.pk,
        "invitation token": token,
        "proposal number": proposal.pk,
        "organisation": world.host.slug,
        "organisation number": world.host.pk,
        "organisation figure number": figure.pk,
        "emission number": emission.pk,
        "membership number": person.memberships.get().pk,
    }

"""What an organisation is left without when a person erases their account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from network.organisations.models import Membership


def organisations_left_alone(user: User) -> Iterable[str]:
    """A sentence for each organisation whose only administrator ``user`` is."""
    own = Membership.objects.filter(user=user, administrator=True).values("organisation")
    others = Membership.objects.filter(administrator=True, user__is_active=True).exclude(user=user)
    alone = (
        Membership.objects.filter(user=user, organisation__in=own)
        .exclude(organisation__in=others.values("organisation"))
        .select_related("organisation")
    )
    for membership in alone:
        yield _(
            "You are the only administrator of %(organisation)s. It stays in the network; until"
            " its park or those who run the network name another, nobody can change it or answer"
            " for it. If you can, let a colleague be administrator first."
        ) % {"organisation": membership.organisation.name}


def names_of_organisations(user_ids: Sequence[int]) -> Iterable[tuple[int, str]]:
    """Whom each of the users belongs to, by name."""
    return (
        Membership.objects.filter(user_id__in=user_ids)
        .order_by("organisation__name")
        .values_list("user_id", "organisation__name")
    )

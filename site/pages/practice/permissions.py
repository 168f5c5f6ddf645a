"""Who may do what with articles of best practice."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import AnyUser, roles_of
from network.organisations.models import Organisation
from network.parks.models import Park
from pages.practice.models import Adoption, Article


def can_mark_useful(user: AnyUser) -> bool:
    """Whoever has logged in."""
    return roles_of(user).member


def can_adopt(user: AnyUser) -> bool:
    """Whoever works for a park or belongs to an organisation; asked without a query."""
    roles = roles_of(user)
    return bool(roles.parks or roles.organisations)


def parks_spoken_for(user: AnyUser) -> QuerySet[Park]:
    """The parks that somebody can say adopt something: those they work for."""
    return Park.objects.filter(pk__in=roles_of(user).parks)


def organisations_spoken_for(user: AnyUser) -> QuerySet[Organisation]:
    """The organisations that somebody belongs to."""
    return Organisation.objects.filter(pk__in=roles_of(user).organisations)


def adoptions_within_reach(user: AnyUser) -> Q:
    """Those that somebody may change: of their own parks and organisations; all for the network."""
    roles = roles_of(user)
    if roles.network_administrator:
        return Q()
    return Q(park__in=roles.parks) | Q(organisation__in=roles.organisations)


def can_change_adoption(user: AnyUser, adoption: Adoption) -> bool:
    """Its park's staff, its organisation's people, and network administrators."""
    roles = roles_of(user)
    if roles.network_administrator:
        return True
    if adoption.park_id is not None:
        return adoption.park_id in roles.parks
    return adoption.organisation_id in roles.organisations


def can_confirm(user: AnyUser, article: Article) -> bool:
    """Those who are named on the live article, who made its page, and network administrators."""
    if not isinstance(user, User) or article.page is None:
        return False
    page = article.page
    if roles_of(user).network_administrator or page.owner_id == user.pk:
        return True
    return bool(page.people.filter(user=user).exists())

"""Parks and themes as things that people follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from accounts.models import User
from network.parks.models import Park, Theme
from ui.chrome import Link

THING: Final = "park"
THEME: Final = "theme"


def thing_of(pk: int) -> str:
    """What a park is called where things are followed and told of."""
    return f"{THING}:{pk}"


def describe(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    """Names and addresses of those of the parks that the person may see."""
    found = Park.objects.visible_to(user).in_bulk(list(pks))
    return {pk: Link(park.name, park.get_absolute_url()) for pk, park in found.items()}


def theme_thing(pk: int) -> str:
    """What a theme is called there."""
    return f"{THEME}:{pk}"


def describe_themes(pks: Sequence[int], user: User) -> Mapping[int, Link]:
    """Names and addresses of the themes; everybody may see them."""
    found = Theme.objects.filter(pk__in=list(pks))
    return {theme.pk: Link(theme.name, theme.get_absolute_url()) for theme in found}

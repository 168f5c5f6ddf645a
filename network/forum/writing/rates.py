"""How often somebody may ask for what a page asks for while one writes; counted in the cache."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django_ratelimit.core import is_ratelimited

SAVING: Final = "40/m"
UPLOADS: Final = "60/h"
PREVIEWS: Final = "40/m"
SUGGESTIONS: Final = "120/m"


def too_often(request: HttpRequest, what: str, rate: str) -> bool:
    """Whether the person has done ``what`` more often than ``rate`` allows, this time counted."""
    limited: bool = is_ratelimited(
        request,
        group=f"forum.{what}",
        key=lambda _group, asking: f"person {asking.user.pk}",
        rate=rate,
        increment=True,
    )
    return limited

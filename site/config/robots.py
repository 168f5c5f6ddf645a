"""What crawlers are asked to leave alone."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

ADDRESSES: Final = ("accounts:overview", "activity:my_page")
# Their results with parameters: an endless number of pages that show nothing new.
SEARCHES: Final = ("search:page",)


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """The rules of this host, with the address of its sitemap."""
    rules = [reverse("wagtailadmin_home")]
    for language, _name in settings.LANGUAGES:
        with override(language):
            rules += [reverse(name) for name in ADDRESSES]
            rules += [f"{reverse(name)}?" for name in SEARCHES]
    lines = ["User-agent: *", *(f"Disallow: {rule}" for rule in rules), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

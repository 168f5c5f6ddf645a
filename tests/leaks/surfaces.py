"""Every address at which the site could tell something, in both languages, with what can be asked."""

from itertools import product
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import override

LANGUAGES = ("nb", "en")
LISTS = ("search:page", "facilities:list", "organisations:list")
EXPORTS = ("facilities:export-csv", "facilities:export-xlsx")
PLAIN = ("parks:list", "parks:focus-areas", "parks:themes", "facilities:feed", "pages:feed")
SORTS = ("relevance", "title", "newest", "confirmed", "distance")
API_LISTS = ("search", "facilities", "organisations", "parks")
FACETS = ("type", "park", "theme", "method", "material", "standard", "scale", "access", "host",
          "kind", "chain", "focus", "municipality")  # fmt: skip
# They are pages of the editors, so no resolver knows their names.
LISTS_OF_PAGES = {
    "nb": ("/god-praksis/", "/god-praksis/?theme=sirkular", "/nyheter/", "/utlysninger/"),
    "en": ("/en/best-practice/", "/en/best-practice/?theme=sirkular", "/en/news/", "/en/calls/"),
}


def surfaces(world, words, slugs):
    """Paths to ask for.

    ``words`` are searched for; ``slugs`` are asked for as objects, compared, and chosen in facets.
    """
    known = [facility.slug for facility in world.facilities]
    found = [*_fixed(), *_api(world, words, slugs)]
    for language in LANGUAGES:
        with override(language):
            found += _lists(world, words, slugs)
            found += _objects([*known, *slugs, world.host.slug, world.park.slug])
            compare = reverse("facilities:compare")
            found += [f"{compare}?f={known[0]}&f={slug}" for slug in (known[1], *slugs)]
            suggestions = reverse("search:suggestions")
            found += [f"{suggestions}?q={quote(word[:9])}" for word in words]
            found += [reverse(name) for name in PLAIN]
            found += ["/" if language == "nb" else "/en/", world.section.url]
            found += [*LISTS_OF_PAGES[language], *_article(world.article)]
    return list(dict.fromkeys(found))


def _article(page):
    """An article, and what there is of it beside its page."""
    found = [reverse(f"practice:{name}", args=[page.pk]) for name in ("permanent", "print")]
    return [page.url, *found]


def _fixed():
    sections = ("pages", "parks", "organisations", "facilities")
    return [
        "/robots.txt",
        "/sitemap.xml",
        "/health/",
        "/api/docs",
        "/api/v1/openapi.json",
        *(f"/sitemap-{section}.xml" for section in sections),
    ]


def _queries(world, words, slugs):
    """What a list can be asked."""
    yield ""
    yield from (f"q={quote(word)}" for word in words)
    yield from (f"q={quote(word[:-1])}x" for word in words[:2])
    yield "q=strekkprøving"
    yield "q=strekkpruving"
    yield "q=st%C3%A5l&park=fjordparken"
    yield from (f"sort={sort}&near=fjordparken" for sort in SORTS)
    yield "near=66.3,14.2&radius_km=10"
    yield "page=2&size=1"
    yield "vis=kart"
    yield from (f"{facet}={slug}" for facet, slug in product(("host", "park", "method"), slugs))
    yield "&".join(f"alle={facet}" for facet in FACETS)
    yield "alle=method"
    yield f"type=page&theme={world.terms['themes'][0].slug}"


def _lists(world, words, slugs):
    for name in LISTS:
        path = reverse(name)
        yield from (f"{path}?{query}".rstrip("?") for query in _queries(world, words, slugs))
    for name in EXPORTS:
        yield reverse(name)
        yield from (f"{reverse(name)}?q={quote(word)}" for word in words)
        yield from (f"{reverse(name)}?host={slug}" for slug in slugs)


def _objects(slugs):
    for slug in slugs:
        yield reverse("facilities:detail", args=[slug])
        yield reverse("organisations:detail", args=[slug])
        yield reverse("parks:detail", args=[slug])
        yield from (reverse("facilities:file", args=[slug, pk]) for pk in (1, 2, 3))


def _api(world, words, slugs):
    for number, name in enumerate(API_LISTS):
        for query in _queries(world, words, slugs):
            if not query.startswith(("vis", "alle")):
                yield f"/api/v1/{name}?lang={LANGUAGES[number % 2]}&{query}"
        if name != "search":
            yield from (f"/api/v1/{name}/{slug}" for slug in (*slugs, world.host.slug))
    yield from (f"/api/v1/suggestions?q={quote(word[:9])}" for word in words)

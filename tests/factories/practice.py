"""Articles of best practice, and the lists they stand below."""

from itertools import count

from pages.initial import find_page
from pages.practice.models import Article, PracticeEffect, PracticeIndexPage, PracticePage

_numbers = count(1)


def practice_index(code="nb") -> PracticeIndexPage:
    return find_page("practice", code).specific


def make_article(code="nb", *, live=True, parks=(), themes=(), effects=(), people=(), **values):
    """A published article below the list of its language; needs the initial pages."""
    index = practice_index(code)
    number = next(_numbers)
    page = PracticePage(
        **{
            "title": f"Varme fra ovnen {number}",
            "slug": f"varme-{number}",
            "lead": "Vi bruker varmen fra ovnen.",
            "locale": index.locale,
            "live": False,
            **values,
        }
    )
    page.parks, page.themes, page.people = list(parks), list(themes), list(people)
    page.effects = [PracticeEffect(**effect) for effect in effects]
    index.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return PracticePage.objects.get(pk=page.pk)


def article_of(page) -> Article:
    return Article.objects.get(translation_key=page.translation_key)

"""Loading what every worker needs before the workers are forked.

What is loaded once is shared by all of them, and nobody's first request waits for it: the search's
lexicon alone takes a second to read. The engine is left alone, for its threads would not survive
the fork, and database connections are closed again.
"""

import gc
import logging
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from search.knowledge import plan_of

logger = logging.getLogger(__name__)


@cache
def warm_up() -> None:
    """Read templates, catalogues, addresses and the lexicon; keep them out of the collector.

    Done once in a process and those that are forked from it.
    """
    for name in _template_names():
        try:
            get_template(name)
        except (TemplateDoesNotExist, TemplateSyntaxError):
            logger.warning("the template %s cannot be loaded", name, exc_info=True)
    if settings.SEARCH_URL:
        # The client of a search server is large and loaded only where one is used.
        import_module("search.engines.cluster")
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")
            reverse("search:page")
    try:
        plan_of("prøving av stål")
    except DatabaseError as error:
        # The site has to start without its database, if only to say so.
        logger.warning("the search was not warmed up: %s", error)
    finally:
        connections.close_all()
    gc.collect()
    # The collector would write into every object it visits, and so undo the sharing.
    gc.freeze()


def _template_names() -> Iterator[str]:
    directory = Path(settings.BASE_DIR) / "templates"
    for path in sorted(directory.rglob("*.html")):
        yield path.relative_to(directory).as_posix()

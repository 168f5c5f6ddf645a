"""Loading what every worker needs before the workers are forked.

What is loaded once is shared by all of them, and nobody's first request waits for it: the search's
lexicon alone takes a second to read. What is made when a page is first asked for is shared only if
somebody asks before the fork, so the main pages are answered once in each language. Engine and
database connections are let go of again: threads and sockets do not survive a fork.
"""

import gc
import logging
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import DatabaseError, connections
from django.http.response import HttpResponseBase
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from search.engines import engine
from search.knowledge import plan_of

PAGES: Final = ("search:page", "facilities:list", "organisations:list", "parks:list")

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
    paths = []
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")
            paths += [reverse("wagtail_serve", args=[""]), *map(reverse, PAGES)]
    try:
        # With a typing error, so that what corrects it is there, too.
        plan_of("prøvinng av stål")
        for path in paths:
            _answer(path)
    except DatabaseError as error:
        # The site has to start without its database, if only to say so.
        logger.warning("the search was not warmed up: %s", error)
    finally:
        engine.cache_clear()
        connections.close_all()
    gc.collect()
    # The collector would write into every object it visits, and so undo the sharing.
    gc.freeze()


def _answer(path: str) -> None:
    """Answer a GET as the web server would; what the answer is matters to nobody."""
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    environ: dict[str, Any] = {
        "PATH_INFO": path,
        "HTTP_HOST": base.netloc,
        "HTTP_X_FORWARDED_PROTO": base.scheme,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": base.scheme,
    }
    setup_testing_defaults(environ)
    answer = get_internal_wsgi_application()(environ, _begin)
    for _ in answer:
        pass
    if isinstance(answer, HttpResponseBase):
        answer.close()


def _begin(*_: object) -> Callable[[bytes], object]:
    """Take status and headers of an answer, as the web server would."""
    return bytes


def _template_names() -> Iterator[str]:
    directory = Path(settings.BASE_DIR) / "templates"
    for path in sorted(directory.rglob("*.html")):
        yield path.relative_to(directory).as_posix()

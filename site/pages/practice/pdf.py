"""An article as an accessible PDF (PDF/UA-1), from the same HTML as the page for paper.

Nothing is fetched: style sheets and pictures are files of ours, and whatever else a page names is
refused.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path
from threading import Lock
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.translation import get_language

logger = logging.getLogger(__name__)

KEPT_SECONDS: Final = 3600
STYLE: Final = "pages/paper.css"
# Never asked for; only paths below it are.
BASE: Final = "https://site.invalid"

_one_at_a_time: Final = Lock()


class NoPdf(Exception):  # noqa: N818 - says what there is not
    """This machine cannot make one: the library that sets text (Pango) is missing."""


class Refused(Exception):  # noqa: N818 - says what has happened
    """A page for paper names something that is no file of ours."""


def pdf_of(page: Any, context: Mapping[str, Any]) -> bytes:
    """The PDF of an article's published version, kept for an hour. Raises NoPdf."""
    version = f"{page.pk}.{page.latest_revision_id}.{page.last_published_at}"
    name = f"practice.pdf.{version}.{get_language()}".replace(" ", "_")
    known: bytes | None = cache.get(name)
    if known is None:
        html = render_to_string("pages/practice/paper_body.html", dict(context))
        # Setting a page takes all of a core; readers of other pages need one as well.
        with _one_at_a_time:
            known = cache.get(name) or _made(html)
        cache.set(name, known, KEPT_SECONDS)
    return known


def _made(html: str) -> bytes:
    try:
        # Costs 40 MB, which no process pays that never makes a PDF; and it needs Pango.
        import weasyprint
    except OSError as error:
        logger.warning("no PDF can be made here, for Pango is missing: %s", error)
        raise NoPdf from error
    style = finders.find(STYLE)
    sheets = [weasyprint.CSS(filename=str(style))] if style else []
    document = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=_fetcher(weasyprint.urls))
    content: bytes = document.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")
    return content


def _fetcher(urls: Any) -> Any:
    """What the library asks for each address, made of its own class, which is known only now."""

    class OurFiles(urls.URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            content_type = guess_type(urlsplit(url).path)[0] or "application/octet-stream"
            return urls.URLFetcherResponse(url, our_file(url), {"Content-Type": content_type})

    return OurFiles()


def our_file(url: str) -> bytes:
    """A static or uploaded file of this site by its address; raises Refused for everything else."""
    path = unquote(urlsplit(url).path)
    if url.startswith(f"{BASE}{settings.STATIC_URL}"):
        found = finders.find(path.removeprefix(settings.STATIC_URL))
        if found:
            return Path(str(found)).read_bytes()
    if url.startswith(f"{BASE}{settings.MEDIA_URL}"):
        with default_storage.open(path.removeprefix(settings.MEDIA_URL), "rb") as file:
            return bytes(file.read())
    raise Refused(url)

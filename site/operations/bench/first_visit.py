"""What a browser fetches on its first visit of a page."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

# What a <link> makes a browser fetch; its other kinds only name something, or are images.
FETCHING_LINKS: Final = {"stylesheet", "preload", "modulepreload", "manifest"}
IMAGE_ELEMENTS: Final = {"img", "source", "use", "image"}
SECONDS_TO_WAIT: Final = 30

_CSS_ADDRESS = re.compile(rb"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""")
_FONT = re.compile(r"\.(woff2?|ttf|otf)$")


@dataclass
class Visit:
    """Compressed bytes by address, and the other hosts that were asked for anything."""

    sizes: dict[str, int] = field(default_factory=dict)
    other_hosts: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """All bytes but those of images."""
        return sum(self.sizes.values())


def first_visit(address: str, path: str = "/") -> Visit:
    """Fetch the page and what it needs from its own host; images are not fetched."""
    visit = Visit()
    plain, size = _fetch(f"{address}{path}")
    visit.sizes[path] = size
    page = _Page()
    page.feed(plain.decode())
    for wanted in page.images:
        _note_host(visit, address, urljoin(f"{address}/", wanted))
    for wanted in page.fetched:
        _visit(visit, address, urljoin(f"{address}/", wanted))
    return visit


def _visit(visit: Visit, address: str, url: str) -> None:
    path = urlsplit(url).path
    if _note_host(visit, address, url) or path in visit.sizes:
        return
    plain, visit.sizes[path] = _fetch(url)
    if not path.endswith(".css"):
        return
    for found in _CSS_ADDRESS.findall(plain):
        target = urljoin(url, found.decode())
        if target.startswith("http"):
            _note_host(visit, address, target)
            if _FONT.search(urlsplit(target).path) or target.endswith(".css"):
                _visit(visit, address, target)


def _note_host(visit: Visit, address: str, url: str) -> bool:
    host = urlsplit(url).netloc
    if host and host != urlsplit(address).netloc:
        visit.other_hosts.add(host)
        return True
    return False


def _fetch(url: str) -> tuple[bytes, int]:
    """Return a body in plain, and how many bytes it takes for a browser of today."""
    with urlopen(  # noqa: S310 - an address of ours
        Request(url, headers={"Accept-Encoding": "br, gzip"}),  # noqa: S310 - see above
        timeout=SECONDS_TO_WAIT,
    ) as response:
        size = len(response.read())
    with urlopen(url, timeout=SECONDS_TO_WAIT) as response:  # noqa: S310 - see above
        return response.read(), size


class _Page(HTMLParser):
    """Gathers what a page makes a browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.images: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses of one element."""
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and FETCHING_LINKS & set(values.get("rel", "").split()):
            self.fetched.append(values.get("href", ""))
        elif tag in {"script", "iframe"} and values.get("src"):
            self.fetched.append(values["src"])
        elif tag in IMAGE_ELEMENTS:
            address = values.get("src") or values.get("href") or ""
            if address and not address.startswith(("data:", "#")):
                self.images.append(address)

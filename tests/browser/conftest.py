"""A browser, a site for it, and people logged in."""

import sys
from pathlib import Path

import pytest

from tests.browser.parties import make_hosts
from tests.browser.serving import BUILT_FRONT_END, prepared, serving
from tests.browser.watching import Watch
from tests.servers.fixtures import SERVERS
from tests.servers.mailbox import receiving

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PASSWORD = "prov-parknett-2026"
PATIENCE_MS = 15_000
OUTCOME = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.stash[OUTCOME] = report.outcome
    return report


@pytest.fixture(scope="package")
def mailbox():
    """Where all letters of the site go."""
    with receiving() as received:
        yield received


@pytest.fixture(scope="package")
def site(request, tmp_path_factory, mailbox):
    """The site with the real and the sample data, as it is served in production."""
    if not any(BUILT_FRONT_END.glob("*.css")):
        pytest.skip("the front end is not built: run bin/develop, or npm ci && npm run build")
    template = prepared(request.config.stash[SERVERS].directory)
    data = tmp_path_factory.mktemp("served") / "data"
    with serving(template, data, mailbox.port) as served:
        yield served


@pytest.fixture(scope="package")
def chromium():
    """The browser. It ends with this package: others could not use the database beside its loop."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), headless=True, args=CHROMIUM_OPTIONS
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def cookies_of(chromium, site):
    """Logs in once as one of the sample people and gives the cookies: ``cookies_of("park")``."""
    known = {}

    def cookies(name):
        if name not in known:
            context = chromium.new_context(base_url=site.url, viewport=DESKTOP)
            page = context.new_page()
            log_in(page, name)
            known[name] = context.storage_state()
            context.close()
        return known[name]

    return cookies


@pytest.fixture(scope="package")
def hosts(site):
    """The hosts in `parties.HOSTS` can log in."""
    make_hosts(site)


def log_in(page, name):
    """Log in on the site's own page as one of the sample people."""
    page.goto("/konto/login/")
    page.get_by_label("E-post").fill(f"{name}@example.org")
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Logg inn", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)


@pytest.fixture
def open_browser(request, chromium, site, cookies_of, tmp_path):
    """Opens pages in contexts of their own; whatever a browser complains of fails the test.

    ``as_`` is one of the sample people, ``scripts`` whether JavaScript runs. Of a test that fails
    there is a screenshot.
    """
    contexts, watches = [], []

    def open_(*, size=DESKTOP, scripts=True, as_=None, watched=True, **options):
        context = chromium.new_context(
            base_url=site.url,
            viewport=size,
            java_script_enabled=scripts,
            locale="nb-NO",
            reduced_motion="reduce",
            storage_state=cookies_of(as_) if as_ else None,
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        if watched:
            watches.append(Watch(context, site.url))
        contexts.append(context)
        return context.new_page()

    yield open_
    failed = request.node.stash.get(OUTCOME, "failed") != "passed"
    pictures = []
    for number, context in enumerate(contexts):
        for page in context.pages if failed else ():
            pictures.append(f"{page.url} looked like {tmp_path}/{number}.png")
            page.screenshot(path=tmp_path / f"{number}.png", full_page=True)
        context.close()
    if failed:
        # pytest shows this beside the failure.
        sys.stdout.write("\n".join([*pictures, site.log(), ""]))
    assert [trouble for watch in watches for trouble in watch.troubles] == []

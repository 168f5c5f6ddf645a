"""A passkey is added and opens the account without a password, by a virtual device of the browser."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.accessible import troubles_of
from tests.browser.conftest import PASSWORD, PATIENCE_MS, PHONE
from tests.browser.watching import Watch

ADDRESS = "nokkel@example.org"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
MAKE_PERSON = """
from allauth.account.models import EmailAddress
from accounts.models import User
from network.facilities.sample import PASSWORD

user = User.objects.create_user({address!r}, PASSWORD, first_name="Nøkkel")
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
"""


@pytest.fixture
def page(chromium, site):
    """A page at a name, to which passkeys belong, in a browser with a device that holds them."""
    site.manage("shell", "-v", "0", "-c", MAKE_PERSON.format(address=ADDRESS))
    home = f"http://localhost:{urlsplit(site.url).port}"
    context = chromium.new_context(
        base_url=home, viewport=PHONE, locale="nb-NO", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    watch = Watch(context, home)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield page
    context.close()
    assert watch.troubles == []


def show_who_it_is(page, then):
    """Give the password once more, as what guards the account asks for."""
    page.locator("main").get_by_label("Passord", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Bekreft").click()
    page.wait_for_url(then)


def test_a_passkey_is_added_opens_the_account_and_is_removed(page):
    main = page.locator("main")
    page.goto("/konto/login/")
    main.get_by_label("E-post").fill(ADDRESS)
    main.get_by_label("Passord", exact=True).fill(PASSWORD)
    main.get_by_role("button", name="Logg inn", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)

    page.goto("/konto/2fa/webauthn/add/")
    show_who_it_is(page, "**/webauthn/add/")
    assert troubles_of(page) == {}
    main.get_by_label("Hva du kaller den").fill("Nøkkelen min")
    main.get_by_label("Uten passord").check()
    main.get_by_role("button", name="Legg til").click()
    page.wait_for_url("**/recovery-codes/")

    page.context.clear_cookies()
    page.goto("/konto/login/")
    main.get_by_role("button", name="passnøkkel").click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto("/konto/2fa/webauthn/")
    expect(main.get_by_text("Sist brukt")).to_be_visible()
    assert troubles_of(page) == {}
    main.get_by_role("link", name="Fjern").click()
    show_who_it_is(page, "**/remove/")
    main.get_by_role("button", name="Fjern").click()
    page.goto("/konto/2fa/webauthn/")
    expect(main.get_by_text("Nøkkelen min")).to_have_count(0)

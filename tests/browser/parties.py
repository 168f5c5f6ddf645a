"""Those who ask and those who answer: what they do at a browser, step by step."""

import sqlite3
from contextlib import closing
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

# Two hosts that are asked; the first reads Norwegian, the second English.
HOSTS = {
    "klima": ("nb", "eksempel-elektronikktest", "Klima- og vibrasjonslaboratoriet"),
    "material": ("en", "eksempel-materiallab", "Materialprøvelaboratoriet"),
}
UNANSWERED = "Kompositt- og maskineringssenteret"
MAKE_HOSTS = """
from allauth.account.models import EmailAddress
from accounts.models import User
from network.facilities.sample import PASSWORD
from network.organisations.models import Organisation
from network.organisations.services import add_member

for name, (language, host, facility) in {hosts!r}.items():
    email = name + "@example.org"
    user = User.objects.create_user(
        email, PASSWORD, first_name=name.title(), last_name="(eksempel)", language=language
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    add_member(Organisation.objects.get(slug=host), user, administrator=True)
"""


def make_hosts(site):
    """Give the hosts of the sample facilities above an administrator each."""
    site.manage("shell", "-v", "0", "-c", MAKE_HOSTS.format(hosts=HOSTS))


def monday(weeks_ahead):
    """The Monday of a week to come."""
    today = timezone.localdate()
    return today + timedelta(days=7 * weeks_ahead - today.weekday())


def write_problem(page, title):
    """Fill in what a small company knows of its problem; the form is left open."""
    page.locator("[name=title]").fill(title)
    page.locator("[name=problem]").fill("Dekselet av plast sprekker når det faller i kulda.")
    page.locator("[name=wanted]").fill("Om det tåler 30 minusgrader og et fall på en meter.")
    page.locator("[name=material]").fill("20 deksler i PA6, omtrent 300 g hver")
    page.locator("[name=wanted_from]").fill(monday(4).isoformat())
    page.locator("[name=wanted_to]").fill(monday(12).isoformat())


def fill_offer(page, *, price, day):
    """Fill in price and time; conditions are left as they are."""
    page.locator("[name=price]").fill(str(price))
    page.locator("[name=starts_at]").fill(f"{day}T08:00")
    page.locator("[name=ends_at]").fill(f"{day}T15:00")
    page.locator("[name=valid_until]").fill(monday(2).isoformat())


def send_offer(page, title, *, price, day, conditions):
    """From the queue, in Norwegian, to an offer that is sent."""
    page.goto("/foresporsler/vert/")
    main = page.locator("main")
    main.get_by_role("link", name=title).click()
    main.get_by_role("link", name="Gi et tilbud").click()
    fill_offer(page, price=price, day=day)
    page.locator("[name=conditions]").fill(conditions)
    main.get_by_role("button", name="Send tilbudet").click()
    expect(main.get_by_role("heading", name="Tilbudet deres")).to_be_visible()


def let_the_work_begin(site, title):
    """Let the day come on which the enquiry's work was booked."""
    with closing(sqlite3.connect(site.data / "db.sqlite3", timeout=20)) as database, database:
        moved = database.execute(
            "UPDATE facilities_booking SET starts_at = datetime('now', '-8 hours'),"
            " ends_at = datetime('now', '-1 hours') WHERE request_id IN"
            " (SELECT r.id FROM facilities_facilityrequest r JOIN facilities_enquiry e"
            " ON e.id = r.enquiry_id WHERE e.title = ?)",
            [title],
        )
        assert moved.rowcount == 1

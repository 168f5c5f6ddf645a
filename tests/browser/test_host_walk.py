"""A host is asked: from the letter to what came out of it, at a desk, in English."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, PHONE
from tests.browser.letters import letter_to, link_in
from tests.browser.parties import fill_offer, let_the_work_begin, monday, write_problem

ADDRESS = "material@example.org"
TITLE = "Kanten på dekselet brekker"
FACILITY = "raufoss-materialprovelab"


@pytest.fixture
def asker(open_browser):
    """The sample member, who has sent an enquiry to the facility."""
    page = open_browser(size=PHONE, as_="medlem")
    page.goto(f"/foresporsler/skriv/?f={FACILITY}")
    write_problem(page, TITLE)
    page.get_by_role("button", name="Neste: hvem du spør").click()
    page.get_by_role("button", name="Send forespørselen").click()
    expect(page.get_by_text("Forespørselen er sendt.")).to_be_visible()
    return page


def test_a_host_answers_what_the_letter_tells_and_books(hosts, asker, open_browser, mailbox, site):
    enquiry = asker.url
    page = open_browser()
    main = page.locator("main")
    read_and_ask_back(page, mailbox)
    answer_the_question(asker, enquiry)
    offer_with_a_template(page)
    asker.goto(enquiry)
    asker.get_by_role("link", name="Velg dette").first.click()
    asker.get_by_role("button", name="Aksepter og bestill").click()

    page.goto("/en/my-page/")
    main.get_by_role("region", name="Waits for me").get_by_role("link", name=TITLE).click()
    booking = page.url
    main.get_by_role("button", name="Confirm the booking").click()
    expect(page.get_by_text("The booking is confirmed.")).to_be_visible()
    page.goto(f"/en/bookings/facility/{FACILITY}/?m={monday(9):%Y-%m}")
    entry = main.locator(".pn-month").get_by_role("link", name=TITLE)
    expect(entry).to_be_visible()
    entry.click()
    expect(page).to_have_url(booking)

    let_the_work_begin(site, TITLE)
    page.reload()
    main.get_by_role("button", name="The work is done").click()
    main.get_by_role("link", name="Say how it went").click()
    main.get_by_label("done as agreed").check()
    main.get_by_label("more testing").check()
    main.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Thank you")).to_be_visible()
    asker.goto(booking.replace("/en/bookings/", "/bestillinger/"))
    expect(asker.get_by_text("Hva den andre parten sier")).to_be_visible()


def read_and_ask_back(page, mailbox):
    """By the letter's link over the log-in to the request, and by the queue to a question."""
    main = page.locator("main")
    letter = letter_to(mailbox, ADDRESS, TITLE)
    page.goto(link_in(letter, "/en/"))
    main.get_by_label("E-mail").fill(ADDRESS)
    main.get_by_label("Password", exact=True).fill(PASSWORD)
    main.get_by_role("button", name="Log in", exact=True).click()
    expect(main.locator("h1")).to_have_text(TITLE)
    page.goto("/en/enquiries/host/")
    main.get_by_role("link", name=TITLE).click()
    main.get_by_role("link", name="Ask", exact=True).click()
    main.locator("[name=text]").fill("How thick is the edge?")
    main.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("The answer is sent.")).to_be_visible()


def answer_the_question(asker, enquiry):
    """What the asker does with it."""
    asker.goto(enquiry)
    asker.get_by_role("link", name="Svar på spørsmålet").click()
    expect(asker.get_by_text("How thick is the edge?")).to_be_visible()
    asker.locator("[name=text]").fill("To millimeter.")
    asker.get_by_role("button", name="Send", exact=True).click()
    expect(asker.get_by_text("Meldingen er sendt.")).to_be_visible()


def offer_with_a_template(page):
    """Keep a text, and begin an offer with it where the notification leads."""
    main = page.locator("main")
    page.goto("/en/enquiries/host/answers/")
    main.locator("[name=kind]").select_option("offer")
    main.locator("[name=title]").fill("Usual conditions")
    main.locator("[name=text]").fill("Five samples, a report in English within a week.")
    main.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The text is kept.")).to_be_visible()
    page.goto("/en/account/notifications/")
    main.get_by_role("link", name=TITLE).first.click()
    expect(main.get_by_text("To millimeter.")).to_be_visible()
    main.get_by_role("link", name="Make an offer").click()
    main.get_by_role("link", name="Usual conditions").click()
    expect(main.locator("[name=conditions]")).to_have_value(
        "Five samples, a report in English within a week."
    )
    fill_offer(page, price=9_900, day=monday(9))
    main.get_by_role("button", name="Send the offer").click()
    expect(main.get_by_role("heading", name="Your offer")).to_be_visible()

"""A small company has a problem: from its own words to what came out of it, on a phone."""

import re
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.accessible import troubles_of
from tests.browser.conftest import PASSWORD, PHONE
from tests.browser.keyboard import tab_to
from tests.browser.letters import code_in, letter_to, link_in
from tests.browser.parties import (
    HOSTS,
    UNANSWERED,
    let_the_work_begin,
    monday,
    send_offer,
    write_problem,
)

NEWCOMER = "kari@example.org"
GUEST = "gjest{}@example.org"


def find_and_choose(page, names):
    """From the home page to the facilities, ticked in the list of what the search found."""
    main = page.locator("main")
    page.goto("/")
    page.get_by_role("button", name="Meny", exact=True).click()
    page.locator("header nav").get_by_role("link", name="Testfasiliteter", exact=True).click()
    field = main.locator("input[type=search]")
    field.fill("plasten sprekker i kulde")
    field.press("Enter")
    page.wait_for_url("**q=**")
    for name in names:
        main.locator(".pn-card", has_text=name).get_by_role("checkbox").check()
    main.locator("#compare").get_by_role("button", name="Spør").click()
    page.wait_for_url("**/foresporsler/skriv/**")


def sign_up(page, mailbox):
    """From the link to an account, with the code of the letter."""
    main = page.locator("main")
    main.get_by_role("link", name="opprett en konto").click()
    main.get_by_label("Fornavn").fill("Kari")
    main.get_by_label("Etternavn").fill("Eksempel")
    main.get_by_label("E-post").fill(NEWCOMER)
    main.get_by_label("Passord", exact=True).fill(PASSWORD)
    main.get_by_role("button", name="Opprett konto").click()
    main.get_by_label("Kode").fill(code_in(letter_to(mailbox, NEWCOMER, "kode")))
    main.get_by_role("button", name="Bekreft").click()


def downloaded(page, link):
    """The only event in the calendar file behind ``link``."""
    with page.expect_download() as download:
        link.click()
    (event,) = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
    return event


@pytest.fixture
def company(open_browser):
    """Somebody new with a phone."""
    return open_browser(size=PHONE, accept_downloads=True)


def test_a_problem_in_plain_words_ends_in_a_booking_and_what_came_of_it(
    company, open_browser, mailbox, hosts, site
):
    title = "Dekselet sprekker når det er kaldt"
    enquiry = ask_three_as_somebody_new(company, mailbox, title)
    for number, (name, (_language, _host, facility)) in enumerate(HOSTS.items()):
        desk = open_browser(as_=name)
        send_offer(
            desk,
            title,
            price=12_000 + 4_500 * number,
            day=monday(6 + number),
            conditions=f"Ti deksler ved 30 minusgrader. Rapport på norsk fra {facility}.",
        )
    booking = choose_one_of_two(company, mailbox, enquiry, title)
    take_it_through(company, open_browser(as_="klima"), booking, site, title)


def ask_three_as_somebody_new(page, mailbox, title):
    """Write, choose whom to ask, sign up on the way, send; gives the enquiry's address."""
    main = page.locator("main")
    find_and_choose(page, [*(facility for _l, _h, facility in HOSTS.values()), UNANSWERED])
    write_problem(page, title)
    main.get_by_role("button", name="Neste: hvem du spør").click()
    expect(main.locator("h1")).to_have_text("Hvem du spør")
    expect(main.get_by_role("region", name="Du spør").get_by_role("listitem")).to_have_count(3)
    proposals = main.get_by_role("region", name="Disse kan også hjelpe").get_by_role("listitem")
    for proposal in proposals.all():
        expect(proposal.locator(".ds-tag[data-variant=outline]")).not_to_have_count(0)
    proposals.first.get_by_role("button").click()
    chosen = main.get_by_role("region", name="Du spør").get_by_role("listitem")
    expect(chosen).to_have_count(4)
    chosen.last.get_by_role("button", name="Fjern").click()
    expect(chosen).to_have_count(3)
    assert troubles_of(page) == {}

    sign_up(page, mailbox)
    expect(main.locator("h1")).to_have_text("Hvem du spør")
    expect(main.locator(".pn-lead")).to_contain_text(title)
    expect(chosen).to_have_count(3)
    main.get_by_role("button", name="Send forespørselen").click()
    expect(page.get_by_text("Forespørselen er sendt.")).to_be_visible()
    expect(main.get_by_text("faller i kulda")).to_be_visible()
    return page.url


def choose_one_of_two(page, mailbox, enquiry, title):
    """Compare what the letters told of, accept the cheaper one; gives the booking's address."""
    main = page.locator("main")
    letter = letter_to(mailbox, NEWCOMER, HOSTS["material"][2])
    assert title in letter
    page.goto(enquiry)
    expect(main.get_by_role("link", name=re.compile("^Velg dette"))).to_have_count(2)
    page.set_viewport_size({"width": 1280, "height": 900})
    columns = main.get_by_role("region", name="Tilbudene side om side", exact=True).locator("thead")
    assert sorted(columns.get_by_role("columnheader").all_inner_texts()) == sorted(
        facility for _l, _h, facility in HOSTS.values()
    )
    for address in (enquiry, enquiry.replace("/foresporsler/", "/en/enquiries/")):
        page.goto(address)
        assert troubles_of(page) == {}
    page.set_viewport_size(PHONE)
    page.goto(enquiry)
    main.get_by_role("link", name=re.compile(f"^Velg dette.*{HOSTS['klima'][2]}")).click()
    main.get_by_role("button", name="Aksepter og bestill").click()
    expect(page.get_by_text("Tilbudet er akseptert.")).to_be_visible()
    main.get_by_role("link", name="Se bestillingen").click()
    expect(main.locator("h1")).to_have_text(HOSTS["klima"][2])
    return page.url


def take_it_through(page, host, booking, site, title):
    """Confirmed, put in a calendar, done, and told of by both sides."""
    main = page.locator("main")
    to_calendar = main.get_by_role("link", name="Legg den i kalenderen din")
    before = downloaded(page, to_calendar)
    assert before["STATUS"] == "TENTATIVE"

    host.goto(booking)
    host.get_by_role("button", name="Bekreft bestillingen").click()
    expect(host.get_by_text("Bestillingen er bekreftet.")).to_be_visible()
    page.reload()
    event = downloaded(page, to_calendar)
    assert event["STATUS"] == "CONFIRMED"
    assert event["UID"] == before["UID"]
    assert event["SEQUENCE"] > before["SEQUENCE"]
    assert event.start.date() == monday(6)
    assert (event.end - event.start).total_seconds() == 7 * 3600
    assert HOSTS["klima"][2] in event["SUMMARY"]

    let_the_work_begin(site, title)
    host.reload()
    host.get_by_role("button", name="Arbeidet er gjort").click()
    page.reload()
    main.get_by_role("link", name="Fortell hvordan det gikk").click()
    assert troubles_of(page) == {}
    main.locator("[name=done][value=agreed]").check()
    main.locator("[name=result]").fill("Dekselet tåler kulda, men ikke fallet.")
    main.locator("[name=statement]").fill("Vi fant den svake kanten på en dag.")
    main.locator("[name=public]").check()
    main.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("Takk")).to_be_visible()
    host.reload()
    expect(host.get_by_text("men ikke fallet")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_guest_asks_by_a_verified_address(open_browser, mailbox, scripts):
    page = open_browser(size=PHONE, scripts=scripts)
    main, address = page.locator("main"), GUEST.format(int(scripts))
    find_and_choose(page, [HOSTS["klima"][2]])
    write_problem(page, f"Et deksel til {address}")
    main.get_by_role("button", name="Neste: hvem du spør").click()
    main.locator("[name=guest_name]").fill("Gjest Eksempel")
    main.locator("[name=guest_email]").fill(address)
    main.get_by_role("button", name="Send meg lenken").click()
    expect(main.locator("h1")).to_have_text("Se i e-posten din")

    # Read in another browser, in which nothing is known of the guest.
    elsewhere = open_browser(size=PHONE, scripts=scripts)
    elsewhere.goto(link_in(letter_to(mailbox, address, "deksel"), "/gjest/"))
    elsewhere.get_by_role("button", name="Send forespørselen").click()
    expect(elsewhere.get_by_text("Hva de svarer")).to_be_visible()
    expect(elsewhere.get_by_role("link", name=HOSTS["klima"][2], exact=True)).to_be_visible()
    assert letter_to(mailbox, address, "sendt")


def test_an_enquiry_is_written_and_sent_by_keyboard_alone(open_browser):
    page = open_browser(as_="medlem")
    page.goto("/testfasiliteter/kongsberg-miljolab/")
    tab_to(page, lambda now: now["text"] == "Be om dette")
    page.keyboard.press("Enter")
    page.wait_for_url("**/foresporsler/skriv/**")
    tab_to(page, lambda now: now["label"].lower().startswith("på én linje"))
    page.keyboard.type("Deksel, skrevet med tastaturet")
    tab_to(page, lambda now: now["label"].lower().startswith("hva er problemet"))
    page.keyboard.type("Det sprekker i kulda.")
    tab_to(page, lambda now: now["text"] == "Neste: hvem du spør")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Hvem du spør")
    tab_to(page, lambda now: now["text"] == "Send forespørselen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Forespørselen er sendt.")).to_be_visible()
    expect(page.locator("h1")).to_have_text("Deksel, skrevet med tastaturet")

"""What the parks learn from each other: a question on a phone that becomes somebody else's practice,
an attack of spam, and a policy matter from the first word to its outcome.
"""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.accessible import troubles_of
from tests.browser.conftest import PHONE
from tests.browser.letters import letter_to

SOURCE_WORD = "ventilasjonsfilter"
# An asker whose company is known, staff of a second park, and two whom nobody knows.
MAKE_PEOPLE = """
from allauth.account.models import EmailAddress
from accounts.models import User
from network.facilities.sample import PASSWORD
from network.organisations.models import Organisation
from network.organisations.services import add_member
from network.parks.models import Park
from network.parks.services import add_staff

def person(name):
    email = name + "@example.org"
    user = User.objects.create_user(
        email, PASSWORD, first_name=name.title(), last_name="(eksempel)", language="nb"
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user

add_member(Organisation.objects.get(slug="eksempel-elektronikktest"), person("spor"))
add_staff(Park.objects.get(slug="treklyngen"), person("annenpark"))
person("lokker")
person("lykke")
"""
OTHER_PARK = "Treklyngen"


@pytest.fixture(scope="module")
def people(site):
    """Those above can log in."""
    site.manage("shell", "-v", "0", "-c", MAKE_PEOPLE)


def start(page, kind, category, title, text):
    """From the forum to a thread that is posted; gives its address."""
    main = page.locator("main")
    page.goto("/forum/")
    main.get_by_role("link", name="Start en tråd").first.click()
    main.locator(".pn-kinds").get_by_role("link", name=re.compile(f"^{kind}")).click()
    page.locator("select[name=category]").select_option(label=category)
    page.locator("[name=title]").fill(title)
    page.locator("[name=text]").fill(text)
    assert troubles_of(page) == {}
    main.get_by_role("button", name="Start tråden").click()
    expect(main.locator("h1")).to_have_text(title)
    return page.url


def answer(page, address, text):
    """Answer in a thread."""
    page.goto(address)
    page.locator("[name=text]").fill(text)
    page.locator("main").get_by_role("button", name="Publiser svaret").click()
    expect(page.locator("main .pn-posts").last).to_contain_text(text[:40])


def test_a_question_from_a_phone_becomes_what_another_park_does(
    open_browser, people, mailbox, site
):
    title = f"Hvor ofte bytter dere {SOURCE_WORD} i malerhallen?"
    phone = open_browser(size=PHONE, as_="spor")
    address = start(
        phone, "Spørsmål", "Testing og kvalitet", title, "Vi bytter hver måned, og det koster."
    )
    answer(
        open_browser(as_="bedrift"),
        address,
        "Mål trykkfallet over filteret. Vi bytter når det har doblet seg, og sparer halvparten.",
    )
    assert "trykkfallet" in letter_to(mailbox, "spor@example.org", SOURCE_WORD)
    accept(phone, address)
    article = write_article(open_browser, address, title)
    adopt(open_browser(size=PHONE, as_="annenpark"), article)
    find(open_browser(size=PHONE), article)


def accept(page, address):
    """The asker says what solved it, on the phone."""
    main = page.locator("main")
    page.goto(address)
    assert troubles_of(page) == {}
    main.get_by_role("button", name="Dette løste det").click()
    expect(main.get_by_text("Godtatt svar").first).to_be_visible()
    # What comes below the question is the answer, and the list says that it is solved.
    page.goto("/forum/k/testing-og-kvalitet/")
    row = main.locator(".pn-threads > li", has_text=SOURCE_WORD)
    expect(row).to_contain_text("Løst")


def write_article(open_browser, address, title):
    """Park staff make a draft of it, the network's editor publishes; gives the article's address."""
    staff = open_browser(as_="park", watched=False)
    staff.goto(address)
    staff.get_by_role("link", name="Lag en artikkel av dette").click()
    expect(staff.locator("main")).to_contain_text("Spor (eksempel)")
    staff.get_by_role("button", name="Lag utkastet").click()
    staff.wait_for_url("**/admin/pages/*/edit/**")
    editor = open_browser(as_="nettverk", watched=False)
    editor.goto(staff.url)
    # It stands in a menu that opens above the page's end.
    editor.locator("[name=action-publish]").first.evaluate("button => button.click()")
    expect(editor.locator(".messages")).to_contain_text(title)

    reader = open_browser(size=PHONE)
    reader.goto(address)
    expect(reader.get_by_text("Dette ble en artikkel:")).to_be_visible()
    reader.get_by_role("link", name=title).last.click()
    expect(reader.locator("h1")).to_have_text(title)
    assert troubles_of(reader) == {}
    return reader.url


def adopt(page, article):
    """Somebody of another park says that they do the same, and what came of it."""
    main = page.locator("main")
    page.goto(article)
    main.get_by_role("link", name="Vi gjør det samme").click()
    assert troubles_of(page) == {}
    page.locator("[name=status][value=trying]").check()
    page.locator("[name=effect]").fill("Fra tolv til sju bytter i året.")
    main.get_by_role("button", name="Si fra").click()
    doers = main.locator(".pn-practice__doers")
    expect(doers).to_contain_text(OTHER_PARK)
    expect(doers).to_contain_text("Fra tolv til sju")


def find(page, article):
    """A visitor finds the article by the search, as soon as the index has it."""
    page.goto("/")
    field = page.locator("main input[type=search]").first
    field.fill(SOURCE_WORD)
    field.press("Enter")
    page.wait_for_url("**q=**")
    path = urlsplit(article).path
    link = page.locator(f"main .pn-card__title a[href='{path}']")
    for _ in range(10):
        if link.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(link).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_visitor_reads_a_thread_and_is_led_to_log_in(open_browser, scripts):
    page = open_browser(size=PHONE, scripts=scripts)
    page.goto("/forum/")
    page.locator("main .pn-thread__title a").first.click()
    expect(page.locator("main .pn-posts").first).to_be_visible()
    page.get_by_role("link", name="Logg inn for å svare").click()
    expect(page.get_by_label("Passord", exact=True)).to_be_visible()


def test_an_attack_of_spam_is_seen_by_moderators_alone(open_browser, people, mailbox):
    bait = "Kjempebillige klokker, kjøp i dag"
    for name in ("lokker", "lykke"):
        spammer = open_browser(as_=name)
        spammer.goto("/forum/k/drift-og-vedlikehold/")
        address = start(
            spammer,
            "Diskusjon",
            "Drift, vedlikehold og sikkerhet",
            f"{bait} hos {name}",
            "KJØP NÅ! Se klokker.example.org for de beste prisene i landet.",
        )
        expect(spammer.locator("main")).to_contain_text("venter på")
        visitor = open_browser()
        visitor.goto(address)
        assert visitor.locator("h1", has_text=bait).count() == 0
        visitor.goto("/forum/alle/")
        assert visitor.get_by_text(bait).count() == 0

    moderator = open_browser(as_="nettverk")
    main = moderator.locator("main")
    moderator.goto("/forum/moderering/")
    assert troubles_of(moderator) == {}
    rows = main.locator(".pn-waiting > li", has_text=bait)
    expect(rows).to_have_count(2)
    for left in (1, 0):
        row = rows.first
        row.locator("select[name=rule]").select_option("spam")
        row.get_by_role("button", name="Skjul det").click()
        expect(rows).to_have_count(left)
    for name in ("lokker", "lykke"):
        assert "skjul" in letter_to(mailbox, f"{name}@example.org", bait).lower()


def test_a_policy_matter_is_taken_from_the_first_word_to_its_outcome(open_browser, people):
    title = "Nettleie for fleksibelt forbruk i parkene"
    staff = open_browser(as_="park")
    main = staff.locator("main")
    start(
        staff,
        "Rammevilkårssak",
        "Rammevilkår",
        title,
        "Vi kan flytte forbruk, men får ikke betalt.",
    )
    main.get_by_role("link", name="Posisjon, standpunkter og dokumenter").click()
    matter = staff.url
    visitor = open_browser(size=PHONE)
    # Who reads the discussion sees how far it has come, but nothing yet that the parks stand behind.
    visitor.goto(matter)
    expect(visitor.locator("main")).to_contain_text("Trinn 1 av 5")
    expect(visitor.locator("main")).to_contain_text("har ikke skrevet")

    on = main.locator(".pn-matter__ways a").first
    save = main.locator("form.pn-form button[type=submit]")
    on.click()
    save.click()
    main.locator("a[href$='/posisjon/']").first.click()
    staff.locator("[name=addressee]").fill("Reguleringsmyndigheten (eksempel)")
    staff.locator("[name=position_nb]").fill(
        "Parkene ber om en egen tariff for **fleksibelt** forbruk."
    )
    save.click()
    main.locator("a[href$='/standpunkt/']").first.click()
    staff.locator("[name=stance][value=supports]").check()
    staff.locator("[name=comment]").fill("Viktig for smelteverkene.")
    save.click()
    for _agreed, _submitted in ((1, 0), (1, 1)):
        staff.goto(matter)
        on.click()
        save.click()
    assert troubles_of(staff) == {}

    visitor.goto("/forum/saker/")
    visitor.locator("main").get_by_role("link", name=title).click()
    expect(visitor.locator("main")).to_contain_text("fleksibelt forbruk")
    expect(visitor.locator("main")).to_contain_text("Viktig for smelteverkene.")
    assert troubles_of(visitor) == {}

    staff.goto(matter)
    on.click()
    staff.locator("[name=outcome_nb]").fill("Tariffen prøves ut i to parker fra neste år.")
    save.click()
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("Tariffen prøves ut")

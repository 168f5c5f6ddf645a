"""One page of every type, in both languages."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import override

from tests.browser.parties import monday

FACILITY = "raufoss-materialprovelab"
PARTS = ["about", "capabilities", "equipment"]
# What the sample administrator has, and what the sample member has asked them.
OWN_HOST = ["eksempel-fiberinstitutt"]
OWN_FACILITY = ["treklyngen-fiberlab"]
BOOKED_FACILITY, BOOKED_MONTH = ["treklyngen-batterilab"], f"?m={monday(3):%Y-%m}"
UNANSWERED, ASKED_BACK, OFFERED, BOOKED = [1], [2], [3], [4]


@dataclass(frozen=True)
class PageType:
    """A type of page: its addresses, who reads it, and the status it is answered with."""

    name: str
    nb: str
    en: str
    as_: str | None = None
    status: int = 200

    def address(self, language):
        """Where it is in ``language``."""
        return self.nb if language == "nb" else self.en


def _in_catalogue(query):
    return f"/testfasiliteter/{query}", f"/en/facilities/{query}"


def _named(name, args=(), query=""):
    """The addresses of a view by its name."""
    found = []
    for language in ("nb", "en"):
        with override(language):
            found.append(reverse(name, args=args) + query)
    return found


def _account(path, *, as_="medlem"):
    return f"/konto/{path}", f"/en/account/{path}", as_


PAGE_TYPES = [
    PageType("home", "/", "/en/"),
    PageType("section", "/om-parknett/", "/en/about-parknett/"),
    PageType(
        "standard page",
        "/om-parknett/slik-finner-du-en-testfasilitet/",
        "/en/about-parknett/how-to-find-a-test-facility/",
    ),
    PageType("list of best practice", "/god-praksis/", "/en/best-practice/"),
    PageType("article", "/god-praksis/mo-gjenvinning/", "/en/best-practice/mo-gjenvinning/"),
    PageType("own articles", *_named("practice:mine"), as_="medlem"),
    PageType("news", "/nyheter/", "/en/news/"),
    PageType("calls", "/utlysninger/", "/en/calls/"),
    PageType("search", "/sok/", "/en/search/"),
    PageType(
        "search with results", "/sok/?q=plasten+tåler+kulde", "/en/search/?q=plastic+survive+cold"
    ),
    PageType(
        "search without results", "/sok/?q=xyzzyplugh", "/en/search/?q=xyzzyplugh&park=treklyngen"
    ),
    PageType("catalogue", *_in_catalogue("")),
    PageType("catalogue with map", *_in_catalogue("?vis=kart&scale=pilot")),
    PageType("catalogue without results", *_in_catalogue("?q=xyzzyplugh&scale=lab")),
    PageType("catalogue with errors", *_in_catalogue("?near=Ingensteds&page=99999")),
    PageType("facility", *_in_catalogue(f"{FACILITY}/")),
    PageType(
        "comparison",
        f"/testfasiliteter/sammenlign/?f={FACILITY}&f=kongsberg-miljolab",
        f"/en/facilities/compare/?f={FACILITY}&f=kongsberg-miljolab",
    ),
    PageType("empty comparison", "/testfasiliteter/sammenlign/", "/en/facilities/compare/"),
    PageType("parks", "/parker/", "/en/parks/"),
    PageType("park", "/parker/mo-industripark/", "/en/parks/mo-industripark/"),
    PageType("focus areas", "/parker/fokusomrader/", "/en/parks/focus-areas/"),
    PageType("themes", "/parker/temaer/", "/en/parks/themes/"),
    PageType("organisations", "/organisasjoner/", "/en/organisations/"),
    PageType("organisation", "/organisasjoner/doga/", "/en/organisations/doga/"),
    PageType("log-in", "/konto/login/", "/en/account/login/"),
    PageType("sign-up", "/konto/signup/", "/en/account/signup/"),
    PageType("password reset", "/konto/password/reset/", "/en/account/password/reset/"),
    PageType("missing page", "/finnes-ikke/", "/en/not-there/", status=404),
    PageType("profile", *_account("")),
    PageType("e-mail addresses", *_account("email/")),
    PageType("password", *_account("password/change/")),
    PageType("second step", *_account("2fa/")),
    PageType("sessions", *_account("sessions/")),
    PageType("log-out", *_account("logout/")),
    PageType("draft owner's facility", *_in_catalogue(f"{FACILITY}/"), as_="nettverk"),
    PageType("component gallery", "/komponenter/", "/en/components/", as_="nettverk"),
    *(
        PageType(name, *_named(view), as_="medlem")
        for name, view in {
            "own details": "accounts:profile",
            "own data": "accounts:export",
            "app for the second step": "mfa_activate_totp",
            "passkeys": "mfa_list_webauthn",
            "my page": "activity:my_page",
            "notifications": "activity:notifications",
            "choices of notifications": "activity:choices",
            "following": "activity:following",
            "own organisations": "memberships:mine",
            "proposal of an organisation": "memberships:propose",
            "own enquiries": "enquiries:list",
            "calendar addresses": "bookings:feeds",
        }.items()
    ),
    *(
        PageType(name, *_named(view, args), as_="bedrift")
        for name, (view, args) in {
            "my page of a host": ("activity:my_page", []),
            "organisation's desk": ("organisations:desk", OWN_HOST),
            "organisation's profile form": ("organisations:edit", OWN_HOST),
            "invitation form": ("organisations:invite", OWN_HOST),
            "leaving an organisation": ("organisations:leave", OWN_HOST),
            "new facility": ("facilities:new", []),
            "facility's overview": ("facilities:edit", OWN_FACILITY),
            "facility's pictures": ("facilities:edit-pictures", OWN_FACILITY),
            "suggested terms": ("facilities:suggest-term", OWN_FACILITY),
            "host's queue": ("enquiries:host-queue", []),
            "host's calendars": ("enquiries:desk", []),
            "host's answer texts": ("enquiries:templates", []),
            "host's request": ("enquiries:host-request", UNANSWERED),
            "host's confidential request": ("enquiries:host-request", OFFERED),
            "host's question": ("enquiries:host-question", UNANSWERED),
            "host's offer": ("enquiries:host-offer", UNANSWERED),
            "host's refusal": ("enquiries:host-refusal", UNANSWERED),
            "host's booking": ("bookings:detail", [1]),
            "opening hours": ("bookings:hours", OWN_FACILITY),
        }.items()
    ),
    *(
        PageType(
            f"facility's {part}", *_named("facilities:edit-part", [*OWN_FACILITY, part]), "bedrift"
        )
        for part in PARTS
    ),
    PageType("calendar", *_named("bookings:calendar", BOOKED_FACILITY, BOOKED_MONTH), "bedrift"),
    PageType(
        "calendar as a list",
        *_named("bookings:calendar", BOOKED_FACILITY, f"{BOOKED_MONTH}&vis=liste"),
        as_="bedrift",
    ),
    PageType("request to join", *_named("organisations:join", OWN_HOST), as_="medlem"),
    PageType("enquiry form", *_named("enquiries:new", query=f"?f={FACILITY}")),
    PageType("links for guests", *_named("enquiries:links")),
    PageType("visitor's enquiries", *_named("enquiries:list")),
    PageType("enquiry with a question", *_named("enquiries:detail", ASKED_BACK), as_="medlem"),
    PageType("enquiry with an offer", *_named("enquiries:detail", OFFERED), as_="medlem"),
    PageType("decided enquiry", *_named("enquiries:detail", BOOKED), as_="medlem"),
    PageType("conversation", *_named("enquiries:conversation", [2, 2]), as_="medlem"),
    PageType("acceptance", *_named("enquiries:accept", [3, 1]), as_="medlem"),
    PageType("booking", *_named("bookings:detail", [1]), as_="medlem"),
    PageType("enquiries in the park", *_named("enquiries:overview"), as_="park"),
    PageType("needs and offers", *_named("forum:needs")),
    PageType("needs without results", *_named("forum:needs", query="?place=xyzzyplugh")),
    PageType("policy matters", *_named("forum:matters")),
    PageType("questions without an answer", *_named("forum:unanswered"), as_="park"),
    PageType("what to start a thread for", *_named("forum:new"), as_="medlem"),
    PageType("new question", *_named("forum:new", query="?kind=question"), as_="medlem"),
    PageType("new need", *_named("forum:new", query="?kind=need"), as_="medlem"),
    PageType("drafts in the forum", *_named("forum:drafts"), as_="medlem"),
    PageType("moderators' queue", *_named("forum:moderation"), as_="park"),
    PageType("moderators' log", *_named("forum:moderation-log"), as_="park"),
    PageType("drafts of articles", *_named("forum:article-drafts"), as_="park"),
    PageType("proposed organisations", *_named("memberships:queue"), as_="nettverk"),
    PageType("uncertain e-mails", *_named("activity:uncertain"), as_="nettverk"),
]

"""One page of every type, in both languages."""

from dataclasses import dataclass

FACILITY = "raufoss-materialprovelab"


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
]

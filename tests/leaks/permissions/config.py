"""What the site answers for machines."""

from tests.leaks.permission_table import OK, Rule

ADDRESSES = {
    "health": Rule(OK),
    "robots": Rule(OK),
    "sitemap": Rule(OK),
    "sitemap_section": Rule(OK, arguments=("section",)),
}


def arguments(world):
    """One of the sitemap's sections."""
    return {"section": "facilities"}

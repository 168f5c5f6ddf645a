"""Test facilities."""

from django.core.files.base import ContentFile

from network.facilities.models import FacilityDocument
from tests.leaks.permission_table import (
    KEEPERS,
    MOVED,
    NETWORK,
    NOT_ALLOWED,
    OK,
    OUTSIDER,
    STAFF,
    Admin,
    Rule,
    for_roles,
)

# Those who look after the facility come back to its page; for others there is nothing here.
LOOK_AFTER = Rule(NOT_ALLOWED, post=for_roles(*KEEPERS, then=MOVED), arguments=("facility",))
VOCABULARY = {"writes": (NETWORK,)}
CHOICE = {"writes": (NETWORK,), "edits": STAFF}

ADDRESSES = {
    "facilities:list": Rule(OK),
    "facilities:feed": Rule(OK),
    "facilities:compare": Rule(OK),
    "facilities:export-csv": Rule(OK),
    "facilities:export-xlsx": Rule(OK),
    "facilities:detail": Rule(OK, arguments=("facility",)),
    "facilities:file": Rule(OK, arguments=("facility", "facility file")),
    "facilities:confirm": LOOK_AFTER,
    "facilities:withdraw": LOOK_AFTER,
    "facilities:publish": LOOK_AFTER,
}

ADMIN = {
    "wagtailsnippets_facilities_facility": Admin(
        writes=KEEPERS, adds=(OUTSIDER,), object="facility number"
    ),
    "wagtailsnippets_facilities_method": Admin(object="method number", **VOCABULARY),
    "wagtailsnippets_facilities_material": Admin(object="material number", **VOCABULARY),
    "wagtailsnippets_facilities_standard": Admin(object="standard number", **VOCABULARY),
    # Whoever edits a facility chooses among what everybody sees.
    "wagtailsnippetchoosers_facilities_facility": Admin(writes=STAFF, object="facility number"),
    "wagtailsnippetchoosers_facilities_method": Admin(object="method number", **CHOICE),
    "wagtailsnippetchoosers_facilities_material": Admin(object="material number", **CHOICE),
    "wagtailsnippetchoosers_facilities_standard": Admin(object="standard number", **CHOICE),
    "facilities_import": Admin(writes=(NETWORK,)),
}


def arguments(world):
    """A facility that everybody sees, with a file."""
    facility = world.facilities[0]
    part = FacilityDocument(facility=facility, title="Datablad")
    part.file.save("datablad.txt", ContentFile(b"tall"), save=False)
    part.save()
    return {
        "facility": facility.slug,
        "facility number": facility.pk,
        "facility file": part.pk,
        "method number": world.terms["methods"][0].pk,
        "material number": world.terms["materials"][0].pk,
        "standard number": world.terms["standards"][0].pk,
    }

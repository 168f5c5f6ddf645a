"""Test facilities."""

from django.core.files.base import ContentFile

from network.facilities.models import FacilityDocument
from tests.factories.facilities import FacilityImageFactory
from tests.leaks.permission_table import (
    INCOMPLETE,
    KEEPERS,
    MISSING,
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

UPLOAD = Rule(
    for_roles(*KEEPERS), post=for_roles(*KEEPERS, then=INCOMPLETE), arguments=("facility",)
)

ADDRESSES = {
    "facilities:list": Rule(OK),
    "facilities:feed": Rule(OK),
    "facilities:compare": Rule(OK),
    "facilities:export-csv": Rule(OK),
    "facilities:export-xlsx": Rule(OK),
    "facilities:detail": Rule(OK, arguments=("facility",)),
    "facilities:file": Rule(OK, arguments=("facility", "facility file")),
    "facilities:new": Rule(for_roles(*STAFF), post=for_roles(*STAFF, then=INCOMPLETE)),
    "facilities:suggestions": Rule(for_roles(NETWORK), post=for_roles(), sends={"suggestion": "0"}),
    "facilities:edit": Rule(for_roles(*KEEPERS), arguments=("facility",)),
    "facilities:edit-part": Rule(
        for_roles(*KEEPERS),
        post=for_roles(*KEEPERS, then=INCOMPLETE),
        arguments=("facility", "facility part"),
    ),
    "facilities:edit-pictures": UPLOAD,
    "facilities:edit-picture": Rule(
        for_roles(*KEEPERS),
        post=for_roles(*KEEPERS, then=INCOMPLETE),
        arguments=("facility", "facility picture"),
    ),
    "facilities:edit-documents": UPLOAD,
    "facilities:suggest-term": UPLOAD,
    "facilities:confirm": LOOK_AFTER,
    "facilities:to-confirm": Rule(for_roles(*STAFF), post=for_roles(*STAFF, then=MOVED)),
    # The key of a letter, here one that was never sent.
    "facilities:confirm-by-link": Rule(MISSING, post=MISSING, arguments=("key",)),
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
    picture = FacilityImageFactory(facility=facility)
    return {
        "facility part": "about",
        "facility picture": picture.pk,
        "facility": facility.slug,
        "facility number": facility.pk,
        "facility file": part.pk,
        "method number": world.terms["methods"][0].pk,
        "material number": world.terms["materials"][0].pk,
        "standard number": world.terms["standards"][0].pk,
    }

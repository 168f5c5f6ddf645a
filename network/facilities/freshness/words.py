"""What each step is called when somebody is told of it, in the active language."""

from __future__ import annotations

from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.facilities.freshness.steps import age_of, hides_on, thresholds
from network.facilities.models import Facility, FreshnessStep

DUE: Final = "facilities.to_confirm"
HIDING: Final = "facilities.hiding"


def kind_of(facility: Facility) -> str:
    """The kind of notification that tells of the facility's step."""
    last = facility.freshness in {FreshnessStep.REMINDED, FreshnessStep.HIDDEN}
    return HIDING if last else DUE


def title_and_text(facility: Facility, step: str = "") -> tuple[str, str]:
    """Subject and text about a step, the facility's present one unless another is given."""
    values = {"facility": facility.name, "since": _since(facility), "day": _hiding_day(facility)}
    match step or facility.freshness:
        case FreshnessStep.HIDDEN:
            return (
                _("%(facility)s is hidden until it is confirmed") % values,
                _("%(since)s Visitors no longer find it. One click brings it back at once.")
                % values,
            )
        case FreshnessStep.REMINDED:
            return (
                _("%(facility)s will be hidden on %(day)s") % values,
                _(
                    "%(since)s Unless somebody confirms that the entry is right, visitors will "
                    "not find it after that day."
                )
                % values,
            )
        case FreshnessStep.LOWERED:
            return (
                _("%(facility)s now comes later in the search") % values,
                _("%(since)s Entries that have been confirmed come before it.") % values,
            )
        case FreshnessStep.MARKED:
            return (
                _("%(facility)s is marked as not confirmed") % values,
                _("%(since)s Readers are told so.") % values,
            )
    return (
        _("Is everything about %(facility)s still right?") % values,
        _("%(since)s Look at the entry and confirm it with one click, or say what has changed.")
        % values,
    )


def action() -> str:
    """The label of the letter's button."""
    return _("Look and confirm")


def why_you() -> str:
    """Why somebody without an account gets this."""
    return _(
        "You get this because your address stands as the contact of the entry. The link is yours "
        "alone and needs no log-in."
    )


def _since(facility: Facility) -> str:
    if facility.confirmed_on is None:
        return _("Nobody has confirmed the entry yet.")
    day = date_format(facility.confirmed_on, "DATE_FORMAT")
    return _("The entry was last confirmed on %(day)s.") % {"day": day}


def _hiding_day(facility: Facility) -> str:
    day = hides_on(age_of(facility), thresholds())
    return date_format(day, "DATE_FORMAT") if day else ""

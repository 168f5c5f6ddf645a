"""What people and times are called on the pages of groups."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.models import User


def name_of(person: User | None) -> str:
    """A person's name, never the e-mail address that stands for it elsewhere."""
    if person is None:
        return _("Deleted user")
    return person.get_full_name() or _("A member")


def day_in_words(at: datetime) -> str:
    """The day in local time with its weekday: "torsdag 3. desember 2026"."""
    day = date_format(localtime(at), pgettext("a day with its weekday", "l j F Y"))
    # Django begins weekdays with a capital in every language; English alone writes them so.
    is_english = (get_language() or "").startswith("en")
    return day if is_english else day[:1].lower() + day[1:]


def period_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when in local time, the day once if it is the same.

    "Torsdag 3. desember 2026 kl. 10.00–12.00"
    """
    begin, end = localtime(starts_at), localtime(ends_at)
    hour = pgettext("an hour of the clock", "H:i")
    values = {
        "day": day_in_words(begin),
        "begin": date_format(begin, hour),
        "end": date_format(end, hour),
    }
    if begin.date() == end.date():
        return capfirst(_("%(day)s, %(begin)s–%(end)s") % values)
    values["last_day"] = day_in_words(end)
    return capfirst(_("%(day)s, %(begin)s to %(last_day)s, %(end)s") % values)

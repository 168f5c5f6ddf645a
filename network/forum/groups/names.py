"""What people and times are called on the pages of groups."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User


def name_of(person: User | None) -> str:
    """A person's name, never the e-mail address that stands for it elsewhere."""
    if person is None:
        return _("Deleted user")
    return person.get_full_name() or _("A member")


def day_in_words(at: datetime) -> str:
    """The day in local time with its weekday: "torsdag 3. desember 2026"."""
    return date_format(localtime(at), pgettext("a day with its weekday", "l j F Y"))


def period_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when in local time, the day once if it is the same.

    "torsdag 3. desember 2026 kl. 10.00–12.00"
    """
    begin, end = localtime(starts_at), localtime(ends_at)
    hour = pgettext("an hour of the clock", "H:i")
    values = {
        "day": day_in_words(begin),
        "begin": date_format(begin, hour),
        "end": date_format(end, hour),
    }
    if begin.date() == end.date():
        return _("%(day)s, %(begin)s–%(end)s") % values
    return _("%(day)s, %(begin)s to %(last_day)s, %(end)s") % {
        **values,
        "last_day": day_in_words(end),
    }

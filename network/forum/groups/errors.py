"""Why something cannot be done to a working group, beside not being allowed to."""

from __future__ import annotations


class LastLeaderError(Exception):
    """The group would be left without anybody who leads it."""


class AlreadyDecidedError(Exception):
    """Somebody else, or another tab, was first with another answer."""


class EndedError(Exception):
    """The group works no more; it can only be read."""


class NotOpenError(Exception):
    """One does not come in by oneself: the leaders let people in."""


class TooManyError(Exception):
    """That is as much as is bearable: applications, proposals, letters or files."""


class NotInvitedError(Exception):
    """The invitation is not to an address that the person has shown to be theirs."""


class NoLongerOpenError(Exception):
    """The invitation has been answered, taken back, or is out of date."""


class MeetingOverError(Exception):
    """The meeting is over or was called off."""

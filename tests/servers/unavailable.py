"""Why a server cannot be had."""


class UnavailableError(Exception):
    """The server cannot be had on this machine; the message says why, in one sentence."""

"""Taking something further where its state allows it, and saying so where it does not (any more)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed


class NotPossibleError(Exception):
    """Nothing was changed; ``str()`` says why, for whoever asked."""


@contextmanager
def moving() -> Iterator[None]:
    """Turn a transition that the state does not allow, or that came second, into words."""
    try:
        yield
    except (TransitionNotAllowed, ConcurrentTransition) as error:
        raise NotPossibleError(
            _("This has changed in the meantime. What you see now is how it stands.")
        ) from error

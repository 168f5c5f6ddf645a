"""Rendered HTML that is kept in the process, under everything that it shows.

A fragment is named by its state, never by an address alone: what has changed is asked for under
another name, and what is no longer asked for is dropped first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_CHARACTERS: Final = 3_000_000


class Fragments:
    """Keeps what was rendered, at most ``most_characters`` in all; what was used longest ago goes."""

    def __init__(self, most_characters: int = MOST_CHARACTERS) -> None:
        self._most = most_characters
        self._held = 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, name: Hashable) -> Any | None:
        """What is called ``name``, if it is still there."""
        with self._lock:
            found = self._kept.get(name)
            if found is None:
                return None
            self._kept.move_to_end(name)
            return found[0]

    def keep(self, name: Hashable, rendered: Any, characters: int) -> None:
        """Keep what was rendered; what would take more than a quarter of the room is not kept."""
        if characters > self._most // 4:
            return
        with self._lock:
            self._held += characters - self._kept.pop(name, (None, 0))[1]
            self._kept[name] = rendered, characters
            while self._held > self._most:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._held -= dropped

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._held = 0

    def __len__(self) -> int:
        return len(self._kept)


fragments: Final = Fragments()


def kept(kind: str, state: Hashable, render: Callable[[], SafeString]) -> SafeString:
    """What ``render`` gives in the active language, the first time it is asked for in ``state``.

    ``state`` holds whatever may change what is shown; None means that it cannot be told, and
    nothing is kept.
    """
    if state is None:
        return render()
    name = (kind, get_language(), state)
    found: SafeString | None = fragments.get(name)
    if found is None:
        found = render()
        fragments.keep(name, found, len(found))
    return found

"""What waits for those who answer and confirm: queues of all rooms, gathered in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from accounts.models import User

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How many things wait, and how many of those are past their time."""

    waiting: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue; ``count`` is asked for people who are logged in and is 0 where it is not theirs."""

    name: str
    label: str | Promise
    url: Callable[[], str]
    count: Callable[[User], QueueCount]


@dataclass(frozen=True, slots=True)
class QueueShown:
    """A queue as a person sees it."""

    label: str
    url: str
    waiting: int
    overdue: int


_queues: Final[dict[str, Queue]] = {}


def register_queue(queue: Queue) -> None:
    """Add a queue; called from ``AppConfig.ready``. Raises ValueError when its name is taken."""
    if queue.name in _queues:
        raise ValueError(f"the queue {queue.name} is registered already")
    _queues[queue.name] = queue


def queues_of(user: User) -> list[QueueShown]:
    """The queues in which something waits for the person, those with something overdue first."""
    counted = [(queue, queue.count(user)) for queue in _queues.values()]
    shown = [
        QueueShown(str(queue.label), queue.url(), count.waiting, count.overdue)
        for queue, count in counted
        if count.waiting or count.overdue
    ]
    return sorted(shown, key=lambda each: each.overdue == 0)

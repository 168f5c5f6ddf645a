"""What is to be done again and again. The worker does it, and so does ``manage.py run_scheduled``.

A row in the database says when a job was last begun and who holds it, so two workers never do the
same job at the same time, and one that has died lets go after a while.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from activity.models import Lease

logger = logging.getLogger(__name__)

# Whoever holds a job longer than this is taken for dead; the longest job takes some minutes.
HELD_AT_MOST: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Job:
    """A job; ``run`` gets the present time, may be called twice, and does nothing when nothing is due.

    ``every`` is how often it is worth looking.
    """

    name: str
    run: Callable[[datetime], None]
    every: timedelta


_jobs: Final[dict[str, Job]] = {}


def register_job(job: Job) -> None:
    """Add a job; called from ``AppConfig.ready``. Raises ValueError when its name is taken."""
    if job.name in _jobs:
        raise ValueError(f"the job {job.name} is registered already")
    _jobs[job.name] = job


def jobs() -> tuple[Job, ...]:
    """All jobs, in the order in which the rooms registered them."""
    return tuple(_jobs.values())


def run_due(*, at_once: bool = False) -> list[str]:
    """Run the jobs whose time has come, or all with ``at_once``; gives the names of those run.

    A job that fails is logged and tried again at its next time; the others run all the same.
    """
    done = []
    for job in jobs():
        holder = take(job.name, timedelta() if at_once else job.every)
        if holder is None:
            continue
        try:
            job.run(timezone.now())
        except Exception:
            logger.exception("the scheduled job %s failed", job.name)
        else:
            done.append(job.name)
        finally:
            let_go(job.name, holder)
    return done


def take(name: str, every: timedelta) -> str | None:
    """Take hold of a job that was last begun ``every`` ago or earlier and that nobody holds.

    Gives what to let go with, or None. The conditional update is what decides between two workers.
    """
    now = timezone.now()
    Lease.objects.get_or_create(name=name)
    holder = get_random_string(16)
    free = Q(holder="") | Q(begun_at__lte=now - HELD_AT_MOST)
    due = Q(begun_at=None) | Q(begun_at__lte=now - every)
    taken = Lease.objects.filter(free, due, name=name).update(holder=holder, begun_at=now)
    return holder if taken else None


def let_go(name: str, holder: str) -> None:
    """Let others take the job again."""
    Lease.objects.filter(name=name, holder=holder).update(holder="")

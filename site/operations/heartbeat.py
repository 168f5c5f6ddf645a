"""Writing and reading signs of life."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from operations.models import Heartbeat

WORKER: Final = "worker"
EVERY: Final = timedelta(seconds=5)
MISSED_AFTER: Final = timedelta(seconds=30)


def beat(name: str = WORKER) -> None:
    """Say that the process called ``name`` lives."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def alive(name: str = WORKER) -> bool:
    """Whether ``name`` has given a sign of life lately."""
    return Heartbeat.objects.filter(name=name, at__gte=timezone.now() - MISSED_AFTER).exists()

"""What is loaded before the workers are forked, and what must not outlive the fork."""

import gc
import threading
from types import SimpleNamespace

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from operations import allocator, warm_up
from search.engines import engine
from search.rebuild import rebuild

# Connections are closed by the code under test, but those of a test hold its transaction.
pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(monkeypatch):
    """Statuses of what is answered while warming up."""
    rebuild()
    monkeypatch.setattr(warm_up, "connections", SimpleNamespace(close_all=lambda: None))
    statuses = []

    def begin(status, *_):
        statuses.append(status)
        return bytes

    monkeypatch.setattr(warm_up, "_begin", begin)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield statuses
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    gc.unfreeze()


def test_the_main_pages_are_answered_and_nothing_is_left_that_a_fork_would_break(answered):
    threads = threading.active_count()
    warm_up.warm_up.__wrapped__()
    assert answered.count("200 OK") >= 2 * len(warm_up.PAGES)
    assert not [status for status in answered if status.startswith("5")]
    assert engine.cache_info().currsize == 0
    assert threading.active_count() == threads


def test_memory_is_given_back_where_the_c_library_can(monkeypatch):
    asked = []
    libc = SimpleNamespace(mallopt=lambda *arguments: asked.append(arguments))
    monkeypatch.setattr(allocator.ctypes, "CDLL", lambda _: libc)
    monkeypatch.setattr(allocator.sys, "platform", "linux")
    allocator.give_back_memory()
    assert (allocator.M_MMAP_THRESHOLD, allocator.LARGE_BYTES) in asked
    monkeypatch.setattr(allocator.ctypes, "CDLL", lambda _: SimpleNamespace())
    allocator.give_back_memory()

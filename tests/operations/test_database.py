"""Connections to PostgreSQL are asked whether they live when they have rested."""

from unittest.mock import Mock

import pytest

from config.postgresql.base import SECONDS_OF_REST, DatabaseWrapper


@pytest.fixture
def asked(monkeypatch):
    """How often a connection was asked, and a clock to turn."""
    clock = Mock(return_value=1000.0)
    monkeypatch.setattr("config.postgresql.base.time.monotonic", clock)
    database = DatabaseWrapper({"NAME": "x", "OPTIONS": {}, "CONN_HEALTH_CHECKS": True}, "x")
    database.connection = Mock()
    database.health_check_enabled = True
    question = Mock(return_value=True)
    monkeypatch.setattr(database, "is_usable", question)

    def use(after):
        clock.return_value += after
        database.health_check_done = False
        database.close_if_health_check_failed()
        return question.call_count

    return use


def test_a_connection_is_asked_before_its_first_use(asked):
    assert asked(0) == 1


def test_one_that_was_just_used_is_not_asked_again(asked):
    asked(0)
    assert asked(1) == 1
    assert asked(SECONDS_OF_REST - 0.5) == 1


def test_one_that_has_rested_is_asked(asked):
    asked(0)
    assert asked(SECONDS_OF_REST + 0.5) == 2

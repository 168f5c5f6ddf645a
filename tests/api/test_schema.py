"""Whatever fits the schema, or does not, is answered as the schema says."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS

from config.api import api

EXAMPLES = 20
CHECKED = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
]


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


@pytest.fixture
def _without_limit(monkeypatch):
    monkeypatch.setattr(api.throttle[0], "num_requests", 1_000_000)


@pytest.fixture
def _one_connection():
    """The test's own connection stays open, as it does with Django's test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.django_db
@pytest.mark.usefixtures("network", "_without_limit", "_one_connection")
def test_every_answer_is_as_described(case):
    case.call_and_validate(checks=CHECKS.get_by_names(CHECKED))

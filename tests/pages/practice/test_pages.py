"""The page of an article and the list."""

import pytest

from tests.factories.practice import make_article

pytestmark = pytest.mark.django_db


def test_an_article_is_shown(client):
    page = make_article(effects=[{"indicator": "Strøm", "before": 100, "after": 62, "unit": "kWh"}])
    r = client.get(page.url)
    assert r.status_code == 200
    r = client.get(page.get_parent().url)
    assert r.status_code == 200

"""What rooms show on pages of other rooms."""

import pytest
from django.utils.safestring import mark_safe

from ui import beside
from ui.beside import Panel


@pytest.fixture
def panels(monkeypatch):
    registered = {}
    monkeypatch.setattr(beside, "_panels", registered)
    return registered


def section(text):
    return lambda request, key: mark_safe(f"<section>{text} {key}</section>")


def test_panels_stand_in_the_order_of_their_positions(panels, rf):
    beside.register(Panel("later", section("b"), position=20))
    beside.register(Panel("first", section("a"), position=10))
    shown = beside.beside(rf.get("/"), "park:3")
    assert shown == "<section>a park:3</section><section>b park:3</section>"


def test_a_panel_is_registered_once(panels):
    beside.register(Panel("one", section("a")))
    with pytest.raises(ValueError, match="one"):
        beside.register(Panel("one", section("b")))

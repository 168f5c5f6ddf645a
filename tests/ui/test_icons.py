import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from ui.icons import icon_markup, icon_names

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def test_an_icon_without_a_label_is_hidden_from_screen_readers():
    shown = Template('{% load ui %}{% icon "search" %}').render(Context())
    assert 'aria-hidden="true"' in shown
    assert 'focusable="false"' in shown
    assert "icons.svg#search" in shown


def test_a_labelled_icon_is_an_image_with_a_name_and_the_label_is_escaped():
    shown = icon_markup("search", '<b> & "ropet"')
    assert 'role="img"' in shown
    assert 'aria-label="&lt;b&gt; &amp; &quot;ropet&quot;"' in shown


def test_an_unknown_icon_is_an_error():
    with pytest.raises(ValueError, match="no icon named"):
        icon_markup("no-such-icon")


def test_templates_name_only_icons_that_the_sprite_has():
    named = {
        (path.relative_to(TEMPLATES).as_posix(), name)
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'\{% icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert named
    assert not {(path, name) for path, name in named if name not in icon_names()}

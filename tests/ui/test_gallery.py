from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.http import Http404
from django.test import RequestFactory
from django.utils.translation import override

from tests.factories.accounts import network_administrator
from ui.gallery import specimens
from ui.views import component_gallery

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
# These are part of the page around the gallery.
SHOWN_BY_THE_PAGE = {"header", "footer", "map_assets"}


def request_of(*, logged_in, editor):
    request = RequestFactory().get("/komponenter/")
    request.user = SimpleNamespace(
        is_authenticated=logged_in, has_perm=lambda _: editor, get_short_name=lambda: "Kari"
    )
    request.resolver_match = None
    return request


def test_every_component_is_in_the_gallery():
    shown = {one.template for one in specimens(request_of(logged_in=True, editor=True))}
    files = {path.stem for path in COMPONENTS.glob("*.html")}
    assert files - SHOWN_BY_THE_PAGE == shown


@pytest.mark.parametrize("language", ["nb", "en"])
def test_an_editor_sees_every_component(language, plain_frame):
    with override(language):
        response = component_gallery(request_of(logged_in=True, editor=True))
    html = response.content.decode()
    assert response.status_code == 200
    for one in specimens(request_of(logged_in=True, editor=True)):
        assert f'id="{one.template}"' in html


@pytest.mark.parametrize(("logged_in", "editor"), [(False, False), (True, False)])
def test_others_do_not_find_the_gallery(logged_in, editor):
    with pytest.raises(Http404):
        component_gallery(request_of(logged_in=logged_in, editor=editor))


@pytest.mark.django_db
def test_the_admin_s_help_leads_to_the_gallery(client):
    client.force_login(network_administrator())
    assert "/komponenter/" in client.get("/admin/").content.decode()

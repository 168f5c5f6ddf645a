from types import SimpleNamespace

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path, resolve
from django.utils.translation import override

from ui import chrome as frame
from ui.chrome import Chrome, ChromeContent, Link


def answer(request, slug=""):
    return HttpResponse()


registry = ([path("", answer, name="list"), path("<slug:slug>/", answer, name="detail")], "parks")
urlpatterns = i18n_patterns(path("parker/", include(registry)), prefix_default_language=False)


@pytest.fixture(autouse=True)
def own_addresses(settings, plain_frame):
    settings.ROOT_URLCONF = __name__
    settings.LANGUAGES = [("nb", "Norsk bokmål"), ("en", "English")]


def frame_of(address, language="nb", **attributes):
    request = RequestFactory().get(address)
    request.resolver_match = resolve(request.path)
    request.user = SimpleNamespace(is_authenticated=False)
    for name, value in attributes.items():
        setattr(request, name, value)
    with override(language):
        return Chrome(request)


def test_the_menu_has_the_registries_that_exist_and_marks_where_one_is():
    shown = frame_of("/parker/mo/")
    with override("nb"):
        assert [(link.label, link.current) for link in shown.navigation] == [("Parker", True)]


def test_the_editors_menu_comes_after_the_registries():
    frame.register(lambda request: ChromeContent(menu=(Link("Om oss", "/om/"),), site_name="X"))
    shown = frame_of("/parker/")
    with override("nb"):
        assert [link.label for link in shown.navigation] == ["Parker", "Om oss"]
    assert shown.site_name == "X"


def test_the_language_switch_keeps_the_page_and_its_filters():
    shown = frame_of("/parker/mo/?q=stål&side=2")
    (english,) = shown.languages
    assert english.label == "English"
    assert english.url.startswith("/en/parker/mo/?q=")


def test_hreflang_has_all_languages_without_filters():
    shown = frame_of("/parker/mo/?q=1")
    assert [(link.language, link.url) for link in shown.alternates] == [
        ("nb", "http://testserver/parker/mo/"),
        ("en", "http://testserver/en/parker/mo/"),
    ]
    assert shown.canonical == "http://testserver/parker/mo/"


def test_a_view_that_knows_the_translations_is_believed():
    shown = frame_of("/parker/", language_urls={"nb": "/parker/", "en": "/en/about/"})
    assert [link.url for link in shown.languages] == ["/en/about/"]


def test_a_page_without_an_address_in_the_other_language_leads_to_its_front_page():
    shown = frame_of("/parker/", resolver_match=None)
    assert [link.url for link in shown.languages] == ["/en/"]


@pytest.mark.parametrize(
    ("cookie", "expected"), [("dark", "dark"), ("light", "light"), ("", "auto"), ('"><b', "auto")]
)
def test_the_colour_scheme_is_one_of_three(cookie, expected):
    shown = frame_of("/parker/", COOKIES={"colour_scheme": cookie})
    assert shown.colour_scheme == expected


def test_only_editors_get_the_way_into_the_admin():
    member = SimpleNamespace(is_authenticated=True, has_perm=lambda permission: False)
    assert frame_of("/parker/", user=member).is_logged_in
    assert frame_of("/parker/", user=member).admin_url == ""


def test_nothing_is_read_before_a_template_asks():
    def provider(request):
        raise AssertionError("read too early")

    frame.register(provider)
    frame_of("/parker/")


def test_the_frame_renders_in_both_languages_with_main_and_skip_link():
    for language, skip in (("nb", "Gå til innholdet"), ("en", "Skip to the content")):
        shown = frame_of("/parker/", language)
        with override(language):
            html = render_to_string("base.html", {"chrome": shown})
        assert f'lang="{language}"' in html
        assert skip in html
        assert 'href="#innhold"' in html
        assert '<main id="innhold"' in html
        assert html.count("<h1") == 0


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_the_last_resorts_need_no_context_and_speak_both_languages(name):
    html = render_to_string(name)
    assert '<html lang="nb"' in html
    assert '<section lang="en">' in html

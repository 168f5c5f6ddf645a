"""Every text of the site is in Norwegian, said once and the same way everywhere."""

from pathlib import Path

import allauth
import django
import pytest
import wagtail
import wagtail_localize
from babel.messages import pofile

from tests.catalogues import (
    Translated,
    Wanted,
    conflicts,
    entries_of,
    misplaced_placeholders,
    untranslated,
    unused,
    wanted_in_python,
    wanted_in_templates,
)

ROOT = Path(__file__).resolve().parents[1]
# Their messages may be said in our own words, too.
PACKAGES = (django, wagtail, wagtail_localize, allauth)


def catalogues(language):
    return sorted(ROOT.glob(f"locale/*/{language}/LC_MESSAGES/django.po"))


@pytest.fixture(scope="module")
def wanted():
    python = [
        path
        for start in ("site", "network", "search", "courses")
        for path in sorted((ROOT / start).rglob("*.py"))
        if "node_modules" not in path.parts
    ]
    templates = [*sorted((ROOT / "templates").rglob("*.html"))]
    templates += sorted((ROOT / "templates").rglob("*.txt"))
    return [*wanted_in_python(python, ROOT), *wanted_in_templates(templates, ROOT)]


@pytest.fixture(scope="module")
def norwegian():
    return [
        entry
        for path in catalogues("nb")
        for entry in entries_of(path, path.relative_to(ROOT / "locale").parts[0])
    ]


@pytest.fixture(scope="module")
def of_packages():
    found = set()
    for package in PACKAGES:
        for path in Path(package.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
            with path.open("rb") as file:
                ids = [message.id for message in pofile.read_po(file) if message.id]
            found |= {each if isinstance(each, str) else each[0] for each in ids}
    return found


def test_there_is_something_to_translate(wanted, norwegian):
    assert len(wanted) > 500
    assert len(norwegian) > 500


def test_every_message_has_a_norwegian_translation(wanted, norwegian):
    assert untranslated(wanted, norwegian) == []


def test_translations_fill_in_what_the_messages_do(norwegian):
    assert misplaced_placeholders(norwegian) == []


def test_rooms_translate_the_same_message_alike(norwegian):
    assert conflicts(norwegian) == []


def test_no_translation_is_left_over(wanted, norwegian, of_packages):
    assert unused(wanted, norwegian, of_packages) == []


class TestThatTheRulesCanFail:
    """The same functions, over messages that break every rule."""

    def entry(self, text, *forms, room="a", fuzzy=False, context=""):
        texts = (text,) if isinstance(text, str) else text
        return Translated(context, forms, texts, fuzzy, room)

    def test_templates_and_python_are_read(self, tmp_path):
        page, code = tmp_path / "page.html", tmp_path / "code.py"
        page.write_text(
            '{% load i18n %}<p title="{% translate "Don\'t (ever)" %}">{{ x|f:_("Filter") }}'
            "{% translate 'List' context 'heading' %}"
            "{% blocktranslate count n=many %}{{ n }} dog{% plural %}{{ n }} dogs"
            "{% endblocktranslate %}</p>"
        )
        code.write_text(
            "from django.utils.translation import gettext as _, pgettext_lazy\n"
            "A = _('Hello ' 'you')\nB = pgettext_lazy('greeting', 'Hi')\n"
            "C = f'<b>{escape(_(\"In a string\"))}</b>'\n"
        )
        found = {
            (each.context, *each.forms)
            for each in (
                *wanted_in_templates([page], tmp_path),
                *wanted_in_python([code], tmp_path),
            )
        }
        assert found == {
            ("", "Don't (ever)"),
            ("", "Filter"),
            ("heading", "List"),
            ("", "%(n)s dog", "%(n)s dogs"),
            ("", "Hello you"),
            ("greeting", "Hi"),
            ("", "In a string"),
        }

    @pytest.mark.parametrize(
        ("text", "options"),
        [("", {}), ("Hund", {"fuzzy": True}), ("Hund", {"context": "other"})],
    )
    def test_a_message_without_a_good_translation_is_found(self, text, options):
        wanted = [Wanted("", ("Dog",), "a.py:1")]
        assert untranslated(wanted, [self.entry(text, "Dog", **options)]) == ["a.py:1: Dog"]
        assert untranslated(wanted, [self.entry("Hund", "Dog")]) == []

    def test_a_plural_needs_both_forms(self):
        wanted = [Wanted("", ("%(n)s dog", "%(n)s dogs"), "a.py:1")]
        assert untranslated(wanted, [self.entry("%(n)s hund", "%(n)s dog")])
        whole = self.entry(("%(n)s hund", "%(n)s hunder"), "%(n)s dog", "%(n)s dogs")
        assert untranslated(wanted, [whole]) == []

    def test_other_placeholders_are_found(self):
        assert misplaced_placeholders([self.entry("%(navn)s", "%(name)s")])
        assert misplaced_placeholders([self.entry("alle", "%s of all")])
        assert not misplaced_placeholders([self.entry("Hei %(name)s", "%(name)s, hi")])

    def test_two_translations_of_one_message_are_found(self):
        both = [self.entry("Hund", "Dog"), self.entry("Bikkje", "Dog", room="b")]
        assert conflicts(both) == ["'Dog': a: 'Hund'; b: 'Bikkje'"]
        assert conflicts([both[0], self.entry("Hund", "Dog", room="b")]) == []

    def test_what_nothing_asks_for_is_found(self):
        entries = [self.entry("Hund", "Dog"), self.entry("Lagre", "Save")]
        assert unused([], entries, {"Save"}) == ["a: 'Dog'"]

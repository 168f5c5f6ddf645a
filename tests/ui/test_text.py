from types import SimpleNamespace

from django.utils.translation import override

from ui.text import foreign_language, localised


def test_a_text_is_given_in_the_readers_language():
    lab = SimpleNamespace(name_nb="Prøvehall", name_en="Test hall")
    with override("nb"):
        assert localised(lab, "name") == "Prøvehall"
    with override("en"):
        assert localised(lab, "name") == "Test hall"
        assert foreign_language(lab, "name") == ""


def test_a_text_missing_in_the_readers_language_comes_in_another_and_says_so():
    lab = SimpleNamespace(name_nb="Prøvehall", name_en="")
    with override("en"):
        assert localised(lab, "name") == "Prøvehall"
        assert foreign_language(lab, "name") == "nb"


def test_a_reader_of_nynorsk_gets_bokmal_before_english():
    lab = SimpleNamespace(name_nb="Prøvehall", name_en="Test hall")
    with override("nn"):
        assert localised(lab, "name") == "Prøvehall"


def test_a_text_that_nobody_wrote_is_empty():
    with override("nb"):
        assert localised(SimpleNamespace(), "name") == ""
        assert foreign_language(SimpleNamespace(), "name") == ""
